"""The sheets of `plan.xlsx` and their columns: French headings, what else is accepted, what they are for. Said once."""

from __future__ import annotations

from typing import Final

from rosterplan.sheets.cells.tables import Column, SheetLayout
from rosterplan.sheets.cells.vocabulary import HISTORY_KINDS, STAGES, STRENGTHS, YES_NO, words_written
from rosterplan.sheets.plan.layout_leaves import LEAVES
from rosterplan.sheets.plan.layout_people import DOCTORS, ESTABLISHMENTS, SECTORS, SITES
from rosterplan.sheets.plan.layout_rates import RATES
from rosterplan.sheets.plan.layout_work import DEMANDS, HOURS, LINES, SPECIAL_DAYS

RULES_SHEET: Final = SheetLayout(
    "rules",
    "Règles",
    "Les règles du tableau. Une règle qui n’est pas écrite ici ne s’applique pas.",
    (
        Column("code", "Code", required=True, source="catalogue", width=22),
        Column("title", "Règle", ("nom de la règle",), width=30, help="Son nom en français ; c’est le code qui compte."),
        Column("active", "Active", choices=YES_NO, width=8, help="Oui si vide."),
        Column("params", "Paramètres", ("paramètre", "valeurs"), width=46, help="« heures = 11 ; jours = 5 ». Les valeurs usuelles si vide."),
        Column("scope", "Portée", ("s’applique à", "pour"), width=30,
               help="Tout le monde si vide. « lignes = A, B ; secteurs = Clisson ; catégories = nuit ; statuts = libéral ; médecins = M017 »."),
        Column("strength", "Force", choices=words_written(STRENGTHS), width=13,
               help="obligatoire : jamais enfreinte ; sauf accord : si le médecin l’accepte ; souple : évitée autant que possible. Celle de la règle si vide."),
        Column("stage", "Étape", choices=words_written(STAGES), width=16, help="Règle souple : dans quoi elle compte. Celle de la règle si vide.", rare=True),
        Column("weight", "Poids", width=8, help="Règle souple : coût d’une unité.", look="number", rare=True),
        Column("source", "Source", ("référence", "texte"), width=48, help="Article, clause du cahier des charges, ou usage local."),
    ),
    synonyms=("Règle", "Règles du tableau"),
)  # fmt: skip

TURNS: Final = SheetLayout(
    "turns",
    "Échanges de périodes",
    "Périodes ou fêtes où une ligne partagée revient à un autre établissement que prévu : « Du » et « Au », ou « Fête ».",
    (
        Column("line", "Ligne", source="lines", required=True, width=18),
        Column("first", "Du", ("date",), width=12, look="date"),
        Column("last", "Au", ("jusqu’au",), width=12, help="Le même jour si vide.", look="date"),
        Column(
            "feast",
            "Fête",
            width=14,
            help="À la place des dates : les gardes de cette fête. Un échange de dates passe avant.",
        ),
        Column("year", "Année", width=9, look="number", help="Année où la fête commence ; toutes si vide."),
        Column("establishment", "Établissement", source="establishments", required=True, width=18),
    ),
    synonyms=("Échange de périodes", "Échanges"),
)

FIXED: Final = SheetLayout(
    "fixed",
    "Affectations imposées",
    "Gardes déjà attribuées avant le calcul.",
    (
        Column("doctor", "Médecin", required=True, width=24),
        Column("line", "Ligne", source="lines", width=18),
        Column("date", "Date", ("jour",), width=12, look="date"),
        Column("start", "Début", ("heure",), width=8, help="Utile si la ligne a plusieurs gardes ce jour-là."),
        Column(
            "duty",
            "Garde",
            ("identifiant de garde",),
            width=44,
            help="À la place de la ligne, de la date et de l'heure.",
        ),
    ),
    synonyms=("Affectation imposée", "Gardes imposées", "Gardes fixées"),
)

SERVICE_HOURS: Final = SheetLayout(
    "service_hours",
    "Temps de service",
    "Heures de service ordinaire, pour la moyenne de 48 heures des médecins hospitaliers.",
    (
        Column("doctor", "Médecin", required=True, width=24),
        Column("start", "Du", required=True, look="date", width=12),
        Column("end", "Au", required=True, look="date", width=12),
        Column("hours", "Heures", required=True, width=9, look="number"),
    ),
)

HISTORY: Final = SheetLayout(
    "history",
    "Historique",
    "Gardes déjà tenues et soldes d'ouverture. Reprises des trimestres passés ; vide pour un premier trimestre.",
    (
        Column("kind", "Nature", ("type",), choices=words_written(HISTORY_KINDS), width=9, help="garde : une garde tenue ; solde : avance (+) ou retard (-) en gardes."),
        Column("doctor", "Médecin", required=True, width=24),
        Column("line", "Ligne", width=18),
        Column("date", "Date", ("jour",), width=12, look="date"),
        Column("start", "Début", width=8),
        Column("end", "Fin", width=8),
        Column("days_later", "Jours après", width=9, look="number", rare=True),
        Column("band", "Catégorie", width=13),
        Column("points", "Points", width=8, look="number"),
        Column("site", "Lieu", source="sites", width=14),
        Column("feast", "Fête", width=14),
        Column("group", "Groupe", ("groupe de répartition", "secteur"), width=16),
        Column("balance", "Solde", width=9, help="En gardes : 1,25 = une garde et quart d’avance.", look="number"),
    ),
    synonyms=("Historiques", "Soldes"),
)  # fmt: skip

README_NAME: Final = "Mode d’emploi"
"""A first sheet of instructions, written and never read."""

TABLES: Final = (
    DOCTORS, ESTABLISHMENTS, SITES, SECTORS, LINES, HOURS, DEMANDS, RULES_SHEET, SPECIAL_DAYS, TURNS, FIXED,
    SERVICE_HOURS, HISTORY, RATES, LEAVES,
)  # fmt: skip
