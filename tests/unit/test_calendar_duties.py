from datetime import date, datetime, timedelta

import pytest
from pydantic import ValidationError

from rosterplan.domain.calendar import (
    EVERY_DAY,
    TIMEZONES,
    WORKING_DAYS,
    CalendarChoices,
    OpeningHours,
    SpecialDay,
    YearlySeason,
    duties_of,
)
from rosterplan.domain.calendar.bands import band_of
from rosterplan.domain.instance import Period
from rosterplan.domain.people import DateSpan
from rosterplan.domain.work import Line

CHOICES = CalendarChoices()
LINE = Line(id="CAPS", name="CAPS de Clisson", site=None)


def row(days, start, end, number=0, **more):
    return OpeningHours(
        line="CAPS", days=days, start=start, end=end, row=f"Horaires!{number}" if number else "", **more
    )


def made(rows, first, last=None, *, specials=(), choices=CHOICES, line=LINE, **more):
    period = Period(start=first, end=last or first)
    return duties_of([line], rows, specials, period, choices, **more)


def hours_on(rows, day, **more):
    duties, _ = made(rows, day, **more)
    return [(clock(duty.start), clock(duty.end)) for duty in duties]


def clock(moment):
    return moment.hour + moment.minute / 60


def remarks_on(rows, day, **more):
    return [(remark.kind, remark.rows, remark.start, remark.end) for remark in made(rows, day, **more)[1]]


EVENING_EVERY_DAY = row(EVERY_DAY, "20:00", "24:00")
SATURDAY_AFTERNOON = row({"samedi"}, "12:00", "20:00")
SUNDAY_AND_HOLIDAY = row({"dimanche", "ferie"}, "08:00", "20:00")
DEEP_NIGHT = row(EVERY_DAY, "00:00", "08:00")
ONE_LINE = [EVENING_EVERY_DAY, SATURDAY_AFTERNOON, SUNDAY_AND_HOLIDAY]
SARTHE = [
    row(WORKING_DAYS, "20:00", "24:00", 2),
    row({"samedi"}, "12:00", "24:00", 3),
    row({"dimanche", "ferie", "pont"}, "08:00", "24:00", 4),
]
QUARTERS = [
    (date(2026, 1, 1), date(2026, 3, 31), 117),
    (date(2026, 4, 1), date(2026, 6, 30), 122),
    (date(2026, 7, 1), date(2026, 9, 30), 119),
    (date(2026, 10, 1), date(2026, 12, 31), 120),
    (date(2027, 1, 1), date(2027, 3, 31), 118),
    (date(2027, 4, 1), date(2027, 6, 30), 119),
    (date(2027, 7, 1), date(2027, 9, 30), 119),
    (date(2027, 10, 1), date(2027, 12, 31), 120),
]
WEDNESDAY_HOLIDAY, SATURDAY_HOLIDAY, SUNDAY_HOLIDAY = date(2027, 7, 14), date(2026, 8, 15), date(2026, 11, 1)
TUESDAY, MONDAY_PONT, SATURDAY_PONT = date(2027, 6, 1), date(2026, 7, 13), date(2026, 5, 2)


# Counts of the source documents


@pytest.mark.parametrize(("first", "last", "slots"), QUARTERS)
def test_one_line_has_117_to_122_duties_a_quarter_and_207_to_213_with_deep_nights(first, last, slots):
    days = (last - first).days + 1
    assert len(made(ONE_LINE, first, last)[0]) == slots
    with_nights, remarks = made([*ONE_LINE, DEEP_NIGHT], first, last)
    assert len(with_nights) == slots + days
    assert 207 <= len(with_nights) <= 213
    assert remarks == []


def test_sundays_cut_in_two_make_131_to_140_duties():
    halves = [row({"dimanche", "ferie"}, "08:00", "14:00"), row({"dimanche", "ferie"}, "14:00", "20:00")]
    counts = [len(made([*ONE_LINE[:2], *halves], first, last)[0]) for first, last, _ in QUARTERS]
    assert (min(counts), max(counts)) == (131, 140)


NANTES = [row({"samedi"}, "12:00", "20:00"), row({"dimanche", "ferie"}, "08:00", "20:00")]


