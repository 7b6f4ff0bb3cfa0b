"""Which sheets of a workbook are read: found by name as people write it, and a word for each that is not."""

from __future__ import annotations

from collections.abc import Sequence

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.sheets.cells.text import bare, clipped, close_to, did_you_mean
from rosterplan.sheets.cells.workbook import Sheet, Workbook


def find_sheet(workbook: Workbook, names: Sequence[str]) -> Sheet | None:
    """The first sheet that bears one of these names, whatever its accents, case and spaces."""
    wanted = {bare(name) for name in names}
    return next((sheet for name, sheet in workbook.sheets.items() if bare(name) in wanted), None)


def unknown_sheets(workbook: Workbook, known: Sequence[str], absent: Sequence[str]) -> list[Problem]:
    """A word for each sheet that is not read: a warning where its name is near one of ``absent``, else information."""
    wanted = {bare(name) for name in known}
    problems = []
    for name, sheet in workbook.sheets.items():
        if bare(name) in wanted or name.startswith("_") or (sheet.hidden and sheet.empty):
            continue
        near = close_to(name, absent)
        problems.append(
            Problem(
                severity="avertissement" if near else "information",
                code="sheet-unknown",
                file=workbook.file,
                sheet=name,
                found=say(fr=f"une feuille « {clipped(name)} »", en=f"a sheet “{clipped(name)}”"),
                wanted=say(fr="une feuille connue", en="a known sheet"),
                remedy=did_you_mean(near) or say(fr="Cette feuille n’est pas lue.", en="This sheet is not read."),
            )
        )
    return problems
