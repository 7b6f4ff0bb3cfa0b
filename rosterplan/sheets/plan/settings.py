"""The sheet `Plan`, both ways: period, calendar choices, categories, feasts, answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from rosterplan.domain.calendar.choices import CalendarChoices
from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Kind, Period, Plan
from rosterplan.messages import say
from rosterplan.sheets.cells.dates import read_date
from rosterplan.sheets.cells.hours import read_hour
from rosterplan.sheets.cells.names import Names, names_of
from rosterplan.sheets.cells.tables import Column, Record, Table, uncomputed_problems
from rosterplan.sheets.cells.text import bare, clipped, close_to, did_you_mean
from rosterplan.sheets.cells.values import read_choice, read_choices, read_integer, read_percent, read_text, read_yes_no
from rosterplan.sheets.cells.vocabulary import KINDS, MISSING_ANSWERS, TERRITORIES, word_of
from rosterplan.sheets.cells.workbook import CellValue, Sheet, address
from rosterplan.sheets.plan.blocks import find_block, names_of_bands, read_bands, read_feasts, read_school_dates
from rosterplan.sheets.plan.building import build
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.layout_plan import BANDS, FEASTS, SCHEMA, SCHOOL_DATES, SETTINGS
from rosterplan.sheets.plan.opening_hours import hour_in_words
from rosterplan.sheets.plan.people import Cells

T = TypeVar("T")

LONGEST_PERIOD_DAYS = 732
"""Two years: beyond it a year was mistyped, and making the duties of a century would take minutes."""

_SWITCHES = (
    "saturday_from_noon", "pont_monday_before", "pont_friday_after", "pont_saturday_after", "pont_saturday_after_thursday",
)  # fmt: skip
"""Settings of ``CalendarChoices`` that are yes or no."""


@dataclass(frozen=True)
class Settings:
    """What the sheet `Plan` says; ``period`` is None where it cannot be read, and nothing else then makes sense."""

    id: str = ""
    kinds: tuple[Kind, ...] = ("pdsa",)
    reply_to: str = ""
    period: Period | None = None
    plan: Plan = field(default_factory=Plan)
    choices: CalendarChoices = field(default_factory=CalendarChoices)

    @property
    def bands(self) -> Names:
        """The categories by id and name."""
        return names_of_bands(self.choices.bands)

    @property
    def feasts(self) -> Names:
        """The feasts by id and name."""
        return names_of("une fête", "a feast", ((one.id, one.name) for one in self.choices.feasts))


def read_settings(sheet: Sheet, problems: list[Problem]) -> Settings:
    """The settings of the sheet; every problem in them is added to ``problems``."""
    blocks = {
        name: find_block(sheet, columns)
        for name, columns in (("bands", BANDS), ("feasts", FEASTS), ("school", SCHOOL_DATES))
    }
    first_block = min((table.heading_row for table in blocks.values() if table), default=len(sheet.rows))
    rows = _labelled(sheet, first_block, problems)
    period = _period(rows, problems)
    near = Period(start=period.start - timedelta(days=400), end=period.end) if period else None
    record = partial(_read, rows, problems)
    name = record("id", read_text, required=True)
    _check_schema(rows, problems)
    deadline = record("answer_deadline", partial(read_date, period=near, date1904=sheet.date1904))
    if deadline and period and deadline > period.start:
        problems.append(rows["answer_deadline"].place("value", _late_deadline(deadline, period)))
    plan = {
        "answer_deadline": deadline,
        "missing_answers": record("missing_answers", partial(read_choice, choices=MISSING_ANSWERS)),
        "fairness_tolerance": record("fairness_tolerance", read_percent),
    }
    return Settings(
        id=name or "",
        kinds=record("kinds", partial(read_choices, choices=KINDS)) or ("pdsa",),
        reply_to=record("reply_to", read_text) or "",
        period=period,
        plan=Plan.model_validate({key: value for key, value in plan.items() if value is not None}),
        choices=_choices(rows, blocks, period, problems),
    )


def _labelled(sheet: Sheet, before_row: int, problems: list[Problem]) -> dict[str, Record]:
    """The rows of settings by key; a label nobody knows is reported. Each record has one column, ``value``."""
    key_of = {name: column.key for column in SETTINGS for name in column.names}
    rows: dict[str, Record] = {}
    problems += uncomputed_problems(sheet)
    for number in range(min(before_row, len(sheet.rows))):
        label = sheet.at(number, 0)
        if not isinstance(label, str):
            continue
        key = key_of.get(bare(label))
        if key:
            rows.setdefault(key, Record(sheet, number, {"value": 1}))
        elif sheet.at(number, 1) is not None:
            near = close_to(label, [column.heading for column in SETTINGS])
            problems.append(_unknown_label(sheet, number, label, near))
    for column in SETTINGS:
        if column.required and column.key not in rows:
            problems.append(_missing_setting(sheet, column))
    return rows


def _read(
    rows: Mapping[str, Record],
    problems: list[Problem],
    key: str,
    parse: Callable[[CellValue], T | Problem],
    *,
    required: bool = False,
) -> T | None:
    return rows[key].read("value", parse, problems, required=required) if key in rows else None


def _period(rows: Mapping[str, Record], problems: list[Problem]) -> Period | None:
    start = _read(rows, problems, "start", read_date, required=True)
    end = _read(rows, problems, "end", read_date, required=True)
    if start and end and (end - start).days > LONGEST_PERIOD_DAYS:
        problems.append(rows["end"].place("value", _long_period(start, end)))
        return None
    return build(Period, rows["end"], {"start": start, "end": end}, problems) if start and end else None


def _choices(
    rows: Mapping[str, Record], blocks: Mapping[str, Table | None], period: Period | None, problems: list[Problem]
) -> CalendarChoices:
    bands = read_bands(blocks["bands"], problems)
    names = names_of_bands(bands)
    zone = _read(rows, problems, "school_zone", read_text)
    fields: dict[str, object] = {
        "territory": _read(rows, problems, "territory", partial(read_choice, choices=TERRITORIES)),
        **{key: _read(rows, problems, key, read_yes_no) for key in _SWITCHES},
        "pont_start": _read(rows, problems, "pont_start", read_hour),
        "pont_end": _read(rows, problems, "pont_end", partial(read_hour, end=True)),
        "pont_band": _read(rows, problems, "pont_band", names.find),
        "school_zone": zone.upper() if zone and len(zone) == 1 else zone,
        "school_dates": read_school_dates(blocks["school"], zone, period, problems),
        "bands": bands,
        "feasts": read_feasts(blocks["feasts"], names, problems),
    }
    anchor = next(iter(rows.values()), None)
    if anchor is None:
        return CalendarChoices()
    return build(CalendarChoices, rows.get("pont_end", anchor), fields, problems) or CalendarChoices()


def _check_schema(rows: Mapping[str, Record], problems: list[Problem]) -> None:
    version = _read(rows, problems, "schema", read_integer)
    if version is not None and version > SCHEMA:
        problems.append(
            rows["schema"].place(
                "value",
                Problem(
                    severity="erreur",
                    code="schema-unknown",
                    found=str(version),
                    wanted=say(fr=f"un classeur de version {SCHEMA}", en=f"a workbook of version {SCHEMA}"),
                    remedy=say(fr="Ce classeur vient d’une version plus récente de rosterplan : mettez le programme à jour.",
                               en="This workbook comes from a later version of rosterplan: update the program."),
                ),
            )
        )  # fmt: skip


def settings_cells(content: PlanContent) -> Cells:
    """The values of the settings, by key."""
    choices, plan = content.choices, content.plan
    return {
        "id": content.id,
        "kinds": " ; ".join(word_of(kind, KINDS) for kind in content.kinds),
        "start": content.period.start,
        "end": content.period.end,
        "answer_deadline": plan.answer_deadline,
        "missing_answers": word_of(plan.missing_answers, MISSING_ANSWERS),
        "fairness_tolerance": plan.fairness_tolerance,
        "reply_to": content.reply_to,
        "territory": word_of(choices.territory, TERRITORIES),
        **{key: "oui" if getattr(choices, key) else "non" for key in _SWITCHES},
        "pont_start": hour_in_words(choices.pont_start),
        "pont_end": hour_in_words(choices.pont_end),
        "pont_band": choices.pont_band,
        "school_zone": choices.school_zone,
        "schema": SCHEMA,
    }


def _unknown_label(sheet: Sheet, row: int, label: str, near: str | None) -> Problem:
    return Problem(
        severity="avertissement",
        code="setting-unknown",
        file=sheet.file,
        sheet=sheet.name,
        cell=address(row, 0),
        found=f"« {clipped(label)} »",
        wanted=say(fr="un réglage connu", en="a known setting"),
        remedy=did_you_mean(near) or say(fr="Ce réglage n’est pas lu.", en="This setting is not read."),
    )


def _missing_setting(sheet: Sheet, column: Column) -> Problem:
    return Problem(
        severity="erreur",
        code="setting-missing",
        file=sheet.file,
        sheet=sheet.name,
        found=say(fr="réglage absent", en="setting missing"),
        wanted=f"« {column.heading} »",
        remedy=say(fr="Ajoutez cette ligne, la valeur en colonne B.", en="Add this row, with its value in column B."),
    )


def _long_period(start: date, end: date) -> Problem:
    return Problem(
        severity="erreur",
        code="period-long",
        found=say(fr=f"du {start:%d/%m/%Y} au {end:%d/%m/%Y}", en=f"from {start:%d/%m/%Y} to {end:%d/%m/%Y}"),
        wanted=say(fr="une période de deux ans au plus", en="a period of two years at most"),
        remedy=say(fr="Vérifiez l’année du début et celle de la fin.", en="Check the years of the start and the end."),
    )


def _late_deadline(deadline: date, period: Period) -> Problem:
    return Problem(
        severity="avertissement",
        code="deadline-late",
        found=f"{deadline:%d/%m/%Y}",
        wanted=say(fr=f"une date avant le {period.start:%d/%m/%Y}", en=f"a date before {period.start:%d/%m/%Y}"),
        remedy=say(fr="Vérifiez l’année.", en="Check the year."),
    )
