"""Where duties stand in the calendar of a form."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterplan.domain.instance import Period
from rosterplan.sheets.forms.calendar import calendar_of, months_of, weeks_of
from tests.forms_factory import a_duty, asking


def test_a_period_over_the_new_year_has_its_months_in_order():
    assert months_of(Period(start=date(2026, 11, 20), end=date(2027, 2, 3))) == [(2026, 11), (2026, 12), (2027, 1), (2027, 2)]  # fmt: skip


def test_a_week_shared_by_two_months_is_cut_in_two():
    period = Period(start=date(2027, 4, 1), end=date(2027, 5, 31))
    april, may = weeks_of(period, 2027, 4), weeks_of(period, 2027, 5)
    assert april[0][:3] == (None, None, None) and april[0][3] == date(2027, 4, 1)
    assert april[-1][4] == date(2027, 4, 30) and april[-1][5:] == (None, None)
    assert may[0][5:] == (date(2027, 5, 1), date(2027, 5, 2))


def test_days_outside_the_period_have_no_place():
    weeks = weeks_of(Period(start=date(2027, 1, 13), end=date(2027, 1, 15)), 2027, 1)
    assert [day for week in weeks for day in week if day] == [date(2027, 1, 13), date(2027, 1, 14), date(2027, 1, 15)]


@given(start=st.dates(date(2026, 1, 1), date(2028, 1, 1)), length=st.integers(0, 200), several=st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_every_duty_stands_once_under_its_day_and_no_two_in_one_cell(start, length, several):
    period = Period(start=start, end=start + timedelta(days=length))
    dates = [start + timedelta(days=step) for step in range(length + 1)]
    duties = [a_duty("L", day, 480 * rank, 480 * rank + 480, "b") for day in dates for rank in range(several)]
    placed = [
        (row, weekday, duty, week)
        for month in calendar_of(period, duties, 10)
        for week in month.weeks
        for row, weekday, duty in week.cells()
    ]
    assert sorted(duty.id for *_, duty, _ in placed) == sorted(duty.id for duty in duties)
    assert len({(row, weekday) for row, weekday, *_ in placed}) == len(duties)
    assert all(week.days[weekday] == duty.date for _, weekday, duty, week in placed)


@pytest.mark.parametrize("rows_per_slot", [1, 2])
def test_weeks_and_months_never_overlap(rows_per_slot):
    questions = asking()
    months = calendar_of(questions.instance.period, questions.asked_of["M002"].duties, 7, rows_per_slot=rows_per_slot)
    rows = [row for month in months for week in month.weeks for row in range(week.row, week.row + week.rows)]
    assert len(rows) == len(set(rows)) and rows == sorted(rows)


def test_duties_of_one_line_stand_side_by_side():
    questions = asking()
    (month,) = calendar_of(questions.instance.period, questions.asked_of["M002"].duties, 0)
    for week in month.weeks:
        for slot in week.slots:
            assert len({duty.line for duty in slot if duty}) == 1
