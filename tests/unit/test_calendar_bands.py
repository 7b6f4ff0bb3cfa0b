from datetime import date, datetime, timedelta

import pytest
from pydantic import ValidationError

from rosterplan.domain.calendar import (
    DEFAULT_FEASTS,
    OTHER_FEASTS,
    Band,
    CalendarChoices,
    Feast,
    FeastDay,
    band_of,
    days_between,
    fairness_day,
)

CHOICES = CalendarChoices()
MONDAY, FRIDAY, SATURDAY, SUNDAY = date(2027, 6, 7), date(2027, 6, 4), date(2027, 6, 5), date(2027, 6, 6)
HOLIDAY_WEDNESDAY, SATURDAY_HOLIDAY = date(2027, 7, 14), date(2026, 8, 15)


def counted(day, start_hour, end_hour, choices=CHOICES):
    seen = days_between(day, day, choices)[day]
    found = band_of(seen, round(start_hour * 60), round(end_hour * 60), choices)
    return found.band, found.points, found.feast


@pytest.mark.parametrize(
    ("day", "start", "end", "band"),
    [
        (MONDAY, 20, 24, "soiree"),
        (MONDAY, 19, 23, "soiree"),
        (MONDAY, 18, 24, "soiree"),
        (MONDAY, 9, 12, "journee"),
        (MONDAY, 8, 20, "journee"),
        (MONDAY, 8, 20.5, "soiree"),
        (MONDAY, 0, 8, "nuit"),
        (MONDAY, 20, 32, "nuit"),
        (MONDAY, 18, 32, "nuit"),
        (MONDAY, 18.5, 32.5, "nuit"),
        (MONDAY, 20, 30, "nuit"),
        (MONDAY, 16, 32, "soiree"),  # half of it is not most of it
        (MONDAY, 20, 27.9, "soiree"),  # less than half of it after midnight
        (FRIDAY, 20, 24, "soiree"),
        (SATURDAY, 12, 24, "samedi"),
        (SATURDAY, 20, 24, "samedi"),
        (SATURDAY, 20, 32, "nuit"),
        (SATURDAY, 0, 8, "nuit"),
        (SUNDAY, 8, 24, "dimanche"),
        (SUNDAY, 8, 32, "dimanche"),
        (SUNDAY, 20, 24, "dimanche"),
        (SUNDAY, 0, 8, "nuit"),
        (HOLIDAY_WEDNESDAY, 8, 24, "dimanche"),
        (SATURDAY_HOLIDAY, 12, 24, "dimanche"),
    ],
)
def test_the_automatic_band_follows_hours_then_day(day, start, end, band):
    assert counted(day, start, end)[0] == band


@pytest.mark.parametrize(
    ("band", "points"), [("soiree", 2), ("samedi", 3), ("dimanche", 5), ("nuit", 4), ("fete", 6), ("journee", 1)]
)
def test_default_points(band, points):
    assert CHOICES.points_of(band) == points


@pytest.mark.parametrize(
    ("day", "start", "end", "expected"),
    [
        (date(2026, 12, 24), 20, 24, ("fete", 6, "noel")),
        (date(2026, 12, 24), 19, 23, ("fete", 6, "noel")),
        (date(2026, 12, 24), 8, 20, ("journee", 1, None)),
        (date(2026, 12, 24), 0, 8, ("nuit", 4, None)),  # the night of the 23rd
        (date(2026, 12, 24), 20, 32, ("fete", 8, "noel")),
        (date(2026, 12, 25), 0, 8, ("fete", 8, "noel")),
        (date(2026, 12, 25), 8, 24, ("fete", 8, "noel")),
        (date(2026, 12, 26), 0, 8, ("fete", 8, "noel")),  # the night of Christmas Day
        (date(2026, 12, 26), 12, 24, ("samedi", 3, None)),
        (date(2026, 12, 26), 0, 20, ("samedi", 3, None)),  # a day, not the night of Christmas Day
        (date(2026, 12, 31), 20, 24, ("fete", 6, "jour-de-l-an")),
        (date(2027, 1, 1), 0, 8, ("fete", 8, "jour-de-l-an")),
        (date(2027, 1, 1), 8, 24, ("fete", 8, "jour-de-l-an")),
        (date(2027, 1, 2), 0, 8, ("fete", 8, "jour-de-l-an")),
        (date(2027, 1, 2), 12, 24, ("samedi", 3, None)),
        (date(2026, 12, 23), 20, 32, ("nuit", 4, None)),
        (date(2022, 12, 24), 12, 24, ("fete", 6, "noel")),  # a Saturday with its evening
        (date(2022, 12, 24), 12, 20, ("samedi", 3, None)),  # and without
    ],
)
def test_feasts_begin_the_evening_before_and_take_the_night_after(day, start, end, expected):
    assert counted(day, start, end) == expected


