from datetime import date, timedelta

import pytest

from rosterplan.domain.calendar import CalendarChoices, LocalHoliday, count_days, day_kind, days_between, pont_of

CHOICES = CalendarChoices()
QUARTERS = {
    "2026T1": (date(2026, 1, 1), date(2026, 3, 31)),
    "2026T2": (date(2026, 4, 1), date(2026, 6, 30)),
    "2026T3": (date(2026, 7, 1), date(2026, 9, 30)),
    "2026T4": (date(2026, 10, 1), date(2026, 12, 31)),
    "2027T1": (date(2027, 1, 1), date(2027, 3, 31)),
    "2027T2": (date(2027, 4, 1), date(2027, 6, 30)),
    "2027T3": (date(2027, 7, 1), date(2027, 9, 30)),
    "2027T4": (date(2027, 10, 1), date(2027, 12, 31)),
}


@pytest.mark.parametrize(
    ("quarter", "days", "saturdays", "sundays_and_holidays"),
    [
        ("2026T1", 90, 13, 14),
        ("2026T2", 91, 13, 18),
        ("2026T3", 92, 12, 15),
        ("2026T4", 92, 13, 15),
        ("2027T1", 90, 13, 15),
        ("2027T2", 91, 11, 17),
        ("2027T3", 92, 13, 14),
        ("2027T4", 92, 12, 16),
    ],
)
def test_days_of_each_quarter_are_counted_once(quarter, days, saturdays, sundays_and_holidays):
    counts = count_days(*QUARTERS[quarter], CHOICES)
    assert (counts.days, counts.saturdays, counts.sundays_and_holidays) == (days, saturdays, sundays_and_holidays)


@pytest.mark.parametrize(
    ("quarter", "ponts", "only_if_thursday_counts"),
    [
        ("2026T1", ["2026-01-02"], ["2026-01-03"]),
        ("2026T2", ["2026-05-02", "2026-05-09", "2026-05-15"], ["2026-05-16"]),
        ("2026T3", ["2026-07-13"], []),
        ("2026T4", ["2026-12-26"], []),
        ("2027T1", ["2027-01-02"], []),
        ("2027T2", ["2027-05-07"], []),
        ("2027T3", [], []),
        ("2027T4", ["2027-11-12"], ["2027-11-13"]),
    ],
)
def test_ponts_of_each_quarter(quarter, ponts, only_if_thursday_counts):
    def found(choices):
        return {str(day.date) for day in days_between(*QUARTERS[quarter], choices).values() if day.pont}

    assert found(CHOICES) == set(ponts)
    wide = CalendarChoices(pont_saturday_after_thursday=True)
    assert found(wide) == {*ponts, *only_if_thursday_counts}


@pytest.mark.parametrize(
    ("switch", "day"),
    [
        ("pont_monday_before", date(2026, 7, 13)),
        ("pont_friday_after", date(2026, 5, 15)),
        ("pont_saturday_after", date(2026, 5, 2)),
    ],
)
def test_each_pont_closes_with_its_own_switch_and_no_other(switch, day):
    assert pont_of(day, CHOICES) is not None
    assert pont_of(day, CalendarChoices(**{switch: False})) is None
    others = {"pont_monday_before", "pont_friday_after", "pont_saturday_after"} - {switch}
    assert pont_of(day, CalendarChoices(**dict.fromkeys(others, False))) is not None


def test_the_saturday_after_a_thursday_and_a_friday_holiday_needs_no_thursday_switch():
    choices = CalendarChoices(local_holidays=(LocalHoliday(date=date(2026, 5, 15), name="fermeture du pont"),))
    assert pont_of(date(2026, 5, 16), choices) == "samedi-apres-ferie"


def test_a_holiday_is_never_a_pont():
    assert pont_of(date(2027, 5, 8), CalendarChoices(pont_saturday_after_thursday=True)) is None
    assert pont_of(date(2026, 12, 26), CalendarChoices(territory="alsace-moselle")) is None


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 8, 15), "ferie"),  # a Saturday
        (date(2026, 11, 1), "ferie"),  # a Sunday
        (date(2026, 7, 13), "pont"),
        (date(2026, 5, 2), "samedi"),  # a Saturday and a pont
        (date(2026, 5, 3), "dimanche"),
        (date(2026, 5, 5), "semaine"),
    ],
)
def test_a_day_has_one_kind(day, kind):
    assert day_kind(day, CHOICES) == kind


def test_a_holiday_just_beyond_the_period_still_makes_an_eve_and_a_pont():
    last = date(2026, 7, 13)
    day = days_between(last, last, CHOICES)[last]
    assert (day.eve_of_holiday, day.pont) == (True, "lundi-avant-ferie")
    first = date(2026, 5, 15)
    assert days_between(first, first, CHOICES)[first].pont == "vendredi-apres-ferie"


def test_a_local_holiday_is_a_holiday_and_makes_its_ponts():
    choices = CalendarChoices(local_holidays=(LocalHoliday(date=date(2027, 2, 9), name="Mardi gras"),))
    assert day_kind(date(2027, 2, 9), choices) == "ferie"
    assert day_kind(date(2027, 2, 8), choices) == "pont"
    assert count_days(*QUARTERS["2027T1"], choices).sundays_and_holidays == 16


def test_a_day_treated_as_a_sunday_is_counted_as_one_and_is_no_pont():
    day = date(2026, 7, 13)
    seen = days_between(day, day + timedelta(days=1), CHOICES, as_sundays=[day])[day]
    assert (seen.kind, seen.pont) == ("dimanche", None)
