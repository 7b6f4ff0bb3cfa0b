"""Where something was read, and a problem found there."""

from __future__ import annotations

from dataclasses import dataclass

from rosterplan.domain.findings import Problem, Severity


@dataclass(frozen=True)
class Place:
    """A file, a sheet, and a cell or nothing."""

    file: str
    sheet: str
    cell: str = ""


def problem_at(
    place: Place,
    code: str,
    *,
    found: str,
    wanted: str,
    remedy: str,
    severity: Severity = "erreur",
) -> Problem:
    """A problem found at a place."""
    return Problem(
        severity=severity, code=code, file=place.file, sheet=place.sheet, cell=place.cell, found=found, wanted=wanted, remedy=remedy
    )  # fmt: skip
