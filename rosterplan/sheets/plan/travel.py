"""Times from a doctor's home to sites as one cell lists them: « CHSN 20 ; Polyclinique 35 min »."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rosterplan.domain.findings import Problem
from rosterplan.domain.people import Travel
from rosterplan.messages import say
from rosterplan.sheets.cells.names import Names
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.values import wrong
from rosterplan.sheets.cells.workbook import CellValue

_TIME = re.compile(r"^(.+?)[ :=]+(\d{1,3}) ?(?:min(?:utes?)?|mn|')?\.?$", re.IGNORECASE)


def read_travel(value: CellValue, sites: Names) -> tuple[Travel, ...] | Problem:
    """The time to each site named, in minutes."""
    found: list[Travel] = []
    for item in re.split(r"[;\n]", as_text(value)):
        if not item.strip():
            continue
        match = _TIME.match(item.strip())
        if match is None or int(match[2]) > 600:
            wanted = say(fr="un lieu et des minutes : « CHSN 20 »", en="a site and minutes: “CHSN 20”")
            return wrong(item.strip(), "travel-unreadable", wanted)
        site = sites.find(match[1].strip())
        if isinstance(site, Problem):
            return site
        found.append(Travel(site=site, minutes=int(match[2])))
    return tuple(found)


def travel_in_words(travel: Sequence[Travel]) -> str:
    """What ``read_travel`` reads back."""
    return " ; ".join(f"{one.site} {one.minutes}" for one in travel)