@pytest.mark.parametrize(("year", "saturdays", "sundays"), [(2024, 22, 26), (2025, 20, 26)])
def test_paediatric_season_of_nantes(year, saturdays, sundays):
    duties, _ = made(NANTES, date(year, 10, 26), date(year + 1, 3, 23), choices=CalendarChoices(feasts=()))
    bands = [duty.band for duty in duties]
    assert (bands.count("samedi"), bands.count("dimanche")) == (saturdays, sundays)
    if year == 2024:
        assert sum(duty.minutes for duty in duties) == 488 * 60


@pytest.mark.parametrize(("year", "saturdays", "sundays"), [(2024, 15, 14), (2025, 14, 15)])
def test_paediatric_season_of_angers_has_29_duties_and_no_holidays(year, saturdays, sundays):
    season = YearlySeason(start_month=11, start_day=2, end_month=2, end_day=8)
    angers = [row({"samedi", "dimanche"}, "14:00", "20:00", season=season)]
    duties, _ = made(angers, date(year, 10, 1), date(year + 1, 3, 31), choices=CalendarChoices(feasts=()))
    assert len(duties) == 29
    assert [duty.date.weekday() for duty in duties].count(5) == saturdays
    assert [duty.date.weekday() for duty in duties].count(6) == sundays
    assert {duty.minutes for duty in duties} == {360}


# Hours of a day


def test_a_duty_says_all_it_has_to():
    line = Line(id="CAPS", name="CAPS", site="BOUAYE", modality="mobile")
    (duty,), _ = made([row(EVERY_DAY, "12:00", "24:00", need_max=2)], date(2027, 1, 2), line=line)
    assert duty.id == "CAPS/2027-01-02T12:00+01:00/720"
    assert (duty.line, duty.date, duty.site, duty.modality) == ("CAPS", date(2027, 1, 2), "BOUAYE", "mobile")
    assert (duty.band, duty.points, duty.feast) == ("samedi", 3, None)
    assert (duty.need_min, duty.need_max) == (1, 2)
    assert duty.end == datetime.fromisoformat("2027-01-03T00:00+01:00")


def test_a_night_across_midnight_belongs_to_the_day_it_begins_even_the_last():
    duties, _ = made([row(EVERY_DAY, "20:00", "08:00")], date(2027, 3, 30), date(2027, 3, 31))
    assert [duty.date for duty in duties] == [date(2027, 3, 30), date(2027, 3, 31)]
    assert duties[-1].end == datetime.fromisoformat("2027-04-01T08:00+02:00")


def test_clock_change_nights_last_thirteen_and_fifteen_hours():
    night = [row(EVERY_DAY, "18:00", "08:00")]
    (spring,), _ = made(night, date(2027, 3, 27))
    (autumn,), _ = made(night, date(2027, 10, 30))
    assert (spring.minutes, autumn.minutes) == (13 * 60, 15 * 60)
    assert spring.id == "CAPS/2027-03-27T18:00+01:00/780"
    assert autumn.id == "CAPS/2027-10-30T18:00+02:00/900"


def test_shifts_that_touch_inside_the_changing_hour_still_touch_and_never_overlap():
    rows = [row(EVERY_DAY, "00:00", "02:30"), row(EVERY_DAY, "02:30", "08:00")]
    for day in (date(2027, 3, 28), date(2027, 10, 31)):
        (first, second), remarks = made(rows, day)
        assert first.end == second.start
        assert remarks == []


def test_hours_the_clock_change_removes_are_told_and_make_no_duty():
    rows = [row(EVERY_DAY, "02:00", "02:45", 5)]
    duties, remarks = made(rows, date(2027, 3, 27), date(2027, 3, 29))
    assert [duty.date.day for duty in duties] == [27, 29]
    assert [(remark.kind, remark.dates) for remark in remarks] == [("vanished", (date(2027, 3, 28),))]


@pytest.mark.parametrize(("territory", "offset"), [("reunion", "+04:00"), ("guyane", "-03:00"), ("mayotte", "+03:00")])
def test_overseas_duties_carry_their_own_offset(territory, offset):
    choices = CalendarChoices(territory=territory)
    (duty,), _ = made([row(EVERY_DAY, "20:00", "24:00")], TUESDAY, choices=choices, timezone=TIMEZONES[territory])
    assert duty.id == f"CAPS/2027-06-01T20:00{offset}/240"


