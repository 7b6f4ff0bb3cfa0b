from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from rosterplan.domain.calendar import CalendarChoices, LocalHoliday, legal_kind, legal_slices
from rosterplan.domain.calendar.clock import moment

PARIS = ZoneInfo("Europe/Paris")
CHOICES = CalendarChoices()


def interval(day, start_hour, end_hour, zone=PARIS):
    return moment(day, round(start_hour * 60), zone), moment(day, round(end_hour * 60), zone)


def cut(day, start_hour, end_hour, choices=CHOICES):
    slices = legal_slices(*interval(day, start_hour, end_hour), choices)
    return [(part.kind, part.minutes / 60) for part in slices]


TUESDAY, FRIDAY, SATURDAY, SUNDAY = date(2027, 6, 1), date(2027, 6, 4), date(2027, 6, 5), date(2027, 6, 6)
HOLIDAY_WEDNESDAY, MONDAY_BEFORE_HOLIDAY = date(2027, 7, 14), date(2026, 7, 13)
FRIDAY_AFTER_HOLIDAY, SATURDAY_AFTER_HOLIDAY = date(2027, 5, 7), date(2026, 5, 2)


@pytest.mark.parametrize(
    ("day", "start", "end", "slices"),
    [
        (TUESDAY, 20, 32, [("nuit", 12)]),
        (TUESDAY, 18, 24, [("hors-pdsa", 2), ("nuit", 4)]),
        (TUESDAY, 8, 20, [("hors-pdsa", 12)]),
        (SATURDAY, 8, 24, [("hors-pdsa", 4), ("samedi", 8), ("nuit", 4)]),
        (SATURDAY, 0, 8, [("nuit", 8)]),
        (SUNDAY, 8, 24, [("dimanche-ferie", 12), ("nuit", 4)]),
        (SUNDAY, 0, 8, [("nuit", 8)]),
        (HOLIDAY_WEDNESDAY, 8, 20, [("dimanche-ferie", 12)]),
        (MONDAY_BEFORE_HOLIDAY, 8, 24, [("pont", 12), ("nuit", 4)]),
        (FRIDAY_AFTER_HOLIDAY, 7, 21, [("nuit", 1), ("pont", 12), ("nuit", 1)]),
        (SATURDAY_AFTER_HOLIDAY, 8, 24, [("pont", 4), ("samedi", 8), ("nuit", 4)]),
        (FRIDAY, 18, 32 + 48, [
            ("hors-pdsa", 2), ("nuit", 12), ("hors-pdsa", 4), ("samedi", 8),
            ("nuit", 12), ("dimanche-ferie", 12), ("nuit", 12),
        ]),
    ],
)  # fmt: skip
def test_hours_are_cut_by_article_r6315_1(day, start, end, slices):
    assert cut(day, start, end) == slices


def test_saturday_from_noon_is_a_switch():
    closed = CalendarChoices(saturday_from_noon=False)
    assert cut(SATURDAY, 12, 24, closed) == [("hors-pdsa", 8), ("nuit", 4)]


def test_a_saturday_pont_reaches_noon_and_more_where_saturday_afternoon_is_closed():
    closed = CalendarChoices(saturday_from_noon=False)
    assert cut(SATURDAY_AFTER_HOLIDAY, 8, 20, closed) == [("pont", 12)]


def test_the_hours_of_a_pont_are_the_departments():
    late = CalendarChoices(pont_start="12:00", pont_end="18:00")
    assert cut(MONDAY_BEFORE_HOLIDAY, 8, 20, late) == [("hors-pdsa", 4), ("pont", 6), ("hors-pdsa", 2)]


def test_a_pont_that_is_switched_off_is_an_ordinary_day():
    closed = CalendarChoices(pont_monday_before=False)
    assert cut(MONDAY_BEFORE_HOLIDAY, 8, 20, closed) == [("hors-pdsa", 12)]


def test_a_saturday_holiday_has_holiday_hours_only_once():
    assert cut(date(2026, 8, 15), 8, 20) == [("dimanche-ferie", 12)]


def test_a_clock_change_night_has_its_true_length():
    assert cut(date(2027, 3, 27), 20, 32) == [("nuit", 11)]
    assert cut(date(2027, 10, 30), 20, 32) == [("nuit", 13)]


@pytest.mark.parametrize(
    ("day", "start", "end", "kind"),
    [
        (SATURDAY, 12, 24, "samedi"),
        (SUNDAY, 8, 24, "dimanche-ferie"),
        (TUESDAY, 20, 24, "nuit"),
        (TUESDAY, 9, 21, "nuit"),  # whatever is outside the PDSA does not vote
        (TUESDAY, 9, 12, "hors-pdsa"),
        (HOLIDAY_WEDNESDAY, 0, 8, "nuit"),
        (SATURDAY, 16, 24, "samedi"),  # four hours each: the earlier
    ],
)
def test_the_kind_of_a_duty_is_that_of_most_of_its_pdsa_hours(day, start, end, kind):
    assert legal_kind(*interval(day, start, end), CHOICES) == kind


def test_hours_are_those_of_the_place():
    reunion = CalendarChoices(territory="reunion")
    start = datetime.fromisoformat("2026-12-20T06:00+00:00")
    end = datetime.fromisoformat("2026-12-20T08:00+00:00")
    assert legal_kind(start, end, reunion, "Indian/Reunion") == "dimanche-ferie"
    early = datetime.fromisoformat("2026-12-20T02:00+00:00")
    assert [part.kind for part in legal_slices(early, end, reunion, "Indian/Reunion")] == ["nuit", "dimanche-ferie"]


def test_a_local_holiday_opens_holiday_hours():
    choices = CalendarChoices(local_holidays=(LocalHoliday(date=TUESDAY, name="fête locale"),))
    assert cut(TUESDAY, 8, 20, choices) == [("dimanche-ferie", 12)]
