"""Forms of single doctors come back, each filled as its doctor fills it, some with a slip the reader only warns of."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.folders.files import saved
from benchmarks.folders.hand import day_typed, span_typed, weekday_typed, word_typed
from benchmarks.folders.minds import Mind, Span, Word
from rosterplan.domain.work import Duty
from rosterplan.sheets.forms.doctor import doctor_form
from rosterplan.sheets.forms.questionnaire import Questionnaire
from rosterplan.sheets.forms.words import ORIGIN_SHEET

RANGE_ROWS: Final = 6


@dataclass(frozen=True)
class Page:
    """A form open in front of its doctor: its workbook, and where each answer goes."""

    book: openpyxl.Workbook
    duties: Mapping[str, str]
    fields: Mapping[str, str]
    ranges: tuple[str, ...]
    weekdays: tuple[str, ...]

    @property
    def sheet(self) -> Worksheet:
        """The sheet to be filled in."""
        sheet: Worksheet = self.book.worksheets[0]
        return sheet


@dataclass(frozen=True)
class Returned:
    """A form come back: its bytes, and what its doctor's name is followed by in the file name."""

    content: bytes
    suffix: str = ""


Slip = Callable[[Page, Mind, Random], Mind]
"""A slip may change what the doctor says before it is written, or touch the page; it returns what will be written."""


def returned(questions: Questionnaire, mind: Mind, made_on: date, random: Random, slip: str | None) -> list[Returned]:
    """The form of a doctor as it comes back, twice where its slip is to answer twice."""
    sent = doctor_form(questions, mind.asked, made_on=made_on)
    if slip == "empty":
        return [Returned(sent)]
    filled_on = made_on + timedelta(days=random.randrange(3, 18))
    if slip == "twice":
        older = replace(mind, leave=(), weekday=None, duties=mind.duties[:2], free=False)
        first, then = filled_on, filled_on + timedelta(days=2)
        return [Returned(_filled(sent, older, first, random, None), " - premier envoi"),
                Returned(_filled(sent, mind, then, random, None))]  # fmt: skip
    return [Returned(_filled(sent, mind, filled_on, random, slip))]


def _filled(sent: bytes, mind: Mind, filled_on: date, random: Random, slip: str | None) -> bytes:
    page = _page(sent)
    if slip is not None:
        mind = SLIPS[slip](page, mind, random)
    sheet = page.sheet
    for duty, word in mind.duties:
        sheet[page.duties[duty.id]] = word_typed(word, random)
    for address, span in zip(page.ranges, mind.leave, strict=False):
        _range(sheet, address, span, random)
    if mind.weekday is not None:
        cell = sheet[page.weekdays[0]]
        cell.value = weekday_typed(mind.weekday, random)
        sheet.cell(cell.row, cell.column + 1).value = "impossible"
    if mind.maximum is not None:
        sheet[page.fields["maximum"]] = mind.maximum
    if mind.free:
        sheet[page.fields["none"]] = random.choice(("oui", "Oui", "OUI"))
    if slip != "undated":
        sheet[page.fields["filled_on"]] = day_typed(filled_on, random, as_text=True)
    return saved(page.book, filled_on)


def _page(sent: bytes) -> Page:
    book = openpyxl.load_workbook(io.BytesIO(sent))
    rows = [
        (str(kind), str(name), str(cell)) for kind, name, cell, *_ in book[ORIGIN_SHEET].iter_rows(values_only=True)
    ]
    return Page(
        book,
        duties={name: cell for kind, name, cell in rows if kind == "duty"},
        fields={name: cell for kind, name, cell in rows if kind == "field"},
        ranges=tuple(cell for kind, _, cell in rows if kind == "range"),
        weekdays=tuple(cell for kind, _, cell in rows if kind == "weekday"),
    )


def _range(sheet: Worksheet, address: str, span: Span, random: Random, word: str = "impossible") -> None:
    cell = sheet[address]
    first, last = span_typed(span, random)
    cell.value = first
    sheet.cell(cell.row, cell.column + 1).value = last
    sheet.cell(cell.row, cell.column + 2).value = word


# -- slips ----------------------------------------------------------------------------------------------------------


