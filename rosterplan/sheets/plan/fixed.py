"""Rows of the sheet `Affectations imposées`, both ways; an assignment that cannot be held is said at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from rosterplan.domain.findings import Problem, Severity
from rosterplan.domain.instance import FixedAssignment
from rosterplan.domain.people import Doctor
from rosterplan.domain.work import Duty, Line
from rosterplan.messages import say
from rosterplan.messages.words import hours, listed, long_date, plural
from rosterplan.sheets.cells.dates import read_date
from rosterplan.sheets.cells.hours import read_hour
from rosterplan.sheets.cells.names import Names
from rosterplan.sheets.cells.tables import Record
from rosterplan.sheets.cells.text import clipped
from rosterplan.sheets.cells.values import read_text
from rosterplan.sheets.plan.opening_hours import hour_in_words
from rosterplan.sheets.plan.people import Cells, Known


@dataclass(frozen=True)
class Duties:
    """The duties of the plan, found by line, date and hour."""

    every: tuple[Duty, ...]

    @cached_property
    def by_id(self) -> dict[str, Duty]:
        """Duties by id."""
        return {duty.id: duty for duty in self.every}

    def on(self, line: str, day: date, start: int | None) -> list[Duty]:
        """The duties of a line that begin that day, at that hour [minutes] if given."""
        return [
            duty
            for duty in self.every
            if duty.line == line and duty.date == day and start in (None, duty.start.hour * 60 + duty.start.minute)
        ]


def read_fixed(
    record: Record, known: Known, doctors: Names, duties: Duties, problems: list[Problem]
) -> FixedAssignment | None:
    """The duty a row gives to a doctor: by line, date and hour, or by the id of the duty."""
    before = len(problems)
    doctor = record.read("doctor", doctors.find, problems, required=True)
    if identifier := record.read("duty", read_text, problems):
        if identifier not in duties.by_id:
            problems.append(record.place("duty", _unknown_duty(identifier)))
    else:
        identifier = _by_line_and_date(record, known, duties, problems)
    if len(problems) > before or not identifier or not doctor:
        return None
    return FixedAssignment(doctor=doctor, duty=identifier)


def _by_line_and_date(record: Record, known: Known, duties: Duties, problems: list[Problem]) -> str | None:
    line = record.read("line", known.lines.find, problems, required=True)
    read_day = partial(read_date, period=known.period, date1904=record.sheet.date1904)
    day = record.read("date", read_day, problems, required=True)
    start = record.read("start", read_hour, problems)
    if line is None or day is None:
        return None
    found = duties.on(line, day, start)
    if len(found) == 1:
        return found[0].id
    problems.append(
        record.place("start" if found else "date", _not_one_duty(line, day, found, duties.on(line, day, None)))
    )
    return None


def _not_one_duty(line: str, day: date, found: Sequence[Duty], that_day: Sequence[Duty]) -> Problem:
    shown = listed([hours(duty.start, duty.end) for duty in that_day])
    return Problem(
        severity="erreur",
        code="fixed-duty-in-doubt" if found else "fixed-duty-unknown",
        found=f"{line}, {long_date(day)}",
        wanted=say(fr="une garde de cette ligne, ce jour-là", en="a duty of this line, that day"),
        remedy=say(fr=f"Ce jour-là : {shown}. Précisez le début.", en=f"That day: {shown}. Give the start.")
        if that_day
        else say(
            fr="La ligne n’a pas de garde ce jour-là : corrigez la date, ou les horaires.",
            en="The line has no duty that day: correct the date or the hours.",
        ),
    )


def _unknown_duty(identifier: str) -> Problem:
    return Problem(
        severity="erreur",
        code="fixed-duty-unknown",
        found=f"« {clipped(identifier)} »",
        wanted=say(fr="l’identifiant d’une garde de la période", en="the id of a duty of the period"),
        remedy=say(
            fr="Donnez plutôt la ligne, la date et le début.", en="Rather give the line, the date and the start."
        ),
    )


def fixed_cells(fixed: FixedAssignment, duties: Duties) -> Cells:
    """The row of a fixed assignment, in the words people use."""
    duty = duties.by_id.get(fixed.duty)
    if duty is None:
        return {"doctor": fixed.doctor, "duty": fixed.duty}
    start = hour_in_words(duty.start.hour * 60 + duty.start.minute)
    same_start = len(duties.on(duty.line, duty.date, duty.start.hour * 60 + duty.start.minute)) > 1
    return {
        "doctor": fixed.doctor,
        "line": duty.line,
        "date": duty.date,
        "start": start,
        "duty": duty.id if same_start else None,
    }


def impossible_fixed(
    read: Sequence[tuple[Record, FixedAssignment]], doctors: Sequence[Doctor], lines: Sequence[Line], duties: Duties
) -> list[Problem]:
    """A problem for each fixed assignment nobody could hold (`erreur`), or that what is known of the doctor forbids."""
    doctor_of = {doctor.id: doctor for doctor in doctors}
    line_of = {line.id: line for line in lines}
    problems: list[Problem] = []
    earlier: dict[str, list[tuple[Record, Duty]]] = {}
    given: dict[str, int] = {}
    for record, fixed in read:
        doctor, duty = doctor_of[fixed.doctor], duties.by_id[fixed.duty]
        given[duty.id] = given.get(duty.id, 0) + 1
        if given[duty.id] > duty.need_max:
            problems.append(record.place("doctor", _impossible("erreur", doctor, duty, _too_many(duty))))
        for other_record, other in earlier.setdefault(doctor.id, []):
            if other.start_minute < duty.end_minute and duty.start_minute < other.end_minute:
                problems.append(
                    record.place("doctor", _impossible("erreur", doctor, duty, _held_already(other_record)))
                )
        earlier[doctor.id].append((record, duty))
        problems += [
            record.place("doctor", _impossible("avertissement", doctor, duty, reason))
            for reason in _against(doctor, line_of[duty.line], duty)
        ]
    return problems


def _against(doctor: Doctor, line: Line, duty: Duty) -> list[str]:
    """What is known of the doctor that speaks against this duty; a person decided it all the same."""
    reasons = {
        say(fr="ce médecin n’est pas volontaire", en="this doctor is not a volunteer"): not doctor.volunteer,
        say(fr="ce médecin n’est pas sur la liste ce jour-là", en="this doctor is not on the list that day"): not doctor.present(duty.date),
        say(fr="ce médecin est exempté ce jour-là", en="this doctor is exempt that day"): doctor.exempt(duty.band, duty.date),
        say(fr=f"la ligne {line.id} n’est pas l’une des siennes", en=f"line {line.id} is not one of his or hers"): line.id not in doctor.lines
        and line.sector not in {member.sector for member in doctor.sectors},
        say(fr="ce médecin refuse ce lieu", en="this doctor refuses this place"): duty.site in doctor.refused_sites,
        say(fr="cette modalité n’est pas la sienne", en="this modality is not his or hers"): duty.modality not in doctor.modalities,
        say(fr="il lui manque une compétence", en="a skill is missing"): not set(line.skills) <= set(doctor.skills),
        say(fr="ce n’est pas le tour de son établissement", en="it is not the turn of that house"): bool(duty.establishments)
        and doctor.establishment not in duty.establishments,
    }  # fmt: skip
    return [reason for reason, holds in reasons.items() if holds]


def _too_many(duty: Duty) -> str:
    return say(
        fr=f"cette garde n’a que {plural(duty.need_max, 'place')}",
        en=f"this duty has only {plural(duty.need_max, 'place')}",
    )


def _held_already(record: Record) -> str:
    return say(
        fr=f"la ligne {record.row + 1} lui donne déjà une garde à la même heure",
        en=f"row {record.row + 1} already gives a duty at the same time",
    )


def _impossible(severity: Severity, doctor: Doctor, duty: Duty, reason: str) -> Problem:
    return Problem(
        severity=severity,
        code="fixed-impossible" if severity == "erreur" else "fixed-odd",
        found=f"{doctor.name}, {long_date(duty.date)}, {hours(duty.start, duty.end)}",
        wanted=say(fr="une garde que ce médecin peut tenir", en="a duty this doctor may hold"),
        remedy=say(fr=f"Vérifiez : {reason}.", en=f"Check: {reason}."),
    )
