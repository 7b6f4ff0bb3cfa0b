"""Statutory public holidays of France by the rules of the law, for any year of the Gregorian calendar.

Sources: Code du travail L3133-1 (eleven days), L3134-13 (Alsace and Moselle), L3422-2 and décret 83-1003 modified
by décret 2012-553 (abolition of slavery overseas). Customary days (Mi-Carême, 21 July, patron saints) are not
statutory and Saint-Martin's date is disputed between texts: the coordinator enters those as local holidays.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

Territory = Literal[
    "metropole", "alsace-moselle", "guadeloupe", "martinique", "guyane", "reunion", "mayotte", "saint-barthelemy",
]  # fmt: skip

FIXED_HOLIDAYS: tuple[tuple[int, int, str], ...] = (
    (1, 1, "Jour de l’an"),
    (5, 1, "Fête du Travail"),
    (5, 8, "Victoire de 1945"),
    (7, 14, "Fête nationale"),
    (8, 15, "Assomption"),
    (11, 1, "Toussaint"),
    (11, 11, "Armistice de 1918"),
    (12, 25, "Noël"),
)
EASTER_HOLIDAYS: tuple[tuple[int, str], ...] = (
    (1, "Lundi de Pâques"),
    (39, "Ascension"),
    (50, "Lundi de Pentecôte"),
)
ABOLITION_DAYS: Mapping[Territory, tuple[int, int]] = {
    "mayotte": (4, 27),
    "martinique": (5, 22),
    "guadeloupe": (5, 27),
    "guyane": (6, 10),
    "saint-barthelemy": (10, 9),
    "reunion": (12, 20),
}
TIMEZONES: Mapping[Territory, str] = {
    "metropole": "Europe/Paris",
    "alsace-moselle": "Europe/Paris",
    "guadeloupe": "America/Guadeloupe",
    "martinique": "America/Martinique",
    "guyane": "America/Cayenne",
    "reunion": "Indian/Reunion",
    "mayotte": "Indian/Mayotte",
    "saint-barthelemy": "America/St_Barthelemy",
}


def easter_sunday(year: int) -> date:
    """Easter Sunday of a Gregorian year (anonymous algorithm, as given by Meeus)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    leap_years, year_rest = divmod(of_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    late_moon = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late_moon + 114, 31)
    return date(year, month, day + 1)


def statutory_holidays(year: int, territory: Territory = "metropole") -> dict[date, str]:
    """The statutory holidays of a year in date order, with their French names; two on one day are one holiday."""
    named = [(date(year, month, day), name) for month, day, name in FIXED_HOLIDAYS]
    easter = easter_sunday(year)
    named += [(easter + timedelta(days=offset), name) for offset, name in EASTER_HOLIDAYS]
    if territory == "alsace-moselle":
        named += [(easter - timedelta(days=2), "Vendredi saint"), (date(year, 12, 26), "Saint-Étienne")]
    if territory in ABOLITION_DAYS:
        named.append((date(year, *ABOLITION_DAYS[territory]), "Abolition de l’esclavage"))
    return _joined(sorted(named))


def holidays_between(
    start: date, end: date, territory: Territory = "metropole", local: Mapping[date, str] | None = None
) -> dict[date, str]:
    """The statutory and local holidays from ``start`` to ``end``, both included, in date order."""
    named = [
        holiday for year in range(start.year, end.year + 1) for holiday in statutory_holidays(year, territory).items()
    ]
    named += list((local or {}).items())
    return _joined(sorted((day, name) for day, name in named if start <= day <= end))


def _joined(named: list[tuple[date, str]]) -> dict[date, str]:
    """One entry a day: « Ascension et Victoire de 1945 » where two holidays meet (8 May 2059)."""
    names: dict[date, list[str]] = {}
    for day, name in named:
        if name not in names.setdefault(day, []):
            names[day].append(name)
    return {day: " et ".join(several) for day, several in names.items()}