def test_a_dated_season_and_a_yearly_season_both_close_the_line_outside_them():
    dated = [row(EVERY_DAY, "20:00", "24:00", valid=DateSpan(start=date(2027, 7, 3), end=date(2027, 7, 5)))]
    assert [d.date.day for d in made(dated, date(2027, 7, 1), date(2027, 7, 31))[0]] == [3, 4, 5]
    summer = YearlySeason(start_month=7, start_day=3, end_month=7, end_day=5)
    july = [row(EVERY_DAY, "20:00", "24:00", season=summer)]
    assert [d.date.day for d in made(july, date(2027, 7, 1), date(2027, 7, 31))[0]] == [3, 4, 5]
    winter = YearlySeason(start_month=12, start_day=30, end_month=1, end_day=2)
    yearly = [row(EVERY_DAY, "20:00", "24:00", season=winter)]
    assert [d.date.day for d in made(yearly, date(2026, 12, 28), date(2027, 1, 5))[0]] == [30, 31, 1, 2]


def test_hours_that_meet_the_period_by_one_day_are_not_outside():
    first, last = date(2027, 1, 1), date(2027, 1, 31)
    for span in (DateSpan(end=first), DateSpan(start=last)):
        assert made([row(EVERY_DAY, "20:00", "24:00", valid=span)], first, last)[1] == []


def test_hours_dated_outside_the_period_are_told():
    past = row(EVERY_DAY, "20:00", "24:00", 9, valid=DateSpan(end=date(2026, 12, 31)))
    assert remarks_on([past], date(2027, 1, 1)) == [("outside-period", ("Horaires!9",), None, None)]


# Holidays and ponts


def test_a_working_day_holiday_takes_the_holiday_hours():
    assert hours_on(SARTHE, WEDNESDAY_HOLIDAY) == [(8, 0)]
    assert hours_on(ONE_LINE, WEDNESDAY_HOLIDAY) == [(8, 20), (20, 0)]


def test_a_saturday_holiday_and_a_sunday_holiday_are_served_once():
    assert hours_on(SARTHE, SATURDAY_HOLIDAY) == [(8, 0)]
    assert hours_on(NANTES, SATURDAY_HOLIDAY) == [(8, 20)]
    assert hours_on(SARTHE, SUNDAY_HOLIDAY) == [(8, 0)]
    apart = [row({"dimanche"}, "08:00", "20:00"), row({"ferie"}, "09:00", "20:00")]
    assert hours_on(apart, SUNDAY_HOLIDAY) == [(9, 20)]


def test_a_line_without_holiday_hours_keeps_its_weekend_hours():
    angers = [row({"samedi", "dimanche"}, "14:00", "20:00")]
    assert hours_on(angers, SATURDAY_HOLIDAY) == [(14, 20)]
    assert hours_on(angers, WEDNESDAY_HOLIDAY) == []


def test_evenings_of_the_week_hold_on_a_holiday_where_nothing_takes_their_place():
    rows = [row(WORKING_DAYS, "20:00", "24:00"), row({"dimanche", "ferie"}, "08:00", "20:00")]
    assert hours_on(rows, WEDNESDAY_HOLIDAY) == [(8, 20), (20, 0)]


def test_working_hours_are_closed_on_a_holiday_and_it_is_told():
    cpts = [row(WORKING_DAYS, "09:00", "12:00", 3)]
    assert hours_on(cpts, WEDNESDAY_HOLIDAY) == []
    assert remarks_on(cpts, WEDNESDAY_HOLIDAY) == [("working-hours", ("Horaires!3",), None, None)]
    assert hours_on(cpts, TUESDAY) == [(9, 12)]


def test_a_line_open_all_week_is_open_on_holidays():
    assert hours_on([row(EVERY_DAY, "08:00", "20:00")], WEDNESDAY_HOLIDAY) == [(8, 20)]
    both = [row(EVERY_DAY, "20:00", "24:00"), row({"ferie"}, "08:00", "24:00")]
    assert hours_on(both, WEDNESDAY_HOLIDAY) == [(8, 0)]
    assert made(both, WEDNESDAY_HOLIDAY)[1] == []


