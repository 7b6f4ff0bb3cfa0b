"""`python -m benchmarks.years`: twelve quarters with comings and goings, with the ledger's memory and without.

The same sector, the same doctors, the same refusals, quarter after quarter, planned twice: once with the balances the
ledger carries over, once as if each quarter were the first. Both are published, closed and accounted for by the same
ledger code, so that only the memory differs. Printed, and written as csv, Markdown and a picture (SVG).
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.years_picture import picture
from rosterplan.audit import audit
from rosterplan.domain.instance import Availability, Instance, Period
from rosterplan.domain.people import DateSpan, Doctor, Membership
from rosterplan.domain.versions import Version, served_as_planned
from rosterplan.ledger import Ledger, open_ledger
from rosterplan.ledger.accounts import balances
from rosterplan.ledger.closing import Signed, close_plan
from rosterplan.ledger.folder import sha256, write_version
from rosterplan.ledger.published import in_force
from rosterplan.ledger.reckoning import balances_of
from rosterplan.ledger.rosters import take_in
from rosterplan.ledger.verify import faults
from rosterplan.model.solve import solve
from rosterplan.report.roster_json import roster_json
from rosterplan.rules.book import rule_book
from rosterplan.sheets.instance_json import instance_json
from rosterplan.sheets.plan.assemble import instance_of
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.following import following_period
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.template.pdsa import SECTOR

FIRST = Period(start=date(2027, 1, 1), end=date(2027, 3, 31))
WHEN = datetime(2027, 1, 1, tzinfo=UTC)
RESULTS = Path(__file__).parent / "results"
SAMPLES = Path(__file__).parents[1] / "reports" / "samples"

ARRIVALS = {2: 1, 6: 2, 9: 1}
DEPARTURES = {3: 3, 8: 0}
AWAY = {4: 5, 5: 5, 7: 1}
"""Quarter: how many doctors come; which doctor leaves, or is away all the quarter (number in the first list)."""


@dataclass(frozen=True)
class Quarter:
    """How far apart the accounts are once a quarter is closed [duties], and what was covered.

    ``floor``: the spread duties that cannot be cut leave to any roster, whatever the rules and dates, from the same accounts.
    """

    number: int
    spread: float
    floor: float
    largest: float
    mean: float
    doctors: int
    unfilled: int


def staff() -> Iterator[tuple[Doctor, ...]]:
    """The doctors of each quarter."""
    people = [_doctor(number) for number in range(14)]
    number, last = 0, 20
    while True:
        number += 1
        for _ in range(ARRIVALS.get(number, 0)):
            last += 1
            people.append(_doctor(last))
        if number in DEPARTURES:
            people = [one for one in people if one.id != f"D{DEPARTURES[number]:02}"]
        yield tuple(
            one.model_copy(update={"long_absences": (DateSpan(start=FIRST.start, end=date(2040, 1, 1)),)})
            if AWAY.get(number) is not None and one.id == f"D{AWAY[number]:02}"
            else one
            for one in people
        )


def _doctor(number: int) -> Doctor:
    return Doctor(id=f"D{number:02}", last_name=f"Exemple{number:02}", sectors=(Membership(sector=SECTOR),),
                  modalities=("fixe", "mobile"), quota=0.5 if number in (4, 9) else 1.0)  # fmt: skip


def refusals(doctors: Sequence[Doctor], period: Period, seed: int) -> tuple[Availability, ...]:
    """What forms refuse: a third of the days of everyone, and nearly every weekend of three doctors a quarter."""
    found = []
    days = [period.start + timedelta(days=n) for n in range((period.end - period.start).days + 1)]
    draw = random.Random(f"{seed}|{period.start}")
    busy = {one.id for one in draw.sample(list(doctors), 3)}
    for doctor in doctors:
        own = random.Random(f"{seed}|{period.start}|{doctor.id}")
        for day in days:
            refused = 0.85 if doctor.id in busy and day.weekday() >= 5 else 0.35
            if own.random() < refused:
                found.append(Availability(doctor=doctor.id, start=day, end=day, value="impossible"))
    return tuple(found)


def live(folder: Path, quarters: int, seed: int, seconds: float | None, *, memory: bool) -> list[Quarter]:
    """Plan, publish and close every quarter; the accounts are the ledger's, balances are handed on only with memory."""
    found: list[Quarter] = []
    period, people = FIRST, staff()
    with open_ledger(folder / "registre.sqlite") as ledger:
        for number in range(1, quarters + 1):
            content = _content(number, period, next(people))
            instance = instance_of(content)
            carried = balances_of(balances(ledger, period.start)) if memory else ()
            instance = instance.changed(
                availability=refusals(content.doctors, period, seed), balances=carried
            )  # fmt: skip
            unfilled = _plan_and_close(ledger, folder, instance, seconds)
            found.append(_measured(ledger, number, instance, unfilled))
            print(f"  {'with' if memory else 'without'} memory, {found[-1]}", flush=True)
            period = following_period(period)
        wrong = faults(ledger)
        if wrong:
            raise SystemExit("\n".join(wrong))
    return found


def _content(number: int, period: Period, doctors: tuple[Doctor, ...]) -> PlanContent:
    content = template("pdsa", f"secteur-{number:02}", period)
    return content.model_copy(update={"doctors": doctors})


