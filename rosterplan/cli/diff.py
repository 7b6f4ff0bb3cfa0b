"""`diff`: what changed between any two versions of a roster, by duty and by doctor, with messages ready to send."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.folders import Plannable, plannable, shown
from rosterplan.cli.ledgers import LedgerFile, ledger_path, refusing
from rosterplan.cli.looked_at import IN_FORCE
from rosterplan.cli.options import Common, Folder
from rosterplan.cli.outputs import write_together
from rosterplan.cli.rosters import last_roster, roster_of
from rosterplan.cli.voice import answer, conclude, tell
from rosterplan.messages import say
from rosterplan.messages.words import long_date, plural, unaccented

if TYPE_CHECKING:
    from rosterplan.domain.roster import Roster
    from rosterplan.domain.versions import InForce, Version
    from rosterplan.report.changes_book import ChangeSheet, Reached
    from rosterplan.rules.base import Rule

Older = Annotated[str | None, typer.Argument(metavar="metavar.older", help="argument.older", show_default=False)]
Newer = Annotated[str | None, typer.Argument(metavar="metavar.newer", help="argument.newer", show_default=False)]

DIFF_SCHEMA = 1
DIFF_FOLDER = "comparaison"


@dataclass(frozen=True)
class Side:
    """One of the two rosters, and what people call it: a version with its date, or a file."""

    roster: Roster
    called: str


def diff(
    common: Common, folder: Folder = None, older: Older = None, newer: Newer = None, ledger: LedgerFile = None
) -> int:
    """Tell the duties served by others in the newer roster than in the older; exit 0 whatever changed."""
    from rosterplan.domain.differences import differences
    from rosterplan.report.changes_book import ChangeSheet, changes_document, changes_json, changes_xlsx

    plan = plannable(common, folder)
    path = ledger_path(plan.opened.path, ledger)
    with refusing():
        before, after = _sides(common, plan, path, older, newer)
    title = say(fr=f"Changements de {plan.instance.id}", en=f"Changes of {plan.instance.id}")
    said = [say(fr=f"De {before.called} à {after.called}.", en=f"From {before.called} to {after.called}.")]
    sheet = ChangeSheet(
        plan.instance, title, said, common.today, differences(plan.instance, before.roster, after.roster),
        _reached(plan, before.roster), _reached(plan, after.roster),
    )  # fmt: skip
    files = {"modifications.xlsx": changes_xlsx(sheet), "modifications.json": changes_json(sheet)}
    paths = write_together(plan.out, {f"{DIFF_FOLDER}/{name}": content for name, content in files.items()})
    if common.json:
        answer({"schema": DIFF_SCHEMA, "older": before.called, "newer": after.called, **changes_document(sheet),
                "paths": {one.name: str(one) for one in paths}})  # fmt: skip
        return Exit.DONE
    _tell(common, sheet, paths[0])
    return Exit.DONE


def _sides(common: Common, plan: Plannable, path: Path, older: str | None, newer: str | None) -> tuple[Side, Side]:
    """Return the two rosters asked for; by default the last version and the roster as it stands now."""
    from rosterplan.ledger import published_versions, roster_in_force

    known = published_versions(path, plan.out, plan.instance.id)
    now = roster_in_force(path, plan.out, plan.instance.id)
    if older is None and not known:
        raise Refused(say(fr="Rien n’est encore publié : donnez deux tableaux à comparer, par exemple rosterplan diff DOSSIER avant.json apres.json.",
                          en="Nothing is published yet: give two rosters to compare, for instance rosterplan diff FOLDER before.json after.json."))  # fmt: skip
    first = _side(common, plan, path, known, older or f"v{known[-1].number}")
    if newer and unaccented(newer) in IN_FORCE and now is not None:
        return first, _in_force(now)
    return first, _side(common, plan, path, known, newer) if newer else _present(common, plan, now)


def _in_force(now: InForce) -> Side:
    return Side(now.roster, say(fr="ce qui est en vigueur aujourd’hui", en="what is in force today"))


def _present(common: Common, plan: Plannable, now: InForce | None) -> Side:
    """Return the roster as it stands: the published one with its changes, or the last one if it was made since."""
    last = last_roster(plan.out)
    if now is not None and (now.changes or last is None):
        return _in_force(now)
    found = roster_of(plan.instance, plan.out, None, seed=common.seed)
    return Side(found.roster, shown(found.path))


def _side(common: Common, plan: Plannable, path: Path, known: tuple[Version, ...], asked: str) -> Side:
    from rosterplan.ledger import version_roster

    number = re.fullmatch(r"v(\d+)", asked)
    if number is None:
        found = roster_of(plan.instance, plan.out, asked, seed=common.seed)
        return Side(found.roster, shown(found.path))
    _, roster = version_roster(path, plan.out, plan.instance.id, int(number[1]))
    version = next(one for one in known if one.number == int(number[1]))
    day = long_date(version.when.date())
    return Side(roster, say(fr=f"la version {version.number} du {day}", en=f"version {version.number} of {day}"))


def _reached(plan: Plannable, roster: Roster) -> Reached:
    """Return what a roster reaches by today’s files; what they no longer know is left out."""
    from rosterplan.cli.reached import reached

    known = tuple(
        one
        for one in roster.assignments
        if one.duty in plan.instance.duty_by_id and one.doctor in plan.instance.doctor_by_id
    )
    rules: tuple[Rule, ...] = plan.rules
    return reached(plan.instance, rules, roster.model_copy(update={"assignments": known}))


def _tell(common: Common, sheet: ChangeSheet, workbook: Path) -> None:
    from rosterplan.domain.differences import positions_changed
    from rosterplan.report.changes import difference_line

    tell(common, sheet.said[0])
    for one in sheet.changed:
        tell(common, f"  – {difference_line(sheet.instance, one)}")
    tell(common, say(fr=f"Les messages à envoyer : {shown(workbook)}", en=f"The messages to send: {shown(workbook)}"))
    count = positions_changed(sheet.changed)
    conclude(common, plural(count, say(fr="garde change de mains.", en="duty changes hands."),
                            say(fr="gardes changent de mains.", en="duties change hands.")), good=True)  # fmt: skip
