"""What is about to be published: the next state, the roster, and every reason to refuse in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rosterplan.cli.exits import Refused
from rosterplan.cli.folders import Plannable, shown
from rosterplan.cli.rosters import Found, roster_of
from rosterplan.cli.weekly import others_kept, state_of_week, week_asked
from rosterplan.messages import say
from rosterplan.messages.words import plural, unaccented

if TYPE_CHECKING:
    from datetime import date

    from rosterplan.cli.options import Common
    from rosterplan.domain.findings import AuditReport
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.result import Result
    from rosterplan.domain.roster import Roster
    from rosterplan.domain.versions import Change, InForce, State, Version
    from rosterplan.report.publication.edition import Earlier

STATE_NAMES: Final[dict[str, State]] = {
    "projet": "projet", "draft": "projet", "cdom": "cdom", "transmis": "cdom", "transmis au cdom": "cdom",
    "transmis a la direction": "cdom", "direction": "cdom", "transmis au secretariat": "cdom", "sent": "cdom",
    "definitif": "definitif", "definitive": "definitif", "modifie": "modifie", "modified": "modifie",
}  # fmt: skip

_NEXT: Final[dict[State | None, tuple[State, ...]]] = {
    None: ("projet",),
    "projet": ("cdom", "projet"),
    "cdom": ("definitif", "cdom"),
    "definitif": ("modifie",),
    "modifie": ("modifie",),
}
"""After each state the next one, and those that may be published again."""


@dataclass(frozen=True)
class Publishable:
    """A version about to be written; ``remarks`` are sentences the person must read."""

    state: State
    rank: int
    number: int
    previous_sha256: str | None
    instance: Instance
    instance_json: bytes
    input_sha256: str
    roster: Roster
    result: Result
    audit: AuditReport
    earlier: Sequence[Earlier]
    changes: Sequence[Change]
    last_change: int
    remarks: tuple[str, ...] = ()
    week: date | None = None
    versions: Sequence[Version] = ()


def state_asked(typed: str | None) -> State | None:
    """Return the state typed, in French or English, with or without accents."""
    if typed is None:
        return None
    found = STATE_NAMES.get(unaccented(typed.strip()))
    if found is None:
        raise Refused(say(fr=f"« {typed} » n’est pas un état : choisissez projet, transmis (ou cdom), definitif ou modifie.",
                          en=f"“{typed}” is no state: choose projet, transmis (or cdom), definitif or modifie."))  # fmt: skip
    return found


def publishable(
    common: Common, plan: Plannable, ledger: Path, asked: State | None, roster: str | None, week: str | None = None
) -> Publishable:
    """Return what is to be published next; refused out of order, once closed, or where the inputs have changed.

    ``week``: one week of an agenda alone; the weeks published before stay as they are in force.
    """
    from rosterplan.audit import audit
    from rosterplan.ledger import published_versions, recorded_changes, refuse_change_of_closed
    from rosterplan.ledger.folder import manifest_of, sha256
    from rosterplan.sheets.instance_json import instance_json

    name = plan.instance.id
    versions = published_versions(ledger, plan.out, name)
    if versions:
        _refuse_another_folder(plan, ledger, versions)
        refuse_change_of_closed(ledger, name)
    monday = week_asked(week, plan.instance, versions)
    state, rank = _state_and_rank(versions, asked, plan.instance.kinds, monday)
    found = roster_of(plan.instance, plan.out, roster, seed=common.seed)
    _refuse_changed_inputs(plan, found)
    now, earlier = _before(ledger, name, versions)
    held, laid, remarks = _with_changes(found.roster, now)
    if monday is not None:
        held, kept = others_kept(plan.instance, held, now.roster if now else None, monday, versions)
        remarks = (*remarks, *kept)
    elif state == "modifie":
        _refuse_no_change(held, now)
    frozen = _frozen(found, held)
    content = instance_json(frozen)
    report = audit(frozen, plan.rules, held)
    changes = recorded_changes(ledger, name)
    return Publishable(
        state=state, rank=rank,
        number=len(versions) + 1, previous_sha256=sha256(manifest_of(versions[-1])) if versions else None,
        instance=frozen, instance_json=content, input_sha256=sha256(content), roster=held,
        result=_result(common, found, held, report), audit=report, earlier=earlier, changes=laid,
        last_change=changes[-1].number if changes else 0, remarks=remarks,
        week=monday, versions=versions,
    )  # fmt: skip


def _refuse_no_change(held: Roster, now: InForce | None) -> None:
    """Refuse to publish as changed a roster whose duties are held as the version in force has them."""
    from rosterplan.domain.versions import same_holders

    if now is not None and same_holders(held, now.published):
        raise Refused(say(fr="Rien n’a changé depuis la version définitive : il n’y a rien à publier.",
                          en="Nothing has changed since the last version: there is nothing to publish."))  # fmt: skip


def _before(ledger: Path, name: str, versions: Sequence[Version]) -> tuple[InForce | None, list[Earlier]]:
    """Return what is in force, None before the first version, and the versions published."""
    from rosterplan.ledger import open_ledger, rosters
    from rosterplan.ledger.published import in_force
    from rosterplan.report.publication.edition import Earlier

    if not versions:
        return None, []
    with open_ledger(ledger) as opened:
        return in_force(opened, name), [
            Earlier(one.number, one.state, rosters.instance(opened, name, one.number), rosters.roster(opened, name, one.number))
            for one in versions
        ]  # fmt: skip


def _state_and_rank(
    versions: Sequence[Version], asked: State | None, kinds: Sequence[str], monday: date | None
) -> tuple[State, int]:
    """Return the state to publish, of the roster or of a week of it, and which change it is: 0 for the other states."""
    if monday is None:
        state, rank = _state(versions, asked, kinds), sum(one.state == "modifie" for one in versions) + 1
    else:
        state, rank = state_of_week(monday, versions)
    return state, rank if state == "modifie" else 0


def _state(versions: Sequence[Version], asked: State | None, kinds: Sequence[str]) -> State:
    last = versions[-1].state if versions else None
    allowed = _NEXT[last]
    if asked is None:
        return allowed[0]
    if asked not in allowed:
        from rosterplan.report.publication.edition import state_word

        before = say(fr="Rien n’est encore publié", en="Nothing is published yet")
        if versions:
            label = state_word(versions[-1].state, versions[-1].rank, kinds)
            before = say(fr=f"La dernière version est « {label} »", en=f"The last version is “{label}”")
        wanted = state_word(asked, 1, kinds).removesuffix(" 1")
        after = "transmis" if allowed[0] == "cdom" else allowed[0]
        raise Refused(say(fr=f"{before} : « {wanted} » n’est pas l’état suivant. L’état suivant : --state {after}.",
                          en=f"{before}: “{wanted}” is not the next state. The next state: --state {after}."))  # fmt: skip
    return asked


def _refuse_another_folder(plan: Plannable, ledger: Path, versions: Sequence[Version]) -> None:
    """Refuse to publish on top of versions that are not of this folder: a copy bears the name of its original."""
    from rosterplan.ledger.folder import VERSIONS_FOLDER

    place = plan.out / VERSIONS_FOLDER
    if place.is_dir():
        return
    name, count = plan.instance.id, plural(len(versions), "version")
    raise Refused(say(fr=f"Le registre {ledger} tient déjà {count} de {name}, mais aucune n’est dans {shown(place)}.\n"
                         "– Si ce dossier est un autre planning (une copie, par exemple), changez le « Nom du planning » dans la feuille Plan de plan.xlsx, puis recalculez.\n"
                         f"– Si c’est bien lui, donnez avec --out le dossier qui contient {VERSIONS_FOLDER}/, ou remettez ce dossier à sa place ; s’il est perdu, créez-le vide.",
                      en=f"The ledger {ledger} holds {count} of {name} already, but none is in {shown(place)}.\n"
                         "– If this folder is another plan (a copy, for instance), change the “Nom du planning” in sheet Plan of plan.xlsx, then compute again.\n"
                         f"– If it is the same, give with --out the folder that holds {VERSIONS_FOLDER}/, or put it back; if it is lost, make it empty."))  # fmt: skip


def _refuse_changed_inputs(plan: Plannable, found: Found) -> None:
    """Refuse a roster that was not made from today's files; decisions by hand since are no change of the files."""
    from rosterplan.sheets.instance_json import input_sha256

    if found.input_sha256 in ("", input_sha256(plan.instance)) or _made_from_these_files(plan, found.input_sha256):
        return
    raise Refused(say(fr=f"Les fichiers du dossier ont changé depuis que {shown(found.path)} a été calculé. Recalculez (rosterplan solve {plan.opened.called}), puis publiez.",
                      en=f"The files of the folder have changed since {shown(found.path)} was computed. Compute again (rosterplan solve {plan.opened.called}), then publish."))  # fmt: skip


