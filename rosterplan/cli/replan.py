"""`replan`: the least-change roster after an absence, an arrival, a departure or a late answer; shown before it is taken."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rosterplan.cli.exits import Refused
from rosterplan.cli.folders import Plannable, plannable
from rosterplan.cli.ledgers import LedgerFile
from rosterplan.cli.options import Common, Folder, day, whole_number
from rosterplan.cli.outputs import write_together
from rosterplan.cli.reached import reached
from rosterplan.cli.replan_words import broken_lines, event_words, tell_end, tell_repair
from rosterplan.cli.replanning import Prepared, as_listed, events_asked, first_day_of, prepared
from rosterplan.cli.standing import Standing, refuse_closed, standing_of
from rosterplan.cli.verdict import code_of, verdict_words
from rosterplan.cli.voice import answer, tell
from rosterplan.domain.asked import unit_of
from rosterplan.messages import say

if TYPE_CHECKING:
    from rosterplan.domain.events import Event
    from rosterplan.domain.roster import Roster
    from rosterplan.model.repair_case import Repaired
    from rosterplan.report.changes_book import ChangeSheet

Absent = Annotated[list[str], typer.Option("--absent", metavar="metavar.absence", help="option.absent")]
New = Annotated[list[str], typer.Option("--new", metavar="metavar.doctor_date", help="option.new")]
Leave = Annotated[list[str], typer.Option("--leave", metavar="metavar.doctor_date", help="option.leave")]
ChangeFile = Annotated[Path | None, typer.Option("--change", metavar="metavar.file", help="option.change")]
FirstDay = Annotated[Any, typer.Option("--from", parser=day, metavar="metavar.date", help="option.from_day")]
Most = Annotated[Any, typer.Option("--max-changes", parser=whole_number(0), metavar="N", help="option.max_changes")]
Dial = Annotated[Any, typer.Option("--dial", parser=whole_number(0), metavar="N", help="option.dial")]
Take = Annotated[bool, typer.Option("--take", help="option.take")]
Who = Annotated[str, typer.Option("--who", metavar="metavar.name", help="option.who")]
Why = Annotated[str, typer.Option("--why", metavar="metavar.reason", help="option.why")]
RosterFile = Annotated[str | None, typer.Option("--roster", metavar="metavar.file", help="option.replan_roster")]

REPLAN_SCHEMA = 1
PROPOSAL_FOLDER = "modification"


def replan(
    common: Common,
    folder: Folder = None,
    absent: Absent = [],  # noqa: B006 (typer's way to say « none »)
    new: New = [],  # noqa: B006
    leave: Leave = [],  # noqa: B006
    change: ChangeFile = None,
    from_: FirstDay = None,
    max_changes: Most = None,
    dial: Dial = None,
    take: Take = False,
    who: Who = "",
    why: Why = "",
    roster: RosterFile = None,
    ledger: LedgerFile = None,
) -> int:
    """Mend the roster that stands, say what it costs, write the proposal; taken only with ``--take``."""
    plan = plannable(common, folder)
    standing = standing_of(common, plan, roster, ledger)
    refuse_closed(standing.ledger, plan.instance.id)
    if take and standing.published:
        _refuse_unsigned(who)
    first_day = first_day_of(standing.instance, from_, common.today)
    events = events_asked(standing.instance, absent, new, leave, change, first_day)
    ready, found, rows, seconds = _mended(common, plan, standing, events, first_day, max_changes, dial)
    sheet = _sheet(common, standing, ready, found, rows)
    paths = _write(common, plan, standing, found.roster, sheet, take=take, who=who, why=why)
    from rosterplan.audit import audit

    report = audit(ready.instance, ready.rules, found.roster)
    code = code_of(report)
    if common.json:
        answer(_answer(ready, found, sheet, seconds, paths, take=take))
        return code
    tell_repair(common, standing, ready, found, sheet, seconds)
    for line in broken_lines(report):
        tell(common, line)
    tell(common, verdict_words(report, unit_of(ready.instance)))
    tell_end(common, plan, standing, paths, take=take)
    return code


def _refuse_unsigned(who: str) -> None:
    if not who:
        raise Refused(say(fr="Dites qui décide : --who NOM. Un changement d’un tableau publié est signé.",
                          en="Say who decides: --who NAME. A change of a published roster is signed."))  # fmt: skip


def _mended(
    common: Common,
    plan: Plannable,
    standing: Standing,
    events: tuple[Event, ...],
    first_day: date,
    most: int | None,
    dial: int | None,
) -> tuple[Prepared, Repaired, dict[int, Repaired], float]:
    """Return what the events ask, the repair chosen, the rows of the dial, and the seconds they took."""
    import rosterplan.model.repair  # noqa: F401 (start-up is not part of the time told)

    began = time.monotonic()
    ready = prepared(common, standing, plan.rules, events, first_day)
    found, rows = _solved(ready, most, dial)
    seconds = time.monotonic() - began
    return ready, replace(found, roster=as_listed(found.roster, standing.roster)), rows, seconds


def _solved(ready: Prepared, most: int | None, dial: int | None) -> tuple[Repaired, dict[int, Repaired]]:
    """Return the repair chosen, and the rows of the dial from 0 changes to ``dial``."""
    from rosterplan.model.repair import repaired, with_at_most

    least = repaired(ready.case)
    wanted = ([] if dial is None else list(range(dial + 1))) + ([] if most is None else [most])
    known = {changes: with_at_most(ready.case, least, changes) for changes in sorted(set(wanted))}
    chosen = least if most is None else known[most]
    return chosen, {changes: known[changes] for changes in range(-1 if dial is None else dial + 1) if changes >= 0}


def _sheet(
    common: Common, standing: Standing, ready: Prepared, found: Repaired, rows: dict[int, Repaired]
) -> ChangeSheet:
    """Return what the files say: the audit, not the solver, gives every value."""
    from rosterplan.domain.differences import differences
    from rosterplan.report.changes_book import ChangeSheet, DialRow

    title = say(fr=f"Modification du tableau {standing.instance.id}", en=f"Change of roster {standing.instance.id}")
    return ChangeSheet(
        ready.instance, title, [event_words(ready.instance, event) for event in ready.events], common.today,
        differences(ready.instance, standing.roster, found.roster), reached(standing.instance, ready.rules, standing.roster),
        reached(ready.instance, ready.rules, found.roster),
        [
            DialRow(changes, reached(ready.instance, ready.rules, as_listed(row.roster, standing.roster)), row.best)
            for changes, row in rows.items()
        ],
    )  # fmt: skip


def _write(
    common: Common,
    plan: Plannable,
    standing: Standing,
    roster: Roster,
    sheet: ChangeSheet,
    *,
    take: bool,
    who: str,
    why: str,
) -> dict[str, str]:
    """Write the proposal, and take it where asked: into the ledger if the roster is published, else as the last roster."""
    from rosterplan.cli.taking import roster_files_of, taken_into_ledger
    from rosterplan.domain.file_names import ROSTER_FILE
    from rosterplan.report.changes_book import changes_json, changes_xlsx

    files = {"modifications.xlsx": changes_xlsx(sheet), "modifications.json": changes_json(sheet)}
    if take and standing.published:
        taken_into_ledger(common, plan, standing, roster, who=who, why=why)
    whole = roster_files_of(common, plan, standing, roster)
    files[ROSTER_FILE] = whole[ROSTER_FILE]
    proposal = {f"{PROPOSAL_FOLDER}/{name}": content for name, content in files.items()}
    if take and not standing.published:
        proposal |= whole
    return {path.name: str(path) for path in write_together(plan.out, proposal)}


def _answer(
    ready: Prepared, found: Repaired, sheet: ChangeSheet, seconds: float, paths: dict[str, str], *, take: bool
) -> dict[str, object]:
    from rosterplan.report.changes_book import changes_document

    return {
        "schema": REPLAN_SCHEMA,
        **changes_document(sheet),
        "from": ready.case.first_day.isoformat(),
        "events": [event.model_dump(mode="json") for event in ready.events],
        "lost": [{"duty": one.duty, "doctor": one.doctor} for one in ready.case.lost],
        "void_decisions": [{"duty": one.duty, "doctor": one.doctor} for one in ready.void],
        "dues_renewed": ready.renewed,
        "made": {"changes": found.changes, "weight": found.weight, "least": found.least,
                 "cover_proven": found.cover_proven, "opened": list(found.opened), "unfilled": list(found.unfilled)},
        "seconds": round(seconds, 3),
        "taken": take,
        "paths": paths,
    }  # fmt: skip
