"""The words of the forms: what is offered in a drop-down, and what is understood when a person types instead."""

from __future__ import annotations

import re
from typing import Final, Literal

from rosterplan.domain.instance import Period
from rosterplan.domain.work import Duty, Line
from rosterplan.messages import say
from rosterplan.messages.words import DAYS_EN, DAYS_FR, MONTHS_EN, MONTHS_FR, hours, long_date
from rosterplan.sheets.cells.text import clean_text, fold

Value = Literal["impossible", "avoid", "neutral", "wish", "only"]
"""What a doctor says of a duty; `neutral` is « disponible », said in words or by an empty cell."""

FORM_SCHEMA: Final = "1"
"""Written in the hidden sheet of every form; a reader refuses, in words, a number it does not know."""

ORIGIN_SHEET: Final = "_origine"
LISTS_SHEET: Final = "_listes"

_OFFERED: Final[dict[Value, tuple[str, str]]] = {
    "impossible": ("impossible", "unavailable"),
    "avoid": ("à éviter", "avoid"),
    "wish": ("souhaité", "wished"),
    "only": ("seulement", "only"),
    "neutral": ("disponible", "available"),
}

_UNDERSTOOD: Final[dict[Value, str]] = {
    "impossible": "impossible|imp|i|non|n|no|indisponible|indispo|ind|pas disponible|absent|absente|absence|conge|conges"
    "|vacances|jamais|exclu|exclue|unavailable|not available|never|leave",
    "avoid": "a eviter|eviter|evite|ev|e|plutot non|si besoin|si necessaire|en dernier recours|avoid|if needed",
    "wish": "souhaite|souhaitee|souhait|s|je souhaite|preference|prefere|preferee|plutot oui|wish|wished|prefer",
    "only": "seulement|uniquement|que ces dates|seulement ces dates|only",
    "neutral": "disponible|dispo|d|oui|o|ok|libre|possible|available|yes|y|free",
}

_WORDS: Final[dict[str, Value]] = {word: value for value, words in _UNDERSTOOD.items() for word in words.split("|")}

AMBIGUOUS: Final = frozenset({"x", "xx", "xxx", "1", "✓", "✔", "√", "v", "?", "??"})
"""Marks that one doctor puts for « je peux » and the next for « je ne peux pas »."""


def offered(value: Value) -> str:
    """The word of a value in drop-downs and reports: « à éviter »."""
    french, english = _OFFERED[value]
    return say(fr=french, en=english)


def offered_values() -> list[str]:
    """The words of the drop-down, in its order."""
    return [offered(value) for value in _OFFERED]


def plain(text: str) -> str:
    """The text as two people typing the same word would both have it: no accent, case or final punctuation."""
    return fold(text).strip(" .;:!,")


def value_of(text: str) -> Value | None:
    """The value a person typed, in French or English; None if it is not one, or may mean two."""
    return _WORDS.get(plain(text))


def weekday_of(text: str) -> int | None:
    """0 for « lundi », « lun. », « Lundis », « Monday »… 6 for Sunday; None if it is no weekday."""
    word = plain(text)
    for prefix in ("le ", "les ", "tous les ", "jamais le ", "every "):
        word = word.removeprefix(prefix)
    for names in (DAYS_FR, DAYS_EN):
        for number, name in enumerate(plain(day) for day in names):
            if word in (name, name + "s", name[:3], name[:2]):
                return number
    return None


def period_words(period: Period) -> str:
    """« Gardes du vendredi 1er janvier au mercredi 31 mars 2027 »."""
    first = long_date(period.start, year=period.start.year != period.end.year)
    return say(fr=f"Gardes du {first} au {long_date(period.end)}", en=f"Duties from {first} to {long_date(period.end)}")


def duty_hours(duty: Duty) -> str:
    """« 20 h – 24 h », and « 0 h – 8 h, nuit du 8 au 9 » for a duty that begins after midnight."""
    worded = hours(duty.start, duty.end)
    if not begins_after_midnight(duty):
        return worded
    eve = duty.date.fromordinal(duty.date.toordinal() - 1)
    return worded + say(fr=f", nuit du {eve.day} au {duty.date.day}", en=f", night {eve.day} to {duty.date.day}")


def begins_after_midnight(duty: Duty) -> bool:
    """True for a duty people feel as the end of the night before, though it is dated the day it begins."""
    return duty.start.hour < 6


def short_line_name(line: Line, *, longest: int = 22) -> str:
    """The name of a line, cut where it would not fit in a day of the calendar."""
    return line.name if len(line.name) <= longest else line.name[: longest - 1].rstrip() + "…"


def month_title(year: int, month: int) -> str:
    """« JANVIER 2027 »."""
    return f"{say(fr=MONTHS_FR[month - 1], en=MONTHS_EN[month - 1]).upper()} {year}"


def safe_file_name(text: str) -> str:
    """The text as a file name on every system: no separator, no reserved sign, at most 80 characters."""
    kept = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", clean_text(text))
    return re.sub(r"\s+", " ", kept).strip(" .")[:80] or "sans-nom"


def safe_sheet_name(text: str, taken: frozenset[str] = frozenset()) -> str:
    """The text as a sheet name: at most 31 characters, none of ``[]:*?/\\``, different from those ``taken``."""
    base = re.sub(r"[\[\]:*?/\\]", "-", text).strip("' ")[:31] or "Feuille"
    name, number = base, 2
    while name.casefold() in taken:
        tail = f" {number}"
        name, number = base[: 31 - len(tail)] + tail, number + 1
    return name
