"""Public formats read as ordinary instances: their own checkers and our canvas say the same, on files invented here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from benchmarks.longterm import check as months_check
from benchmarks.longterm.instance import UNIT, held_in, published_rules
from benchmarks.longterm.instance import instance_of as month_instance
from benchmarks.longterm.read import FormatError as MonthError
from benchmarks.longterm.read import read_month
from benchmarks.longterm.year import gini, planned, published
from benchmarks.oncall import check as oncall_check
from benchmarks.oncall.instance import day_of
from benchmarks.oncall.instance import instance_of as oncall_instance
from benchmarks.oncall.read import FormatError as OncallError
from benchmarks.oncall.read import read as read_oncall
from benchmarks.shift_scheduling import check as shift_check
from benchmarks.shift_scheduling.instance import MONDAY
from benchmarks.shift_scheduling.instance import instance_of as shift_instance
from benchmarks.shift_scheduling.read import FormatError as ShiftError
from benchmarks.shift_scheduling.read import read as read_shifts
from rosterplan.audit import audit
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.model.solve import solve
from rosterplan.rules.book import rule_book

SHIFTS = """# invented
SECTION_HORIZON
14

SECTION_SHIFTS
E,480,
L,600,E
N,720,E|L

SECTION_STAFF
A,E=14|L=14|N=2,4800,3000,4,2,2,1
B,E=14|L=0|N=14,4800,3000,5,1,2,2
C,E=3|L=14|N=14,4800,2400,5,2,3,1
D,E=14|L=14|N=14,4800,2400,5,3,2,2

SECTION_DAYS_OFF
A,0
B,5,6
D,13

SECTION_SHIFT_ON_REQUESTS
A,2,E,2
B,3,N,3
C,3,L,1
D,8,N,2

SECTION_SHIFT_OFF_REQUESTS
C,12,N,1
D,7,E,3