def test_a_department_without_feasts_has_ordinary_bands():
    assert counted(date(2026, 12, 25), 8, 24, CalendarChoices(feasts=())) == ("dimanche", 5, None)


def test_other_feasts_rotate_but_keep_their_band():
    choices = CalendarChoices(feasts=DEFAULT_FEASTS + OTHER_FEASTS)
    assert counted(date(2027, 3, 28), 8, 24, choices) == ("dimanche", 5, "paques")
    assert counted(date(2027, 5, 7), 20, 24, choices) == ("soiree", 2, "ascension")
    assert counted(date(2027, 5, 9), 8, 24, choices) == ("dimanche", 5, "ascension")
    assert counted(date(2027, 8, 15), 8, 24, choices) == ("dimanche", 5, "quinze-aout")


def test_a_feast_may_have_a_band_and_points_of_its_own():
    music = Feast(
        id="musique", name="Fête de la musique", band="musique", days=(FeastDay(month=6, day=21, start="18:00"),)
    )
    bands = (*CHOICES.bands, Band(id="musique", name="Fête de la musique", points=7))
    choices = CalendarChoices(feasts=(*DEFAULT_FEASTS, music), bands=bands)
    assert counted(date(2027, 6, 21), 20, 24, choices) == ("musique", 7, "musique")


def test_a_band_without_points_says_so():
    choices = CalendarChoices(bands=(Band(id="nuit", name="Nuit", points=4),))
    assert counted(MONDAY, 20, 24, choices) == ("soiree", None, None)


@pytest.mark.parametrize(
    ("day", "band"),
    [(date(2026, 7, 13), "dimanche"), (date(2027, 5, 7), "dimanche"), (date(2026, 5, 2), "samedi")],
)
def test_the_day_of_a_pont_counts_as_a_sunday_unless_it_is_a_saturday(day, band):
    assert counted(day, 8, 24)[0] == band
    assert counted(day, 8, 24, CalendarChoices(pont_band="samedi"))[0] == "samedi"


def test_hours_before_those_of_the_pont_are_working_hours():
    afternoon = CalendarChoices(pont_start="12:00")
    assert counted(date(2026, 7, 13), 8, 12, afternoon)[0] == "journee"
    assert counted(date(2026, 7, 13), 11, 14, afternoon)[0] == "dimanche"


def test_the_evening_of_a_pont_is_an_evening():
    assert counted(date(2026, 7, 13), 20, 24)[0] == "soiree"


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        ("2027-01-02T00:00", "2027-01-02T08:00", date(2027, 1, 1)),
        ("2027-01-02T02:00", "2027-01-02T08:00", date(2027, 1, 1)),
        ("2027-01-01T20:00", "2027-01-02T08:00", date(2027, 1, 1)),
        ("2027-01-02T07:30", "2027-01-02T14:00", date(2027, 1, 2)),
        ("2027-01-02T00:00", "2027-01-02T20:00", date(2027, 1, 2)),
        ("2027-01-02T12:00", "2027-01-03T00:00", date(2027, 1, 2)),
    ],
)
def test_a_deep_night_belongs_to_the_evening_before(start, end, day):
    assert fairness_day(datetime.fromisoformat(start + "+01:00"), datetime.fromisoformat(end + "+01:00")) == day


def test_a_deep_night_over_the_clock_change_belongs_to_the_evening_before():
    start, end = datetime.fromisoformat("2027-03-28T00:00+01:00"), datetime.fromisoformat("2027-03-28T08:00+02:00")
    assert end - start == timedelta(hours=7)
    assert fairness_day(start, end) == date(2027, 3, 27)


@pytest.mark.parametrize(
    "day",
    [
        {},
        {"month": 12},
        {"month": 2, "day": 30},
        {"month": 5, "day": 1, "after_easter": 1},
        {"after_easter": 1, "end": 0},
    ],
)
def test_a_feast_day_needs_one_date_and_hours(day):
    with pytest.raises(ValidationError):
        FeastDay(**day)


def test_a_feast_on_29_february_exists_in_leap_years_only():
    leap = FeastDay(month=2, day=29)
    assert leap.date_in(2028) == date(2028, 2, 29)
    assert leap.date_in(2027) is None


def test_bands_and_feasts_are_given_once():
    with pytest.raises(ValidationError, match="band given twice"):
        CalendarChoices(bands=(*CHOICES.bands, Band(id="nuit", name="Nuit", points=1)))
    with pytest.raises(ValidationError, match="feast given twice"):
        CalendarChoices(feasts=(*DEFAULT_FEASTS, DEFAULT_FEASTS[0]))
