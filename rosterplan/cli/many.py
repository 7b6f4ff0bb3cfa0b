"""`solve A B C`: many folders planned side by side, each in its own output folder; one summary, the worst exit code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rosterplan import __version__
from rosterplan.cli.departments import Ended, planned_here
from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.folders import default_out, located
from rosterplan.cli.interrupts import stopping_politely
from rosterplan.cli.options import Common
from rosterplan.cli.outputs import write_together
from rosterplan.cli.voice import answer, complain, conclude, tell
from rosterplan.domain.file_names import ROSTER_FILE, TABLEAU_FILE
from rosterplan.messages import say
from rosterplan.messages.words import listed, plural

MANY_SCHEMA = 1


@dataclass(frozen=True)
class Side:
    """How folders stand side by side: how many at once, on which engine, and the options of each computation."""

    jobs: int
    cluster: str | None
    options: tuple[str, ...]


@dataclass(frozen=True)
class Department:
    """One folder and where its files go."""

    folder: Path
    out: Path

    @property
    def name(self) -> str:
        """The folder as the summary names it."""
        return self.folder.resolve().stem if self.folder.is_file() else self.folder.resolve().name


def solve_many(common: Common, folders: Sequence[Path], side: Side) -> int:
    """Plan every folder; one that is refused or fails never keeps the others from being planned."""
    departments = _departments(common, folders)
    options = (*side.options, "--seed", str(common.seed), "--lang", common.lang, "--today", common.today.isoformat())
    jobs = min(side.jobs, len(departments))
    tell(common, say(fr=f"Calcul de {len(departments)} dossiers, {jobs} à la fois. Ctrl-C garde le meilleur tableau de chacun.",
                     en=f"Computing {len(departments)} folders, {jobs} at a time. Ctrl-C keeps the best roster of each."))  # fmt: skip
    ended: dict[int, Ended] = {}
    for number, one in _each(departments, Side(jobs, side.cluster, options)):
        ended[number] = _brought_home(departments[number], one)
        tell(common, f"{len(ended)}/{len(departments)} · {_line(departments[number], ended[number])}")
    return _concluded(common, departments, [ended[number] for number in range(len(departments))])


def _departments(common: Common, folders: Sequence[Path]) -> list[Department]:
    """Return each folder with its output folder; one named twice, or two that would write in one place, are refused."""
    departments: list[Department] = []
    for folder in folders:
        place = located(folder)
        own = default_out(place, None)
        departments.append(Department(place, own if common.out is None else common.out / own.name))
    taken: dict[Path, Department] = {}
    for one in departments:
        twin = taken.setdefault(one.out.resolve(), one)
        if twin is not one:
            raise Refused(
                say(fr=f"{twin.folder} et {one.folder} écriraient tous deux dans {one.out} : renommez un dossier, ou donnez --out à part.",
                    en=f"{twin.folder} and {one.folder} would both write in {one.out}: rename a folder, or give --out apart.")
            )  # fmt: skip
    return departments


def _each(departments: Sequence[Department], side: Side) -> Iterator[tuple[int, Ended]]:
    """Yield (number, how it ended) as folders end: on the cluster named, else in processes here."""
    if side.cluster is not None:
        from rosterplan.cli.cluster import on_cluster

        yield from on_cluster(side.cluster, [one.folder for one in departments], side.options, side.jobs)
        return
    with stopping_politely() as asked, ThreadPoolExecutor(side.jobs) as threads:
        waiting = {
            threads.submit(planned_here, one.folder, one.out, side.options, asked): number
            for number, one in enumerate(departments)
        }
        try:
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        except BaseException:  # a second Ctrl-C: those that wait are not begun, those that run are asked to end
            asked.set()
            raise


def _brought_home(one: Department, ended: Ended) -> Ended:
    """Write what was computed elsewhere into the output folder, whole or not at all."""
    if ended.files:
        write_together(one.out, ended.files)
    if ended.version != __version__:
        complain(
            say(fr=f"{one.name} : calculé par rosterplan {ended.version}, et non {__version__} ; installez la même version partout.",
                en=f"{one.name}: computed by rosterplan {ended.version}, not {__version__}; install one version everywhere.")
        )  # fmt: skip
    return ended


def _concluded(common: Common, departments: Sequence[Department], ended: Sequence[Ended]) -> int:
    """Say the summary; return the worst exit code."""
    code = max(one.code for one in ended)
    if common.json:
        found = [_facts(one, how) for one, how in zip(departments, ended, strict=True)]
        answer({"schema": MANY_SCHEMA, "code": code, "folders": found})
        return code
    by_code: dict[int, list[str]] = {}
    for one, how in zip(departments, ended, strict=True):
        by_code.setdefault(how.code, []).append(one.name)
    tell(common)
    for number, names in sorted(by_code.items()):
        conclude(common, f"{_meaning(number)}{say(fr=' :', en=':')} {listed(names)}.", good=number == Exit.DONE)
    return code


def _line(one: Department, ended: Ended) -> str:
    """« 44-pdsa : 1898 gardes attribuées, aucune non pourvue, 85 s. Classeur : reports/44-pdsa/tableau.xlsx »."""
    colon, span = say(fr=" :", en=":"), f"{ended.seconds:.0f} s"
    facts = _facts(one, ended)
    if "assigned" not in facts:
        last = next((line for line in reversed(ended.words.splitlines()) if line.strip()), "")
        return f"{one.name}{colon} {_meaning(ended.code)}, {span}. {last}".rstrip()
    held = plural(
        facts["assigned"], say(fr="garde attribuée", en="duty given"), say(fr="gardes attribuées", en="duties given")
    )
    left = plural(facts["missing"], say(fr="non pourvue", en="unfilled"), say(fr="non pourvues", en="unfilled"))
    filled = f"{held}, {left if facts['missing'] else say(fr='aucune non pourvue', en='none unfilled')}"
    written = say(fr=f"Classeur : {one.out / TABLEAU_FILE}", en=f"Workbook: {one.out / TABLEAU_FILE}")
    return f"{one.name}{colon} {filled}, {span}. {written}"


def _facts(one: Department, ended: Ended) -> dict[str, Any]:
    """Return what a program is told of one folder; cover and stages where a roster was written."""
    facts: dict[str, Any] = {"folder": str(one.folder), "out": str(one.out), "code": ended.code,
                             "seconds": round(ended.seconds, 1), "words": ended.words}  # fmt: skip
    if ended.code not in (Exit.DONE, Exit.HOLES):
        return facts
    roster = json.loads((one.out / ROSTER_FILE).read_bytes())
    missing = sum(hole["missing"] for hole in roster["holes"])
    held = len(roster["assignments"])
    return {**facts, "status": roster["status"], "assigned": held, "missing": missing, "stages": roster["stages"]}


def _meaning(code: int) -> str:
    """Return what an exit code says of a folder."""
    return {
        Exit.DONE: say(fr="complet", en="complete"),
        Exit.HOLES: say(fr="calculé, avec des gardes non pourvues ou des règles à revoir", en="computed, with unfilled duties or rules to look at"),
        Exit.USAGE: say(fr="refusé", en="refused"),
        Exit.INPUT: say(fr="fichiers à corriger (rosterplan check)", en="files to mend (rosterplan check)"),
        Exit.CONTRADICTION: say(fr="affectations imposées contradictoires", en="imposed assignments that contradict each other"),
        Exit.CUT: say(fr="arrêté avant un premier tableau", en="stopped before a first roster"),
    }.get(Exit(code), say(fr="panne de rosterplan", en="a fault of rosterplan"))  # fmt: skip
