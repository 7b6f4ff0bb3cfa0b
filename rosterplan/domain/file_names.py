"""Names of the files and folders people and programs rely on, in a planning folder and beside it."""

from __future__ import annotations

from typing import Final

PLAN_FILE: Final = "plan.xlsx"
ANSWERS_FOLDER: Final = "disponibilites"
ELSEWHERE_FOLDER: Final = "ailleurs"
CORRECTIONS_FILE: Final = "corrections.xlsx"

TABLEAU_FILE: Final = "tableau.xlsx"
ROSTER_FILE: Final = "roster.json"
CALCULATION_FILE: Final = "rapport-de-calcul.json"
JOURNAL_FILE: Final = "journal.jsonl"
