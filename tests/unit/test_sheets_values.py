"""Dates, hours, numbers and words are understood in all the ways people type them, or refused with what was wanted."""

from datetime import date, datetime, time, timedelta

import pytest

from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Period
from rosterplan.sheets.cells.dates import out_of_order, outside_period, read_date, read_day_in, read_days
from rosterplan.sheets.cells.hours import read_hour, read_hours
from rosterplan.sheets.cells.text import bare, clean_text, close_to, fold
from rosterplan.sheets.cells.values import (
    read_choice,
    read_choices,
    read_integer,
    read_list,
    read_number,
    read_percent,
    read_rpps,
    read_yes_no,
)

WINTER = Period(start=date(2027, 1, 1), end=date(2027, 3, 31))
ACROSS = Period(start=date(2026, 10, 26), end=date(2027, 3, 23))
THIRD_OF_MARCH = date(2027, 3, 3)


def code(found: object) -> str:
    assert isinstance(found, Problem)
    assert found.severity == "erreur" and found.found and found.wanted and found.remedy
    return found.code


@pytest.mark.parametrize(
    "typed",
    [
        "3 mars 27", "3 mars 2027", "03/03/2027", "3/3/27", "03.03.2027", "03-03-27", "3-mars", "3 mars", "le 3 mars",
        "3/3", "03 03 2027", "2027-03-03", "2027/03/03", "2027-03-03T20:00", "03/03/2027 20:00", "03032027", "20270303",
        "mercredi 3 mars 2027", "mer. 3 mars", "Mercredi 03/03", "MERCREDI 3 MARS", "3\u00a0mars\u00a02027", "3-mars-27",
        "March 3, 2027", "Wednesday 3 March 2027", "46449", 46449, 46449.8, 3032027, 20270303,
        date(2027, 3, 3), datetime(2027, 3, 3, 20),
    ],
)  # fmt: skip
def test_a_day_is_understood_however_it_is_typed(typed: str | float | date) -> None:
    assert read_date(typed, WINTER) == THIRD_OF_MARCH


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1er mars", date(2027, 3, 1)),
        ("14 févr. 2027", date(2027, 2, 14)),
        ("14 fe\u0301vrier 2027", date(2027, 2, 14)),
        ("dim 3 janvier", date(2027, 1, 3)),
        ("15 août 2027", date(2027, 8, 15)),
        ("24 déc. 26", date(2026, 12, 24)),
        ("29/02/2028", date(2028, 2, 29)),
    ],
)
def test_abbreviations_and_accents_in_any_form_are_understood(typed: str, day: date) -> None:
    assert read_date(typed, WINTER) == day


def test_the_year_left_out_is_the_one_that_falls_in_the_period() -> None:
    assert read_date("24 décembre", ACROSS) == date(2026, 12, 24)
    assert read_date("3 mars", ACROSS) == THIRD_OF_MARCH
    assert code(read_date("3 mars")) == "date-unreadable"


def test_day_numbers_follow_the_date_system_of_the_workbook() -> None:
    assert read_date(46449 - 1462, WINTER, date1904=True) == THIRD_OF_MARCH


@pytest.mark.parametrize("typed", ["31/02/2027", "32/01/2027", "30 février", "29/02/2027"])
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    assert code(read_date(typed, WINTER)) == "date-wrong"


def test_a_month_before_the_day_is_suspected() -> None:
    found = read_date("03/25/2027", WINTER)
    assert code(found) == "date-wrong" and isinstance(found, Problem) and "25/03" in found.remedy


def test_a_weekday_that_is_not_that_of_the_date_is_refused_and_the_right_one_named() -> None:
    found = read_date("mardi 3 mars 2027", WINTER)
    assert code(found) == "date-wrong" and isinstance(found, Problem) and "mercredi" in found.remedy


