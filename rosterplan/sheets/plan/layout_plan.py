"""The sheet `Plan`: one setting per row (label, value, help), then the blocks of categories, feasts and school holidays."""

from __future__ import annotations

from typing import Final

from rosterplan.sheets.cells.tables import Column
from rosterplan.sheets.cells.vocabulary import KINDS, MISSING_ANSWERS, TERRITORIES, YES_NO, words_written

PLAN_NAME: Final = "Plan"
PLAN_NAMES: Final = (PLAN_NAME, "Planning", "Paramètres")

SCHEMA: Final = 1
"""Version of the workbook's form; a reader refuses, in words, one it does not know."""

SETTINGS: Final = (
    Column("id", "Nom du planning", ("identifiant", "planning"), required=True,
           help="Court, sans espace : par exemple 44-pdsa-2027T1."),
    Column("kinds", "Type de planning", ("types de planning", "type"), choices=words_written(KINDS), many=True,
           help="PDSA, régulation… plusieurs si besoin, séparés par « ; »."),
    Column("start", "Premier jour", ("début de la période", "début", "du"), required=True,
           help="Une PDSA se planifie par trimestre au moins (CSP R.6315-2)."),
    Column("end", "Dernier jour", ("fin de la période", "fin", "au"), required=True, help="Ce jour est compris."),
    Column("answer_deadline", "Date limite de réponse", ("date limite",),
           help="Jour où les formulaires doivent être revenus (conseil : 70 jours avant le premier jour)."),
    Column("missing_answers", "Sans réponse", ("médecins sans réponse",), choices=words_written(MISSING_ANSWERS),
           help="Que supposer d’un médecin qui n’a pas répondu. « à relancer » : on attend sa réponse avant de calculer."),
    Column("fairness_tolerance", "Tolérance de juste répartition", ("tolérance",),
           help="Part de la répartition que l’on accepte de céder aux souhaits. 2 % si vide."),
    Column("reply_to", "Réponses à renvoyer à", ("adresse de retour",), help="Imprimé sur les formulaires : une adresse ou quelques mots."),
    Column("territory", "Territoire", ("département", "région"), choices=words_written(TERRITORIES),
           help="Donne les jours fériés légaux et l’heure locale."),
    Column("saturday_from_noon", "Samedi à partir de midi", choices=YES_NO, help="La PDSA couvre-t-elle le samedi dès midi ? (cahier des charges)"),
    Column("pont_monday_before", "Pont : lundi avant un jour férié", choices=YES_NO),
    Column("pont_friday_after", "Pont : vendredi après un jour férié", choices=YES_NO),
    Column("pont_saturday_after", "Pont : samedi après un vendredi férié", choices=YES_NO),
    Column("pont_saturday_after_thursday", "Pont : samedi après un jeudi férié", choices=YES_NO,
           help="Lecture du texte propre à certaines ARS."),
    Column("pont_start", "Ponts : ouverture à", help="8h si vide."),
    Column("pont_end", "Ponts : fermeture à", help="20h si vide."),
    Column("pont_band", "Ponts : catégorie", help="Catégorie d’une garde de jour un lundi ou un vendredi de pont."),
    Column("school_zone", "Zone scolaire", ("zone",), choices=("A", "B", "C"), help="A, B ou C ; ou une zone dont vous donnez les dates plus bas."),
    Column("schema", "Version du classeur", help="Ne pas modifier."),
)  # fmt: skip

BANDS: Final = (
    Column("id", "Catégorie", required=True),
    Column("name", "Libellé", required=True),
    Column("points", "Points par garde", ("points",), required=True, look="number"),
)
FEASTS: Final = (
    Column("id", "Fête", required=True),
    Column("name", "Libellé", required=True),
    Column("day", "Jour de fête", ("jour",), required=True, help="« 24 décembre », « Pâques », « Pâques + 1 »."),
    Column("start", "De"),
    Column("end", "À"),
    Column("points", "Points", look="number"),
    Column("band", "Catégorie de fête", ("catégorie",), help="Vide : la garde garde sa catégorie ordinaire."),
)
SCHOOL_DATES: Final = (
    Column("name", "Vacances scolaires ajoutées", required=True),
    Column("start", "Du", required=True, look="date"),
    Column("end", "Au", required=True, look="date"),
)