def _clash(_page: Page, mind: Mind, _random: Random) -> Mind:
    """A wish inside one's own leave."""
    away = [duty for duty in mind.asked.duties if any(first <= duty.date <= last for first, last in mind.leave)]
    return _said(mind, away[:1], "souhaité")


def _outside(page: Page, mind: Mind, random: Random) -> Mind:
    """Leave of another quarter."""
    first = mind.asked.duties[-1].date + timedelta(days=40)
    _range(page.sheet, page.ranges[RANGE_ROWS - 1], (first, first + timedelta(days=6)), random)
    return mind


def _renamed(page: Page, mind: Mind, _random: Random) -> Mind:
    """The sheet named anew."""
    page.sheet.title = f"Dispos {mind.asked.doctor.last_name}"
    return mind


def _extra_sheet(page: Page, mind: Mind, _random: Random) -> Mind:
    """A sheet of one's own with a word to the secretary."""
    note = page.book.create_sheet("Feuil2")
    note["A1"] = "Bonjour, voici mes dates. Merci de m’appeler plutôt le midi."
    return mind


def _merged(page: Page, mind: Mind, _random: Random) -> Mind:
    """The answers of two days running merged into one cell."""
    places = {address: name for name, address in page.duties.items()}
    for address, name in places.items():
        cell = page.sheet[address]
        beside = page.sheet.cell(cell.row, cell.column + 1).coordinate
        pair = [one for one in mind.asked.duties if one.id in (name, places.get(beside))]
        if len(pair) == 2 and not any(mind.refuses(one) for one in pair):
            page.sheet[address] = "à éviter"
            page.sheet.merge_cells(f"{address}:{beside}")
            ids = {one.id for one in pair}
            return replace(mind, duties=tuple(said for said in mind.duties if said[0].id not in ids))
    return mind


def _doubt(page: Page, mind: Mind, _random: Random) -> Mind:
    """« aucune contrainte », and refusals all the same."""
    page.sheet[page.fields["none"]] = "oui"
    return mind


def _old_mac(page: Page, mind: Mind, _random: Random) -> Mind:
    """A workbook that counts its days from 1904."""
    page.book.epoch = CALENDAR_MAC_1904
    return mind


def _exception(_page: Page, mind: Mind, _random: Random) -> Mind:
    """A weekday never possible, but for once."""
    weekday = 2 if mind.weekday is None else mind.weekday
    free = [
        duty for duty in mind.asked.duties
        if duty.date.weekday() == weekday and not any(first <= duty.date <= last for first, last in mind.leave)
    ]  # fmt: skip
    return _said(replace(mind, weekday=weekday), free[3:4], "souhaité")


def _only_and_wish(_page: Page, mind: Mind, random: Random) -> Mind:
    """« seulement » these dates, and a wish beside them."""
    drawn = sorted(random.sample(mind.asked.duties, 15), key=lambda duty: duty.start_minute)
    only = replace(mind, leave=(), weekday=None, free=False, duties=tuple((duty, "seulement") for duty in drawn[1:]))
    return _said(only, drawn[:1], "souhaité")


def _as_it_is(_page: Page, mind: Mind, _random: Random) -> Mind:
    return mind


SLIPS: Final[Mapping[str, Slip]] = {
    "clash": _clash, "renamed": _renamed, "extra-sheet": _extra_sheet, "only-and-wish": _only_and_wish,
    "outside": _outside, "merged": _merged, "doubt": _doubt, "old-mac": _old_mac, "exception": _exception,
    "undated": _as_it_is,
}  # fmt: skip
"""Slips by name; `empty` (sent back untouched) and `twice` (answered again two days later) concern the whole form."""

ORDER_OF_SLIPS: Final = (
    "empty", "twice", "clash", "outside", "renamed", "merged", "only-and-wish", "doubt", "extra-sheet", "exception",
    "old-mac", "undated",
)  # fmt: skip


def _said(mind: Mind, duties: list[Duty], word: Word) -> Mind:
    ids = {duty.id for duty in duties}
    kept = tuple(said for said in mind.duties if said[0].id not in ids)
    return replace(mind, duties=(*kept, *((duty, word) for duty in duties)))
