from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from rosterplan.domain.base import minute_of
from rosterplan.domain.calendar import (
    TIMEZONES,
    CalendarChoices,
    DayName,
    OpeningHours,
    SpecialDay,
    band_of,
    count_days,
    days_between,
    duties_of,
    easter_sunday,
    fairness_day,
    legal_slices,
)
from rosterplan.domain.calendar.clock import moment
from rosterplan.domain.instance import Period
from rosterplan.domain.work import Duty, Line

LINES = [Line(id="A", name="A"), Line(id="B", name="B")]
dates = st.dates(date(2024, 1, 1), date(2035, 12, 31))
changes = st.sampled_from([date(2026, 3, 27), date(2027, 3, 26), date(2026, 10, 23), date(2027, 10, 29)])
minutes = st.integers(0, 95).map(lambda quarter: quarter * 15)
choices = st.builds(
    CalendarChoices,
    territory=st.sampled_from(sorted(TIMEZONES)),
    saturday_from_noon=st.booleans(),
    pont_monday_before=st.booleans(),
    pont_saturday_after_thursday=st.booleans(),
    pont_start=st.integers(0, 12 * 60),
    pont_end=st.integers(13 * 60, 1440),
)


@st.composite
def opening_hours(draw):
    names = st.frozensets(st.sampled_from(DayName.__args__), min_size=1)
    need = draw(st.integers(0, 2))
    return OpeningHours(
        line=draw(st.sampled_from(["A", "B"])), days=draw(names), start=draw(minutes), end=draw(minutes),
        need_min=need, need_max=need + draw(st.integers(0, 1)),
    )  # fmt: skip


@st.composite
def special_days(draw, start):
    kind = draw(st.sampled_from(["fermeture", "ouverture", "ferie", "comme-dimanche"]))
    first = start + timedelta(days=draw(st.integers(0, 10)))
    hours = {}
    if kind == "ouverture" or (kind == "fermeture" and draw(st.booleans())):
        hours = {"start": draw(minutes), "end": draw(minutes)}
    lines = draw(st.sampled_from([(), ("A",), ("B",)]))
    return SpecialDay(
        kind=kind, first=first, last=first + timedelta(days=draw(st.integers(0, 3))), lines=lines, **hours
    )


@st.composite
def workbooks(draw):
    start = draw(dates | changes)
    period = Period(start=start, end=start + timedelta(days=draw(st.integers(0, 12))))
    rows = draw(st.lists(opening_hours(), max_size=8))
    specials = draw(st.lists(special_days(start), max_size=3))
    return rows, specials, period, draw(choices)


@settings(max_examples=120, deadline=None)
@given(workbooks())
def test_duties_are_unique_dated_in_the_period_and_read_back_the_same(workbook):
    rows, specials, period, department = workbook
    duties, _ = duties_of(LINES, rows, specials, period, department)
    assert len({duty.id for duty in duties}) == len(duties)
    for duty in duties:
        assert period.start <= duty.date <= period.end
        assert duty.start.date() == duty.date
        assert 0 < duty.minutes <= 25 * 60
        assert duty.need_min <= duty.need_max
        assert Duty.model_validate_json(duty.model_dump_json()) == duty
    order = [(LINES.index(next(line for line in LINES if line.id == d.line)), d.start_minute) for d in duties]
    assert order == sorted(order)


@settings(max_examples=120, deadline=None)
@given(workbooks())
def test_overlaps_are_reported_exactly_on_the_days_they_happen(workbook):
    rows, specials, period, department = workbook
    duties, remarks = duties_of(LINES, rows, specials, period, department)
    for line in ("A", "B"):
        own = [duty for duty in duties if duty.line == line]
        clashing = {
            later.date
            for position, later in enumerate(own)
            for earlier in own[:position]
            if later.start_minute < earlier.end_minute
        }
        told = {day for remark in remarks if (remark.kind, remark.line) == ("overlap", line) for day in remark.dates}
        assert told == clashing


@settings(max_examples=80, deadline=None)
@given(workbooks(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_company_of_other_lines_change_no_need(workbook, random):
    rows, specials, period, department = workbook
    duties, _ = duties_of(LINES, rows, specials, period, department)
    shuffled = list(rows)
    random.shuffle(shuffled)
    again, _ = duties_of(LINES, shuffled, specials, period, department)
    apart = [duty for line in LINES for duty in duties_of([line], rows, specials, period, department)[0]]

    def needs(some):
        return [(duty.id, duty.need_min, duty.need_max) for duty in some]

    assert needs(again) == needs(duties)
    assert needs(apart) == needs(duties)


@settings(max_examples=80, deadline=None)
@given(workbooks())
def test_a_day_closed_for_all_has_only_special_openings(workbook):
    rows, specials, period, department = workbook
    closure = SpecialDay(kind="fermeture", first=period.start)
    duties, _ = duties_of(LINES, rows, [*specials, closure], period, department)
    opened = {
        moment(period.start, special.start, ZoneInfo("Europe/Paris"))
        for special in specials
        if special.kind == "ouverture" and special.covers(period.start)
    }
    assert {duty.start for duty in duties if duty.date == period.start} <= opened


@given(dates | changes, choices, minutes, st.integers(1, 3 * 1440))
def test_legal_slices_cover_an_interval_without_gap_or_overlap(day, department, start, length):
    zone = ZoneInfo("Europe/Paris")
    begins, ends = moment(day, start, zone), moment(day, start + length, zone)
    slices = legal_slices(begins, ends, department)
    assert sum(part.minutes for part in slices) == minute_of(ends) - minute_of(begins)
    if slices:
        assert (slices[0].start, slices[-1].end) == (begins, ends)
    for before, after in pairwise(slices):
        assert before.end == after.start
        assert before.kind != after.kind


@given(dates, st.integers(0, 300), choices)
def test_days_are_counted_once_each(start, length, department):
    end = start + timedelta(days=length)
    days = days_between(start, end, department)
    counts = count_days(start, end, department)
    assert counts.days == length + 1 == len(days)
    weekends = sum(day.weekday() >= 5 for day in days)
    holidays = sum(day.holiday is not None and day.date.weekday() < 5 for day in days.values())
    assert counts.saturdays + counts.sundays_and_holidays == weekends + holidays
    for day in days.values():
        assert not (day.pont and day.holiday)


@given(st.sampled_from(sorted(set(TIMEZONES.values()))), dates | changes, st.lists(st.integers(0, 4320), min_size=2))
def test_later_on_the_wall_is_never_earlier_in_truth(zone, day, several):
    moments = [moment(day, minute, ZoneInfo(zone)) for minute in sorted(several)]
    assert all(before <= after for before, after in pairwise(moments))


@given(dates | changes, minutes, minutes, choices)
def test_a_deep_night_and_the_evening_before_it_agree_on_the_feast(day, start, length, department):
    zone = ZoneInfo("Europe/Paris")
    end = start + length + 15
    belongs = fairness_day(moment(day, start, zone), moment(day, end, zone))
    if belongs == day:
        return
    evening = days_between(belongs, belongs, department)[belongs]
    night = days_between(day, day, department)[day]
    if band_of(evening, 1200, 1440, department).feast:
        assert band_of(night, start, end, department).feast == band_of(evening, 1200, 1440, department).feast


@given(st.integers(1900, 2300))
def test_easter_is_a_sunday_from_22_march_to_25_april(year):
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)
