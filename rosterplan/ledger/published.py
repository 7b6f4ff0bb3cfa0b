"""What is published of a plan: its versions, the changes recorded since, and the roster in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.versions import Change, InForce, Misfit, Version, laid_over
from rosterplan.ledger import rosters
from rosterplan.ledger.errors import LedgerError, misfit_words
from rosterplan.ledger.reasons import without_health
from rosterplan.ledger.store import Ledger, open_ledger
from rosterplan.messages import say
from rosterplan.messages.words import long_date


def published_versions(path: Path, out: Path, plan: str) -> tuple[Version, ...]:
    """The versions of a plan, by number; none while nothing is published. Makes no ledger for nothing.

    Raises:
        LedgerError: the ledger or a version folder is damaged, or they disagree.
    """
    if _nothing(path, out):
        return ()
    with open_ledger(path) as ledger:
        rosters.take_in(ledger, out, plan)
        return rosters.versions(ledger, plan)


def version_roster(path: Path, out: Path, plan: str, number: int) -> tuple[Instance, Roster]:
    """The instance and the roster of one version.

    Raises:
        LedgerError: there is no such version, or as for ``published_versions``.
    """
    known = [version.number for version in published_versions(path, out, plan)]
    if number not in known:
        raise LedgerError(
            say(fr=f"Il n’y a pas de version {number} de {plan}.", en=f"There is no version {number} of {plan}.")
        )
    with open_ledger(path) as ledger:
        return rosters.instance(ledger, plan, number), rosters.roster(ledger, plan, number)


def roster_in_force(path: Path, out: Path, plan: str) -> InForce | None:
    """The last version of a plan with the later changes laid over it; None while nothing is published.

    Raises:
        LedgerError: as for ``published_versions``.
    """
    if _nothing(path, out):
        return None
    with open_ledger(path) as ledger:
        rosters.take_in(ledger, out, plan)
        return in_force(ledger, plan)


def in_force(ledger: Ledger, plan: str) -> InForce | None:
    """As ``roster_in_force``, of a ledger already open that has taken in its folders."""
    known = rosters.versions(ledger, plan)
    if not known:
        return None
    last = known[-1]
    published = rosters.roster(ledger, plan, last.number)
    later = tuple(change for change in changes_of(ledger, plan) if change.number > last.last_change)
    return InForce(
        version=last, instance=rosters.instance(ledger, plan, last.number), published=published, changes=later,
        roster=laid_over(published, later),
    )  # fmt: skip


def record_changes(path: Path, out: Path, plan: str, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Append the changes of one agreement, all or none; return them with their numbers.

    Words of health in ``why`` become « indisponible »: they are never stored. Both legality and consent are the
    caller's business; that each change fits the roster in force, and names doctors and duties of the plan, is ours.

    Raises:
        LedgerError: nothing is published, the plan is closed, or a change does not fit. Nothing was written.
    """
    with open_ledger(path) as ledger:
        rosters.take_in(ledger, out, plan)
        with ledger.writing() as database:
            now = in_force(ledger, plan)
            if now is None:
                raise LedgerError(say(fr=f"{plan} n’est pas encore publié : un changement se note sur un tableau publié (rosterplan publish).",
                                      en=f"{plan} is not published yet: a change is recorded on a published roster (rosterplan publish)."))  # fmt: skip
            refuse_closed(ledger, plan)
            _refuse_strangers(now.instance, changes)
            try:
                laid_over(now.roster, changes)
            except Misfit as misfit:
                raise LedgerError(misfit_words(misfit)) from None
            numbered = _numbered(ledger, plan, changes)
            database.executemany("INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                 [_row(plan, change) for change in numbered])  # fmt: skip
    return numbered


def closing_day(ledger: Ledger, plan: str) -> date | None:
    """The day a plan was closed; None while it is open."""
    row = ledger.connection.execute("SELECT at FROM closings WHERE plan = ?", (plan,)).fetchone()
    return datetime.fromisoformat(row[0]).date() if row else None


def refuse_closed(ledger: Ledger, plan: str) -> None:
    """Refuse what would change a closed plan, and tell who only bears its name the way out.

    Raises:
        LedgerError: the plan is closed.
    """
    day = closing_day(ledger, plan)
    if day is not None:
        raise LedgerError(say(fr=f"{plan} est clos depuis le {long_date(day)} : son tableau ne change plus.",
                              en=f"{plan} is closed since {long_date(day)}: its roster changes no more.")
                          + "\n" + another_name_words(ledger))  # fmt: skip


def refuse_change_of_closed(path: Path, plan: str) -> None:
    """Refuse at once, before anything is computed, what ``record_changes`` would refuse of a closed plan.

    Raises:
        LedgerError: the plan is closed.
    """
    if path.is_file():
        with open_ledger(path) as ledger:
            refuse_closed(ledger, plan)


def another_name_words(ledger: Ledger) -> str:
    """What to do where the folder at hand is another one that bears the same name: a copy, most often."""
    return say(fr=f"Le registre {ledger.path} reconnaît un planning à son nom. Si ce dossier en est un autre (une copie, par exemple), "
                  "changez le « Nom du planning » dans la feuille Plan de plan.xlsx, puis recalculez.",
               en=f"The ledger {ledger.path} knows a plan by its name. If this folder is another one (a copy, for instance), "
                  "change the “Nom du planning” in sheet Plan of plan.xlsx, then compute again.")  # fmt: skip


def recorded_changes(path: Path, plan: str) -> tuple[Change, ...]:
    """Every change ever recorded of a plan, oldest first; none where there is no ledger."""
    if not path.is_file():
        return ()
    with open_ledger(path) as ledger:
        return changes_of(ledger, plan)


def changes_of(ledger: Ledger, plan: str) -> tuple[Change, ...]:
    """Every change recorded of a plan, oldest first."""
    rows = ledger.connection.execute(
        "SELECT number, deal, kind, duty, titular, doctor, who, at, why FROM changes WHERE plan = ? ORDER BY number",
        (plan,),
    )
    names = ("number", "deal", "kind", "duty", "titular", "doctor", "who", "when", "why")
    return tuple(Change.model_validate(dict(zip(names, row, strict=True))) for row in rows)


def _nothing(path: Path, out: Path) -> bool:
    """True where neither a ledger nor a version exists: reading must not make one."""
    from rosterplan.ledger.folder import version_folders

    return not path.is_file() and not version_folders(out)


def _numbered(ledger: Ledger, plan: str, changes: Sequence[Change]) -> tuple[Change, ...]:
    last, deal = ledger.connection.execute(
        "SELECT coalesce(max(number), 0), coalesce(max(deal), 0) FROM changes WHERE plan = ?", (plan,)
    ).fetchone()
    return tuple(
        change.model_copy(update={"number": last + place, "deal": deal + 1, "why": without_health(change.why)})
        for place, change in enumerate(changes, 1)
    )


def _row(plan: str, change: Change) -> tuple[object, ...]:
    return (plan, change.number, change.deal, change.kind, change.duty, change.titular, change.doctor, change.who,
            change.when.isoformat(), change.why)  # fmt: skip


def _refuse_strangers(instance: Instance, changes: Sequence[Change]) -> None:
    """Refuse a change of a duty or a doctor the plan does not know."""
    for change in changes:
        doctors = {change.titular, change.doctor} - {None}
        unknown = sorted(name for name in doctors if name and name not in instance.doctor_by_id)
        if change.duty not in instance.duty_by_id:
            unknown.append(change.duty)
        if unknown:
            raise LedgerError(say(fr=f"{unknown[0]} n’est ni un médecin ni une garde du tableau publié.",
                                  en=f"{unknown[0]} is neither a doctor nor a duty of the published roster."))  # fmt: skip
