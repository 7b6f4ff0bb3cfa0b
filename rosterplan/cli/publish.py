"""`publish`: a roster frozen as the next version, with a file for each recipient."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rosterplan.cli.exits import Exit
from rosterplan.cli.folders import Plannable, holidays_of, plannable, rates_of, shown
from rosterplan.cli.ledgers import LedgerFile, ledger_path, refusing
from rosterplan.cli.options import Common, Folder
from rosterplan.cli.publishing import Publishable, publishable, state_asked
from rosterplan.cli.verdict import code_of
from rosterplan.cli.voice import answer, conclude, tell
from rosterplan.cli.weekly import weeks_told
from rosterplan.messages import say

if TYPE_CHECKING:
    from rosterplan.domain.versions import Version
    from rosterplan.report.publication.edition import Edition

StateAsked = Annotated[str | None, typer.Option("--state", metavar="metavar.state", help="option.state")]
WeekAsked = Annotated[str | None, typer.Option("--week", "--semaine", metavar="metavar.week", help="option.week")]
ToPublish = Annotated[str | None, typer.Option("--roster", metavar="metavar.file", help="option.publish_roster")]
Who = Annotated[str, typer.Option("--who", metavar="metavar.name", help="option.who")]

PUBLISH_SCHEMA = 1


def publish(
    common: Common,
    folder: Folder = None,
    state: StateAsked = None,
    roster: ToPublish = None,
    week: WeekAsked = None,
    who: Who = "",
    ledger: LedgerFile = None,
) -> int:
    """Freeze the roster as a version, write each recipient's file and the ledger; exit 1 where duties are unfilled."""
    asked = state_asked(state)
    plan = plannable(common, folder)
    path = ledger_path(plan.opened.path, ledger)
    with refusing():
        ready = publishable(common, plan, path, asked, roster, week)
        tell(common, say(fr="Écriture des fichiers de chaque destinataire…", en="Writing each recipient’s files…"))
        edition = _edition(common, plan, ready)
        place, version = _write(common, plan, path, ready, edition, who)
    code = _code(ready, edition)
    if common.json:
        answer(_answer(place, version, edition, common))
    _tell(common, place, version, edition, ready)
    return code


def _code(ready: Publishable, edition: Edition) -> Exit:
    """As for the roster; of a week published alone, its own holes and no one else's."""
    if ready.week is None:
        return code_of(ready.audit)
    broken = any(finding.severity == "erreur" for finding in ready.audit.findings)
    return Exit.HOLES if broken or edition.holes else Exit.DONE


def _edition(common: Common, plan: Plannable, ready: Publishable) -> Edition:
    """What the files are made from; the instant is the clock's, on the day of ``--today``."""
    from rosterplan.cli.kept import with_kept
    from rosterplan.report.facts import Facts
    from rosterplan.report.publication.edition import Edition

    facts = Facts(
        instance=ready.instance, rules=plan.rules, roster=ready.roster, result=ready.result, audit=ready.audit,
        input_sha256=ready.input_sha256, version=ready.number, known_holidays=holidays_of(plan.opened), rates=rates_of(plan.opened),
    )  # fmt: skip
    content = plan.opened.reading.plan.content if plan.opened.reading.plan else None
    now = datetime.now(UTC).replace(microsecond=0)
    when = now.replace(year=common.today.year, month=common.today.month, day=common.today.day)
    return Edition(
        facts=with_kept(facts), number=ready.number, state=ready.state, rank=ready.rank, when=when,
        reply_to=content.reply_to if content else "", earlier=ready.earlier, changes=ready.changes,
        week=ready.week,
    )  # fmt: skip


