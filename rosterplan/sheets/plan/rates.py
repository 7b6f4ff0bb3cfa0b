"""Rows of the sheet `Tarifs`, both ways: what a duty pays, from a date to a date. Read beside the instance."""

from __future__ import annotations

from functools import partial

from rosterplan.domain.findings import Problem
from rosterplan.domain.people import DateSpan
from rosterplan.domain.rates import Rate
from rosterplan.sheets.cells.dates import out_of_order, read_date
from rosterplan.sheets.cells.tables import Record
from rosterplan.sheets.cells.values import read_choice, read_choices, read_number
from rosterplan.sheets.cells.vocabulary import MODALITIES, STATUSES, word_of
from rosterplan.sheets.plan.building import build
from rosterplan.sheets.plan.layout_rates import PER
from rosterplan.sheets.plan.people import Cells, Known


def read_rate(record: Record, known: Known, problems: list[Problem]) -> Rate | None:
    """The rate of a row of `Tarifs`."""
    amount = record.read("amount", partial(read_number, lowest=0, highest=100_000), problems, required=True)
    day = partial(read_date, period=known.period, date1904=record.sheet.date1904)
    start, end = record.read("valid_from", day, problems), record.read("valid_to", day, problems)
    if start and end and (wrong_order := out_of_order(start, end)):
        problems.append(record.place("valid_to", wrong_order))
        return None
    before = len(problems)
    fields = {
        "row": record.name,
        "name": record.text("name"),
        "lines": record.read("lines", known.lines.find_all, problems) or (),
        "bands": record.read("bands", known.bands.find_all, problems) or (),
        "modalities": record.read("modalities", partial(read_choices, choices=MODALITIES), problems) or (),
        "statuses": record.read("statuses", partial(read_choices, choices=STATUSES), problems) or (),
        "per": record.read("per", partial(read_choice, choices=PER), problems) or "garde",
        "valid": DateSpan(start=start, end=end),
        "source": record.text("source"),
    }
    if amount is None or len(problems) > before:
        return None
    return build(Rate, record, {**fields, "cents": round(amount * 100)}, problems)


def rate_cells(rate: Rate) -> Cells:
    """The row of a rate."""
    return {
        "name": rate.name,
        "amount": rate.cents / 100,
        "per": rate.per,
        "lines": " ; ".join(rate.lines),
        "bands": " ; ".join(rate.bands),
        "modalities": " ; ".join(word_of(one, MODALITIES) for one in rate.modalities),
        "statuses": " ; ".join(word_of(one, STATUSES) for one in rate.statuses),
        "valid_from": rate.valid.start,
        "valid_to": rate.valid.end,
        "source": rate.source,
    }
