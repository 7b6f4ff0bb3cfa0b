"""The files a calculation leaves, by name: all of them or none are written, by whoever writes (DESIGN section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from rosterplan.report.calculation import calculation_json
from rosterplan.report.facts import Facts
from rosterplan.report.journal import Event, journal_jsonl
from rosterplan.report.roster_json import roster_json
from rosterplan.report.tableau import tableau_xlsx

TABLEAU: Final = "tableau.xlsx"
ROSTER: Final = "roster.json"
CALCULATION: Final = "rapport-de-calcul.json"
JOURNAL: Final = "journal.jsonl"


def solve_outputs(facts: Facts, *, versions: Mapping[str, str], events: Iterable[Event]) -> dict[str, bytes]:
    """Workbook, roster, proof and journal of one run; only the journal holds times."""
    roster = roster_json(
        facts.instance, facts.roster, facts.result, facts.audit, version=facts.version, input_sha256=facts.input_sha256
    )
    return {
        TABLEAU: tableau_xlsx(facts, versions=versions),
        ROSTER: roster,
        CALCULATION: calculation_json(facts, versions=versions),
        JOURNAL: journal_jsonl(events),
    }
