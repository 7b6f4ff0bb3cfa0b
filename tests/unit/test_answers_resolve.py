"""What several statements about one duty come to: every pair of values, reaches and dates."""

from datetime import date
from itertools import permutations

import pytest

from rosterplan.sheets.answers.resolve import resolve
from rosterplan.sheets.answers.said import Reach, Source, Statement
from rosterplan.sheets.cells.place import Place
from rosterplan.sheets.forms.words import Value

DAY = date(2027, 1, 6)


def _said(
    value: Value, reach: Reach = "duty", *, on: date | None = date(2026, 10, 1), source: Source = "form"
) -> Statement:
    return Statement("M001", value, reach, ("d",), Place("f.xlsx", "s", "B7"), source, on, DAY, DAY)


@pytest.mark.parametrize("value", ["impossible", "avoid", "neutral", "wish", "only"])
def test_one_statement_stands_as_it_is(value):
    found = resolve([_said(value)])
    assert (found.value, found.only, found.clash) == (value, value == "only", None)


@pytest.mark.parametrize(
    ("own", "period", "kept", "clashes"),
    [
        ("wish", "impossible", "impossible", True),
        ("neutral", "impossible", "impossible", True),
        ("only", "impossible", "impossible", True),
        ("avoid", "impossible", "impossible", False),
        ("impossible", "wish", "impossible", False),
        ("impossible", "only", "impossible", False),
        ("wish", "avoid", "avoid", True),
        ("neutral", "avoid", "neutral", False),
        ("neutral", "wish", "neutral", False),
        ("avoid", "wish", "avoid", False),
        ("wish", "only", "wish", False),
    ],
)
def test_between_a_duty_and_a_period_refusals_hold_and_contradictions_are_seen(own, period, kept, clashes):
    for said in permutations([_said(own), _said(period, "period")]):
        found = resolve(said)
        assert (found.value, found.clash is not None) == (kept, clashes)


def test_a_duty_wished_within_the_only_dates_stays_among_them():
    assert resolve([_said("wish"), _said("only", "period")]).only
    assert not resolve([_said("impossible"), _said("only", "period")]).only


@pytest.mark.parametrize("own", ["neutral", "wish", "only"])
def test_a_duty_said_open_on_a_weekday_refused_is_an_exception(own):
    found = resolve([_said("impossible", "weekday"), _said(own)])
    assert found.value == own and found.exception is not None and found.clash is None


def test_a_duty_to_avoid_on_a_weekday_refused_stays_refused():
    found = resolve([_said("impossible", "weekday"), _said("avoid")])
    assert (found.value, found.exception, found.clash) == ("impossible", None, None)


def test_a_weekday_refused_holds_inside_a_period_wished():
    found = resolve([_said("impossible", "weekday"), _said("wish", "period")])
    assert (found.value, found.clash) == ("impossible", None)


def test_two_words_about_one_duty_in_one_answer_are_a_contradiction_read_with_care():
    for said in permutations([_said("wish"), _said("impossible"), _said("avoid")]):
        found = resolve(said)
        assert found.value == "impossible" and found.clash is not None


def test_the_latest_answer_wins_and_the_older_is_kept():
    old, new = _said("impossible", on=date(2026, 10, 1)), _said("wish", on=date(2026, 10, 2))
    for said in ([old, new], [new, old]):
        found = resolve(said)
        assert (found.value, found.kept, found.outdated) == ("wish", new, (old,))
        assert found.clash is None


def test_an_older_answer_that_says_the_same_is_not_outdated():
    assert (
        resolve([_said("impossible", on=date(2026, 10, 1)), _said("impossible", on=date(2026, 10, 2))]).outdated == ()
    )


def test_an_answer_without_date_came_before_any_other():
    found = resolve([_said("impossible", on=None), _said("neutral", on=date(2026, 10, 2))])
    assert found.value == "neutral"


def test_the_same_day_the_phone_comes_after_the_form():
    found = resolve([_said("impossible", source="phone"), _said("wish", source="form")])
    assert found.value == "impossible"
    assert [one.source for one in found.outdated] == ["form"]
