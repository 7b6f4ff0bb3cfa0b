"""What a person decided by hand outlives a computation: written where the next ones can find it, and said where one lets it go."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rosterplan.cli.folders import Plannable, shown
from rosterplan.cli.rosters import last_roster
from rosterplan.domain.file_names import CORRECTIONS_FILE, ROSTER_FILE, TABLEAU_FILE
from rosterplan.messages import say
from rosterplan.messages.words import plural

if TYPE_CHECKING:
    from rosterplan.cli.options import Common
    from rosterplan.domain.instance import Instance

EDITED_FILE: Final = "tableau-corrige.xlsx"
"""The workbook a person saved since the last computation, kept by one that does not start from it."""


def outliving(common: Common, plan: Plannable, decided: Instance, tableau: Path | None) -> Mapping[str, bytes]:
    """Return the files to write beside a new roster: the decisions it was made under, the workbook it replaces."""
    from rosterplan.domain.instance import Lock
    from rosterplan.sheets.tableau.corrections import corrections_xlsx

    files: dict[str, bytes] = {}
    locks = decided.locks if tableau is not None else ()
    if tableau is None and not (plan.out / CORRECTIONS_FILE).is_file():
        locks = tuple(Lock(duty=duty, doctor=doctor) for duty, doctor in sorted(_free_again(plan, decided)))
        locks = (*decided.locks, *locks) if locks else ()
    if locks and plan.opened.path.is_dir():
        files[CORRECTIONS_FILE] = corrections_xlsx(decided, locks, made_on=common.today)
    edited = plan.out / TABLEAU_FILE
    if last_roster(plan.out) == edited and not (tableau is not None and tableau.samefile(edited)):
        files[EDITED_FILE] = edited.read_bytes()
    return files


def words_of_outliving(plan: Plannable, files: Mapping[str, bytes]) -> list[str]:
    """Return what to do with these files."""
    said = []
    if CORRECTIONS_FILE in files:
        path, folder = shown(plan.out / CORRECTIONS_FILE), shown(plan.opened.path)
        said.append(say(fr=f"Vos décisions sont aussi dans {path} : rangez ce fichier dans {folder} pour que tous les calculs suivants les gardent.",
                        en=f"Your decisions are in {path} too: put this file into {folder} for all later computations to keep them."))  # fmt: skip
    if EDITED_FILE in files:
        path = shown(plan.out / EDITED_FILE)
        said.append(say(fr=f"Le classeur avait été enregistré à la main depuis le dernier calcul : il est gardé sous {path}. Pour repartir de ses cases : --from {path}",
                        en=f"The workbook had been saved by hand since the last computation: it is kept as {path}. To start from its cells: --from {path}"))  # fmt: skip
    return said


def let_go(plan: Plannable, decided: Instance) -> str:
    """Return that cells decided by hand in the last roster are free again in this one; "" where there is none."""
    free = _free_again(plan, decided)
    if not free or not plan.opened.path.is_dir():
        return ""
    cells = plural(len(free), say(fr="case décidée à la main", en="cell decided by hand"),
                   say(fr="cases décidées à la main", en="cells decided by hand"))  # fmt: skip
    path, folder = plan.out / CORRECTIONS_FILE, shown(plan.opened.path)
    return say(fr=f"Le tableau précédent gardait {cells}, que ce calcul peut changer. Pour garder ces décisions : rangez {shown(path)} dans {folder} et recalculez.",
               en=f"The last roster kept {cells}, which this computation may change. To keep these decisions: put {shown(path)} into {folder} and compute again.")  # fmt: skip


def _free_again(plan: Plannable, decided: Instance) -> set[tuple[str, str]]:
    """Return the (duty, doctor) that the last roster.json of this plan says a person decided, and nobody has decided now."""
    try:
        document = json.loads((plan.out / ROSTER_FILE).read_bytes())
        locked = {(one["duty"], one["doctor"]) for one in document["assignments"] if one["locked"]}
        locked = locked if document["instance"] == decided.id else set()
    except (OSError, ValueError, LookupError, TypeError):
        return set()
    known = {(duty, doctor) for duty, doctor in locked if duty in decided.duty_by_id and doctor in decided.doctor_by_id}
    return known - {(lock.duty, lock.doctor) for lock in decided.locks}