def test_hours_lost_to_a_holiday_are_told_with_the_rows():
    rows = [row({"samedi"}, "12:00", "24:00", 3), row({"dimanche", "ferie"}, "08:00", "20:00", 4)]
    assert hours_on(rows, SATURDAY_HOLIDAY) == [(8, 20)]
    assert remarks_on(rows, SATURDAY_HOLIDAY) == [("hours-lost", ("Horaires!3", "Horaires!4"), 1200, 1440)]


def test_a_line_open_on_sundays_but_not_in_the_day_of_a_holiday_is_told():
    rows = [row(WORKING_DAYS, "20:00", "24:00", 2), row({"dimanche"}, "08:00", "24:00", 4)]
    assert remarks_on(rows, WEDNESDAY_HOLIDAY) == [("holiday-without-day-hours", ("Horaires!4",), None, None)]
    closed = SpecialDay(kind="fermeture", first=WEDNESDAY_HOLIDAY)
    assert remarks_on(rows, WEDNESDAY_HOLIDAY, specials=[closed]) == []


def test_a_pont_takes_its_own_hours_when_it_is_open():
    assert hours_on(SARTHE, MONDAY_PONT) == [(8, 0)]
    assert hours_on(SARTHE, MONDAY_PONT, choices=CalendarChoices(pont_monday_before=False)) == [(20, 0)]
    assert hours_on(SARTHE, SATURDAY_PONT) == [(8, 0)]
    assert hours_on(SARTHE, SATURDAY_PONT, choices=CalendarChoices(pont_saturday_after=False)) == [(12, 0)]


def test_the_saturday_after_a_thursday_holiday_has_its_own_switch():
    saturday = date(2026, 5, 16)
    assert hours_on(SARTHE, saturday) == [(12, 0)]
    assert hours_on(SARTHE, saturday, choices=CalendarChoices(pont_saturday_after_thursday=True)) == [(8, 0)]


def test_pont_hours_beside_the_usual_ones_add_to_them():
    rows = [row({"samedi"}, "12:00", "24:00"), row(WORKING_DAYS, "20:00", "24:00"), row({"pont"}, "08:00", "12:00")]
    assert hours_on(rows, SATURDAY_PONT) == [(8, 12), (12, 0)]
    assert hours_on(rows, MONDAY_PONT) == [(8, 12), (20, 0)]


def test_a_row_may_name_one_kind_of_pont_only():
    rows = [row({"samedi"}, "12:00", "24:00"), row({"pont-samedi"}, "08:00", "12:00")]
    assert hours_on(rows, SATURDAY_PONT) == [(8, 12), (12, 0)]
    assert hours_on(rows, MONDAY_PONT) == []


def test_an_eve_takes_its_own_evening_on_working_days_only():
    rows = [
        row(WORKING_DAYS, "20:00", "24:00"),
        row({"dimanche"}, "08:00", "24:00"),
        row({"veille-de-ferie"}, "19:00", "24:00", need_min=2),
    ]
    duties, _ = made(rows, date(2027, 7, 13))
    assert [(clock(duty.start), duty.need_min) for duty in duties] == [(19, 2)]
    assert hours_on(rows, date(2027, 3, 28)) == [(8, 0)]  # Easter Sunday
    assert hours_on(rows, TUESDAY) == [(20, 0)]


def test_a_pont_that_is_an_eve_takes_the_hours_of_the_pont():
    rows = [row({"veille-de-ferie"}, "19:00", "24:00"), row({"pont"}, "08:00", "24:00")]
    assert hours_on(rows, MONDAY_PONT) == [(8, 0)]


def test_nights_around_a_holiday_are_no_day_hours():
    rows = [
        row(WORKING_DAYS, "20:00", "24:00"),
        row(EVERY_DAY, "00:00", "08:00"),
        row({"dimanche"}, "08:00", "20:00", 4),
    ]
    assert remarks_on(rows, WEDNESDAY_HOLIDAY) == [("holiday-without-day-hours", ("Horaires!4",), None, None)]


