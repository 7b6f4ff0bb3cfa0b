"""A month: sets and tables of indices in CMPL's data format, and the published roster beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.public import FormatError

DATA, PUBLISHED = "equal.cdat", "equal.sol"

Place = tuple[int, int, int]
"""(duty, week, weekday), from 1."""


@dataclass(frozen=True)
class Month:
    """A month of duties; physicians, duties, weeks and weekdays count from 1, weekdays 6 and 7 are the weekend."""

    name: str
    start: date
    weeks: int
    physicians: tuple[int, ...]
    duties: tuple[int, ...]
    may: frozenset[tuple[int, int, int, int]]  # physician, duty, week, weekday
    off: frozenset[tuple[int, int, int]]  # physician, week, weekday
    need: dict[tuple[int, int], int]  # (duty, weekday)
    wanted: frozenset[tuple[int, int, int, int]]
    unwanted: frozenset[tuple[int, int, int]]
    request_cost: dict[int, tuple[float, ...]]
    work_cost: dict[int, tuple[float, ...]]
    published: frozenset[tuple[int, int, int, int]]
    published_objective: float | None

    def date_of(self, week: int, weekday: int) -> date:
        """The date of a weekday of a week."""
        return self.start + timedelta(days=7 * (week - 1) + weekday - 1)

    def place_of(self, day: date) -> tuple[int, int]:
        """(week, weekday) of a date."""
        days = (day - self.start).days
        return days // 7 + 1, days % 7 + 1


def read_month(folder: Path) -> Month:
    """Return what the folder of a month says.

    Raises:
        FormatError: a table is missing or cannot be read.
        OSError: a file cannot be read.
    """
    text = (folder / DATA).read_text(encoding="utf-8")
    sections = {name: body.split() for name, body in re.findall(r"%\s*(\w+)[^<\n]*<([^>]*)>", text, flags=re.DOTALL)}
    year, month, day, weeks = (
        re.fullmatch(r"(\d+)-(\d+)-(\d+)-(\d+)", folder.name).groups() if _named(folder) else _bad(folder)
    )
    try:
        weekdays = {(duty, weekday): need for (duty, weekday), need in _table(sections["d_bar_duty"], 2).items()}
        return Month(
            folder.name, date(int(year), int(month), int(day)), int(weeks), _range(sections["J"]), _range(sections["I"]),
            frozenset(_shown(sections["E_pos"], 4)), frozenset(_shown(sections["D_off"], 3)),
            {key: round(value) for key, value in weekdays.items()},  # type: ignore[misc]
            frozenset(_shown(sections["g_req_on"], 4)), frozenset(_shown(sections["g_req_off"], 3)),
            _costs(sections["c"]), _costs(sections["c_work"]), *_published(folder / PUBLISHED),
        )  # type: ignore[arg-type]  # fmt: skip
    except (KeyError, ValueError) as fault:
        raise FormatError(f"{folder / DATA}: {fault}") from fault


def months_of(folder: Path) -> list[Path]:
    """Return the folders of months in a folder, in the order of their dates; nothing for a month itself."""
    return sorted(one for one in folder.iterdir() if one.is_dir() and (one / DATA).exists())


def _named(folder: Path) -> bool:
    return re.fullmatch(r"\d+-\d+-\d+-\d+", folder.name) is not None


def _bad(folder: Path) -> tuple[str, str, str, str]:
    raise FormatError(f"{folder.name}: a month's folder is named by its start and its weeks, as in 2015-11-02-5")


def _range(words: list[str]) -> tuple[int, ...]:
    """« 1..85 », or numbers one by one."""
    if len(words) == 1 and ".." in words[0]:
        first, last = words[0].split("..")
        return tuple(range(int(first), int(last) + 1))
    return tuple(int(word) for word in words)


def _table(words: list[str], indices: int) -> dict[tuple[int, ...], float]:
    rows = [words[start : start + indices + 1] for start in range(0, len(words), indices + 1)]
    return {tuple(int(word) for word in row[:-1]): float(row[-1]) for row in rows}


def _shown(words: list[str], indices: int) -> list[tuple[int, ...]]:
    """The keys whose value is 1; « 0 0 0 0 » stands for an empty table."""
    return [key for key, value in _table(words, indices).items() if value and all(key)]


def _costs(words: list[str]) -> dict[int, tuple[float, ...]]:
    """Per physician the costs of 0, 1, 2…"""
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for (who, count), cost in _table(words, 2).items():
        found[who][count] = cost
    return {who: tuple(costs[count] for count in range(len(costs))) for who, costs in found.items()}


def _published(path: Path) -> tuple[frozenset[tuple[int, ...]], float | None]:
    """The published roster and its objective; nothing where the file is absent."""
    if not path.exists():
        return frozenset(), None
    text = path.read_text(encoding="utf-8")
    held = re.findall(r"^x\[(\d+),(\d+),(\d+),(\d+)\]\s+\w+\s+1\b", text, flags=re.MULTILINE)
    value = re.search(r"Objective value\s+([\d.]+)", text)
    return frozenset(tuple(int(part) for part in one) for one in held), float(value.group(1)) if value else None
