"""Usual forfaits of hospital lines as dated rows of sheet `Tarifs`: amounts of published texts, changed there, never here.

Gross amounts [euro cents]. The forfait of an astreinte is set per line by each director since 1 November 2025, from 70 to
280 euros a night; 150 is an example.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from rosterplan.domain.people import DateSpan, Modality, Status
from rosterplan.domain.rates import Rate

_2024, _NOVEMBER = DateSpan(start=date(2024, 1, 1)), DateSpan(start=date(2025, 11, 1))
_HALF_WEEK, _HALF_WEEKEND = ("demi-nuit-semaine",), ("demi-nuit-we",)
_NIGHTS, _SUNDAYS = ("nuit-semaine", "nuit-we"), ("dimanche",)
_PUBLIC: Final[tuple[Status, ...]] = ("PH", "contractuel", "attache", "assistant")
_INDEMNITY = "Arrêté du 30 avril 2003, art. 13 (indemnité de sujétion)"
_INTERNS = "Arrêté du 20 mai 2016 (gardes des internes)"
_PRIVATE = "Forfaits PDSES des libéraux au 1er novembre 2025"
_ON_CALL = "Réforme des astreintes au 1er novembre 2025 : 70 à 280 € par ligne, fixé par le directeur"


def _rate(
    name: str,
    cents: int,
    source: str,
    valid: DateSpan,
    modality: Modality,
    bands: tuple[str, ...],
    statuses: tuple[Status, ...],
    lines: tuple[str, ...] = (),
) -> Rate:
    return Rate(
        name=name,
        cents=cents,
        source=source,
        valid=valid,
        modalities=(modality,),
        bands=bands,
        statuses=statuses,
        lines=lines,
    )


def hospital_rates(astreinte_cents: int = 15_000, lines: tuple[str, ...] = ()) -> tuple[Rate, ...]:
    """The rows: gardes by status, astreintes at the forfait of some lines (all if none is named)."""
    half = astreinte_cents // 2
    return (
        _rate("Garde, nuit ou dimanche", 42_203, _INDEMNITY, _2024, "garde", (*_NIGHTS, *_SUNDAYS), _PUBLIC),
        _rate("Garde, samedi après-midi", 21_101, _INDEMNITY, _2024, "garde", ("samedi",), _PUBLIC),
        _rate("Garde HU", 75_581, _INDEMNITY, _2024, "garde", (*_NIGHTS, *_SUNDAYS), ("HU",)),
        _rate("Garde HU, samedi après-midi", 25_320, _INDEMNITY, _2024, "garde", ("samedi",), ("HU",)),
        _rate("Garde d’interne, semaine", 23_480, _INTERNS, _2024, "garde", ("nuit-semaine",), ("interne", "docteur-junior")),
        _rate("Garde d’interne, week-end", 25_686, _INTERNS, _2024, "garde", ("nuit-we", "dimanche"), ("interne", "docteur-junior")),
        _rate("Garde libérale", 42_200, _PRIVATE, _NOVEMBER, "garde", (*_NIGHTS, *_SUNDAYS), ("liberal",)),
        _rate("Garde libérale, samedi après-midi", 28_100, _PRIVATE, _NOVEMBER, "garde", ("samedi",), ("liberal",)),
        _rate("Astreinte libérale", 15_000, "Arrêté de 2013 ; à vérifier", DateSpan(), "astreinte", (*_NIGHTS, *_SUNDAYS), ("liberal",)),
        _rate("Astreinte libérale, samedi", 10_000, "Arrêté de 2013 ; à vérifier", DateSpan(), "astreinte", ("samedi",), ("liberal",)),
        _rate("Astreinte, nuit ou dimanche", astreinte_cents, _ON_CALL, _NOVEMBER, "astreinte", (*_NIGHTS, *_SUNDAYS), (*_PUBLIC, "HU", "docteur-junior"), lines),
        _rate("Astreinte, samedi après-midi", half, _ON_CALL, _NOVEMBER, "astreinte", ("samedi",), (*_PUBLIC, "HU", "docteur-junior"), lines),
    )  # fmt: skip


def half_night_rates(astreinte_cents: int = 15_000) -> tuple[Rate, ...]:
    """The rows of demi-gardes (first half of the night on site) and demi-astreintes (the rest of it at home)."""
    halves = (*_HALF_WEEK, *_HALF_WEEKEND)
    on_call = (*_PUBLIC, "HU", "docteur-junior")
    return (
        _rate("Demi-garde", 21_101, _INDEMNITY, _2024, "garde", halves, _PUBLIC),
        _rate("Demi-garde HU", 37_793, _INDEMNITY, _2024, "garde", halves, ("HU",)),
        _rate("Demi-garde d’interne, semaine", 11_739, _INTERNS, _2024, "garde", _HALF_WEEK, ("interne", "docteur-junior")),
        _rate("Demi-garde d’interne, week-end", 12_843, _INTERNS, _2024, "garde", _HALF_WEEKEND, ("interne", "docteur-junior")),
        _rate("Garde libérale, début de nuit", 14_100, _PRIVATE, _NOVEMBER, "garde", halves, ("liberal",)),
        _rate("Demi-astreinte", astreinte_cents // 2, f"{_ON_CALL} ; moitié, à vérifier", _NOVEMBER, "astreinte", halves, on_call),
        _rate("Astreinte libérale, nuit profonde", 10_000, "Arrêté de 2013 ; à vérifier", DateSpan(), "astreinte", halves, ("liberal",)),
    )  # fmt: skip
