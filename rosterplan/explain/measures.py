"""What a roster costs and gives, in the figures a coordinator compares: cover, load, weekends, fairness, wishes, euros."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rosterplan.audit import audit
from rosterplan.domain.asked import Unit, asked, unit_of
from rosterplan.domain.fairness import figures, with_dues
from rosterplan.domain.instance import Instance
from rosterplan.domain.rates import Rate, rate_of
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import weekend_of
from rosterplan.rules.base import Rule
from rosterplan.rules.needs import lacking, present


@dataclass(frozen=True)
class Measures:
    """Figures of one roster; load and weekends over the doctors who may be asked (a coefficient, or a duty held)."""

    needed: int
    unfilled: int
    doctors: int
    mean_load: float
    most_load: int
    mean_weekends: float
    most_weekends: int
    fairness: int  # ten-thousandths of a squared duty, as the audit adds it up
    mean_deviation: float  # duties
    wishes: int
    broken: int
    cents: int | None  # None where no rate is known
    unpaid: int  # duties without a rate
    by_sector: tuple[tuple[str, int, int], ...]  # (sector, needed, unfilled)
    unit: Unit = "duty"  # what ``needed`` counts


def measured(instance: Instance, rules: Sequence[Rule], roster: Roster, rates: Sequence[Rate] = ()) -> Measures:
    """Return the figures of a roster, re-audited; a roster without dues gets those of its positions."""
    held = with_dues(instance, roster)
    report = audit(instance, rules, held)
    serving = {one.doctor for one in held.dues if one.due_hundredths > 0} | set(held.duties_of)
    loads = [len(held.duties_of.get(name, ())) for name in serving]
    weekends = _weekends(instance, held)
    touched = [len(weekends.get(name, ())) for name in serving]
    cents, unpaid = _paid(instance, held, rates)
    many = max(len(serving), 1)
    return Measures(
        needed=asked(instance), unfilled=lacking(instance, held), doctors=len(serving),
        mean_load=sum(loads) / many, most_load=max(loads, default=0), mean_weekends=sum(touched) / many,
        most_weekends=max(touched, default=0), fairness=report.value("fairness"),
        mean_deviation=figures(instance, held).mean_deviation, wishes=report.value("wishes"),
        broken=sum(finding.severity == "erreur" for finding in report.findings), cents=cents, unpaid=unpaid,
        by_sector=_by_sector(instance, held), unit=unit_of(instance),
    )  # fmt: skip


def _weekends(instance: Instance, roster: Roster) -> dict[str, set[date]]:
    """Return the weekends each doctor is on duty."""
    found: dict[str, set[date]] = defaultdict(set)
    for one in roster.assignments:
        weekend = weekend_of(instance.duty_by_id[one.duty].date)
        if weekend is not None:
            found[one.doctor].add(weekend)
    return found


def _paid(instance: Instance, roster: Roster, rates: Sequence[Rate]) -> tuple[int | None, int]:
    """Return what the duties held pay under dated rates [euro cents], and how many no rate is meant for."""
    if not rates:
        return None, 0
    total = unpaid = 0
    for one in roster.assignments:
        duty = instance.duty_by_id[one.duty]
        rate = rate_of(rates, duty, instance.doctor_by_id[one.doctor].status)
        total, unpaid = (total + rate.amount(duty), unpaid) if rate else (total, unpaid + 1)
    return total, unpaid


def _by_sector(instance: Instance, roster: Roster) -> tuple[tuple[str, int, int], ...]:
    needed: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for duty in instance.duties:
        line = instance.line_by_id[duty.line]
        area = line.sector or line.id
        needed[area] += duty.need_min
        missing[area] += max(duty.need_min - len(roster.doctors_of.get(duty.id, ())), 0)
    for part, there in present(instance, roster):
        line = instance.line_by_id[part.line]
        area = line.sector or line.id
        needed[area] += part.need
        missing[area] += max(part.need - there, 0)
    return tuple((area, needed[area], missing[area]) for area in sorted(needed))