@pytest.mark.parametrize(
    ("start", "end", "open_on_a_holiday"),
    [("08:00", "20:00", False), ("07:45", "20:00", True), ("08:00", "20:15", True), ("08:00", "08:00", True)],
)
def test_working_hours_lie_between_8_h_and_20_h(start, end, open_on_a_holiday):
    assert bool(hours_on([row(WORKING_DAYS, start, end)], WEDNESDAY_HOLIDAY)) is open_on_a_holiday


# Special days


def test_a_closure_closes_the_lines_it_names_on_its_days():
    closure = SpecialDay(kind="fermeture", first=date(2027, 6, 2), last=date(2027, 6, 3), lines=("CAPS",))
    duties, _ = made(ONE_LINE, date(2027, 6, 1), date(2027, 6, 4), specials=[closure])
    assert [duty.date.day for duty in duties] == [1, 4]
    other = SpecialDay(kind="fermeture", first=TUESDAY, lines=("AUTRE",))
    assert hours_on(ONE_LINE, TUESDAY, specials=[other]) == [(20, 0)]
    everywhere = SpecialDay(kind="fermeture", first=TUESDAY)
    assert hours_on(ONE_LINE, TUESDAY, specials=[everywhere]) == []


def test_the_night_begun_before_a_closure_is_kept():
    nights = [row(EVERY_DAY, "20:00", "08:00")]
    closure = SpecialDay(kind="fermeture", first=TUESDAY)
    duties, _ = made(nights, date(2027, 5, 31), date(2027, 6, 2), specials=[closure])
    assert [duty.date for duty in duties] == [date(2027, 5, 31), date(2027, 6, 2)]


def test_closed_hours_are_cut_out_of_the_duty():
    sunday = date(2027, 6, 6)
    morning = SpecialDay(kind="fermeture", first=sunday, start="08:00", end="12:00")
    assert hours_on(SARTHE, sunday, specials=[morning]) == [(12, 0)]
    lunch = SpecialDay(kind="fermeture", first=sunday, start="12:00", end="14:00")
    assert hours_on(SARTHE, sunday, specials=[lunch]) == [(8, 12), (14, 0)]
    early = SpecialDay(kind="fermeture", first=sunday, start="00:00", end="12:00")
    assert hours_on(SARTHE, sunday, specials=[early]) == [(12, 0)]
    late = SpecialDay(kind="fermeture", first=sunday, start="22:00", end="24:00")
    assert hours_on(SARTHE, sunday, specials=[late]) == [(8, 22)]


def test_closed_from_0_h_to_24_h_is_closed_with_the_night_it_begins():
    nights = [row(EVERY_DAY, "20:00", "08:00")]
    whole = SpecialDay(kind="fermeture", first=TUESDAY, start="00:00", end="24:00")
    assert hours_on(nights, TUESDAY, specials=[whole]) == []
    assert remarks_on(nights, TUESDAY, specials=[whole]) == []


def test_what_a_closed_evening_leaves_of_the_night_is_lost_and_told():
    nights = [row(EVERY_DAY, "20:00", "08:00", 2)]
    closure = SpecialDay(kind="fermeture", first=TUESDAY, start="20:00", end="24:00", row="Jours particuliers!3")
    assert hours_on(nights, TUESDAY, specials=[closure]) == []
    lost = ("hours-lost", ("Horaires!2", "Jours particuliers!3"), 1440, 1920)
    assert remarks_on(nights, TUESDAY, specials=[closure]) == [lost]


def test_a_special_opening_takes_the_place_of_what_it_overlaps_and_survives_a_closure():
    more = SpecialDay(kind="ouverture", first=TUESDAY, start="18:00", end="24:00", need_min=2)
    duties, _ = made(ONE_LINE, TUESDAY, specials=[more])
    assert [(clock(duty.start), duty.need_min) for duty in duties] == [(18, 2)]
    closure = SpecialDay(kind="fermeture", first=TUESDAY)
    assert hours_on(ONE_LINE, TUESDAY, specials=[closure, more]) == [(18, 0)]
    feast_day = SpecialDay(kind="ouverture", first=WEDNESDAY_HOLIDAY, start="10:00", end="24:00")
    assert hours_on(SARTHE, WEDNESDAY_HOLIDAY, specials=[feast_day]) == [(10, 0)]
    beside = SpecialDay(kind="ouverture", first=TUESDAY, start="14:00", end="18:00")
    assert hours_on(ONE_LINE, TUESDAY, specials=[beside]) == [(14, 18), (20, 0)]


