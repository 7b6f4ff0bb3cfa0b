"""Nouns built from the cells of a row: what does not hold together is a problem at that row, never an exception."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from pydantic import ValidationError

from rosterplan.domain.base import Frozen
from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.sheets.cells.tables import Record
from rosterplan.sheets.cells.text import clipped

Noun = TypeVar("Noun", bound=Frozen)


def build(noun: type[Noun], record: Record, fields: Mapping[str, object], problems: list[Problem]) -> Noun | None:
    """The noun made of ``fields`` (those that are None keep their default); None, with a problem, if it refuses them."""
    given = {name: value for name, value in fields.items() if value is not None}
    try:
        return noun.model_validate(given)
    except ValidationError as refused:
        for error in refused.errors():
            key = str(error["loc"][0]) if error["loc"] else ""
            problems.append(record.place(key, _problem(error["msg"], error.get("input"))))
        return None


def twice(records: Sequence[tuple[Record, str]], noun_fr: str, noun_en: str) -> list[Problem]:
    """A problem for each row whose identifier an earlier row bears; ``records`` are (row, identifier)."""
    first: dict[str, Record] = {}
    problems = []
    for record, identifier in records:
        earlier = first.setdefault(identifier, record)
        if earlier is not record:
            problems.append(
                record.place(
                    "id",
                    Problem(
                        severity="erreur",
                        code="id-twice",
                        found=f"« {clipped(identifier)} »",
                        wanted=say(fr=f"un identifiant par {noun_fr}", en=f"one identifier per {noun_en}"),
                        remedy=say(
                            fr=f"La ligne {earlier.row + 1} le porte déjà : changez l’un des deux.",
                            en=f"Row {earlier.row + 1} bears it already: change one of the two.",
                        ),
                    ),
                )
            )
    return problems


def _problem(message: str, found: object) -> Problem:
    wanted = next((say(fr=fr, en=en) for part, (fr, en) in _WANTED.items() if part in message), "")
    return Problem(
        severity="erreur",
        code="row-inconsistent",
        found=_shown(found),
        wanted=wanted or say(fr=f"une ligne cohérente ({message})", en=f"a consistent row ({message})"),
        remedy=say(fr="Corrigez cette ligne.", en="Correct this row."),
    )


def _shown(found: object) -> str:
    """What stood there: a value, the two days of a span, or that several values do not go together."""
    if isinstance(found, str | int | float):
        return f"« {clipped(str(found))} »"
    days = [found.get(name) for name in ("start", "end")] if isinstance(found, Mapping) else []
    if days and all(isinstance(day, date) for day in days):
        first, last = (f"{day:%d/%m/%Y}" for day in days)
        return say(fr=f"du {first} au {last}", en=f"from {first} to {last}")
    return say(fr="des valeurs qui se contredisent", en="values that contradict each other")


_WANTED: Mapping[str, tuple[str, str]] = {
    "end not after start": ("une fin après le début", "an end after the start"),
    "need_max below need_min": (
        "un maximum au moins égal au nombre de médecins",
        "a maximum not below the number of doctors",
    ),
    "last day before first": ("un dernier jour qui ne précède pas le premier", "a last day not before the first"),
    "end before start": ("une fin qui ne précède pas le début", "an end not before the start"),
    "period ends before it starts": ("une période qui finit après son début", "a period that ends after its start"),
    "an opening needs its hours": ("un début et une fin pour une ouverture", "a start and an end for an opening"),
    "given twice": ("un nom une seule fois", "a name only once"),
    "at most 120 characters": ("un identifiant de 120 caractères au plus", "an identifier of at most 120 characters"),
    "give month and day": (
        "un jour du calendrier, ou un nombre de jours après Pâques",
        "a day of the year, or days after Easter",
    ),
}
