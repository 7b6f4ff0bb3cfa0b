"""The French words of the workbook and the codes they stand for; the first word of a code is the one written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from rosterplan.domain.calendar.days import EVERY_DAY, WEEKDAY_NAMES, WORKING_DAYS, DayName
from rosterplan.domain.calendar.holidays import Territory
from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Kind, MissingAnswers
from rosterplan.domain.people import Modality, Profession, Status
from rosterplan.domain.result import Stage
from rosterplan.domain.work import LineMode, Rhythm
from rosterplan.messages import say
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.text import bare, fold
from rosterplan.sheets.cells.values import wrong
from rosterplan.sheets.cells.workbook import CellValue

KINDS: Final[Mapping[str, Kind]] = {
    "PDSA": "pdsa", "PDSES": "pdses", "Pédiatrie": "pediatrie", "Régulation": "regulation", "SNP": "snp",
}  # fmt: skip
TERRITORIES: Final[Mapping[str, Territory]] = {
    "Métropole": "metropole", "Alsace-Moselle": "alsace-moselle", "Guadeloupe": "guadeloupe",
    "Martinique": "martinique", "Guyane": "guyane", "La Réunion": "reunion", "Réunion": "reunion",
    "Mayotte": "mayotte", "Saint-Barthélemy": "saint-barthelemy",
}  # fmt: skip
MISSING_ANSWERS: Final[Mapping[str, MissingAnswers]] = {
    "à relancer": "a-relancer", "indisponible": "indisponible", "disponible": "disponible",
    "comme au dernier trimestre": "comme-au-dernier-trimestre",
}  # fmt: skip
PROFESSIONS: Final[Mapping[str, Profession]] = {
    "médecin": "medecin", "infirmier": "infirmier", "infirmière": "infirmier", "IDE": "infirmier",
    "sage-femme": "sage-femme",
}  # fmt: skip
STATUSES: Final[Mapping[str, Status]] = {
    "libéral": "liberal", "libérale": "liberal", "installé": "liberal", "installée": "liberal", "salarié": "salarie",
    "salariée": "salarie", "remplaçant": "remplacant", "remplaçante": "remplacant", "retraité": "retraite",
    "retraitée": "retraite", "PH": "PH", "HU": "HU", "contractuel": "contractuel", "contractuelle": "contractuel",
    "attaché": "attache", "attachée": "attache", "assistant": "assistant", "assistante": "assistant",
    "interne": "interne", "docteur junior": "docteur-junior", "docteure junior": "docteur-junior",
}  # fmt: skip
MODALITIES: Final[Mapping[str, Modality]] = {
    "fixe": "fixe", "effection fixe": "fixe", "mobile": "mobile", "effection mobile": "mobile",
    "régulation": "regulation", "garde": "garde", "astreinte": "astreinte", "SNP": "snp", "consultation SNP": "snp",
}  # fmt: skip
MODES: Final[Mapping[str, LineMode]] = {
    "simple": "simple", "alternée": "alternee", "mutualisée": "mutualisee", "mixte": "mixte",
}  # fmt: skip
RHYTHMS: Final[Mapping[str, Rhythm]] = {
    "semaine": "week", "par semaine": "week", "week-end": "weekend", "par week-end": "weekend", "jour": "day",
    "quinzaine": "fortnight", "mois": "month",
}  # fmt: skip
HOUSE_STATUSES: Final[Mapping[str, str]] = {
    "public": "public", "privé": "prive", "clinique": "prive", "ESPIC": "espic", "privé non lucratif": "espic",
}  # fmt: skip
SPECIAL_KINDS: Final[Mapping[str, str]] = {
    "fermeture": "fermeture", "fermé": "fermeture", "ouverture": "ouverture", "ouvert": "ouverture",
    "férié": "ferie", "jour férié": "ferie", "comme un dimanche": "comme-dimanche", "dimanche": "comme-dimanche",
}  # fmt: skip
STRENGTHS: Final[Mapping[str, str]] = {
    "obligatoire": "hard", "sauf accord": "hard-unless-accepted", "obligatoire sauf accord": "hard-unless-accepted",
    "souple": "soft", "souhaitable": "soft",
}  # fmt: skip
STAGES: Final[Mapping[str, Stage]] = {
    "couverture": "coverage", "plafonds": "caps", "parts des établissements": "shares",
    "juste répartition": "fairness", "souhaits et confort": "blend", "souhaits": "wishes", "confort": "comfort",
}  # fmt: skip
WAYS_TO_COUNT: Final[Mapping[str, str]] = {
    "à chaque instant": "at-once", "en même temps": "at-once", "en tout": "in-all", "au total": "in-all",
}  # fmt: skip
HISTORY_KINDS: Final[Mapping[str, str]] = {"garde": "duty", "solde": "balance"}

DAYS: Final[Mapping[str, DayName]] = {
    **{name: name for name in WEEKDAY_NAMES},
    "férié": "ferie", "jour férié": "ferie", "veille de férié": "veille-de-ferie", "pont": "pont",
    "pont du lundi": "pont-lundi", "pont du vendredi": "pont-vendredi", "pont du samedi": "pont-samedi",
}  # fmt: skip
YES_NO: Final = ("oui", "non")
_GROUPS: Final[Mapping[str, frozenset[DayName]]] = {
    "tous les jours": EVERY_DAY, "lundi à vendredi": WORKING_DAYS, "semaine": WORKING_DAYS,
    "jours ouvrables": WORKING_DAYS, "en semaine": WORKING_DAYS, "week-end": frozenset(("samedi", "dimanche")),
}  # fmt: skip


def words_written(words: Mapping[str, str]) -> tuple[str, ...]:
    """The word written for each code, in order: what a drop-down offers."""
    by_code: dict[str, str] = {}
    for word, code in words.items():
        by_code.setdefault(code, word)
    return tuple(by_code.values())


def word_of(code: str, words: Mapping[str, str]) -> str:
    """The word written for a code."""
    return next(word for word, meaning in words.items() if meaning == code)


def read_days_of_week(value: CellValue) -> frozenset[DayName] | Problem:
    """The days named by « lundi à vendredi », « sam ; dim ; fériés », « tous les jours », « week-end », « pont du lundi »."""
    days: set[DayName] = set()
    for item in re.split(r"[;,/\n+]| et ", as_text(value)):
        if not item.strip():
            continue
        found = _days_of(item)
        if not found:
            wanted = say(
                fr="des jours : lundi, samedi, férié, « lundi à vendredi », « tous les jours », pont…",
                en="days: Monday, Saturday, holiday, “Monday to Friday”, “every day”, bridge day…",
            )
            return wrong(item, "days-unreadable", wanted)
        days |= found
    if not days:
        return wrong(value, "days-unreadable", say(fr="au moins un jour", en="at least one day"))
    return frozenset(days)


def days_in_words(days: frozenset[DayName]) -> str:
    """« lundi à vendredi ; samedi ; férié »: what ``read_days_of_week`` reads back."""
    said: list[str] = []
    left = set(days)
    for words, group in (("tous les jours", EVERY_DAY), ("lundi à vendredi", WORKING_DAYS)):
        if group <= left:
            said.append(words)
            left -= group
    return " ; ".join([*said, *(word_of(day, DAYS) for day in dict.fromkeys(DAYS.values()) if day in left)])


def _days_of(item: str) -> frozenset[DayName]:
    said = re.sub(r"^(?:du|les?|des?) ", "", fold(item))
    for words, group in _GROUPS.items():
        if bare(words) == bare(said):
            return group
    if one := _day_of(said):
        return frozenset((one,))
    ends = re.split(r" ?(?:-| au? | a ) ?", said)
    first, last = (_day_of(ends[0]), _day_of(ends[-1])) if len(ends) == 2 else (None, None)
    if first in WEEKDAY_NAMES and last in WEEKDAY_NAMES:
        start, count = WEEKDAY_NAMES.index(first), len(WEEKDAY_NAMES)
        length = (WEEKDAY_NAMES.index(last) - start) % count + 1
        return frozenset(WEEKDAY_NAMES[(start + step) % count] for step in range(length))
    return frozenset()


def _day_of(said: str) -> DayName | None:
    """The day of a word, plural or shortened: « samedis », « sam. », « fériés », « jours fériés »."""
    plain = bare(said)
    singular = " ".join(word.rstrip("s.") for word in said.split())
    for word, day in DAYS.items():
        if bare(word) in (plain, bare(singular)) or (
            day in WEEKDAY_NAMES and 2 <= len(plain) <= 4 and day.startswith(plain)
        ):
            return day
    return None