def test_a_special_holiday_makes_holiday_hours_for_its_lines():
    special = SpecialDay(kind="ferie", first=TUESDAY, lines=("CAPS",), name="Fête votive")
    (duty,), _ = made(SARTHE, TUESDAY, specials=[special])
    assert (clock(duty.start), duty.band, duty.points) == (8, "dimanche", 5)
    monday = date(2027, 5, 31)
    assert hours_on(SARTHE, monday, specials=[special]) == [(8, 0)]  # and its pont


def test_a_special_holiday_needs_no_name():
    special = SpecialDay(kind="ferie", first=TUESDAY, last=TUESDAY)
    assert hours_on(SARTHE, TUESDAY, specials=[special]) == [(8, 0)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "fermeture", "first": TUESDAY, "last": date(2027, 5, 31)},
        {"kind": "ouverture", "first": TUESDAY},
        {"kind": "ouverture", "first": TUESDAY, "start": "18:00"},
        {"kind": "ouverture", "first": TUESDAY, "start": "18:00", "end": "20:00", "need_min": 2, "need_max": 1},
    ],
)
def test_a_special_day_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValidationError):
        SpecialDay(**wrong)


def test_a_day_like_a_sunday_has_the_hours_and_the_band_of_a_sunday():
    special = SpecialDay(kind="comme-dimanche", first=TUESDAY)
    (duty,), _ = made(SARTHE, TUESDAY, specials=[special])
    assert (clock(duty.start), duty.band) == (8, "dimanche")


def test_special_days_of_one_line_leave_the_others_alone():
    lines = [Line(id="CAPS", name="A"), Line(id="AUTRE", name="B")]
    rows = [*SARTHE, *(row.model_copy(update={"line": "AUTRE"}) for row in SARTHE)]
    special = SpecialDay(kind="comme-dimanche", first=TUESDAY, lines=("CAPS",))
    duties, _ = duties_of(lines, rows, [special], Period(start=TUESDAY, end=TUESDAY), CHOICES)
    assert [(duty.line, clock(duty.start)) for duty in duties] == [("CAPS", 8), ("AUTRE", 20)]


# Bands, points, needs


def test_the_band_and_points_of_a_row_go_before_the_automatic_ones():
    (duty,), _ = made([row(EVERY_DAY, "20:00", "24:00", band="nuit")], TUESDAY)
    assert (duty.band, duty.points) == ("nuit", 4)
    (duty,), _ = made([row(EVERY_DAY, "20:00", "24:00", points=9)], TUESDAY)
    assert (duty.band, duty.points) == ("soiree", 9)


def test_a_feast_goes_before_the_row_but_not_before_what_is_written_for_that_date():
    eve = date(2026, 12, 24)
    (duty,), _ = made([row(EVERY_DAY, "20:00", "24:00", band="soiree", points=2)], eve)
    assert (duty.band, duty.points, duty.feast) == ("fete", 6, "noel")
    special = SpecialDay(kind="ouverture", first=eve, start="18:00", end="24:00", band="soiree", points=3)
    (duty,), _ = made([], eve, specials=[special])
    assert (duty.band, duty.points, duty.feast) == ("soiree", 3, "noel")


def test_a_band_nobody_weighed_counts_one_point_and_is_told_once():
    duties, remarks = made([row(EVERY_DAY, "20:00", "24:00", 2, band="plage")], TUESDAY, date(2027, 6, 9))
    assert {duty.points for duty in duties} == {1}
    assert [(remark.kind, remark.band, remark.severity) for remark in remarks] == [("unknown-band", "plage", "erreur")]


def test_more_than_a_day_in_one_piece_wants_a_band():
    weekend = row({"vendredi"}, "18:00", "08:00", 2, days_later=3)
    assert remarks_on([weekend], date(2027, 6, 4)) == [("long-without-band", ("Horaires!2",), None, None)]
    assert remarks_on([row(EVERY_DAY, "08:00", "08:00")], date(2027, 6, 4)) == []
    given = row({"vendredi"}, "18:00", "08:00", 2, days_later=3, band="dimanche")
    (duty,), remarks = made([given], date(2027, 6, 4))
    assert (duty.minutes, duty.band, remarks) == (62 * 60, "dimanche", [])


