"""Sheets of what is to be covered: lines, their opening hours, needs by the hour, special days."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rosterplan.sheets.cells.tables import Column, SheetLayout
from rosterplan.sheets.cells.vocabulary import (
    DAYS,
    MODALITIES,
    MODES,
    RHYTHMS,
    SPECIAL_KINDS,
    WAYS_TO_COUNT,
    YES_NO,
    words_written,
)

LINES: Final = SheetLayout(
    "lines",
    "Lignes",
    "Ce qu’il faut couvrir : une ligne de garde par lieu ou par fonction. Ses horaires sont sur la feuille Horaires.",
    (
        Column("id", "Identifiant", ("id", "code", "ligne"), required=True, width=18),
        Column("name", "Nom", ("libellé", "intitulé"), required=True, width=32),
        Column("modality", "Modalité", choices=words_written(MODALITIES), width=12, help="Fixe si vide."),
        Column("sector", "Secteur", ("territoire",), source="sectors", width=16),
        Column("establishments", "Établissements", ("établissement",), source="establishments", many=True, width=18, rare=True),
        Column("site", "Lieu", ("site",), source="sites", width=16),
        Column("site_follows_doctor", "Lieu du médecin", ("le lieu suit le médecin",), choices=YES_NO, width=10,
               help="Oui si la garde se tient au cabinet du médecin. Non si vide.", rare=True),
        Column("skills", "Compétences", ("compétence", "compétences exigées"), many=True, width=18, rare=True),
        Column("mode", "Mode", choices=words_written(MODES), width=12, help="Simple si vide.", rare=True),
        Column("rhythm", "Alternance", ("rythme",), choices=words_written(RHYTHMS), width=12,
               help="Ligne alternée : quand elle change d’établissement. Les établissements se suivent dans l’ordre de leur colonne.", rare=True),
        Column("anchor", "Alternance depuis", ("date d’ancrage", "ancrage"), width=13, look="date",
               help="Premier jour d’un tour du premier établissement ; la relève se fait ce jour de la semaine.", rare=True),
        Column("alternated_bands", "Catégories alternées", many=True, width=18,
               help="Ligne mixte : les catégories qui alternent ; les autres sont ouvertes à tous les établissements. Toutes si vide.", rare=True),
        Column("phone", "Téléphone", ("tél",), width=15),
        Column("notice", "Mention pour le public", ("mention", "qui peut venir"), width=40,
               help="Qui peut venir et comment : imprimé sur l’affiche. Une phrase usuelle si vide.", rare=True),
        Column("counts_for", "Compte pour", ("compte pour la ligne",), source="lines", width=16,
               help="Ligne dont cette ligne couvre aussi les besoins : la régulation à distance compte pour la régulation sur place.", rare=True),
        Column("group", "Groupe de répartition", ("groupe",), width=18,
               help="Les lignes d’un même groupe sont partagées entre les mêmes médecins. Le secteur si vide ; « aucun » : pas de répartition.", rare=True),
    ),
    synonyms=("Ligne", "Lignes de garde"),
    required=True,
)  # fmt: skip

_SHIFT_TAIL: Final = (
    Column("need_min", "Médecins", ("nombre", "besoin", "minimum", "effectif"), width=10, help="Nombre de médecins voulus. 1 si vide.", look="number"),
    Column("need_max", "Maximum", ("médecins au plus", "max"), width=10, help="Nombre accepté au plus. Le même si vide.", look="number"),
    Column("band", "Catégorie", ("catégorie de garde", "bande"), width=13, help="Trouvée d’après le jour et l’heure si vide."),
    Column("points", "Points", ("points de garde",), width=8, help="Ceux de la catégorie si vide.", look="number"),
    Column("site", "Lieu", ("site",), source="sites", width=14, help="Celui de la ligne si vide."),
    Column("establishments", "Établissements", ("établissement",), source="establishments", many=True, width=16,
           help="Maisons dont c’est le tour ; toutes si vide.", rare=True),
)  # fmt: skip
_HOURS: Final = (
    Column("start", "Début", ("de", "heure de début"), width=8, help="20h, 20h30, midi…"),
    Column("end", "Fin", ("à", "heure de fin"), width=8, help="24h, 8h (le lendemain si elle précède le début)…"),
    Column("days_later", "Jours après", ("fin jours après", "lendemain"), width=9,
           help="0 : finit le jour même ; 1 : le lendemain… Laissez vide le plus souvent.", look="number", rare=True),
)  # fmt: skip

HOURS: Final = SheetLayout(
    "hours",
    "Horaires",
    "Quand chaque ligne ouvre. Une ligne du tableau par plage ; une garde est créée pour chaque jour nommé.",
    (
        Column("line", "Ligne", ("ligne de garde",), source="lines", required=True, width=18),
        Column("days", "Jours", ("jour",), required=True, many=True, width=24,
               choices=("tous les jours", "lundi à vendredi", *words_written(DAYS)),
               help="« lundi à vendredi », « samedi », « dimanche ; férié », « tous les jours », « pont »…"),
        *(replace(column, required=column.key != "days_later") for column in _HOURS),
        *_SHIFT_TAIL,
        Column("valid_from", "Du", ("à partir du", "date de début"), width=12, look="date"),
        Column("valid_to", "Au", ("jusqu’au", "date de fin"), width=12, look="date"),
        Column("season", "Saison", width=18, help="Tous les ans : « 1er juillet au 31 août ».", rare=True),
        Column("doctor", "Médecin", ("créneau de",), width=22,
               help="Agenda partagé : le médecin qui propose ce créneau ; personne d’autre ne peut le tenir.", rare=True),
    ),
    synonyms=("Horaire", "Horaires d’ouverture"),
)  # fmt: skip

DEMANDS: Final = SheetLayout(
    "demands",
    "Besoins",
    "Nombre de médecins voulus heure par heure, là où des vacations se chevauchent (régulation). Inutile sinon.",
    (
        Column("line", "Ligne", source="lines", required=True, width=18),
        Column("days", "Jours", ("jour",), required=True, many=True, width=24),
        Column("start", "Début", ("de",), required=True, width=8),
        Column("end", "Fin", ("à",), required=True, width=8),
        Column("need", "Nombre", ("médecins", "besoin"), required=True, width=9, look="number"),
        Column("in_all", "Compte", ("façon de compter",), choices=words_written(WAYS_TO_COUNT), width=16,
               help="« à chaque instant » (si vide) : médecins présents en même temps ; « en tout » : créneaux qui commencent dans la plage."),
        Column("step_minutes", "Pas (minutes)", ("pas", "minutes"), width=10, help="30 : le besoin se compte par demi-heure.", look="number"),
        Column("valid_from", "Du", ("à partir du",), width=12, look="date"),
        Column("valid_to", "Au", ("jusqu’au",), width=12, look="date"),
    ),
    synonyms=("Besoin",),
)  # fmt: skip

SPECIAL_DAYS: Final = SheetLayout(
    "special_days",
    "Jours particuliers",
    "Fermetures, ouvertures exceptionnelles, jours fériés locaux.",
    (
        Column("kind", "Nature", ("type",), choices=words_written(SPECIAL_KINDS), required=True, width=18),
        Column("first", "Du", ("date", "le"), required=True, width=12, look="date"),
        Column("last", "Au", ("jusqu’au",), width=12, help="Le même jour si vide.", look="date"),
        Column("lines", "Lignes", ("ligne",), source="lines", many=True, width=22, help="Toutes si vide."),
        *_HOURS,
        *_SHIFT_TAIL,
        Column("name", "Libellé", ("motif", "nom"), width=26),
    ),
    synonyms=("Jour particulier", "Jours spéciaux"),
)