SECTION_COVER
""" + "".join(
    f"{day},{shift},{1 + (day + ord(shift)) % 2},{90 + day},{1 + day % 2}\n" for day in range(14) for shift in "EN"
)

ONCALL = """num_staff = 4; % invented
work_load = [100, 80, 100, 50];
num_days = 17;
unavailable = [{1, 10..12}, {2..3}, {3}, {}];
fixed = [{}, {}, {1}, {12}];
weekend_offset = 2;
adj_days_str = 2;
wed_before_weekend_str = 3;
"""


def held_by(instance: Instance, roster: Roster) -> set[tuple[str, str]]:
    return {(one.duty, one.doctor) for one in roster.assignments}


def near(instance: Instance, roster: Roster, *, many: int = 150) -> Iterator[Roster]:
    """The roster, and others a few cells from it."""
    draw = np.random.default_rng(5)
    yield roster
    cells = [(duty.id, doctor.id) for duty in instance.duties for doctor in instance.doctors]
    for _ in range(many):
        held = held_by(instance, roster)
        for place in draw.integers(len(cells), size=int(draw.integers(1, 4))):
            held ^= {cells[int(place)]}
        yield Roster(
            assignments=tuple(Assignment(duty=duty, doctor=doctor) for duty, doctor in sorted(held)), dues=roster.dues
        )


def judged_alike(instance: Instance, roster: Roster, judge: Callable[[Roster], tuple[bool, int]]) -> tuple[int, int]:
    """Assert that the audit finds errors where the checker does, and else the same cost; return (sound, broken)."""
    rules, sound, broken = rule_book(instance), 0, 0
    for one in near(instance, roster):
        report = audit(instance, rules, one)
        faulty, cost = judge(one)
        errors = [finding.text for finding in report.findings if finding.severity == "erreur"]
        assert bool(errors) == faulty, errors
        if faulty:
            broken += 1
            continue
        sound += 1
        assert report.value("blend") == cost
    return sound, broken


def test_shift_scheduling_is_judged_alike_and_proved(tmp_path: Path):
    path = tmp_path / "Instance0.txt"
    path.write_bytes(SHIFTS.replace("\n", "\r\n").encode())
    problem = read_shifts(path)
    instance = shift_instance(problem)

    def judge(roster: Roster) -> tuple[bool, int]:
        work = {}
        twice = False
        for one in roster.assignments:
            duty = instance.duty_by_id[one.duty]
            twice |= (one.doctor, (duty.date - MONDAY).days) in work
            work[one.doctor, (duty.date - MONDAY).days] = duty.line
        return twice or bool(shift_check.faults(problem, work)), shift_check.cost(problem, work)

    roster, result = solve(instance, rule_book(instance), workers=0)
    assert judge(roster) == (False, result.stage("blend").value)
    assert result.status == "optimal"
    sound, broken = judged_alike(instance, roster, judge)
    assert sound >= 3
    assert broken >= 50


def test_the_checker_of_shift_scheduling_knows_each_limit(tmp_path: Path):
    path = tmp_path / "Instance0.txt"
    path.write_text(SHIFTS)
    problem = read_shifts(path)

    def said(who: str, days: dict[int, str]) -> str:
        return " / ".join(
            text
            for text in shift_check.faults(problem, {(who, day): shift for day, shift in days.items()})
            if text.startswith(who)
        )

    assert "a day off" in said("A", {0: "E"})
    assert "E after N on day 4" in said("A", {3: "N", 4: "E"})
    assert "3 shifts N, 2 at most" in said("A", {3: "N", 4: "N", 5: "N"})
    assert "1 days of work from day 4, 2 at least" in said("A", {4: "E"})
    assert "1 days of work" not in said("A", {13: "E"})
    assert "1 days off from day 3, 2 at least" in said("A", {1: "E", 2: "E", 4: "E", 5: "E"})
    assert "5 days of work from day 1, 4 at most" in said("A", dict.fromkeys(range(1, 6), "E"))
    assert "2 weekends, 1 at most" in said("A", {5: "E", 12: "E"})
    assert "minutes" in said("A", {1: "E"})


def test_on_call_rosters_are_judged_alike_and_proved(tmp_path: Path):
    path = tmp_path / "4s-17d.dzn"
    path.write_text(ONCALL)
    problem = read_oncall(path)
    assert problem.unavailable == ({1, 10, 11, 12}, {2, 3}, {3}, set())
    instance = oncall_instance(problem)

    def judge(roster: Roster) -> tuple[bool, int]:
        held = {day_of(instance.duty_by_id[one.duty]): int(one.doctor) for one in roster.assignments}
        days = [held.get(day, 0) for day in range(1, problem.days + 1)]
        faulty = len(roster.assignments) != problem.days or bool(list(oncall_check.faults(problem, days)))
        return faulty, 0 if faulty else oncall_check.cost(problem, days)

    roster, result = solve(instance, rule_book(instance), workers=0)
    assert judge(roster) == (False, result.stage("blend").value)
    assert result.stage("blend").proven
    rules = rule_book(instance)
    draw, sound = np.random.default_rng(3), 0
    names = [doctor.id for doctor in instance.doctors]
    for _ in range(300):  # one member of staff a day: two or three days change hands
        held = {one.duty: one.doctor for one in roster.assignments}
        for place in draw.integers(len(instance.duties), size=2):
            held[instance.duties[int(place)].id] = names[int(draw.integers(len(names)))]
        one = Roster(
            assignments=tuple(Assignment(duty=duty, doctor=who) for duty, who in held.items()), dues=roster.dues
        )
        report = audit(instance, rules, one)
        faulty, cost = judge(one)
        assert any(finding.severity == "erreur" for finding in report.findings) == faulty
        if not faulty:
            sound += 1
            assert report.value("blend") == cost
    assert sound >= 20


def test_what_is_fixed_on_call_may_break_what_else_is_forbidden(tmp_path: Path):
    path = tmp_path / "clash.dzn"
    path.write_text(ONCALL.replace("{12}]", "{12, 13}]"))
    problem = read_oncall(path)
    instance = oncall_instance(problem)
    roster, _ = solve(instance, rule_book(instance), workers=0)
    held = {day_of(instance.duty_by_id[one.duty]): int(one.doctor) for one in roster.assignments}
    days = [held[day] for day in range(1, problem.days + 1)]
    assert days[11] == days[12] == 4
    assert not list(oncall_check.faults(problem, days))
    days[13] = 4
    assert list(oncall_check.faults(problem, days))


def month_files(folder: Path, start: str, weeks: int = 2) -> Path:
    """A month of 6 physicians and 2 duties, drawn."""
    draw = np.random.default_rng(len(start))
    place = folder / f"{start}-{weeks}"
    place.mkdir()
    cells = [
        (who, duty, week, day)
        for who in range(1, 7)
        for duty in (1, 2)
        for week in range(1, weeks + 1)
        for day in range(1, 8)
    ]
    may = [cell for cell in cells if draw.random() < 0.8]
    wanted = [cell for cell in may if draw.random() < 0.15]
    c = "\n".join(f"{who} {count} {17.1 * count + 1.3 * count**2}" for who in range(1, 7) for count in range(20))
    work = "\n".join(f"{who} {count} {0.1 * who * count**2}" for who in range(1, 7) for count in range(15))
    need = "\n".join(f"{duty} {day} 1" for duty in (1, 2) for day in range(1, 8))
    text = "".join(
        f"%{name} < {body} >\n"
        for name, body in (
            ("J set", "1..6"), ("I set", "1..2"), ("W set", f"1..{weeks}"), ("d_bar_duty [I, D] = 0 indices", need),
            ("E_pos [J, I, W, D] = 0 indices", "\n".join(" ".join(map(str, (*cell, 1))) for cell in may)),
            ("g_req_on [J, I, W, D] = 0 indices", "\n".join(" ".join(map(str, (*cell, 1))) for cell in wanted)),
            ("g_req_off [J, W, D] = 0 indices", "2 1 3 1\n4 2 6 1"), ("D_off [J, W, D] = 0 indices", "5 1 1 1"),
            ("c [J, V] = 0 indices", c), ("c_work [J, A] = 0 indices", work),
        )
    )  # fmt: skip
    (place / "equal.cdat").write_text(text)
    return place


def test_a_month_of_physicians_is_judged_alike_and_proved(tmp_path: Path):
    month = read_month(month_files(tmp_path, "2027-01-04"))
    rules, slack = published_rules(month)
    instance = month_instance(month, rules)

    def judge(roster: Roster) -> tuple[bool, int]:
        held = held_in(month, instance, [(one.duty, one.doctor) for one in roster.assignments])
        return bool(list(months_check.faults(month, held))), round(months_check.cost(month, held) * UNIT)

    roster, result = solve(instance, rule_book(instance), workers=0)
    faulty, cost = judge(roster)
    assert not faulty
    assert abs(cost - result.stage("blend").value) <= slack * UNIT + 1
    assert result.status == "optimal"
    book = rule_book(instance)
    sound = 0
    for one in near(instance, roster):
        faulty, cost = judge(one)
        report = audit(instance, book, one)
        assert any(finding.severity == "erreur" for finding in report.findings) == faulty
        if not faulty:
            sound += 1
            assert abs(report.value("blend") - cost) <= slack * UNIT + 1
    assert sound >= 5


def test_months_in_a_row_carry_what_each_physician_held(tmp_path: Path):
    months = [read_month(month_files(tmp_path, start)) for start in ("2027-01-04", "2027-01-18")]
    year = planned(months, lambda instance: solve(instance, rule_book(instance), workers=0)[0])
    assert not year.broken
    assert sum(year.duties.values()) + year.uncovered == 2 * 2 * 7 * 2
    assert sum(year.met.values()) <= sum(year.requests.values())
    assert published(months).uncovered == 56


@pytest.mark.parametrize(
    ("values", "expected"), [([1, 1, 1], 0.0), ([0, 0, 3], 2 / 3), ([], 0.0), ([0, 0], 0.0), ([1, 3], 0.25)]
)
def test_gini(values: list[float], expected: float):
    assert gini(values) == pytest.approx(expected)


def test_files_of_another_format_are_refused_in_words(tmp_path: Path):
    other = tmp_path / "other.txt"
    other.write_text("num_staff = x;\nSECTION_HORIZON\nmany\n")
    with pytest.raises(ShiftError, match=r"other\.txt"):
        read_shifts(other)
    with pytest.raises(OncallError, match=r"other\.txt"):
        read_oncall(other)
    place = tmp_path / "2027-01-04-4"
    place.mkdir()
    (place / "equal.cdat").write_text("nothing")
    with pytest.raises(MonthError):
        read_month(place)
