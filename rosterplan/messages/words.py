"""French and English numbers, dates and lists, as people write them: « 1er mars », « 7 h 30 », « A, B et C »."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from rosterplan.messages import Language, language, say

DAYS_FR = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_FR = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_name(day: date) -> str:
    """« samedi »."""
    return (DAYS_FR if language() == "fr" else DAYS_EN)[day.weekday()]


def month_name(day: date, *, year: bool = False) -> str:
    """« mars », or « mars 2027 »."""
    name = (MONTHS_FR if language() == "fr" else MONTHS_EN)[day.month - 1]
    return f"{name} {day.year}" if year else name


def long_date(day: date, *, year: bool = True) -> str:
    """« lundi 1er mars 2027 »."""
    if language() == "en":
        return f"{day_name(day)} {day.day} {month_name(day)}" + (f" {day.year}" if year else "")
    number = "1er" if day.day == 1 else str(day.day)
    return f"{day_name(day)} {number} {month_name(day)}" + (f" {day.year}" if year else "")


def short_date(day: date) -> str:
    """« sam. 2 janv. » is hard to sort: people read « sam. 02/01 »."""
    return _short_date(day, language())


@lru_cache(maxsize=4096)
def _short_date(day: date, lang: Language) -> str:
    """Kept: a table of holes says the same dates thousands of times."""
    name = (DAYS_FR if lang == "fr" else DAYS_EN)[day.weekday()]
    return f"{name[:3]}{'.' if lang == 'fr' else ''} {day.day:02}/{day.month:02}"


def clock(moment: datetime) -> str:
    """« 20 h », « 7 h 30 » ; an interval's end at midnight is worded by ``hours``."""
    if language() == "en":
        return f"{moment.hour:02}:{moment.minute:02}"
    return f"{moment.hour} h" + (f" {moment.minute:02}" if moment.minute else "")


def hours(start: datetime, end: datetime) -> str:
    """« 20 h – 24 h », « 20 h – 8 h »."""
    midnight = end.hour == 0 and end.minute == 0
    last = ("24 h" if language() == "fr" else "24:00") if midnight else clock(end)
    return f"{clock(start)} – {last}"


def listed(items: Sequence[str], *, most: int | None = None) -> str:
    """« A, B et C »; beyond ``most`` items, « A, B et 3 autres »."""
    shown = list(items)
    if most is not None and len(shown) > most:
        rest = len(shown) - most
        others = say(fr=f"{rest} autre{'s' if rest > 1 else ''}", en=f"{rest} other{'s' if rest > 1 else ''}")
        shown = [*shown[:most], others]
    if len(shown) <= 1:
        return "".join(shown)
    return ", ".join(shown[:-1]) + say(fr=" et ", en=" and ") + shown[-1]


def of_person(name: str) -> str:
    """« du Dr AUBRY Hélène », « de LEROY Anne », « d’AUBRY Anne »: French joins the word to the title or the vowel."""
    if name.startswith("Dr "):
        return say(fr=f"du {name}", en=f"of {name}")
    return say(fr=f"d’{name}" if name[:1].upper() in "AÀÂEÉÈÊËIÎÏOÔUÙÛY" else f"de {name}", en=f"of {name}")


def decimal(hundredths: int) -> str:
    """« 2,50 » from 250 hundredths, with a true minus sign kept as « -» for spreadsheets."""
    sign = "-" if hundredths < 0 else ""
    whole, part = divmod(abs(hundredths), 100)
    return f"{sign}{whole}{',' if language() == 'fr' else '.'}{part:02}"


def signed(hundredths: int) -> str:
    """« +0,48 », « −0,52 », « 0,00 »: a balance or a change as people read it, never for a cell that counts."""
    return ("+" if hundredths > 0 else "") + decimal(hundredths).replace("-", "−")


def plural(count: int, one: str, many: str | None = None) -> str:
    """« 1 garde », « 2 gardes » ; French counts 0 and 1 as singular, English only 1."""
    single = count in (0, 1) if language() == "fr" else count == 1
    return f"{count} {one if single else (many or one + 's')}"


def unaccented(text: str) -> str:
    """« Évron » as « evron », « Cœur » as « coeur »: two words people take for the same are then equal."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
