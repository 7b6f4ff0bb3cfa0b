"""How people type: the same day, word or name in a dozen shapes, all of which the reader must understand."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from random import Random

from benchmarks.folders.minds import Span
from rosterplan.domain.people import Doctor
from rosterplan.messages.words import DAYS_FR, MONTHS_FR

NO_BREAK_SPACE = "\u00a0"


def day_typed(day: date, random: Random, *, as_text: bool = False) -> date | str:
    """The day as a date cell or as text: « 03/02/2027 », « 3 février 27 », « mer. 3 février », « 3-févr. », « 3/2/27 »."""
    month = MONTHS_FR[day.month - 1]
    ways: tuple[Callable[[], date | str], ...] = (
        lambda: day,
        lambda: f"{day:%d/%m/%Y}",
        lambda: f"{day.day} {month} {day:%y}",
        lambda: f" {day:%d/%m/%y}",
        lambda: f"{day.day}-{month}",
        lambda: f"{day.day}/{day.month}/{day:%y}",
        lambda: f"{DAYS_FR[day.weekday()][:3]}. {day.day}{NO_BREAK_SPACE}{month} {day:%Y}",
    )
    return random.choice(ways[1:] if as_text or day.year != 2027 else ways)()


def span_typed(span: Span, random: Random) -> tuple[date | str, date | str | None]:
    """First and last day in two cells, or a whole sentence in the first: « du 8 au 15 février 2027 »."""
    first, last = span
    if random.random() < 0.12 and (first.year, first.month) == (last.year, last.month):
        return f"du {first.day} au {last.day} {MONTHS_FR[last.month - 1]} {last.year}", None
    as_text = first.year != last.year
    return day_typed(first, random, as_text=as_text), day_typed(last, random, as_text=as_text)


def word_typed(word: str, random: Random) -> str:
    """A word of the drop-down as it comes back: capitals, stray spaces, a no-break space, a usual short form."""
    short = {"impossible": "indispo", "à éviter": "a eviter", "souhaité": "Souhait", "seulement": "seulement"}[word]
    ways = (word, word, word, word, word.capitalize(), f"{word} ", f"{NO_BREAK_SPACE}{word}", word.upper(), short)
    return random.choice(ways)


def weekday_typed(weekday: int, random: Random) -> str:
    """« mercredi », « Mercredi », « jamais le mercredi », « les mercredis », « mer »."""
    name = DAYS_FR[weekday]
    return random.choice((name, name.capitalize(), f"jamais le {name}", f"les {name}s", name[:3]))


def name_typed(doctor: Doctor, random: Random) -> str:
    """A doctor's name in any order, with or without title, capitals or composed accents; never in doubt."""
    last, first = doctor.last_name, doctor.first_name
    ways = (
        f"{last.upper()} {first} ({doctor.id})", f"Dr {last} {first}", f"{first} {last}", f"{last.upper()} {first}",
        f"{last}{NO_BREAK_SPACE}{first} ", f"docteur {first} {last.upper()}", doctor.id,
        unicodedata.normalize("NFD", f"{last} {first}"),
    )  # fmt: skip
    return random.choice(ways)
