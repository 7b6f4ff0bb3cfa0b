from datetime import date, timedelta

import pytest

from rosterplan.domain.calendar import back_plan, lasts_three_months, standing
from rosterplan.domain.calendar.deadlines import month_after
from rosterplan.domain.instance import Period


def quarter(year, number):
    start = date(year, 3 * number - 2, 1)
    after = date(year + (number == 4), (3 * number) % 12 + 1, 1)
    return Period(start=start, end=after - timedelta(days=1))


def due(period):
    return {deadline.code: deadline.due for deadline in back_plan(period)}


@pytest.mark.parametrize(
    ("period", "cdom", "ars", "served"),
    [
        (quarter(2027, 1), date(2026, 11, 17), date(2026, 12, 22), date(2027, 4, 30)),
        (quarter(2027, 2), date(2027, 2, 15), date(2027, 3, 22), date(2027, 7, 31)),
        (quarter(2028, 2), date(2028, 2, 16), date(2028, 3, 22), date(2028, 7, 31)),  # a leap year
        (quarter(2027, 3), date(2027, 5, 17), date(2027, 6, 21), date(2027, 10, 31)),
        (quarter(2027, 4), date(2027, 8, 17), date(2027, 9, 21), date(2028, 1, 31)),
    ],
)
def test_legal_deadlines_of_each_quarter(period, cdom, ars, served):
    found = due(period)
    assert (found["cdom"], found["ars"], found["liste-effectuee"]) == (cdom, ars, served)


def test_the_whole_back_plan_stands_in_date_order_with_its_sources():
    plan = back_plan(quarter(2027, 1))
    assert [(deadline.code, str(deadline.due)) for deadline in plan] == [
        ("formulaires", "2026-10-03"),
        ("reponses", "2026-10-23"),
        ("projet", "2026-11-02"),
        ("cdom", "2026-11-17"),
        ("derniers-trous", "2026-12-02"),
        ("ars", "2026-12-22"),
        ("liste-effectuee", "2027-04-30"),
    ]
    assert [deadline.code for deadline in plan if deadline.step.legal] == ["cdom", "ars", "liste-effectuee"]
    assert all("R.6315-2" in deadline.step.source for deadline in plan if deadline.step.legal)


def test_the_answer_date_of_the_plan_replaces_the_customary_one():
    plan = back_plan(quarter(2027, 1), chosen={"reponses": date(2026, 11, 1)})
    assert {deadline.code: deadline.due for deadline in plan}["reponses"] == date(2026, 11, 1)


def test_a_legal_date_may_be_brought_forward_but_never_put_off():
    early = back_plan(quarter(2027, 1), chosen={"cdom": date(2026, 11, 10)})
    assert {deadline.code: deadline.due for deadline in early}["cdom"] == date(2026, 11, 10)
    with pytest.raises(ValueError, match="cdom"):
        back_plan(quarter(2027, 1), chosen={"cdom": date(2026, 11, 18)})


def test_today_each_step_is_done_late_next_or_later():
    plan = back_plan(quarter(2027, 1))
    states = {s.deadline.code: (s.state, s.days_left) for s in standing(plan, date(2026, 11, 17), {"formulaires"})}
    assert states == {
        "formulaires": ("done", -45),
        "reponses": ("late", -25),
        "projet": ("late", -15),
        "cdom": ("next", 0),
        "derniers-trous": ("later", 15),
        "ars": ("later", 35),
        "liste-effectuee": ("later", 164),
    }


def test_a_step_is_late_only_from_the_day_after():
    plan = back_plan(quarter(2027, 1))
    day_after = {s.deadline.code: s.state for s in standing(plan, date(2026, 11, 18))}
    assert day_after["cdom"] == "late"
    assert day_after["derniers-trous"] == "next"


def test_nothing_is_next_when_all_is_done():
    plan = back_plan(quarter(2027, 1))
    done = {deadline.code for deadline in plan}
    assert {s.state for s in standing(plan, date(2026, 11, 18), done)} == {"done"}


@pytest.mark.parametrize(
    ("end", "last"),
    [
        (date(2027, 3, 31), date(2027, 4, 30)),
        (date(2027, 6, 30), date(2027, 7, 31)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2025, 2, 8), date(2025, 3, 8)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2027, 1, 30), date(2027, 2, 28)),
        (date(2028, 1, 29), date(2028, 2, 29)),
        (date(2027, 11, 30), date(2027, 12, 31)),
    ],
)
def test_a_month_after_the_end_is_a_month_of_the_calendar(end, last):
    assert month_after(end) == last


def test_the_law_wants_three_months_and_a_quarter_has_them():
    assert all(lasts_three_months(quarter(2027, number)) for number in (1, 2, 3, 4))
    assert not lasts_three_months(Period(start=date(2027, 1, 1), end=date(2027, 3, 30)))
    assert lasts_three_months(Period(start=date(2027, 1, 15), end=date(2027, 4, 14)))
    assert not lasts_three_months(Period(start=date(2027, 1, 15), end=date(2027, 4, 13)))
