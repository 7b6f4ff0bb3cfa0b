"""The file format: sections of lines of values between commas; `#` begins a remark, line ends may be CRLF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.public import FormatError

SECTIONS = (
    "HORIZON", "SHIFTS", "STAFF", "DAYS_OFF", "SHIFT_ON_REQUESTS", "SHIFT_OFF_REQUESTS", "COVER",
)  # fmt: skip


@dataclass(frozen=True)
class Shift:
    """A kind of shift: its length [minutes] and the shifts that cannot follow it the next day."""

    id: str
    minutes: int
    never_before: tuple[str, ...]


@dataclass(frozen=True)
class Employee:
    """Who works, and the limits of his or her work."""

    id: str
    most_of: dict[str, int]
    most_minutes: int
    least_minutes: int
    longest_run: int
    shortest_run: int
    shortest_break: int
    most_weekends: int


@dataclass(frozen=True)
class Request:
    """To work a shift on a day (or not to), and its price."""

    employee: str
    day: int
    shift: str
    weight: int


@dataclass(frozen=True)
class Cover:
    """How many are wanted on a shift of a day, and what one too few or too many costs."""

    day: int
    shift: str
    need: int
    under: int
    over: int


@dataclass(frozen=True)
class Problem:
    """A whole file; days count from 0, day 0 is a Monday."""

    name: str
    days: int
    shifts: tuple[Shift, ...]
    staff: tuple[Employee, ...]
    days_off: dict[str, tuple[int, ...]]
    wanted: tuple[Request, ...]
    unwanted: tuple[Request, ...]
    cover: tuple[Cover, ...]


def read(path: Path) -> Problem:
    """Return what a file says.

    Raises:
        FormatError: the file is not of the format.
    """
    sections: dict[str, list[tuple[int, str]]] = {name: [] for name in SECTIONS}
    current: list[tuple[int, str]] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("SECTION_"):
            current = sections.get(text.removeprefix("SECTION_"))
        elif current is not None:
            current.append((number, text))
    try:
        return _problem(path.stem, sections)
    except (ValueError, IndexError) as fault:
        raise FormatError(f"{path.name}: {fault}") from fault


def _problem(name: str, sections: dict[str, list[tuple[int, str]]]) -> Problem:
    rows = {key: [[part.strip() for part in text.split(",")] for _, text in lines] for key, lines in sections.items()}
    return Problem(
        name=name,
        days=int(rows["HORIZON"][0][0]),
        shifts=tuple(Shift(row[0], int(row[1]), _names(row[2] if len(row) > 2 else "")) for row in rows["SHIFTS"]),
        staff=tuple(_employee(row) for row in rows["STAFF"]),
        days_off={row[0]: tuple(int(day) for day in row[1:] if day) for row in rows["DAYS_OFF"]},
        wanted=tuple(Request(row[0], int(row[1]), row[2], int(row[3])) for row in rows["SHIFT_ON_REQUESTS"]),
        unwanted=tuple(Request(row[0], int(row[1]), row[2], int(row[3])) for row in rows["SHIFT_OFF_REQUESTS"]),
        cover=tuple(Cover(int(row[0]), row[1], *(int(part) for part in row[2:5])) for row in rows["COVER"]),
    )


def _employee(row: list[str]) -> Employee:
    most = {name: int(number) for name, _, number in (part.partition("=") for part in _names(row[1]))}
    return Employee(row[0], most, *(int(part) for part in row[2:8]))


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())
