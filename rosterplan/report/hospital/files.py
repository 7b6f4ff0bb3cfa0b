"""The files of a folder of hospital lines, by name, beside those every roster leaves in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rosterplan.audit import audit
from rosterplan.domain.rates import Rate
from rosterplan.report.facts import Facts
from rosterplan.report.hospital.liberals import liberals_xlsx
from rosterplan.report.hospital.line_roster import line_roster_xlsx
from rosterplan.report.hospital.piloting import piloting_xlsx
from rosterplan.report.hospital.service_table import service_table_xlsx
from rosterplan.rules.book import rule_book

FOLDER = "hopital"


def hospital_files(facts: Facts, *, definitive: bool = False) -> dict[str, bytes]:
    """Tables of service per house, lists of liberals, who is on call, piloting; none where no line is a hospital's.

    ``definitive``: the period is over, and these are the duties served.
    """
    if "pdses" not in facts.instance.kinds:
        return {}
    files: dict[str, bytes] = {
        f"{FOLDER}/pilotage.xlsx": piloting_xlsx(facts),
        f"{FOLDER}/qui-est-de-garde.xlsx": line_roster_xlsx(facts),
    }
    for house in facts.instance.establishments:
        table = service_table_xlsx(facts, house, definitive=definitive)
        if table is not None:
            plain = re.sub(r"[^\w.-]+", "-", house.id)
            files[f"{FOLDER}/tableau-de-service-{plain}.xlsx"] = table
    liberals = liberals_xlsx(facts, definitive=definitive)
    return files if liberals is None else {**files, f"{FOLDER}/listes-liberaux.xlsx": liberals}


def definitive_files(served: Facts, rates: Sequence[Rate]) -> dict[str, bytes]:
    """The same files once the period is over: ``served`` holds who really served, whatever rules it was made with.

    Rules and findings are worked out again: nothing of the calculation remains, and nothing may be claimed without it.
    """
    if "pdses" not in served.instance.kinds:
        return {}
    rules = rule_book(served.instance)
    known = replace(served, rules=rules, audit=audit(served.instance, rules, served.roster), rates=tuple(rates))
    return hospital_files(known, definitive=True)
