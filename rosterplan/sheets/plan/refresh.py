"""The past of a plan taken again from the ledger: sheet `Historique` alone is written anew, all else stays as it is."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rosterplan.domain.calendar import TIMEZONES
from rosterplan.domain.instance import Balance, PastDuty
from rosterplan.sheets.cells.sheets import find_sheet
from rosterplan.sheets.cells.tables import read_table
from rosterplan.sheets.cells.workbook import read_workbook
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.history import balance_cells, past_duty_cells
from rosterplan.sheets.plan.layout import HISTORY

DutyKey = tuple[str, str, datetime]


def key_of(duty: PastDuty) -> DutyKey:
    """What tells a past duty from another: doctor, line, beginning."""
    return duty.doctor, duty.line, duty.start


def with_past_again(
    content: PlanContent, known: Collection[str], balances: Sequence[Balance], planned: Collection[DutyKey], served: Sequence[PastDuty]
) -> PlanContent:  # fmt: skip
    """The plan with the balances of the ``known`` groups, and the duties ``served`` in place of those once ``planned``.

    What a person wrote of other groups, and duties the ledger never planned, stay.
    """
    people = {doctor.id for doctor in content.doctors}
    own = [row for row in content.balances if row.group not in known]
    held = {key_of(one) for one in served}
    kept = [one for one in content.history if key_of(one) not in planned or key_of(one) in held]
    there = {key_of(one) for one in kept}
    new = [one for one in served if key_of(one) not in there and one.doctor in people]
    return content.model_copy(
        update={
            "balances": (*own, *(row for row in balances if row.group in known and row.doctor in people)),
            "history": tuple(sorted((*kept, *new), key=lambda one: (one.start, one.line, one.doctor))),
        }
    )


def with_history_sheet(path: Path, content: PlanContent) -> bytes | None:
    """The workbook at ``path`` with its sheet `Historique` holding what ``content`` says; None if it has no such sheet."""
    import openpyxl

    sheet = find_sheet(read_workbook(path), HISTORY.names)
    if sheet is None:
        return None
    table = read_table(sheet, HISTORY.columns)
    zone = ZoneInfo(TIMEZONES[content.choices.territory])
    rows = [*(balance_cells(one) for one in content.balances), *(past_duty_cells(one, zone) for one in content.history)]
    book = openpyxl.load_workbook(path)
    page, first = book[sheet.name], table.heading_row + 2
    last = max(page.max_row, first + len(rows) - 1)
    for number in range(first, last + 1):
        cells = rows[number - first] if number - first < len(rows) else {}
        for key, column in table.column_of.items():
            page.cell(number, column + 1).value = cells.get(key)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
