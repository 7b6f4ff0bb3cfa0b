"""Names as numbers, and the attributes of every pair: made once, from duties and doctors, never from pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray, ints
from rosterplan.canvas.columns import Cols
from rosterplan.domain.base import minute_of
from rosterplan.domain.instance import Instance, PastDuty
from rosterplan.domain.work import Duty, monday_of, weekend_of

TIMED = (
    "line", "sector", "group", "modality", "band", "start", "end", "minutes", "day", "week", "weekend", "month", "quarter",
    "year", "points", "site", "feast",
)  # fmt: skip
PERSONAL = ("establishment", "status", "practice")


@dataclass(frozen=True)
class Codes:
    """The number of each name, per kind of name: ``codes["band"]["samedi"]``; −1 stands for none."""

    of: Mapping[str, Mapping[str, int]]

    def __getitem__(self, kind: str) -> Mapping[str, int]:
        return self.of[kind]

    def numbers(self, kind: str, names: Iterable[str]) -> IntArray:
        """Return the numbers of the names that exist."""
        known = self.of[kind]
        return ints([known[name] for name in names if name in known])


def codes_of(instance: Instance) -> Codes:
    """Return the codes of an instance: doctors and duties in their order, other names sorted."""
    history = instance.history

    def ranked(names: Iterable[str | None]) -> dict[str, int]:
        return {name: number for number, name in enumerate(sorted({name for name in names if name}))}

    return Codes(
        {
            "doctor": {doctor.id: number for number, doctor in enumerate(instance.doctors)},
            "duty": {duty.id: number for number, duty in enumerate(instance.duties)},
            "line": ranked([line.id for line in instance.lines] + [past.line for past in history]),
            "sector": ranked(line.sector for line in instance.lines),
            "group": ranked(group.id for group in instance.groups),
            "band": ranked([duty.band for duty in instance.duties] + [past.band for past in history]),
            "site": ranked([duty.site for duty in instance.duties] + [past.site for past in history]),
            "modality": ranked(line.modality for line in instance.lines),
            "feast": ranked([duty.feast for duty in instance.duties] + [past.feast for past in history]),
            "establishment": ranked(doctor.establishment for doctor in instance.doctors),
            "status": ranked(doctor.status for doctor in instance.doctors),
            "practice": ranked(doctor.practice for doctor in instance.doctors),
        }
    )


def timed_attributes(instance: Instance, codes: Codes, items: Sequence[Duty | PastDuty]) -> dict[str, IntArray]:
    """Return the attributes of TIMED for duties, of the period or past."""
    of_line = {name: _line_numbers(instance, codes, name) for name in {item.line for item in items}}
    dates = [item.date if isinstance(item, Duty) else item.start.date() for item in items]
    of_day = {day: _day_numbers(day) for day in set(dates)}
    rows = []
    for item, day in zip(items, dates, strict=True):
        if isinstance(item, Duty):
            start, end = item.start_minute, item.end_minute
        else:
            start, end = minute_of(item.start), minute_of(item.end)
        rows.append(
            (
                *of_line[item.line],
                codes["band"][item.band],
                start, end, end - start,
                *of_day[day],
                item.points,
                codes["site"].get(item.site or "", -1),
                codes["feast"].get(item.feast or "", -1),
            )
        )  # fmt: skip
    table = np.array(rows, dtype=np.int64).reshape(len(rows), len(TIMED))
    return {name: table[:, column].copy() for column, name in enumerate(TIMED)}


def _line_numbers(instance: Instance, codes: Codes, name: str) -> tuple[int, int, int, int]:
    """Return (line, sector, group, modality) of a line, which the past may know and today not."""
    line = instance.line_by_id.get(name)
    return (
        codes["line"][name],
        codes["sector"].get(line.sector or "", -1) if line else -1,
        codes["group"].get(instance.group_of_line.get(name, ""), -1),
        codes["modality"].get(line.modality, -1) if line else -1,
    )


def _day_numbers(day: date) -> tuple[int, int, int, int, int, int]:
    """Return (day, week, weekend, month, quarter, year) of a date."""
    saturday, month = weekend_of(day), day.year * 12 + day.month - 1
    weekend = saturday.toordinal() if saturday else -1
    return day.toordinal(), monday_of(day).toordinal(), weekend, month, month // 3, day.year


def personal_attributes(instance: Instance, codes: Codes) -> dict[str, IntArray]:
    """Return the attributes of PERSONAL for doctors, in their order."""
    return {
        name: ints([codes[name].get(getattr(doctor, name) or "", -1) for doctor in instance.doctors])
        for name in PERSONAL
    }


def duty_table(instance: Instance, codes: Codes) -> Cols:
    """Return one row per duty with TIMED attributes, need_min and need_max: a duty without candidate is there too."""
    numbers = np.arange(len(instance.duties), dtype=np.int64)
    needs = {
        "duty": numbers,
        "need_min": ints([duty.need_min for duty in instance.duties]),
        "need_max": ints([duty.need_max for duty in instance.duties]),
    }
    return Cols(numbers, timed_attributes(instance, codes, instance.duties) | needs)


def pair_table(
    instance: Instance, codes: Codes, doctor: IntArray, duty: IntArray, fixed: BoolArray, credit: IntArray
) -> Cols:
    """Return the table of pairs: free ones first, then fixed ones, then the history (duty −1, past and fixed 1)."""
    order = np.lexsort((doctor, duty, fixed))
    doctor, duty, fixed, credit = doctor[order], duty[order], fixed[order], credit[order]
    past = [item for item in instance.history if item.doctor in codes["doctor"]]
    past_doctor = ints([codes["doctor"][item.doctor] for item in past])
    timed = timed_attributes(instance, codes, instance.duties)
    timed_past = timed_attributes(instance, codes, past)
    personal = personal_attributes(instance, codes)
    people = np.concatenate((doctor, past_doctor))
    at = {name: np.concatenate((timed[name][duty], timed_past[name])) for name in TIMED}
    at |= {name: values[people] for name, values in personal.items()}
    ones = np.ones(len(past), dtype=np.int64)
    at["doctor"] = people
    at["credit"] = np.concatenate((credit, past_doctor))
    at["duty"] = np.concatenate((duty, -ones))
    at["past"] = np.concatenate((np.zeros_like(duty), ones))
    at["fixed"] = np.concatenate((fixed.astype(np.int64), ones))
    return Cols(np.arange(len(people), dtype=np.int64), at)
