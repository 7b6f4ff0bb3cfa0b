import csv
from datetime import date, timedelta
from importlib.resources import files

import holidays as vacanza
import pytest

from rosterplan.domain.calendar import (
    SchoolHoliday,
    SchoolTime,
    published_school_holidays,
    school_calendar,
    school_time,
)
from rosterplan.domain.calendar.school import PUBLISHED_FROM, PUBLISHED_UNTIL, ZONES

HOLIDAY, TERM, UNPUBLISHED = SchoolTime.HOLIDAY, SchoolTime.TERM, SchoolTime.UNPUBLISHED

# What the review of the two libraries left as differences, with the side our table takes.
ASCENSION = {date(2024, 5, 9), date(2025, 5, 29), date(2026, 5, 14), date(2027, 5, 6), date(2028, 5, 25)}
ASCENSION_DAYS = {thursday + timedelta(days=offset) for thursday in ASCENSION for offset in range(4)}
NOT_IN_VACANCES_SCOLAIRES = {date(2027, 9, 1)}
ONLY_IN_VACANCES_SCOLAIRES = {date(2028, 7, 4)}


def days_of(zone):
    return {
        holiday.start + timedelta(days=offset)
        for holiday in published_school_holidays()
        if holiday.zone == zone
        for offset in range((holiday.end - holiday.start).days + 1)
    }


def published_days():
    length = (PUBLISHED_UNTIL - PUBLISHED_FROM).days + 1
    return {PUBLISHED_FROM + timedelta(days=offset) for offset in range(length)}


@pytest.mark.parametrize("zone", ZONES)
def test_the_table_is_that_of_the_library_holidays(zone):
    theirs = vacanza.France(subdiv=f"Zone {zone}", categories="school", years=range(2023, 2029), language="fr")
    assert days_of(zone) == set(theirs) & published_days()


@pytest.mark.parametrize("zone", ZONES)
def test_the_table_differs_from_vacances_scolaires_france_by_the_days_reviewed_only(zone):
    with files("vacances_scolaires_france").joinpath("data/data.csv").open(encoding="utf-8") as rows:
        column = f"vacances_zone_{zone.lower()}"
        theirs = {date.fromisoformat(row["date"]) for row in csv.DictReader(rows) if row[column] == "True"}
    ours = days_of(zone)
    assert ours - theirs - ASCENSION_DAYS == NOT_IN_VACANCES_SCOLAIRES
    assert (theirs & published_days()) - ours == ONLY_IN_VACANCES_SCOLAIRES


def test_each_row_names_its_decree_its_year_and_a_french_name():
    rows = published_school_holidays()
    assert len(rows) == 90
    assert all(row.source.startswith("arrêté du ") for row in rows)
    assert {row.name for row in rows} == {
        "Vacances de la Toussaint", "Vacances de Noël", "Vacances d’hiver",
        "Vacances de printemps", "Pont de l’Ascension", "Vacances d’été",
    }  # fmt: skip
    for row in rows:
        first = int(row.school_year[:4])
        assert row.school_year == f"{first}-{first + 1}"
        assert date(first, 9, 1) <= row.start <= date(first + 1, 7, 31)


@pytest.mark.parametrize(
    ("day", "zone", "answer"),
    [
        (date(2027, 2, 19), "B", TERM),
        (date(2027, 2, 20), "B", HOLIDAY),
        (date(2027, 3, 7), "B", HOLIDAY),
        (date(2027, 3, 8), "B", TERM),
        (date(2027, 2, 20), "C", HOLIDAY),
        (date(2026, 5, 15), "A", HOLIDAY),
        (date(2028, 8, 31), "B", HOLIDAY),
        (date(2028, 9, 1), "B", UNPUBLISHED),
        (date(2028, 12, 25), "B", UNPUBLISHED),
        (date(2023, 9, 3), "B", UNPUBLISHED),
        (date(2023, 9, 4), "B", TERM),
        (date(2027, 2, 20), "Corse", UNPUBLISHED),
    ],
)
def test_a_day_is_a_holiday_term_or_not_published(day, zone, answer):
    assert school_time(day, zone) is answer


def test_an_answer_has_no_truth_value_so_unknown_is_never_read_as_no():
    for answer in SchoolTime:
        with pytest.raises(TypeError):
            bool(answer)


def test_dates_the_coordinator_adds_make_the_days_between_them_known():
    given = (
        SchoolHoliday(zone="B", start=date(2028, 10, 21), end=date(2028, 11, 5), name="Toussaint"),
        SchoolHoliday(zone="B", start=date(2028, 12, 23), end=date(2029, 1, 7), name="Noël"),
    )
    assert school_time(date(2028, 11, 1), "B", given) is HOLIDAY
    assert school_time(date(2028, 11, 6), "B", given) is TERM
    assert school_time(date(2029, 1, 8), "B", given) is UNPUBLISHED
    assert school_time(date(2028, 11, 1), "A", given) is UNPUBLISHED


def test_a_quarter_that_passes_the_last_decree_says_which_days_are_unknown():
    found = school_calendar(date(2028, 7, 1), date(2028, 9, 30), "B")
    assert [holiday.name for holiday in found.holidays] == ["Vacances d’été"]
    assert found.unpublished == ((date(2028, 9, 1), date(2028, 9, 30)),)
    assert school_calendar(date(2027, 1, 1), date(2027, 3, 31), "B").unpublished == ()


def test_a_holiday_that_meets_the_period_by_one_day_is_in_it():
    found = school_calendar(date(2027, 1, 3), date(2027, 2, 20), "B")
    assert [holiday.name for holiday in found.holidays] == ["Vacances de Noël", "Vacances d’hiver"]
    assert school_calendar(date(2027, 1, 4), date(2027, 2, 19), "B").holidays == ()
