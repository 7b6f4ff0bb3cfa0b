"""`roster.json`: the roster for programs, the same bytes for the same roster, and read back."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pydantic import ValidationError

import rosterplan
from rosterplan.domain.findings import AuditReport, Problem
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Level, Result, StageResult
from rosterplan.domain.roster import Assignment, Due, Roster
from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.report.holes import Hole, holes_of
from rosterplan.report.places import place_of
from rosterplan.report.plain_json import Json, plain_json
from rosterplan.report.roster_document import ROSTER_SCHEMA, RosterDocument


class UnreadableRoster(ValueError):
    """A file that is no `roster.json` of ours; ``problems`` says why, for people."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.found for problem in problems))
        self.problems = problems


def roster_json(
    instance: Instance, roster: Roster, result: Result, audit: AuditReport, *, version: int = 0, input_sha256: str
) -> bytes:
    """The bytes of `roster.json`; times are wall-clock of the instance's zone with their offset."""
    zone = ZoneInfo(instance.timezone)
    return plain_json(
        {
            "schema": ROSTER_SCHEMA,
            "instance": instance.id,
            "input_sha256": input_sha256,
            "rosterplan": rosterplan.__version__,
            "seed": result.seed,
            "effort": result.effort,
            "version": version,
            "status": result.status,
            "assignments": [_assignment(instance, held, zone) for held in in_order(instance, roster.assignments)],
            "holes": [_hole(hole, zone) for hole in holes_of(instance, roster, result, audit)],
            "dues": [due.model_dump(mode="json") for due in sorted(roster.dues, key=_due_order)],
            "stages": [_stage(stage) for stage in result.stages],
            **({"rest_kept": True} if result.rest_kept else {}),
        }
    )


def read_roster_json(data: bytes) -> Roster:
    """The roster a `roster.json` holds: assignments and dues.

    Raises:
        UnreadableRoster: not our contract; every fault is in ``problems``.
    """
    document = read_roster_document(data)
    held = (
        Assignment(duty=at.duty, doctor=at.doctor, locked=at.locked, replaced_by=at.replaced_by, kind=at.kind)
        for at in document.assignments
    )
    return Roster(assignments=tuple(held), dues=document.dues)


def read_roster_document(data: bytes) -> RosterDocument:
    """The whole content of a `roster.json`, status and stages included.

    Raises:
        UnreadableRoster: not our contract; every fault is in ``problems``.
    """
    try:
        return RosterDocument.model_validate_json(data)
    except ValidationError as error:
        raise UnreadableRoster(tuple(_problem(fault["loc"], fault["type"]) for fault in error.errors())) from None


def result_of_document(document: RosterDocument) -> Result:
    """What the file claims of its own roster: status, stages with their bounds and levels, holes proven one by one."""
    stages = tuple(
        StageResult(
            name=one.name, value=one.value, bound=one.bound, proven=one.proven, best=one.best,
            levels=tuple(Level(**level.model_dump()) for level in one.levels or ()),
        )
        for one in document.stages
    )  # fmt: skip
    return Result(
        status=document.status, seed=document.seed, effort=document.effort, stages=stages,
        proven_holes=tuple(hole.duty for hole in document.holes if hole.proven), rest_kept=document.rest_kept,
    )  # fmt: skip


def in_order(instance: Instance, assignments: tuple[Assignment, ...]) -> list[Assignment]:
    """Assignments by start, line, duty and doctor: the order of every output."""

    def order(held: Assignment) -> tuple[int, str, str, str]:
        duty = instance.duty_by_id[held.duty]
        return duty.start_minute, duty.line, duty.id, held.doctor

    return sorted(assignments, key=order)


def _due_order(due: Due) -> tuple[str, str, str]:
    return due.doctor, due.group, due.band


def _assignment(instance: Instance, held: Assignment, zone: ZoneInfo) -> Json:
    duty: Duty = instance.duty_by_id[held.duty]
    return {
        "duty": duty.id,
        "line": duty.line,
        "start": duty.start.astimezone(zone).isoformat(timespec="minutes"),
        "end": duty.end.astimezone(zone).isoformat(timespec="minutes"),
        "band": duty.band,
        "points": duty.points,
        "doctor": held.doctor,
        "place": place_of(instance, duty, instance.doctor_by_id.get(held.doctor)),
        "modality": duty.modality,
        "locked": held.locked,
        "replaced_by": held.replaced_by,
        "kind": held.kind,
    }


def _hole(hole: Hole, zone: ZoneInfo) -> Json:
    return {
        "duty": hole.of.id,
        "line": hole.of.line,
        "start": hole.of.start.astimezone(zone).isoformat(timespec="minutes"),
        "end": hole.of.end.astimezone(zone).isoformat(timespec="minutes"),
        "missing": hole.missing,
        "priority": hole.priority,
        "proven": hole.proven,
        **({"one_of": hole.one_of} if hole.one_of else {}),
    }


def _stage(stage: StageResult) -> Json:
    """A stage as the contract has it: no bound is null and not proven, whatever was claimed."""
    entry: Json = {
        "name": stage.name,
        "value": stage.value,
        "bound": stage.bound,
        "proven": stage.proven and stage.bound is not None,
    }
    if stage.name == "fairness":
        entry["best"] = stage.value if stage.best is None else stage.best
    if stage.name == "coverage":
        highest_first = sorted(stage.levels, key=lambda level: -level.priority)
        entry["levels"] = [level.model_dump(mode="json") for level in highest_first]
    return entry


def _problem(where: tuple[int | str, ...], fault: str) -> Problem:
    return Problem(
        severity="erreur",
        code="roster-json",
        file="roster.json",
        cell=".".join(str(part) for part in where),
        found=_found(fault),
        wanted=say(
            fr=f"un fichier roster.json écrit par rosterplan (schéma {ROSTER_SCHEMA})",
            en=f"a roster.json written by rosterplan (schema {ROSTER_SCHEMA})",
        ),
        remedy=say(
            fr="Redonnez le fichier écrit par « calculer », sans le modifier ; pour corriger à la main, servez-vous de tableau.xlsx.",
            en="Give the file written by `solve`, unchanged; to correct by hand, use tableau.xlsx.",
        ),
    )


def _found(fault: str) -> str:
    """What is wrong at a place, from the kind of fault of the validation."""
    return {
        "json_invalid": say(
            fr="un fichier vide, tronqué, ou qui n’est pas du JSON", en="a file empty, cut, or not JSON"
        ),
        "missing": say(fr="une donnée absente", en="a missing value"),
        "extra_forbidden": say(fr="une donnée inconnue", en="an unknown value"),
        "literal_error": say(fr="une valeur non prévue", en="a value that is not foreseen"),
    }.get(fault, say(fr="une valeur illisible", en="an unreadable value"))