def _made_from_these_files(plan: Plannable, sha256: str) -> bool:
    """True if the journal says that the roster of this hash was computed from the files as they are now."""
    from rosterplan.cli.solve import sources_of
    from rosterplan.domain.file_names import JOURNAL_FILE

    try:
        entries = [json.loads(line) for line in (plan.out / JOURNAL_FILE).read_text("utf-8").splitlines()]
    except (OSError, ValueError):
        return False
    started = [entry for entry in entries if isinstance(entry, dict) and entry.get("event") == "started"]
    return any(
        one.get("input_sha256") == sha256 and one.get("files") == dict(sources_of(plan.opened)) for one in started
    )


def _with_changes(found: Roster, now: InForce | None) -> tuple[Roster, tuple[Change, ...], tuple[str, ...]]:
    """Return the roster with the changes recorded since the last version; those it has outgrown are said.

    A roster computed or corrected anew carries the changes that still fit it; one that is the last version, or the
    roster in force itself, is the roster in force.
    """
    from rosterplan.domain.versions import Misfit, laid_over, same_holders

    if now is None:
        return found, (), ()
    if same_holders(found, now.published) or same_holders(found, now.roster):
        return now.roster, now.changes, ()
    held, laid, dropped = found, [], []
    carried = {(one.duty, one.doctor): one for one in now.published.assignments if one.replaced_by}
    again = tuple(
        carried.get((one.duty, one.doctor), one) if one.replaced_by is None else one for one in held.assignments
    )
    held = held.model_copy(update={"assignments": again})
    for change in now.changes:
        try:
            held = laid_over(held, [change])
            laid.append(change)
        except Misfit:
            dropped.append(change)
    words = tuple(
        say(fr=f"Le changement n° {one.number} (garde {one.duty}) ne s’applique plus : ce tableau en a décidé autrement.",
            en=f"Change {one.number} (duty {one.duty}) no longer applies: this roster decided otherwise.")
        for one in dropped
    )  # fmt: skip
    return held, tuple(laid), words


def _frozen(found: Found, held: Roster) -> Instance:
    """Return the instance with a lock for each cell the roster says a person decided."""
    from rosterplan.domain.instance import Lock

    known = {(lock.duty, lock.doctor) for lock in found.instance.locks}
    more = [
        Lock(duty=one.duty, doctor=one.doctor)
        for one in held.assignments
        if one.locked and (one.duty, one.doctor) not in known
    ]
    return found.instance.changed(locks=(*found.instance.locks, *more)) if more else found.instance


def _result(common: Common, found: Found, held: Roster, report: AuditReport) -> Result:
    """Return what was claimed of the roster as computed; of one changed since, the values alone: no bound is kept."""
    from rosterplan.domain.result import STAGES, Result, StageResult
    from rosterplan.domain.versions import same_holders
    from rosterplan.report.roster_json import read_roster_document, result_of_document

    if found.path.suffix.casefold() == ".json" and same_holders(found.roster, held):
        document = read_roster_document(found.path.read_bytes())
        claimed = result_of_document(document)
        if all(one.value == report.value(one.name) for one in claimed.stages):
            return claimed
    values = tuple(StageResult(name=name, value=report.value(name)) for name in STAGES)
    return Result(status="feasible", seed=common.seed, effort=1, stages=values)
