"""The data file: MiniZinc assignments of numbers, lists of numbers and lists of sets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.public import FormatError

WEEK = 5
"""Days of a week: Friday to Sunday is one."""


@dataclass(frozen=True)
class Problem:
    """A whole file; staff and days count from 1."""

    name: str
    staff: int
    load: tuple[int, ...]
    days: int
    unavailable: tuple[frozenset[int], ...]
    fixed: tuple[frozenset[int], ...]
    weekend_offset: int
    adjacent: int
    before_weekend: int

    @property
    def weekends(self) -> tuple[int, ...]:
        """The days that are weekends."""
        return tuple(range(self.weekend_offset + 1, self.days + 1, WEEK))


def read(path: Path) -> Problem:
    """Return what a file says.

    Raises:
        FormatError: a value is missing or cannot be read.
    """
    text = re.sub(r"%[^\n]*", "", path.read_text(encoding="utf-8"))
    found = {name: body.strip() for name, body in re.findall(r"(\w+)\s*=\s*(.*?);", text, flags=re.DOTALL)}
    try:
        staff = int(found["num_staff"])
        problem = Problem(
            path.stem, staff, tuple(_numbers(found["work_load"])), int(found["num_days"]), _sets(found["unavailable"]),
            _sets(found["fixed"]), int(found["weekend_offset"]), int(found["adj_days_str"]),
            int(found["wed_before_weekend_str"]),
        )  # fmt: skip
    except (KeyError, ValueError) as fault:
        raise FormatError(f"{path.name}: {fault}") from fault
    if not len(problem.load) == len(problem.unavailable) == len(problem.fixed) == staff:
        raise FormatError(f"{path.name}: a list has not one item per member of staff")
    return problem


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"-?\d+", text)]


def _sets(text: str) -> tuple[frozenset[int], ...]:
    """Sets written out, with ranges « 3..7 » among their members or in place of braces."""
    return tuple(_members(body or bare) for body, bare in re.findall(r"\{([^}]*)\}|(\d+\s*\.\.\s*\d+)", text))


def _members(text: str) -> frozenset[int]:
    """« 1, 4..6 » as numbers."""
    found: set[int] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        first, _, last = part.partition("..")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)
