"""The files a roster leaves in, by name: all of them or none are written, by whoever writes."""

from __future__ import annotations

from collections.abc import Mapping

from rosterplan.domain.file_names import CALCULATION_FILE, ROSTER_FILE, TABLEAU_FILE
from rosterplan.report.agenda.files import agenda_files
from rosterplan.report.calculation import calculation_json
from rosterplan.report.facts import Facts
from rosterplan.report.hospital.files import hospital_files
from rosterplan.report.roster_json import roster_json
from rosterplan.report.tableau import tableau_xlsx


def roster_files(facts: Facts, *, versions: Mapping[str, str]) -> dict[str, bytes]:
    """The workbook, the roster for programs and the proof; equal facts give equal bytes. The journal holds the times."""
    roster = roster_json(
        facts.instance, facts.roster, facts.result, facts.audit, version=facts.version, input_sha256=facts.input_sha256
    )
    return {
        TABLEAU_FILE: tableau_xlsx(facts, versions=versions),
        ROSTER_FILE: roster,
        CALCULATION_FILE: calculation_json(facts, versions=versions),
        **hospital_files(facts),
        **agenda_files(facts),
    }
