"""Rows of the sheet `Congés`, both ways."""

from __future__ import annotations

from rosterplan.domain.findings import Problem
from rosterplan.sheets.cells.tables import Record
from rosterplan.sheets.cells.values import read_text
from rosterplan.sheets.plan.building import build
from rosterplan.sheets.plan.content import LeaveColumns
from rosterplan.sheets.plan.people import Cells, Known


def read_leave_columns(record: Record, known: Known, problems: list[Problem]) -> LeaveColumns | None:
    """The columns of the export of a house."""
    fields = {
        "establishment": record.read("establishment", known.establishments.find, problems, required=True),
        "doctor": record.read("doctor", read_text, problems, required=True),
        "first": record.read("first", read_text, problems, required=True),
    }
    if not all(fields.values()):
        return None
    more = {"file": record.text("file"), "last": record.text("last")}
    return build(LeaveColumns, record, {**fields, **more}, problems)


def leave_cells(columns: LeaveColumns) -> Cells:
    """The row of the columns of an export."""
    return {
        "establishment": columns.establishment,
        "file": columns.file or None,
        "doctor": columns.doctor,
        "first": columns.first,
        "last": columns.last or None,
    }
