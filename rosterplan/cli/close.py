"""`close`: a quarter that is over is entered in the ledger, with the list of duties served and the statement of forfaits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.folders import Opened, open_folder, shown
from rosterplan.cli.ledgers import LedgerFile, ledger_path, refusing
from rosterplan.cli.options import Common, Folder
from rosterplan.cli.outputs import write_together
from rosterplan.cli.problems import refuse_errors
from rosterplan.cli.publish import Who
from rosterplan.cli.served_file import FromFile, served_from
from rosterplan.cli.voice import answer, tell
from rosterplan.messages import say
from rosterplan.messages.words import long_date, plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rosterplan.domain.fairness import Key
    from rosterplan.domain.instance import Balance
    from rosterplan.domain.versions import InForce, Served
    from rosterplan.ledger import Ledger
    from rosterplan.ledger.reckoning import Reckoning
    from rosterplan.report.closing.books import Closing
    from rosterplan.report.publication.edition import Edition

ServedFile = Annotated[Path | None, typer.Option("--served", metavar="metavar.file", help="option.served")]

CLOSE_SCHEMA = 1
CLOSING_FOLDER = "cloture"


def close(
    common: Common, folder: Folder = None, served: ServedFile = None, who: Who = "", ledger: LedgerFile = None
) -> int:
    """Enter what was really served, and what it leaves in the accounts; a period not over yet is refused."""
    opened = open_folder(common, folder)
    if opened.reading.draft is None:
        raise refuse_errors(common, opened.reading, opened.called)
    name = opened.reading.draft.id
    path = ledger_path(opened.path, ledger)
    with refusing():
        done, paths = _closed(common, opened, path, name, served, who)
    if common.json:
        answer(_answer(name, done, paths, path))
        return Exit.DONE
    _tell(common, opened, name, done, paths)
    return Exit.DONE


@dataclass(frozen=True)
class Done:
    """What was closed, for the words at the end."""

    closing: Closing
    differs: tuple[Balance, ...]
    told: FromFile | None
    """What a file said was served; None where all was as planned."""


def _closed(
    common: Common, opened: Opened, path: Path, name: str, served: Path | None, who: str
) -> tuple[Done, tuple[Path, ...]]:
    """Write the workbooks, then the ledger: a crash between the two leaves the quarter open, to be closed again."""
    from rosterplan.cli.taking import moment
    from rosterplan.domain.versions import served_as_planned
    from rosterplan.ledger import open_ledger, published_versions
    from rosterplan.ledger.closing import Signed, closable, close_plan
    from rosterplan.report.closing.books import closing_files

    published_versions(path, opened.out, name)
    _refuse_nothing(path, name)
    with open_ledger(path) as opened_ledger:
        now, _, _ = closable(opened_ledger, name, None, seed=common.seed)
        _refuse_unfinished(common, now.instance.period.end, name)
        told = None if served is None else served_from(now, served)
        there, source = (served_as_planned(now.roster), "prevu") if told is None else (told.served, told.sha256)
        now, reckoning, differs = closable(opened_ledger, name, there, seed=common.seed)
        closing = _closing(common, opened, opened_ledger, now, there, reckoning)
        files = closing_files(closing)
        paths = write_together(opened.out / CLOSING_FOLDER, files)
        close_plan(opened_ledger, name, there, Signed(who, moment(common), common.seed, source))
    return Done(closing, differs, told), paths


def _refuse_nothing(path: Path, name: str) -> None:
    if not path.is_file():
        raise Refused(say(fr=f"{name} n’est pas publié : il n’y a rien à clore (rosterplan publish).",
                          en=f"{name} is not published: there is nothing to close (rosterplan publish)."))  # fmt: skip


def _refuse_unfinished(common: Common, end: date, name: str) -> None:
    if common.today <= end:
        left = plural((end - common.today).days + 1, say(fr="jour", en="day"))
        raise Refused(say(fr=f"{name} n’est pas terminé : son dernier jour est le {long_date(end)}. Il pourra être clos dans {left}.",
                          en=f"{name} is not over: its last day is {long_date(end)}. It can be closed in {left}."))  # fmt: skip


def _closing(
    common: Common, opened: Opened, ledger: Ledger, now: InForce, served: tuple[Served, ...], reckoning: Reckoning
) -> Closing:
    from rosterplan.ledger.accounts import balances, duty_days
    from rosterplan.report.closing.books import Closing

    period = now.instance.period
    days: dict[str, int] = dict(duty_days(ledger, period.end.year))
    dates: dict[str, set[date]] = {}
    for one in served:
        day = now.instance.duty_by_id[one.duty].date
        if day.year == period.end.year:
            dates.setdefault(one.doctor, set()).add(day)
    for doctor, held in dates.items():
        days[doctor] = days.get(doctor, 0) + len(held)
    content = opened.reading.plan.content if opened.reading.plan else None
    before = balances(ledger, period.start)
    before |= {key: amount for (key, kind), amount in reckoning.transfers.items() if kind == "reprise"}
    return Closing(
        edition=_edition(common, opened, now), served=served, rates=content.rates if content else (),
        before=before, after=_of_groups(reckoning.closing, now), days_of_year=days,
    )  # fmt: skip


def _of_groups(amounts: Mapping[Key, int], now: InForce) -> dict[Key, int]:
    groups = {group.id for group in now.instance.groups}
    return {key: amount for key, amount in amounts.items() if key[1] in groups}


def _edition(common: Common, opened: Opened, now: InForce) -> Edition:
    """The version in force, for the first pages; nothing of the calculation is shown at closing."""
    from rosterplan.cli.folders import holidays_of
    from rosterplan.domain.findings import AuditReport
    from rosterplan.domain.result import Result
    from rosterplan.report.facts import Facts
    from rosterplan.report.publication.edition import Edition

    facts = Facts(
        instance=now.instance, rules=(), roster=now.roster, result=Result(status="feasible", seed=common.seed, effort=1, stages=()),
        audit=AuditReport(clean=True, stages=(), findings=()), input_sha256=now.version.input_sha256,
        version=now.version.number, known_holidays=holidays_of(opened),
    )  # fmt: skip
    version = now.version
    return Edition(facts=facts, number=version.number, state=version.state, rank=version.rank, when=version.when)


def _answer(name: str, done: Done, paths: tuple[Path, ...], ledger: Path) -> dict[str, object]:
    closing = done.closing
    return {
        "schema": CLOSE_SCHEMA,
        "instance": name,
        "ledger": str(ledger),
        "served": len(closing.served),
        "balances": [
            {"doctor": doctor, "group": group, "band": band, "balance_hundredths": amount}
            for (doctor, group, band), amount in sorted(closing.after.items())
            if amount
        ],
        "paths": {path.name: str(path) for path in paths},
    }


def _source_words(done: Done) -> str:
    """« d’après votre fichier, qui parle de 3 gardes ; les autres comme prévu et changé »."""
    planned = say(fr="comme prévu et changé", en="as planned and changed")
    if done.told is None:
        return planned
    if done.told.named >= len(done.closing.facts.instance.duties):
        return say(fr="d’après votre fichier", en="as your file says")
    named = plural(done.told.named, say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
    return say(
        fr=f"d’après votre fichier, qui parle de {named} ; les autres {planned}",
        en=f"as your file says of {named}; the others {planned}",
    )


def _tell(common: Common, opened: Opened, name: str, done: Done, paths: tuple[Path, ...]) -> None:
    from rosterplan.report.closing.books import PAY_FILE

    served = plural(
        len(done.closing.served), say(fr="garde tenue", en="duty served"), say(fr="gardes tenues", en="duties served")
    )
    source = _source_words(done)
    tell(common, say(fr=f"{name} est clos : {served} ({source}). Les soldes sont au registre.",
                     en=f"{name} is closed: {served} ({source}). The balances are in the ledger."))  # fmt: skip
    for path in paths:
        tell(common, f"  {shown(path)}")
    if not any(path.name == PAY_FILE for path in paths):
        tell(common, say(fr="Pas d’état des forfaits : plan.xlsx n’a pas de feuille « Tarifs ».",
                         en="No statement of forfaits: plan.xlsx has no sheet “Tarifs”."))  # fmt: skip
    if done.differs:
        tell(common, say(fr=f"Les soldes d’ouverture du classeur n’étaient pas ceux du registre ({plural(len(done.differs), 'écart')}) : le registre fait foi.",
                         en=f"The opening balances of the workbook were not those of the ledger ({plural(len(done.differs), 'difference')}): the ledger holds."))  # fmt: skip
    tell(common, _next_words(opened))


def _next_words(opened: Opened) -> str:
    """The command that opens the next quarter, or gives the balances to the folder already made for it."""
    from rosterplan.cli.next import following_folder
    from rosterplan.sheets.plan.following import following_period

    content = opened.reading.plan.content if opened.reading.plan else None
    made = content and following_folder(opened.path, content.id, following_period(content.period))
    if made and any(made.glob("plan.*")):
        return say(
            fr=f"Le dossier du trimestre suivant existe déjà ({shown(made)}). Pour y reprendre soldes et gardes passées : rosterplan next {opened.called} --refresh",
            en=f"The folder of the next quarter is there already ({shown(made)}). To take balances and past duties into it: rosterplan next {opened.called} --refresh",
        )
    return say(
        fr=f"Le trimestre suivant : rosterplan next {opened.called}",
        en=f"The next quarter: rosterplan next {opened.called}",
    )
