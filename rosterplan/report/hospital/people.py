"""What each hospital doctor holds, counted as hospitals count: duties, half-days, hours, forfaits, and the 48 hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rosterplan.domain.people import Doctor
from rosterplan.domain.rates import rate_of
from rosterplan.domain.work import Duty
from rosterplan.domain.worktime import half_days, service_in, windows_of
from rosterplan.messages import say
from rosterplan.messages.words import decimal, long_date
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.trade import status_word
from rosterplan.rules.average_hours import AverageHours

FREE = ("liberal", "remplacant", "retraite")
"""Statuses paid by forfait on their own monthly list, not through the hospital's statement."""


def status_name(status: str) -> str:
    """« libéral », where a PDSA says « installé »; the other statuses as everywhere."""
    return say(fr="libéral", en="private practice") if status == "liberal" else status_word(status)


@dataclass(frozen=True)
class Counted:
    """What some duties of one doctor count."""

    gardes: int
    astreintes: int
    half_days: int
    hours: float
    cents: int
    unpaid: int  # duties no rate is known for
    by_band: Counter[str]

    @property
    def duties(self) -> int:
        """All of them."""
        return self.gardes + self.astreintes


def counted(facts: Facts, doctor: Doctor, seats: Sequence[Seat]) -> Counted:
    """What these positions of a doctor count; half-days and hours are those of gardes, an astreinte counts its call-outs."""
    on_site = [seat.duty for seat in seats if seat.duty.modality != "astreinte"]
    paid = [paid_for(facts, seat.duty, doctor) for seat in seats]
    return Counted(
        gardes=len(on_site),
        astreintes=len(seats) - len(on_site),
        half_days=sum(half_days(duty) for duty in on_site),
        hours=sum(duty.minutes for duty in on_site) / 60,
        cents=sum(cents or 0 for cents in paid),
        unpaid=sum(cents is None for cents in paid),
        by_band=Counter(seat.duty.band for seat in seats),
    )


def paid_for(facts: Facts, duty: Duty, doctor: Doctor) -> int | None:
    """What a duty pays this doctor [euro cents]; None where sheet `Tarifs` says nothing."""
    rate = rate_of(facts.rates, duty, doctor.status)
    return None if rate is None else rate.amount(duty)


def euros(cents: int) -> float:
    """An amount as a spreadsheet shows it."""
    return cents / 100


def average_word(facts: Facts, doctor: Doctor) -> str:
    """« 41,20 h (respecté) », « dépassé », or « non vérifié »: never « respecté » without `Temps de service`."""
    rules = [rule for rule in facts.rules if isinstance(rule, AverageHours) and rule.scope.covers_doctor(doctor)]
    if not rules:
        return say(fr="sans objet", en="not concerned")
    worst: tuple[float, str] | None = None
    for rule in rules:
        windows = windows_of(facts.instance.period, rule.months)
        for window in windows:
            service = service_in(facts.instance, doctor.id, window)
            if service is None:
                return say(fr="non vérifié", en="not verified")
            worked = service + sum(
                minutes for day, minutes in _worked(facts, doctor, rule.astreinte_percent)
                if window.first <= day <= window.last
            )  # fmt: skip
            weekly, most = worked * 7 / window.days, rule.hours * min(1.0, doctor.quota)
            if worst is None or weekly > worst[0]:
                over = weekly > most + 0.05
                state = say(fr="dépassé", en="exceeded") if over else say(fr="respecté", en="kept")
                until = long_date(window.last)
                worst = (weekly, say(fr=f"{decimal(round(100 * weekly))} h au {until} ({state})",
                                     en=f"{decimal(round(100 * weekly))} h to {until} ({state})"))  # fmt: skip
    return worst[1] if worst else say(fr="non vérifié", en="not verified")


def _worked(facts: Facts, doctor: Doctor, percent: int) -> list[tuple[date, float]]:
    """Day and hours of every duty of a doctor, past ones included."""
    lines = facts.instance.line_by_id
    now = [(seat.duty.date, seat.duty.minutes, seat.duty.modality) for seat in facts.seats_of_doctor[doctor.id]]
    past = [
        (one.start.date(), round((one.end - one.start).total_seconds() / 60),
         lines[one.line].modality if one.line in lines else "garde")
        for one in facts.instance.history if one.doctor == doctor.id
    ]  # fmt: skip
    return [
        (day, minutes * (percent if modality == "astreinte" else 100) / 6000)
        for day, minutes, modality in (*now, *past)
    ]
