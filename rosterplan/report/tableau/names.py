"""Names of the sheets: short, allowed by Excel, each once; and which line, month and doctor has which."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rosterplan.domain.tableau_layout import LISTE, ORIGINE
from rosterplan.messages.words import MONTHS_FR
from rosterplan.report.facts import Facts
from rosterplan.report.tableau.book import SUMMARY

ORDRE: Final = "Ordre (CDOM)"
DOCTORS: Final = "Médecins"
BY_DOCTOR: Final = "Par médecin"
SHARES: Final = "Juste répartition"
CHARTS: Final = "Graphiques"
HOLES: Final = "Gardes non pourvues"
WISHES: Final = "Vœux"
INDICATORS: Final = "Indicateurs"
RULES: Final = "Règles"
CALCULATION: Final = "Calcul"
LISTS: Final = "_listes"

MOST_DOCTOR_SHEETS: Final = 60
"""Beyond, a tab per doctor cannot be found any more: their pages follow each other in one sheet."""

MOST_LINE_SHEETS: Final = 40
DOCTORS_PER_SHEET: Final = 500
"""Excel cuts a sheet in at most 1,026 pages; half of it, for doctors whose page is two."""

_FIXED = (SUMMARY, LISTE, ORDRE, DOCTORS, SHARES, CHARTS, HOLES, WISHES, INDICATORS, RULES, CALCULATION, LISTS, ORIGINE)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_MOST = 31


@dataclass(frozen=True)
class Names:
    """Sheet of each month (year, month), line and doctor; several may share one."""

    month: dict[tuple[int, int], str]
    line: dict[str, str]
    doctor: dict[str, str]


def names_of(facts: Facts) -> Names:
    """The sheets of a roster: one per month, one per line and per doctor while they can still be found by their tabs."""
    taken = {name.casefold() for name in _FIXED} | {"history"}
    months = {
        (days[0].year, days[0].month): f"{MONTHS_FR[days[0].month - 1].capitalize()} {days[0].year}"
        for days in facts.months
    }
    months = dict(zip(months, sheet_names(months.values(), taken), strict=True))
    lines = facts.instance.lines
    if len(lines) <= MOST_LINE_SHEETS:
        line_names = sheet_names((line.name for line in lines), taken)
    else:
        line_names = ["Grilles"] * len(lines)
    doctors = facts.directory
    if len(doctors) <= MOST_DOCTOR_SHEETS:
        doctor_names = sheet_names((facts.name_of[doctor.id] for doctor in doctors), taken)
    else:
        doctor_names = [_shared(number) for number in range(len(doctors))]
    return Names(
        months,
        {line.id: name for line, name in zip(lines, line_names, strict=True)},
        {doctor.id: name for doctor, name in zip(doctors, doctor_names, strict=True)},
    )


def _shared(number: int) -> str:
    block = number // DOCTORS_PER_SHEET
    return BY_DOCTOR if block == 0 else f"{BY_DOCTOR} ({block + 1})"


def sheet_names(wanted: Iterable[str], taken: set[str]) -> list[str]:
    """Names Excel accepts, near those wanted and different from each other whatever the case; ``taken`` grows."""
    found = []
    for want in wanted:
        plain = _FORBIDDEN.sub("-", want).strip().strip("'’") or "-"
        name, number = plain[:_MOST].rstrip("' "), 1
        while name.casefold() in taken:
            number += 1
            mark = f" ({number})"
            name = plain[: _MOST - len(mark)].rstrip() + mark
        taken.add(name.casefold())
        found.append(name)
    return found
