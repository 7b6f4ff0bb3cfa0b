"""The roster a command works on: a file, a version, or the last one written; ours or corrected by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.problems import counted, problem_words
from rosterplan.domain.file_names import ROSTER_FILE, TABLEAU_FILE
from rosterplan.messages import say

if TYPE_CHECKING:
    from rosterplan.domain.findings import Problem
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.roster import Roster

_EDITED_AFTER_SECONDS = 5.0
"""Files of one run are written within this time; a workbook saved later was edited by a person."""


@dataclass(frozen=True)
class Found:
    """A roster, the instance with the locks it carries, the file it stands in, and remarks of its reading."""

    path: Path
    instance: Instance
    roster: Roster
    remarks: tuple[Problem, ...] = ()
    input_sha256: str = ""


def roster_of(instance: Instance, out: Path, asked: str | None, *, seed: int) -> Found:
    """Return the roster asked for (a file, `v2`, or the last one); one without dues gets those of its positions."""
    from rosterplan.domain.fairness import with_dues

    path = _path_of(out, asked)
    found = _of_json(instance, path) if path.suffix.casefold() == ".json" else _of_tableau(instance, path)
    if found.roster.dues:
        return found
    return Found(path, found.instance, with_dues(found.instance, found.roster, seed), found.remarks, found.input_sha256)


def last_roster(out: Path) -> Path | None:
    """Return the file of the last roster under ``out``: the workbook if a person saved it since, else roster.json."""
    ours, workbook = out / ROSTER_FILE, out / TABLEAU_FILE
    if not ours.is_file():
        return workbook if workbook.is_file() else None
    if workbook.is_file() and workbook.stat().st_mtime > ours.stat().st_mtime + _EDITED_AFTER_SECONDS:
        return workbook
    return ours


def refuse_roster(path: Path, problems: Sequence[Problem]) -> Refused:
    """Return the refusal of a roster that cannot be read, with every reason."""
    errors = [problem for problem in problems if problem.severity == "erreur"]
    after = say(
        fr=f"{path} : {counted(errors)}. Rien n’a été fait.", en=f"{path}: {counted(errors)}. Nothing was done."
    )
    return Refused("\n".join([*(problem_words(problem) for problem in errors), "", after]), Exit.INPUT)


def _path_of(out: Path, asked: str | None) -> Path:
    if asked is None:
        last = last_roster(out)
        if last is None:
            raise Refused(say(fr=f"Aucun tableau dans {out}. Calculez d’abord (rosterplan solve), ou donnez --roster FICHIER.",
                              en=f"No roster in {out}. Compute first (rosterplan solve), or give --roster FILE."))  # fmt: skip
        return last
    version = re.fullmatch(r"v(\d+)", asked)
    path = out / "versions" / f"{int(version[1]):03}" / ROSTER_FILE if version else Path(asked)
    if not path.is_file():
        raise Refused(say(fr=f"Le tableau {path} n’existe pas.", en=f"There is no roster {path}."))
    return path


def _of_json(instance: Instance, path: Path) -> Found:
    from rosterplan.report.roster_json import UnreadableRoster, read_roster_document, read_roster_json

    content = path.read_bytes()
    try:
        roster, document = read_roster_json(content), read_roster_document(content)
    except UnreadableRoster as unreadable:
        raise refuse_roster(path, unreadable.problems) from None
    strangers = _strangers(instance, roster, path)
    if strangers:
        raise refuse_roster(path, strangers)
    return Found(path, instance, roster, input_sha256=document.input_sha256)


def _of_tableau(instance: Instance, path: Path) -> Found:
    from rosterplan.sheets.tableau.corrections import with_corrections
    from rosterplan.sheets.tableau.read import read_tableau

    read = read_tableau(path, instance)
    if any(problem.severity == "erreur" for problem in read.problems):
        raise refuse_roster(path, read.problems)
    locks = with_corrections(instance.locks, read.locks, read.freed)
    return Found(path, instance.changed(locks=locks), read.roster, read.problems, read.input_sha256)


def _strangers(instance: Instance, roster: Roster, path: Path) -> list[Problem]:
    """A problem per doctor or duty of the roster that the folder does not know."""
    from rosterplan.domain.findings import Problem

    unknown = {one.doctor for one in roster.assignments} | {due.doctor for due in roster.dues}
    unknown -= instance.doctor_by_id.keys()
    unknown |= {one.duty for one in roster.assignments} - instance.duty_by_id.keys()
    return [
        Problem(
            severity="erreur", code="roster-stranger", file=path.name, found=name,
            wanted=say(fr="un médecin et une garde du dossier", en="a doctor and a duty of the folder"),
            remedy=say(fr="Ce tableau est celui d’un autre dossier, ou le dossier a changé depuis : recalculez.",
                       en="This roster is another folder’s, or the folder has changed since: compute again."),
        )
        for name in sorted(unknown)[:50]
    ]  # fmt: skip
