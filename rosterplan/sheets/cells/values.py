"""What a cell means: yes or no, numbers, lists, words of a fixed list, RPPS; else a problem that says what was wanted.

Each reader takes a filled cell and returns its value, or a ``Problem`` without a place: the record that holds the
cell adds file, sheet and address (``Record.read``). Dates and hours have rooms of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.messages.words import listed
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.text import bare, clipped, close_to, did_you_mean, fold
from rosterplan.sheets.cells.workbook import CellValue

T = TypeVar("T")

_YES = frozenset(("oui", "o", "x", "vrai", "true", "yes", "y", "1", "ok", "✓", "✔", "☑"))
_NO = frozenset(("non", "n", "faux", "false", "no", "0", "-", "☐"))
_NUMBER = re.compile(r"^([+-]?\d+(?:[.,]\d+)?|[+-]?[.,]\d+) ?(%?)$")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_RPPS_DIGITS = 11
_LARGEST = 1e15


def read_yes_no(value: CellValue) -> bool | Problem:
    """« oui », « x », « vrai », 1 … or « non », « faux », 0 …"""
    if isinstance(value, bool):
        return value
    said = fold(as_text(value))
    if said in _YES:
        return True
    if said in _NO:
        return False
    return wrong(value, "yes-no-unreadable", say(fr="« oui » ou « non »", en="“oui” or “non”"))


def read_text(value: CellValue) -> str | Problem:
    """The cell as text, on one line."""
    return " ".join(as_text(value).split())


def read_number(value: CellValue, lowest: float | None = None, highest: float | None = None) -> float | Problem:
    """A decimal number, with a comma or a point; « 50 % » is 0.5; bounds included."""
    number = _number(value)
    wanted = _wanted_number(lowest, highest)
    if number is None or (lowest is not None and number < lowest) or (highest is not None and number > highest):
        return wrong(value, "number-unreadable", wanted, _alone(value))
    return number


def read_integer(value: CellValue, lowest: int | None = None, highest: int | None = None) -> int | Problem:
    """A whole number; bounds included."""
    number = read_number(value, lowest, highest)
    if isinstance(number, Problem) or number != int(number):
        return wrong(
            value, "integer-unreadable", _wanted_number(lowest, highest, whole=True), _alone(value, whole=True)
        )
    return int(number)


def read_percent(value: CellValue) -> float | Problem:
    """A part between 0 and 1: « 2 % », 0.02 in a percent cell, or 2 typed without its sign."""
    number = _number(value)
    if number is not None and number > 1 and "%" not in as_text(value):
        number /= 100
    if number is None or not 0 <= number <= 1:
        return wrong(
            value, "percent-unreadable", say(fr="un pourcentage de 0 à 100 %", en="a percentage from 0 to 100 %")
        )
    return number


def read_list(value: CellValue) -> tuple[str, ...]:
    """The items of « A ; B » (or of lines; or of « A, B » where no semicolon is written), in order, each once."""
    text = as_text(value)
    parts = re.split(r"[;\n]", text) if re.search(r"[;\n]", text) else text.split(",")
    return tuple(dict.fromkeys(item for part in parts if (item := " ".join(part.split()))))


def read_choice(value: CellValue, choices: Mapping[str, T], *, code: str = "choice-unknown") -> T | Problem:
    """What a word of a fixed list stands for, whatever its accents, case and spaces; ``choices`` are shown as spelt."""
    said = bare(as_text(value))
    for word, meaning in choices.items():
        if bare(word) == said:
            return meaning
    near = close_to(as_text(value), choices)
    shown = listed([f"« {word} »" for word in dict.fromkeys(choices)], most=12)
    remedy = did_you_mean(near)
    return wrong(value, code, say(fr=f"l’une de ces valeurs : {shown}", en=f"one of: {shown}"), remedy)


def read_choices(value: CellValue, choices: Mapping[str, T]) -> tuple[T, ...] | Problem:
    """What each word of a list stands for; the first unknown word is the problem."""
    meanings: list[T] = []
    for item in read_list(value):
        meaning = read_choice(item, choices)
        if isinstance(meaning, Problem):
            return meaning
        meanings.append(meaning)
    return tuple(dict.fromkeys(meanings))


def read_rpps(value: CellValue) -> tuple[str, Problem | None]:
    """The 11 digits of an RPPS number, and a warning where a spreadsheet has spoilt them.

    The check digit is not judged: a number that a person copied is worth keeping as it stands.
    """
    text = as_text(value).replace(" ", "")
    if text.isdigit() and len(text) == _RPPS_DIGITS:
        return text, None
    if re.fullmatch(r"\d[.,]\d+e\+?\d+", text.lower()):
        return "", _odd_rpps(
            value,
            say(
                fr="Le nombre a été abrégé par le tableur : tapez-le en texte.",
                en="The spreadsheet shortened it: type it as text.",
            ),
        )
    if text.isdigit() and 8 <= len(text) < _RPPS_DIGITS:
        remedy = say(
            fr="Des zéros ont été perdus au début ; ils sont remis.", en="Leading zeros were lost; they are put back."
        )
        return text.zfill(_RPPS_DIGITS), _odd_rpps(value, remedy)
    return "", _odd_rpps(value, say(fr="Ce numéro n’est pas retenu.", en="This number is not kept."))


def wrong(value: CellValue, code: str, wanted: str, remedy: str = "") -> Problem:
    """A problem about a cell: what it holds, what was wanted, what to do."""
    return Problem(
        severity="erreur",
        code=code,
        found=f"« {clipped(as_text(value))} »",
        wanted=wanted,
        remedy=remedy or say(fr="Corrigez cette cellule.", en="Correct this cell."),
    )


def _number(value: CellValue) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < _LARGEST else None
    if not isinstance(value, str):
        return None
    match = _NUMBER.match(_THOUSANDS.sub("", value))
    if match is None:
        return None
    number = float(match[1].replace(",", "."))
    if abs(number) >= _LARGEST:
        return None
    return number / 100 if match[2] else number


def _alone(value: CellValue, *, whole: bool = False) -> str:
    """« Écrivez un nombre seul, par exemple 8. », with the number typed beside words; empty where none or several are."""
    typed = re.findall(r"\d+(?:[.,]\d+)?", as_text(value)) if isinstance(value, str) and _number(value) is None else []
    if len(typed) != 1 or (whole and not typed[0].isdigit()):
        return ""
    return say(
        fr=f"Écrivez un nombre seul, par exemple {typed[0]}.", en=f"Write a number alone, for example {typed[0]}."
    )


def _wanted_number(lowest: float | None, highest: float | None, *, whole: bool = False) -> str:
    number = say(fr="un nombre entier", en="a whole number") if whole else say(fr="un nombre", en="a number")
    if lowest is not None and highest is not None:
        return number + say(fr=f" de {lowest:g} à {highest:g}", en=f" from {lowest:g} to {highest:g}")
    return number + (say(fr=f" d’au moins {lowest:g}", en=f" of at least {lowest:g}") if lowest is not None else "")


def _odd_rpps(value: CellValue, remedy: str) -> Problem:
    return wrong(
        value, "rpps-odd", say(fr="un numéro RPPS de 11 chiffres", en="an 11-digit RPPS number"), remedy
    ).model_copy(update={"severity": "avertissement"})
