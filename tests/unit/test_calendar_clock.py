from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from rosterplan.domain.calendar import EVERY_DAY, OpeningHours
from rosterplan.domain.calendar.clock import moment

PARIS = ZoneInfo("Europe/Paris")
SPRING = date(2027, 3, 28)
AUTUMN = date(2027, 10, 31)


def minutes_between(day, start, end, zone=PARIS):
    return (moment(day, end, zone) - moment(day, start, zone)) // timedelta(minutes=1)


def test_a_fourteen_hour_night_lasts_thirteen_hours_in_spring_and_fifteen_in_autumn():
    eve_of_spring, eve_of_autumn = SPRING - timedelta(days=1), AUTUMN - timedelta(days=1)
    assert minutes_between(eve_of_spring, 18 * 60, 32 * 60) == 13 * 60
    assert minutes_between(eve_of_autumn, 18 * 60, 32 * 60) == 15 * 60
    assert minutes_between(date(2027, 6, 1), 18 * 60, 32 * 60) == 14 * 60


def test_an_hour_that_does_not_exist_is_the_moment_of_the_change():
    change = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    for minute in (120, 121, 150, 179, 180):
        assert moment(SPRING, minute, PARIS) == change
    assert moment(SPRING, 119, PARIS) == change - timedelta(minutes=1)
    assert moment(SPRING, 181, PARIS) == change + timedelta(minutes=1)


def test_an_hour_lived_twice_is_meant_the_first_time():
    assert moment(AUTUMN, 150, PARIS) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert moment(AUTUMN, 180, PARIS) == datetime(2027, 10, 31, 2, 0, tzinfo=UTC)


def test_moments_are_written_with_the_offset_of_their_side_of_the_change():
    eve = SPRING - timedelta(days=1)
    assert moment(eve, 1200, PARIS).isoformat() == "2027-03-27T20:00:00+01:00"
    assert moment(eve, 1920, PARIS).isoformat() == "2027-03-28T08:00:00+02:00"


def test_subtracting_two_moments_gives_their_true_distance():
    eve = SPRING - timedelta(days=1)
    start, end = moment(eve, 1200, PARIS), moment(eve, 1920, PARIS)
    assert end - start == timedelta(hours=11)


@pytest.mark.parametrize(
    ("zone", "offset"), [("Indian/Reunion", "+04:00"), ("America/Cayenne", "-03:00"), ("America/Martinique", "-04:00")]
)
def test_overseas_clocks_never_change(zone, offset):
    for day in (SPRING, AUTUMN):
        assert moment(day, 1200, ZoneInfo(zone)).isoformat().endswith(offset)
        assert minutes_between(day, 0, 1440, ZoneInfo(zone)) == 1440


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("20:00", "24:00", (1200, 1440)),
        ("20:00", "08:00", (1200, 1920)),
        ("0:00", "8:00", (0, 480)),
        ("08:00", "08:00", (480, 1920)),
        ("00:00", "24:00", (0, 1440)),
        ("18:30", "00:00", (1110, 1440)),
        (time(19, 30), time(23, 0), (1170, 1380)),
        (1200, 1440, (1200, 1440)),
    ],
)
def test_hours_are_read_from_text_times_and_minutes(start, end, minutes):
    hours = OpeningHours(line="L", days=EVERY_DAY, start=start, end=end)
    assert (hours.start, hours.end_minute) == minutes


@pytest.mark.parametrize(
    ("start", "end"), [("24:00", "08:00"), ("20:00", "24:01"), ("20:60", "22:00"), ("midi", "20:00")]
)
def test_hours_no_clock_shows_are_refused(start, end):
    with pytest.raises(ValidationError):
        OpeningHours(line="L", days=EVERY_DAY, start=start, end=end)


def test_a_weekend_in_one_piece_ends_days_later():
    hours = OpeningHours(line="L", days={"vendredi"}, start="18:00", end="08:00", days_later=3)
    assert hours.end_minute - hours.start == 62 * 60


def test_hours_that_end_the_same_day_before_they_start_are_refused():
    with pytest.raises(ValidationError, match="end not after start"):
        OpeningHours(line="L", days=EVERY_DAY, start="20:00", end="08:00", days_later=0)