def test_identical_shifts_are_one_duty_with_the_sum_of_the_needs():
    rows = [
        row(EVERY_DAY, "20:00", "24:00", 2, establishments=("CH",)),
        row(WORKING_DAYS, "20:00", "24:00", 3, need_min=0, need_max=2, establishments=("CLINIQUE",)),
    ]
    (duty,), remarks = made(rows, TUESDAY)
    assert (duty.need_min, duty.need_max, duty.establishments) == (1, 3, ("CH", "CLINIQUE"))
    assert [(remark.kind, remark.severity) for remark in remarks] == [("merged", "information")]


def test_identical_shifts_that_disagree_are_told_and_the_first_holds():
    rows = [row(EVERY_DAY, "20:00", "24:00", 2), row(EVERY_DAY, "20:00", "24:00", 3, points=7, establishments=("CH",))]
    (duty,), remarks = made(rows, TUESDAY)
    assert (duty.need_min, duty.points, duty.establishments) == (2, 2, ())
    assert [(remark.kind, remark.rows) for remark in remarks] == [("same-hours-differ", ("Horaires!2", "Horaires!3"))]


# Overlaps


def test_overlapping_hours_of_one_line_are_reported_once_with_rows_and_dates():
    rows = [row(EVERY_DAY, "18:00", "22:00", 2), row(EVERY_DAY, "20:00", "24:00", 3)]
    duties, remarks = made(rows, TUESDAY, date(2027, 6, 3))
    assert len(duties) == 6
    (overlap,) = remarks
    assert (overlap.kind, overlap.rows, overlap.severity) == ("overlap", ("Horaires!2", "Horaires!3"), "erreur")
    assert overlap.dates == tuple(TUESDAY + timedelta(days=offset) for offset in range(3))


def test_an_overlap_with_the_night_of_the_day_before_is_seen():
    rows = [row({"mardi"}, "20:00", "08:00", 2), row({"mercredi"}, "07:00", "12:00", 3)]
    _, remarks = made(rows, TUESDAY, date(2027, 6, 2))
    assert [(remark.kind, remark.dates) for remark in remarks] == [("overlap", (date(2027, 6, 2),))]


def test_shifts_that_touch_do_not_overlap():
    rows = [row(EVERY_DAY, "20:00", "08:00", 2), row(EVERY_DAY, "08:00", "20:00", 3)]
    assert made(rows, TUESDAY, date(2027, 6, 9))[1] == []


def test_a_line_whose_shifts_overlap_on_purpose_is_left_in_peace():
    rows = [row(EVERY_DAY, "18:00", "22:00", 2), row(EVERY_DAY, "20:00", "24:00", 3)]
    assert made(rows, TUESDAY, overlaps_allowed={"CAPS"})[1] == []


def test_a_line_nobody_knows_is_told_and_its_hours_make_no_duty():
    stray = OpeningHours(line="CAPS-OUBLIE", days=EVERY_DAY, start="20:00", end="24:00", row="Horaires!9")
    special = SpecialDay(kind="fermeture", first=TUESDAY, lines=("PERDU",))
    duties, remarks = made([stray], TUESDAY, specials=[special])
    assert duties == ()
    assert [(remark.kind, remark.line) for remark in remarks] == [
        ("unknown-line", "CAPS-OUBLIE"),
        ("unknown-line", "PERDU"),
    ]


# Size


def test_a_region_of_32_000_duties_works_out_the_hours_of_a_day_once_for_all_its_lines(monkeypatch):
    lines = [Line(id=f"L{number}", name="") for number in range(150)]
    rows = [row.model_copy(update={"line": line.id}) for line in lines for row in [*ONE_LINE, DEEP_NIGHT]]
    period = Period(start=date(2026, 10, 1), end=date(2026, 12, 31))
    worked_out = []
    monkeypatch.setattr(
        "rosterplan.domain.calendar.duties.band_of", lambda *asked: worked_out.append(asked) or band_of(*asked)
    )
    duties, _ = duties_of(lines, rows, [], period, CHOICES)
    assert len(worked_out) == 212
    assert len({duty.id for duty in duties}) == len(duties) == 150 * 212