def _write(
    common: Common, plan: Plannable, path: Path, ready: Publishable, edition: Edition, who: str
) -> tuple[Path, Version]:
    """Write the folder of the version, then the ledger; a crash between the two is mended by whoever opens it next."""
    from rosterplan import __version__
    from rosterplan.cli.computation import versions
    from rosterplan.domain.file_names import ROSTER_FILE
    from rosterplan.domain.versions import Version
    from rosterplan.ledger import published_versions
    from rosterplan.ledger.folder import INSTANCE_FILE, sha256, write_version
    from rosterplan.report.publication.files import publication_files
    from rosterplan.report.roster_json import roster_json

    document = roster_json(ready.instance, ready.roster, ready.result, ready.audit, version=ready.number,
                           input_sha256=ready.input_sha256)  # fmt: skip
    files = {ROSTER_FILE: document, INSTANCE_FILE: ready.instance_json}
    files |= publication_files(edition, versions=versions(), today=common.today)
    version = Version(
        plan=ready.instance.id, number=ready.number, state=ready.state, rank=ready.rank, when=edition.when, who=who,
        input_sha256=ready.input_sha256, roster_sha256=sha256(document), previous_sha256=ready.previous_sha256,
        last_change=ready.last_change, rosterplan=__version__,
    )  # fmt: skip
    place, whole = write_version(plan.out, version, files)
    published_versions(path, plan.out, ready.instance.id)
    return place, whole


def _answer(place: Path, version: Version, edition: Edition, common: Common) -> dict[str, object]:
    from rosterplan.domain.calendar.deadlines import back_plan
    from rosterplan.domain.circuit import circuit_of
    from rosterplan.report.publication.week import week_name

    instance = edition.facts.instance
    legal = [
        deadline for deadline in back_plan(instance.period, circuit_of(instance.kinds).steps) if deadline.step.legal
    ]
    return {
        "schema": PUBLISH_SCHEMA,
        "version": version.number,
        "state": version.state,
        "rank": version.rank,
        **({"week": week_name(edition.week)} if edition.week else {}),
        "folder": str(place),
        "input_sha256": version.input_sha256,
        "roster_sha256": version.roster_sha256,
        "holes": sum(hole.missing for hole in edition.holes),
        "files": {name: str(place / name) for name in version.files},
        "deadlines": [
            {"code": one.code, "due": one.due.isoformat(), "days_left": (one.due - common.today).days} for one in legal
        ],
    }


def _tell(common: Common, place: Path, version: Version, edition: Edition, ready: Publishable) -> None:
    from rosterplan.domain.asked import unit_of
    from rosterplan.report.publication.files import recipients_of
    from rosterplan.report.publication.sectors import holes_words
    from rosterplan.report.publication.slip import change_line, circuit_words, deadline_lines

    plan = edition.facts.instance.id
    tell(common, say(fr=f"{plan} est publié : {edition.label}, dans {shown(place)}", en=f"{plan} is published: {edition.label}, in {shown(place)}"))  # fmt: skip
    for name, whom in recipients_of().items():
        if name in version.files or (name.endswith("/") and any(file.startswith(name) for file in version.files)):
            tell(common, f"  {name} – {whom}")
    tell(common)
    for change in edition.changes:
        tell(common, f"  {change_line(edition, change)}")
    if not edition.circuit.under_law:
        tell(common, circuit_words(edition.circuit))
    for line in deadline_lines(edition, common.today):
        tell(common, line)
    late = _late_words(edition, common)
    if late:
        tell(common, late)
    for line in ready.remarks:
        tell(common, line)
    if ready.week is not None:
        tell(common, weeks_told(ready.instance, (*ready.versions, version)))
    good = _code(ready, edition) is Exit.DONE
    conclude(common, holes_words(edition.holes, unit_of(edition.facts.instance)).capitalize() + ".", good=good)


def _late_words(edition: Edition, common: Common) -> str:
    """A word where the law's date for this state has passed: what is published late is published all the same."""
    from rosterplan.domain.calendar.deadlines import back_plan
    from rosterplan.domain.circuit import circuit_of

    instance = edition.facts.instance
    wanted = {"cdom": "cdom", "definitif": "ars"}.get(edition.state)
    due = next(
        (one.due for one in back_plan(instance.period, circuit_of(instance.kinds).steps) if one.code == wanted), None
    )
    if due is None or common.today <= due:
        return ""
    return say(fr="La date prévue par l’article R.6315-2 est passée : envoyez ce tableau sans attendre.",
               en="The date set by article R.6315-2 has passed: send this roster without delay.")  # fmt: skip
