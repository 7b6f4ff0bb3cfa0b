"""What each doctor is asked: the duties he or she may hold, each with the short number people say on the phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rosterplan.domain.calendar.choices import DEFAULT_BANDS
from rosterplan.domain.calendar.holidays import TIMEZONES, Territory, holidays_between
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.work import Duty, Line, Sector
from rosterplan.messages import say
from rosterplan.rules.admission import admitted
from rosterplan.rules.base import Rule

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""No I, O or Q: on paper they are read as 1 and 0."""


@dataclass(frozen=True)
class Asked:
    """A doctor and the duties he or she may hold, by start then line; never empty."""

    doctor: Doctor
    duties: tuple[Duty, ...]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Ids of the lines of these duties, each once, in the order they are met."""
        return tuple(dict.fromkeys(duty.line for duty in self.duties))

    @cached_property
    def doctor_days(self) -> int:
        """On how many days the doctor may hold a duty [doctor-days]."""
        return len({duty.date for duty in self.duties})

    @cached_property
    def duty_ids(self) -> frozenset[str]:
        """Ids of these duties."""
        return frozenset(duty.id for duty in self.duties)


@dataclass(frozen=True)
class Questionnaire:
    """Everything the forms of one period are made from; ``holidays`` names the days off shown in the calendars."""

    instance: Instance
    asked: tuple[Asked, ...]
    codes: Mapping[str, str]
    holidays: Mapping[date, str] = field(default_factory=dict)
    reply_to: str = ""
    """Where answers are sent back: a mail address or a few words; empty = to the coordinator."""

    @cached_property
    def asked_of(self) -> dict[str, Asked]:
        """What each doctor who may hold something is asked, by doctor id."""
        return {asked.doctor.id: asked for asked in self.asked}

    @cached_property
    def duty_of_code(self) -> dict[str, str]:
        """Duty id of each number."""
        return {code: duty for duty, code in self.codes.items()}

    def line_letter(self, line: str) -> str:
        """The letter the numbers of a line begin with."""
        return line_letter([known.id for known in self.instance.lines].index(line))

    def line(self, duty: Duty) -> Line:
        """The line of a duty."""
        return self.instance.line_by_id[duty.line]


def questionnaire(
    instance: Instance,
    rules: Sequence[Rule],
    *,
    holidays: Mapping[date, str] | None = None,
    reply_to: str = "",
) -> Questionnaire:
    """What every doctor is asked for the period, whatever they have answered so far.

    Without ``holidays``, those of the law are shown, of the territory whose clock the instance follows.
    """
    shown = _statutory_days(instance) if holidays is None else holidays
    return Questionnaire(instance, _asked_doctors(instance, rules), duty_codes(instance), shown, reply_to)


def _statutory_days(instance: Instance) -> dict[date, str]:
    """The public holidays of the period by law; of metropolitan France where several territories share the clock."""
    fitting: list[Territory] = [place for place, zone in TIMEZONES.items() if zone == instance.timezone]
    territory = fitting[0] if fitting else "metropole"
    return holidays_between(instance.period.start, instance.period.end, territory)


def _asked_doctors(instance: Instance, rules: Sequence[Rule]) -> tuple[Asked, ...]:
    """Doctors who may hold at least one duty, in the order of the instance, with those duties."""
    open_duties: dict[str, list[Duty]] = {}
    for pairs in admitted(_before_answers(instance), rules):
        for row, doctor in enumerate(pairs.doctors):
            columns = pairs.mask[row].nonzero()[0]
            open_duties.setdefault(doctor.id, []).extend(pairs.duties[column] for column in columns)
    rank = {line.id: number for number, line in enumerate(instance.lines)}
    return tuple(
        Asked(
            doctor,
            tuple(sorted(open_duties[doctor.id], key=lambda duty: (duty.start_minute, rank[duty.line], duty.id))),
        )
        for doctor in instance.doctors
        if open_duties.get(doctor.id)
    )


def _before_answers(instance: Instance) -> Instance:
    """The same instance as if nobody had answered yet: a form asks again what was refused before."""
    return instance.changed(availability=(), answered=())


def duty_codes(instance: Instance) -> dict[str, str]:
    """A short number for each duty: the letter of its line and its rank there by start, « C41 ».

    The same for every doctor, so that a number typed beside the wrong name is noticed.
    """
    letters = {line.id: line_letter(number) for number, line in enumerate(instance.lines)}
    counts: dict[str, int] = {}
    codes: dict[str, str] = {}
    for duty in sorted(instance.duties, key=lambda duty: (duty.start_minute, duty.end_minute, duty.id)):
        counts[duty.line] = counts.get(duty.line, 0) + 1
        codes[duty.id] = f"{letters[duty.line]}{counts[duty.line]}"
    return codes


def line_letter(number: int) -> str:
    """A, B… Z, AA, AB… for 0, 1…"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters


def main_sector(instance: Instance, asked: Asked) -> Sector | None:
    """The sector whose coordinator sends the form: the first the doctor serves for a part, else the first of all."""
    known = {sector.id: sector for sector in instance.sectors}
    members = sorted(asked.doctor.sectors, key=lambda member: member.participation == 0)
    if members:
        return known[members[0].sector]
    of_lines = [instance.line_by_id[line].sector for line in asked.lines]
    return next((known[sector] for sector in of_lines if sector), None)


def concerned(instance: Instance, asked: Asked) -> dict[str, frozenset[str]]:
    """What a period or weekday may be limited to, in words, with the duty ids meant: all, one line, one band."""
    choices = {say(fr="toutes", en="all"): asked.duty_ids}
    if len(asked.lines) > 1:
        for line in asked.lines:
            ids = frozenset(duty.id for duty in asked.duties if duty.line == line)
            choices.setdefault(instance.line_by_id[line].name, ids)
    names = {band.id: band.name for band in DEFAULT_BANDS}
    bands = dict.fromkeys(duty.band for duty in asked.duties)
    for band in bands if len(bands) > 1 else ():
        ids = frozenset(duty.id for duty in asked.duties if duty.band == band)
        choices.setdefault(names.get(band, band), ids)
    return choices
