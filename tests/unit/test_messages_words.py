"""Dates, hours, lists and numbers as people write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rosterplan.messages import speaking
from rosterplan.messages.words import (
    clock,
    day_name,
    decimal,
    hours,
    listed,
    long_date,
    month_name,
    of_person,
    plural,
    short_date,
    unaccented,
)


def test_the_first_of_a_month_is_1er_in_french_and_1_in_english():
    assert long_date(date(2027, 3, 1)) == "lundi 1er mars 2027"
    assert long_date(date(2027, 3, 2), year=False) == "mardi 2 mars"
    with speaking("en"):
        assert long_date(date(2027, 3, 1)) == "Monday 1 March 2027"


def test_months_and_days_keep_their_accents():
    assert month_name(date(2027, 8, 1), year=True) == "août 2027"
    assert month_name(date(2027, 2, 1)) == "février"
    assert day_name(date(2027, 1, 2)) == "samedi"
    assert short_date(date(2027, 1, 2)) == "sam. 02/01"


@pytest.mark.parametrize(
    ("start", "end", "french", "english"),
    [
        (datetime(2027, 1, 2, 20), datetime(2027, 1, 3, 0), "20 h – 24 h", "20:00 – 24:00"),
        (datetime(2027, 1, 2, 20), datetime(2027, 1, 3, 8), "20 h – 8 h", "20:00 – 08:00"),
        (datetime(2027, 1, 2, 0), datetime(2027, 1, 2, 8), "0 h – 8 h", "00:00 – 08:00"),
        (datetime(2027, 1, 2, 7, 30), datetime(2027, 1, 2, 12), "7 h 30 – 12 h", "07:30 – 12:00"),
    ],
)
def test_midnight_ends_a_duty_at_24_and_begins_one_at_0(start, end, french, english):
    assert hours(start, end) == french
    with speaking("en"):
        assert hours(start, end) == english


def test_a_clock_without_minutes_says_the_hour_alone():
    assert clock(datetime(2027, 1, 2, 9)) == "9 h"


def test_lists_end_with_et_and_are_cut_with_their_number():
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B et C"
    assert listed(["A", "B", "C", "D"], most=2) == "A, B et 2 autres"
    assert listed(["A", "B", "C"], most=2) == "A, B et 1 autre"
    with speaking("en"):
        assert listed(["A", "B", "C", "D"], most=2) == "A, B and 2 others"


def test_hundredths_are_written_with_a_comma_and_keep_the_sign_of_small_numbers():
    assert decimal(250) == "2,50"
    assert decimal(-5) == "-0,05"
    with speaking("en"):
        assert decimal(250) == "2.50"


def test_zero_is_singular_in_french_and_plural_in_english():
    assert plural(0, "garde") == "0 garde"
    assert plural(1, "garde") == "1 garde"
    assert plural(2, "journal", "journaux") == "2 journaux"
    with speaking("en"):
        assert plural(0, "duty", "duties") == "0 duties"


def test_french_says_du_docteur_and_drops_the_e_before_a_vowel():
    assert of_person("Dr AUBRY Hélène") == "du Dr AUBRY Hélène"
    assert of_person("LEROY Anne") == "de LEROY Anne"
    assert of_person("ÉVENO Anne") == "d’ÉVENO Anne"
    with speaking("en"):
        assert of_person("Dr AUBRY Hélène") == "of Dr AUBRY Hélène"


def test_words_that_differ_by_accents_capitals_or_ligatures_are_the_same():
    assert unaccented("Évron") == unaccented("EVRON") == "evron"
    assert unaccented("Sacré-Cœur") == "sacre-coeur" != unaccented("Sacre Coeur")