def _plan_and_close(ledger: Ledger, folder: Path, instance: Instance, seconds: float | None) -> int:
    rules = rule_book(instance)
    roster, result = solve(instance, rules, workers=1, time_limit_seconds=seconds)
    report = audit(instance, rules, roster)
    content = instance_json(instance)
    document = roster_json(instance, roster, result, report, version=1, input_sha256=sha256(content))
    version = Version(
        plan=instance.id, number=1, state="definitif", when=WHEN, input_sha256=sha256(content),
        roster_sha256=sha256(document), rosterplan="0",
    )  # fmt: skip
    out = folder / instance.id
    write_version(out, version, {"instance.json": content, "roster.json": document})
    take_in(ledger, out, instance.id)
    now = in_force(ledger, instance.id)
    assert now is not None
    close_plan(ledger, instance.id, served_as_planned(now.roster), Signed("", WHEN, seed=1))
    return sum(max(0, duty.need_min - len(roster.doctors_of.get(duty.id, ()))) for duty in instance.duties)


def _measured(ledger: Ledger, number: int, instance: Instance, unfilled: int) -> Quarter:
    """The accounts of the doctors on the list, as the next quarter opens."""
    amounts = balances(ledger, following_period(instance.period).start)
    now = in_force(ledger, instance.id)
    assert now is not None
    held = Counter((one.doctor, instance.duty_by_id[one.duty].band) for one in now.roster.assignments)
    spreads, floors, every = [], [], []
    for band in sorted({band for _, group, band in amounts if group == SECTOR}):
        values = [amounts.get((one.id, SECTOR, band), 0) / 100 for one in instance.doctors]
        served = [held[one.id, band] for one in instance.doctors]
        spreads.append(max(values) - min(values))
        floors.append(least_spread([value - had for value, had in zip(values, served, strict=True)], sum(served)))
        every += [abs(value) for value in values]
    return Quarter(
        number, sum(spreads) / len(spreads), sum(floors) / len(floors), max(every), sum(every) / len(every),
        len(instance.doctors), unfilled,
    )  # fmt: skip


def least_spread(accounts: Sequence[float], duties: int) -> float:
    """Return the least spread of accounts (after dues, before duties) once so many whole duties are given out.

    Each duty in turn goes to who is most behind: no other way to give them out ends closer together.
    """
    after = list(accounts)
    for _ in range(duties):
        behind = min(range(len(after)), key=after.__getitem__)
        after[behind] += 1
    return max(after) - min(after)


def written(with_memory: Sequence[Quarter], without: Sequence[Quarter], seconds: float | None, took: float) -> None:
    """Write the table as csv and Markdown, and the picture."""
    RESULTS.mkdir(exist_ok=True)
    pairs = list(zip(with_memory, without, strict=True))
    csv = [
        "quarter;doctors;spread_with;floor_with;spread_without;largest_with;largest_without;mean_with;mean_without;unfilled_with;unfilled_without"
    ]
    csv += [
        f"{a.number};{a.doctors};{a.spread:.2f};{a.floor:.2f};{b.spread:.2f};{a.largest:.2f};{b.largest:.2f};{a.mean:.2f};{b.mean:.2f};{a.unfilled};{b.unfilled}"
        for a, b in pairs
    ]
    (RESULTS / "years.csv").write_text("\n".join(csv) + "\n", "utf-8")
    rows = [
        f"| {a.number} | {a.doctors} | {a.spread:.2f} | {a.floor:.2f} | {b.spread:.2f} | {a.largest:.2f} | {b.largest:.2f} | {a.mean:.2f} | {b.mean:.2f} | {a.unfilled} / {b.unfilled} |"
        for a, b in pairs
    ]
    text = [
        "# Twelve quarters, with memory and without",
        "",
        "One sector of the template (a maison médicale de garde and weekend nights), 14 doctors at first, comings, goings and absences;",
        "the same refusals in both columns. *Spread*: largest less smallest balance of the doctors on the list, mean over the bands;",
        "*floor*: the least spread the same accounts could end the quarter with, a duty being whole, if anybody could hold any duty;",
        "*largest* and *mean*: of |balance|. In duties, once the quarter is closed; accounts verified from the rosters at the end.",
        f"Each quarter planned with {_effort_words(seconds)} and one worker; {took:.0f} s in all, load {os.getloadavg()[0]:.1f} at the end.",
        "",
        "| quarter | doctors | spread with | floor with | without | largest with | without | mean with | without | unfilled with / without |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *rows,
    ]
    (RESULTS / "years.md").write_text("\n".join(text) + "\n", "utf-8")
    SAMPLES.mkdir(parents=True, exist_ok=True)
    (SAMPLES / "memoire-douze-trimestres.svg").write_text(picture(with_memory, without, FIRST), "utf-8")


def _effort_words(seconds: float | None) -> str:
    return "effort 1" if seconds is None else f"effort 1, cut after {seconds:g} s"


def main() -> None:
    """Run both lives and write what they come to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.years", description=__doc__)
    parser.add_argument("--quarters", type=int, default=12)
    parser.add_argument(
        "--seconds", type=float, default=None, help="a brake on each quarter; without it, the same figures every time"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--print-only", action="store_true")
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        with_memory = live(Path(one), asked.quarters, asked.seed, asked.seconds, memory=True)
        without = live(Path(other), asked.quarters, asked.seed, asked.seconds, memory=False)
    if not asked.print_only:
        written(with_memory, without, asked.seconds, time.monotonic() - began)


if __name__ == "__main__":
    main()
