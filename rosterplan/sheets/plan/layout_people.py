"""Sheets of the people and places of a plan: doctors, establishments, sites, sectors."""

from __future__ import annotations

from typing import Final

from rosterplan.sheets.cells.tables import Column, SheetLayout
from rosterplan.sheets.cells.vocabulary import HOUSE_STATUSES, MODALITIES, PROFESSIONS, STATUSES, YES_NO, words_written

DOCTORS: Final = SheetLayout(
    "doctors",
    "Médecins",
    "Une ligne par médecin volontaire. L'identifiant ne change jamais d'un trimestre à l'autre.",
    (
        Column("id", "Identifiant", ("id", "code", "matricule"), required=True, width=12,
               help="Court et unique, par exemple M017. Gardez-le d'un trimestre à l'autre."),
        Column("last_name", "Nom", ("nom de famille", "nom usuel"), required=True, width=18),
        Column("first_name", "Prénom", width=14),
        Column("profession", "Profession", choices=words_written(PROFESSIONS), width=12, help="Médecin si vide.", rare=True),
        Column("status", "Statut", choices=words_written(STATUSES), width=12, help="Libéral si vide."),
        Column("establishment", "Établissement", ("hôpital", "clinique"), source="establishments", width=14, rare=True),
        Column("sectors", "Secteurs", ("secteur", "territoire", "territoires"), source="sectors", many=True, width=22,
               help="Le premier est le secteur principal. « Clisson 70 % ; Vallet 30 % » partage la part ; « Clisson ; Vallet » : renfort à Vallet."),
        Column("lines", "Autres lignes", ("lignes", "lignes en plus"), source="lines", many=True, width=16,
               help="Lignes tenues en plus de celles des secteurs ; elles ne donnent pas de part.", rare=True),
        Column("modalities", "Modalités", ("modalité", "exercice"), choices=words_written(MODALITIES), many=True, width=14,
               help="fixe, mobile, régulation… séparées par « ; ». Fixe si vide."),
        Column("skills", "Compétences", ("compétence", "qualifications"), many=True, width=16, rare=True),
        Column("refused_sites", "Lieux refusés", ("refus de lieu", "lieux exclus"), source="sites", many=True, width=16, rare=True),
        Column("quota", "Quota", ("quotité", "participation", "part"), width=8,
               help="1 = participation entière ; 0,5 ou 50 % = moitié. 1 si vide.", look="number"),
        Column("on_list_from", "Inscrit du", ("entrée", "date d’entrée", "arrivée"), width=12, look="date", rare=True),
        Column("on_list_to", "Inscrit au", ("sortie", "date de sortie", "départ"), width=12, look="date", rare=True),
        Column("long_absences", "Absences longues", ("absence longue", "absences"), many=True, width=22,
               help="Absences reconnues, sans motif : « du 01/02/2027 au 15/03/2027 ». Elles diminuent la part.", rare=True),
        Column("exemptions", "Exemptions", ("exemption", "dispenses", "dispense"), many=True, width=22,
               help="Sans motif : « nuit jusqu’au 30/06/2027 ; samedi, dimanche : du 01/02/2027 au 28/02/2027 ; toutes ».", rare=True),
        Column("licence_until", "Licence jusqu’au", ("fin de licence", "licence"), width=13,
               help="Remplaçants : dernier jour de la licence de remplacement.", look="date", rare=True),
        Column("practice_ended", "Cessation d’activité", ("cessation", "fin d’activité"), width=13,
               help="Premier jour sans activité : le médecin peut encore réguler quelques mois (règle after-practice).", look="date", rare=True),
        Column("maximum", "Maximum déclaré", ("maximum", "max", "nombre maximum"), width=11,
               help="Nombre de gardes à ne pas dépasser sur la période, annoncé ouvertement.", look="number"),
        Column("practice", "Cabinet", ("cabinet de groupe", "msp"), width=16,
               help="Même nom pour les médecins d’un même cabinet.", rare=True),
        Column("volunteer", "Volontaire", choices=YES_NO, width=10, help="Oui si vide. Un non-volontaire n’est jamais désigné."),
        Column("accepts_beyond_cap", "Accepte au-delà du plafond", ("au-delà du plafond",), choices=YES_NO, width=12, help="Non si vide.", rare=True),
        Column("consents", "Accords particuliers", ("accords",), source="rules", many=True, width=16,
               help="Codes des règles dont le médecin se délie lui-même.", rare=True),
        Column("site", "Lieu propre", ("cabinet (lieu)", "lieu"), source="sites", width=14,
               help="Son propre cabinet, quand la garde se tient chez le médecin.", rare=True),
        Column("travel", "Délais", ("délai", "temps de trajet"), many=True, width=18,
               help="Minutes pour rejoindre chaque lieu : « CHSN 20 ; Polyclinique 35 ».", rare=True),
        Column("phone", "Téléphone", ("tél", "portable", "mobile tél"), width=15),
        Column("email", "Courriel", ("mail", "email", "e-mail", "adresse mail"), width=30),
        Column("rpps", "RPPS", ("numéro rpps", "n° rpps"), width=14, rare=True),
    ),
    synonyms=("Medecin", "Praticiens", "Effecteurs"),
    required=True,
)  # fmt: skip

ESTABLISHMENTS: Final = SheetLayout(
    "establishments",
    "Établissements",
    "Hôpitaux et cliniques partenaires d’une ligne partagée. Feuille inutile pour la PDSA seule.",
    (
        Column("id", "Identifiant", ("id", "code"), required=True),
        Column("name", "Nom", required=True, width=32),
        Column("status", "Statut", choices=words_written(HOUSE_STATUSES), help="Public si vide."),
        Column("full_time_equivalents", "ETP", ("équivalents temps plein",), look="number"),
        Column(
            "site",
            "Lieu",
            ("site",),
            source="sites",
            width=16,
            help="Où l’établissement tient ses tours d’une ligne alternée qui n’a pas de lieu à elle.",
        ),
    ),
    synonyms=("Établissement", "Hôpitaux"),
)

SITES: Final = SheetLayout(
    "sites",
    "Lieux",
    "Où se tiennent les gardes : maisons médicales de garde, CAPS, cabinets.",
    (
        Column("id", "Identifiant", ("id", "code"), required=True),
        Column("name", "Nom", required=True, width=30),
        Column("address", "Adresse", width=40),
        Column("phone", "Téléphone", ("tél",), width=15),
        Column("isolated", "Isolé", ("lieu isolé",), choices=YES_NO, width=8, help="Médecin seul, sans voisinage la nuit. Non si vide."),
    ),
    synonyms=("Lieu", "Sites"),
)  # fmt: skip

SECTORS: Final = SheetLayout(
    "sectors",
    "Secteurs",
    "Les territoires de permanence des soins. La juste répartition se fait entre les médecins d’un secteur.",
    (Column("id", "Identifiant", ("id", "code"), required=True), Column("name", "Nom", required=True, width=32)),
    synonyms=("Secteur", "Territoires", "Territoire"),
)
