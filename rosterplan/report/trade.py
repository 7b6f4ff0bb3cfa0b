"""How a report names versions, periods and large numbers; beside them the words of the trade (`messages.trade`)."""

from __future__ import annotations

from datetime import date, timedelta

from rosterplan.domain.instance import Period
from rosterplan.messages import say
from rosterplan.messages.trade import band_word, modality_word, status_word
from rosterplan.messages.words import MONTHS_EN, MONTHS_FR

__all__ = ["band_word", "days_word", "modality_word", "period_word", "status_word", "thousands", "version_word"]


def version_word(version: int) -> str:
    """« Projet » until published, then « Version 2 »."""
    return say(fr="Projet", en="Draft") if version == 0 else f"Version {version}"


def period_word(period: Period) -> str:
    """« 1er trimestre 2027 », or « du 2 novembre 2026 au 8 février 2027 » where it is no calendar quarter."""
    quarter = _quarter(period)
    if quarter:
        year = period.start.year
        return say(fr=f"{'1er' if quarter == 1 else f'{quarter}e'} trimestre {year}", en=f"quarter {quarter} of {year}")
    return days_word(period)


def days_word(period: Period) -> str:
    """« du 1er janvier au 31 mars 2027 », the first year left out where both are one."""
    same = period.start.year == period.end.year
    first, last = _day(period.start, year=not same), _day(period.end, year=True)
    return say(fr=f"du {first} au {last}", en=f"from {first} to {last}")


def thousands(value: int) -> str:
    """« 15 162 », with the narrow space that never breaks a line; « 15,162 » in English."""
    return f"{value:,}".replace(",", say(fr="\u202f", en=","))


def _quarter(period: Period) -> int | None:
    start, after = period.start, period.end + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    starts_one = start.day == 1 and after.day == 1 and start.month % 3 == 1
    return (start.month + 2) // 3 if starts_one and months == 3 else None


def _day(day: date, *, year: bool) -> str:
    number = say(fr="1er" if day.day == 1 else str(day.day), en=str(day.day))
    month = say(fr=MONTHS_FR[day.month - 1], en=MONTHS_EN[day.month - 1])
    return f"{number} {month}" + (f" {day.year}" if year else "")