@pytest.mark.parametrize("typed", ["congés", "samedi 2", "mars 2027", "12", 12, 0.5, True, time(8), "3 mats", ""])
def test_what_is_no_date_is_refused_with_an_example(typed: str | float | time) -> None:
    found = read_date(typed, WINTER)
    assert code(found) == "date-unreadable" and isinstance(found, Problem) and "03/03/2027" in found.remedy


def test_a_wrong_year_is_named_with_the_day_that_was_probably_meant() -> None:
    found = outside_period(date(2024, 3, 3), WINTER)
    assert found is not None and "mercredi 3 mars 2027" in found.remedy
    assert outside_period(date(2027, 8, 15), WINTER) is not None
    assert outside_period(WINTER.start, WINTER) is None and outside_period(WINTER.end, WINTER) is None
    assert code(read_day_in("03/03/2024", WINTER)) == "date-outside-period"
    assert read_day_in("3 mars", WINTER) == THIRD_OF_MARCH


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("du 3 au 10 mars 27", "2027-03-03", "2027-03-10"),
        ("3-10 mars", "2027-03-03", "2027-03-10"),
        ("03/03 → 10/03/2027", "2027-03-03", "2027-03-10"),
        ("03/03 - 10/03", "2027-03-03", "2027-03-10"),
        ("03-03-2027 au 10-03-2027", "2027-03-03", "2027-03-10"),
        ("du 28 février au 3 mars", "2027-02-28", "2027-03-03"),
        ("du lundi 1er au dimanche 7 mars", "2027-03-01", "2027-03-07"),
        ("du 25/12 au 03/01/2027", "2026-12-25", "2027-01-03"),
        ("3 mars", "2027-03-03", "2027-03-03"),
        ("15/04/2014-21/04/2017", "2014-04-15", "2017-04-21"),
    ],
)
def test_a_range_in_one_cell_is_understood(typed: str, first: str, last: str) -> None:
    assert read_days(typed, WINTER) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("typed", ["du 10 mars au 3 mars 2027", "10/03/2027-03/03/2027", "du 10/03 au 03/03"])
def test_an_end_before_its_start_is_refused(typed: str) -> None:
    assert code(read_days(typed, WINTER)) == "dates-out-of-order"


def test_one_day_is_in_order_with_itself() -> None:
    assert out_of_order(THIRD_OF_MARCH, THIRD_OF_MARCH) is None


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("20h", 1200), ("20 h", 1200), ("20H30", 1230), ("20 h 30", 1230), ("20:00", 1200), ("20:00:00", 1200),
        ("20h00min", 1200), ("20 heures", 1200), ("2000", 1200), ("8", 480), ("midi", 720), ("Midi", 720), ("noon", 720),
        ("8 h du soir", 1200), ("8h du matin", 480), ("8 pm", 1200), ("12 am", 0), ("24h", 1440), ("24:00", 1440),
        ("PT24H00M00S", 1440), ("20\u202fh\u202f30", 1230), (20, 1200), (20.5, 1230), (0.5, 720), (20 / 24, 1200),
        (time(20, 30), 1230), (time(8, 29, 59, 994000), 510), (timedelta(hours=24), 1440), (date(1900, 1, 1), 1440),
    ],
)  # fmt: skip
def test_an_hour_is_understood_however_it_is_typed(typed: str | float | time, minutes: int) -> None:
    assert read_hour(typed) == minutes


@pytest.mark.parametrize("typed", ["minuit", "0h", "00:00", 0, time(0), "midnight"])
def test_midnight_begins_a_day_or_ends_it(typed: str | int | time) -> None:
    assert read_hour(typed) == 0
    assert read_hour(typed, end=True) == 1440


@pytest.mark.parametrize(
    "typed", ["26h", "20h75", "soir", "25:00", -1, 30, True, date(2027, 3, 3), "20h-24h", timedelta(hours=30)]
)
def test_what_is_no_hour_is_refused(typed: str | int | date) -> None:
    assert code(read_hour(typed)) == "hour-unreadable"


