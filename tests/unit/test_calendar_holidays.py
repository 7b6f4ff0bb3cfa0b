from datetime import date

import holidays as vacanza
import pytest
from jours_feries_france import JoursFeries

from rosterplan.domain.calendar import TIMEZONES, easter_sunday, holidays_between, statutory_holidays

YEARS = range(2024, 2101)
TERRITORIES = list(TIMEZONES)
SUBDIVISIONS = {
    "metropole": None, "alsace-moselle": "6AE", "guadeloupe": "971", "martinique": "972",
    "guyane": "973", "reunion": "974", "mayotte": "976", "saint-barthelemy": "BL",
}  # fmt: skip
ZONES = {
    "metropole": "Métropole", "alsace-moselle": "Alsace-Moselle", "guadeloupe": "Guadeloupe",
    "martinique": "Martinique", "guyane": "Guyane", "reunion": "La Réunion", "mayotte": "Mayotte",
    "saint-barthelemy": "Saint-Barthélémy",
}  # fmt: skip
CUSTOMARY_IN_THE_ANTILLES = {
    "guadeloupe": {"Vendredi saint", "Mi-Carême", "Fête de Victor Schoelcher"},
    "martinique": {"Fête de Victor Schoelcher"},
}


@pytest.mark.parametrize("territory", TERRITORIES)
def test_every_holiday_to_2100_agrees_with_the_library_holidays(territory):
    ours = {day for year in YEARS for day in statutory_holidays(year, territory)}
    theirs = vacanza.France(subdiv=SUBDIVISIONS[territory], years=YEARS, language="fr")
    customary = CUSTOMARY_IN_THE_ANTILLES.get(territory, set())
    assert ours == {day for day, names in theirs.items() if set(names.split("; ")) - customary}


@pytest.mark.parametrize("territory", TERRITORIES)
def test_every_holiday_to_2100_agrees_with_jours_feries_france(territory):
    for year in YEARS:
        theirs = set(JoursFeries.for_year(year, ZONES[territory]).values())
        assert set(statutory_holidays(year, territory)) == theirs, year


def test_metropolitan_france_has_the_eleven_days_of_the_labour_code():
    assert statutory_holidays(2027) == {
        date(2027, 1, 1): "Jour de l’an",
        date(2027, 3, 29): "Lundi de Pâques",
        date(2027, 5, 1): "Fête du Travail",
        date(2027, 5, 6): "Ascension",
        date(2027, 5, 8): "Victoire de 1945",
        date(2027, 5, 17): "Lundi de Pentecôte",
        date(2027, 7, 14): "Fête nationale",
        date(2027, 8, 15): "Assomption",
        date(2027, 11, 1): "Toussaint",
        date(2027, 11, 11): "Armistice de 1918",
        date(2027, 12, 25): "Noël",
    }


def test_alsace_moselle_keeps_good_friday_and_the_day_after_christmas():
    more = set(statutory_holidays(2027, "alsace-moselle")) - set(statutory_holidays(2027))
    assert more == {date(2027, 3, 26), date(2027, 12, 26)}


@pytest.mark.parametrize(
    "good_friday",
    [
        date(2024, 3, 29),
        date(2025, 4, 18),
        date(2026, 4, 3),
        date(2027, 3, 26),
        date(2028, 4, 14),
        date(2029, 3, 30),
        date(2030, 4, 19),
    ],
)
def test_good_fridays_are_those_of_the_almanac(good_friday):
    assert statutory_holidays(good_friday.year, "alsace-moselle")[good_friday] == "Vendredi saint"


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (1954, date(1954, 4, 18)),
        (2008, date(2008, 3, 23)),
        (2038, date(2038, 4, 25)),
        (2049, date(2049, 4, 18)),
        (2076, date(2076, 4, 19)),
    ],
)
def test_easter_is_right_in_the_years_where_short_cuts_fail(year, easter):
    assert easter_sunday(year) == easter


@pytest.mark.parametrize(
    ("territory", "month", "day"),
    [
        ("mayotte", 4, 27),
        ("martinique", 5, 22),
        ("guadeloupe", 5, 27),
        ("guyane", 6, 10),
        ("saint-barthelemy", 10, 9),
        ("reunion", 12, 20),
    ],
)
def test_overseas_adds_its_own_abolition_day_and_nothing_else(territory, month, day):
    more = set(statutory_holidays(2026, territory)) - set(statutory_holidays(2026))
    assert more == {date(2026, month, day)}


def test_two_holidays_on_one_day_are_one_day_with_both_names():
    assert statutory_holidays(2059)[date(2059, 5, 8)] == "Ascension et Victoire de 1945"
    assert len(statutory_holidays(2059)) == 10


def test_holidays_between_crosses_new_year_and_includes_both_ends():
    found = holidays_between(date(2026, 12, 25), date(2027, 1, 1))
    assert found == {date(2026, 12, 25): "Noël", date(2027, 1, 1): "Jour de l’an"}


def test_a_local_holiday_joins_the_statutory_ones_and_names_are_not_doubled():
    local = {date(2027, 2, 9): "Mardi gras", date(2027, 1, 1): "Jour de l’an", date(2027, 9, 1): "hors période"}
    found = holidays_between(date(2027, 1, 1), date(2027, 3, 1), "martinique", local)
    assert found == {date(2027, 1, 1): "Jour de l’an", date(2027, 2, 9): "Mardi gras"}
