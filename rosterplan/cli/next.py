"""`next`: the folder of the following quarter, with doctors, lines, rules, history and balances carried over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rosterplan.cli.backplan import deadline_lines
from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.folders import Opened, open_folder, shown
from rosterplan.cli.ledgers import LedgerFile, ledger_path, refusing
from rosterplan.cli.options import Common, Folder
from rosterplan.cli.outputs import write_together
from rosterplan.cli.problems import counted, problem_words
from rosterplan.cli.voice import answer, tell
from rosterplan.domain.file_names import ANSWERS_FOLDER, PLAN_FILE
from rosterplan.messages import say
from rosterplan.messages.words import plural

if TYPE_CHECKING:
    from datetime import date

    from rosterplan.domain.fairness import Key
    from rosterplan.domain.instance import Balance, Instance, PastDuty, Period
    from rosterplan.domain.versions import Served
    from rosterplan.ledger import Ledger
    from rosterplan.sheets.plan.content import PlanContent

Following = Annotated[Path | None, typer.Argument(metavar="metavar.new_folder", help="argument.next")]

Refresh = Annotated[bool, typer.Option("--refresh", help="option.refresh")]

NEXT_SCHEMA = 1
BACKUP_FILE = "plan-avant-reprise.xlsx"


@dataclass(frozen=True)
class Carried:
    """What the ledger knows of a plan as the next one opens; ``state`` is closed, published or absent."""

    state: str
    duties: tuple[PastDuty, ...]
    balances: tuple[Balance, ...]


def next_(
    common: Common, folder: Folder = None, new: Following = None, refresh: Refresh = False, ledger: LedgerFile = None
) -> int:
    """Write the folder of the period that follows; of one that holds a plan already, its past alone, and if asked."""
    from rosterplan.sheets.plan.following import following, following_name, following_period
    from rosterplan.sheets.plan.write import plan_workbook

    opened = open_folder(common, folder)
    content = _content(opened)
    period = following_period(content.period)
    target = new if new is not None else following_folder(opened.path, content.id, period)
    if refresh:
        return _refreshed(common, opened, content, target, ledger_path(opened.path, ledger))
    if any(target.glob("plan.*")):
        raise Refused(say(fr=f"{target} contient déjà un plan. Pour y reprendre seulement soldes et gardes passées : rosterplan next {opened.called} --refresh. Pour un autre dossier : rosterplan next {opened.called} AUTRE.",
                          en=f"{target} holds a plan already. To take over balances and past duties alone: rosterplan next {opened.called} --refresh. For another folder: rosterplan next {opened.called} OTHER."))  # fmt: skip
    with refusing():
        carried = _carried(common, opened, content, ledger_path(opened.path, ledger))
    name = following_name(content.id, period)
    plan = following(content, name, period, carried.duties, carried.balances)
    readme = say(fr="Rangez ici les réponses des médecins, telles qu’elles arrivent : .xlsx, .ods ou .csv.\n",
                 en="Put the doctors’ answers here, as they come: .xlsx, .ods or .csv.\n")  # fmt: skip
    write_together(target, {PLAN_FILE: plan_workbook(plan), f"{ANSWERS_FOLDER}/LISEZMOI.txt": readme.encode()})
    if common.json:
        answer(_answer(target, plan, carried))
        return Exit.DONE
    _tell(common, target, plan, carried)
    return Exit.DONE


def _refreshed(common: Common, opened: Opened, content: PlanContent, target: Path, path: Path) -> int:
    """Write the past of the folder that follows anew, from the closing; the plan as it was is kept beside the reports."""
    from rosterplan.sheets.plan.refresh import with_history_sheet

    place = target / PLAN_FILE
    if not place.is_file():
        raise Refused(say(fr=f"{place} n’existe pas : créez d’abord le dossier (rosterplan next {opened.called}).",
                          en=f"There is no {place}: make the folder first (rosterplan next {opened.called})."))  # fmt: skip
    following = open_folder(common, target)
    there = _content(following)
    renewed = _with_past(there, opened, content.id, path)
    book = with_history_sheet(place, renewed)
    if book is None:
        raise Refused(say(fr=f"{place} n’a pas de feuille Historique.", en=f"{place} has no sheet Historique."))
    kept = write_together(following.out, {BACKUP_FILE: place.read_bytes()})[0]
    write_together(target, {PLAN_FILE: book})
    rows = [
        len(set(old) ^ set(new)) for old, new in ((there.balances, renewed.balances), (there.history, renewed.history))
    ]
    if common.json:
        answer({"schema": NEXT_SCHEMA, "folder": str(target), "balances_changed": rows[0], "history_changed": rows[1], "backup": str(kept)})  # fmt: skip
        return Exit.DONE
    tell(common, say(fr=f"La feuille Historique de {shown(place)} est reprise du registre ({len(renewed.balances)} soldes, {len(renewed.history)} gardes passées). Le reste n’a pas changé.",
                     en=f"Sheet Historique of {shown(place)} is taken from the ledger ({len(renewed.balances)} balances, {len(renewed.history)} past duties). Nothing else has changed."))  # fmt: skip
    tell(
        common,
        say(fr=f"Le classeur d’avant est gardé : {shown(kept)}", en=f"The workbook as it was is kept: {shown(kept)}"),
    )
    return Exit.DONE


def _with_past(there: PlanContent, opened: Opened, closed: str, path: Path) -> PlanContent:
    """Return the plan ``there`` with the balances and the past of the plan ``closed``, as the ledger at ``path`` has them."""
    from rosterplan.ledger import open_ledger
    from rosterplan.ledger.accounts import balances, known_groups, served_of
    from rosterplan.ledger.closing import is_closed
    from rosterplan.ledger.reckoning import balances_of
    from rosterplan.sheets.plan.refresh import with_past_again

    start = there.period.start
    if not path.is_file():
        raise Refused(say(fr=f"Il n’y a pas de registre {path}.", en=f"There is no ledger {path}."))
    with refusing(), open_ledger(path) as ledger:
        if not is_closed(ledger, closed):
            raise Refused(say(fr=f"{closed} n’est pas clos : ses soldes sont encore provisoires (rosterplan close {opened.called}).",
                              en=f"{closed} is not closed: its balances are still provisional (rosterplan close {opened.called})."))  # fmt: skip
        known, amounts = known_groups(ledger, start), balances_of(balances(ledger, start))
        planned, made_for = _planned(ledger, closed)
        served = _past(made_for, served_of(ledger, closed))
    return with_past_again(there, known, amounts, {(one.doctor, one.line, one.start) for one in planned}, served)


def _planned(ledger: Ledger, plan: str) -> tuple[tuple[PastDuty, ...], Instance]:
    """Every duty that some version, or a change, ever gave to somebody; and the instance of the last version."""
    from rosterplan.domain.versions import Served, serving
    from rosterplan.ledger import rosters
    from rosterplan.ledger.published import changes_of, in_force

    now = in_force(ledger, plan)
    assert now is not None  # it is closed
    pairs = {(one.duty, who) for version in rosters.versions(ledger, plan) for one in rosters.roster(ledger, plan, version.number).assignments for who in (one.doctor, serving(one))}  # fmt: skip
    pairs |= {(one.duty, one.doctor) for one in changes_of(ledger, plan) if one.doctor}
    known = [pair for pair in sorted(pairs) if pair[0] in now.instance.duty_by_id]
    every = tuple(Served(duty=duty, listed=who, doctor=who, credited=who) for duty, who in known)
    return _past(now.instance, every), now.instance


def _content(opened: Opened) -> PlanContent:
    """Return the plan of a folder; an instance.json has none, a faulty one is refused with its errors."""
    reading = opened.reading.plan
    if reading is None:
        raise Refused(say(fr="Le trimestre suivant part d’un dossier avec plan.xlsx, non d’un instance.json.",
                          en="The next quarter starts from a folder with plan.xlsx, not from an instance.json."))  # fmt: skip
    errors = [problem for problem in opened.plan_problems if problem.severity == "erreur"]
    if reading.content is None or errors:
        after = say(fr=f"Rien n’a été fait : {counted(errors)} à corriger dans {PLAN_FILE}.", en=f"Nothing was done: {counted(errors)} to mend in {PLAN_FILE}.")  # fmt: skip
        raise Refused("\n".join([*(problem_words(problem) for problem in errors), "", after]), Exit.INPUT)
    return reading.content


def following_folder(folder: Path, plan: str, period: Period) -> Path:
    """Return the folder beside, named after the period that follows; by the plan where the folder names no quarter."""
    from rosterplan.sheets.plan.following import following_name, names_a_quarter

    name = folder.resolve().name
    beside = folder.parent if folder.name else Path("..")
    return beside / following_name(name if names_a_quarter(name) or not names_a_quarter(plan) else plan, period)


def _carried(common: Common, opened: Opened, content: PlanContent, path: Path) -> Carried:
    """Return duties and balances: exact once the plan is closed, as they stand while it is only published."""
    from rosterplan.domain.versions import served_as_planned
    from rosterplan.ledger import open_ledger, published_versions
    from rosterplan.ledger.accounts import balances, served_of
    from rosterplan.ledger.closing import is_closed, reckoned
    from rosterplan.ledger.published import in_force
    from rosterplan.ledger.reckoning import balances_of
    from rosterplan.sheets.plan.following import following_period

    start = following_period(content.period).start
    if not published_versions(path, opened.out, content.id):
        known = balances_of(_known(path, start)) if path.is_file() else ()
        groups = {row.group for row in known}
        return Carried("absent", (), (*known, *(row for row in content.balances if row.group not in groups)))
    with open_ledger(path) as ledger:
        now = in_force(ledger, content.id)
        assert now is not None
        if is_closed(ledger, content.id):
            served = served_of(ledger, content.id)
            return Carried("clos", _past(now.instance, served), balances_of(balances(ledger, start)))
        served = served_as_planned(now.roster)
        reckoning, _ = reckoned(ledger, now, served, seed=common.seed)
        return Carried("publie", _past(now.instance, served), balances_of(reckoning.closing))


def _known(path: Path, start: date) -> dict[Key, int]:
    from rosterplan.ledger import open_ledger
    from rosterplan.ledger.accounts import balances

    with open_ledger(path) as ledger:
        return balances(ledger, start)


def _past(instance: Instance, served: tuple[Served, ...]) -> tuple[PastDuty, ...]:
    """Return what was served as the history of the next plan."""
    from zoneinfo import ZoneInfo

    from rosterplan.domain.instance import PastDuty

    zone = ZoneInfo(instance.timezone)
    found = []
    for one in served:
        duty = instance.duty_by_id[one.duty]
        found.append(PastDuty(
            doctor=one.doctor, line=duty.line, start=duty.start.astimezone(zone), end=duty.end.astimezone(zone),
            band=duty.band, points=duty.points, site=duty.site or instance.line_by_id[duty.line].site, feast=duty.feast,
        ))  # fmt: skip
    return tuple(found)


def _answer(target: Path, plan: PlanContent, carried: Carried) -> dict[str, object]:
    period = plan.period
    return {
        "schema": NEXT_SCHEMA, "folder": str(target), "instance": plan.id, "balances_from": carried.state,
        "period": {"start": period.start.isoformat(), "end": period.end.isoformat()},
        "doctors": len(plan.doctors), "history": len(plan.history), "balances": len(plan.balances),
    }  # fmt: skip


def _tell(common: Common, target: Path, plan: PlanContent, carried: Carried) -> None:
    from rosterplan.report.trade import period_word

    people = plural(len(plan.doctors), say(fr="médecin", en="doctor"))
    duties = plural(
        len(plan.history), say(fr="garde passée", en="past duty"), say(fr="gardes passées", en="past duties")
    )
    rows = plural(len(plan.balances), say(fr="solde", en="balance"))
    tell(common, say(fr=f"Dossier créé : {shown(target)}, {period_word(plan.period)} ({people}, {duties}, {rows}).",
                     en=f"Folder created: {shown(target)}, {period_word(plan.period)} ({people}, {duties}, {rows})."))  # fmt: skip
    tell(common, {
        "clos": say(fr="Les soldes sont ceux du registre, à la clôture.", en="The balances are those of the ledger, at closing."),
        "publie": say(fr="Le trimestre qui précède n’est pas clos : les soldes sont ceux du tableau en vigueur, provisoires. La clôture fera foi : après elle, rosterplan next --refresh les reprendra.",
                      en="The quarter before is not closed: the balances are those of the roster in force, for now. The closing will hold: after it, rosterplan next --refresh takes them again."),
        "absent": say(fr="Le trimestre qui précède n’est pas publié : ses gardes ne sont pas reprises, les soldes sont ceux d’avant.",
                      en="The quarter before is not published: its duties are not carried over, the balances are those before it."),
    }[carried.state])  # fmt: skip
    tell(common, say(fr=f"À vérifier dans {shown(target / PLAN_FILE)} : arrivées et départs, absences, jours particuliers, fermetures.",
                     en=f"To check in {shown(target / PLAN_FILE)}: arrivals and departures, absences, special days, closures."))  # fmt: skip
    tell(common, f"rosterplan forms {shown(target)}")
    tell(common)
    tell(common, say(fr="Échéances :", en="Deadlines:"))
    for line in deadline_lines(plan.period, common.today, plan.kinds):
        tell(common, f"  {line}")