def test_two_hours_in_one_cell_are_understood() -> None:
    assert read_hours("20h-8h") == (1200, 480)
    assert read_hours("de 12h à 24h") == (720, 1440)
    assert read_hours("midi – minuit") == (720, 1440)
    assert read_hours("8:00/12:00") == (480, 720)
    assert code(read_hours("20h")) == "hour-unreadable"
    assert code(read_hours(20)) == "hour-unreadable"


def test_yes_and_no() -> None:
    assert all(read_yes_no(word) is True for word in ("oui", "OUI\u00a0", "x", "Vrai", 1, True, "✓", "o"))
    assert all(read_yes_no(word) is False for word in ("non", "Non", 0, False, "faux", "-"))
    assert code(read_yes_no("peut-être")) == "yes-no-unreadable"


def test_numbers_with_comma_point_percent_and_thousands() -> None:
    assert [read_number(typed) for typed in ("0,5", "0.5", 0.5, "50 %", "1 234,5", ",5", "-2")] == [
        0.5,
        0.5,
        0.5,
        0.5,
        1234.5,
        0.5,
        -2,
    ]
    assert read_integer("3") == 3 and read_integer(3) == 3 and read_integer("3,0") == 3
    assert [read_percent(typed) for typed in ("2 %", 0.02, 2, "100%", 1)] == [0.02, 0.02, 0.02, 1, 1]
    for found in (read_number("deux"), read_number(3, 0, 2), read_number(True), read_number(date(2027, 1, 1))):
        assert code(found) == "number-unreadable"
    assert code(read_integer("3,5")) == "integer-unreadable" and code(read_integer(-1, 0)) == "integer-unreadable"
    assert code(read_percent("200 %")) == "percent-unreadable"


def test_lists_are_cut_at_semicolons_first() -> None:
    assert read_list("A ; B;A") == ("A", "B")
    assert read_list("A, B") == ("A", "B")
    assert read_list("Nozay, bourg ; Blain") == ("Nozay, bourg", "Blain")
    assert read_list("A\nB ;") == ("A", "B")


def test_words_of_a_list_are_found_without_accents_and_the_nearest_is_offered() -> None:
    words = {"à relancer": "a-relancer", "indisponible": "indisponible"}
    assert read_choice("A RELANCER", words) == "a-relancer"
    found = read_choice("indisponnible", words)
    assert code(found) == "choice-unknown" and isinstance(found, Problem) and "« indisponible »" in found.remedy
    assert read_choices("à relancer; indisponible", words) == ("a-relancer", "indisponible")
    assert code(read_choices("indisponible ; zzz", words)) == "choice-unknown"


def test_a_spoilt_rpps_is_a_warning_and_never_an_error() -> None:
    assert read_rpps(10101234567) == ("10101234567", None)
    assert read_rpps("10 101 234 567") == ("10101234567", None)
    for typed, kept in (("1,01E+10", ""), (101234567, "00101234567"), ("inconnu", "")):
        number, problem = read_rpps(typed)
        assert number == kept and problem is not None and problem.severity == "avertissement"


def test_text_is_compared_without_accents_case_or_odd_spaces() -> None:
    assert clean_text(" OUI\u00a0") == "OUI" and clean_text("e\u0301te\u0301\u200b") == "été"
    assert fold("  Règles\u00a0 du  CŒUR ") == "regles du coeur" and fold("L’été") == "l'ete"
    assert bare("Nb. max (mois)") == "nbmaxmois"
    assert close_to("Lgines", ["Lignes", "Lieux"]) == "Lignes" and close_to("Zzz", ["Lignes"]) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("8 gardes", "par exemple 8."),
        ("max 12", "par exemple 12."),
        ("beaucoup", "Corrigez cette cellule."),
        ("2 ou 3", "Corrigez cette cellule."),
    ],
)
def test_a_number_typed_with_words_is_asked_for_alone(typed: str, said: str) -> None:
    found = read_integer(typed, 0)
    assert isinstance(found, Problem) and found.remedy.endswith(said)
