"""The first sheet of `plan.xlsx`: how to fill it in, in ten lines."""

from __future__ import annotations

from typing import Final

from rosterplan.messages.palette import NAVY
from rosterplan.sheets.plan.layout import README_NAME
from rosterplan.sheets.plan.style import Book

STEPS: Final = (
    "Feuille « Plan » : écrivez le nom du planning, le premier et le dernier jour, la date limite de réponse. Puis vérifiez les ponts, "
    "les points par catégorie et les fêtes.",
    "Feuilles « Secteurs », « Lieux », « Lignes » : remplacez les exemples par les vôtres. Les identifiants sont courts et ne changent plus.",
    "Feuille « Horaires » : une ligne par plage d'ouverture. Une garde est créée pour chaque jour nommé, jours fériés et ponts compris "
    "s’ils sont nommés.",
    "Feuille « Médecins » : remplacez les médecins d’exemple par vos volontaires. Les colonnes rares sont repliées : cliquez sur le « + » "
    "au-dessus des colonnes pour les voir.",
    "Feuille « Règles » : gardez, changez ou désactivez (« non ») chaque règle. Une règle absente ne s’applique pas.",
    "« Jours particuliers », « Affectations imposées », « Historique » : à remplir seulement si besoin.",
    "Vérifiez : rosterplan vérifier DOSSIER. Tout ce qui ne va pas est dit d’un coup, avec la feuille et la cellule.",
    "Envoyez les formulaires (rosterplan formulaires DOSSIER), rangez les réponses dans « disponibilites », puis calculez : "
    "rosterplan calculer DOSSIER.",
)  # fmt: skip
HINTS: Final = (
    "Les cases jaunes sont nécessaires ; les autres peuvent rester vides.",
    "Les dates s’écrivent comme vous voulez : 03/03/2027, 3 mars, lundi 1er mars. Les heures aussi : 20h, 20:30, midi, 24h.",
    "Plusieurs valeurs dans une case : séparez-les par « ; ».",
    "Ne notez jamais de raison de santé : seules les dates comptent.",
    "Vous pouvez trier, filtrer, ajouter des colonnes à vous : elles sont signalées, jamais modifiées.",
)  # fmt: skip


def write_guide(book: Book, identifier: str) -> None:
    """The sheet of instructions."""
    sheet = book.sheet(README_NAME, NAVY)
    styles = book.styles
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 112)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"Planning {identifier} : mode d’emploi", styles["title"])
    row = 2
    for number, step in enumerate(STEPS, 1):
        sheet.set_row(row, 34 if len(step) > 150 else 20)
        sheet.write_number(row, 0, number, styles["number"])
        sheet.write_string(row, 1, step, styles["step"])
        row += 1
    row += 1
    sheet.write_string(row, 1, "À savoir", styles["part"])
    for hint in HINTS:
        row += 1
        sheet.set_row(row, 18)
        sheet.write_string(row, 0, "•", styles["number"])
        sheet.write_string(row, 1, hint, styles["step"])
