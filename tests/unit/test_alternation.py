"""Turns of houses: the cycle, the feast table, exchanges, and a calendar proposed that is fair over the years."""

from collections import Counter
from datetime import date

import pytest

from rosterplan.domain.calendar.alternation import Held, proposal, with_cycle
from rosterplan.domain.calendar.duties import duties_of
from rosterplan.domain.calendar.turns import HouseTurn, feast_year, house_of_cycle, with_turns
from rosterplan.domain.instance import Period
from rosterplan.domain.work import Alternation, Line
from rosterplan.sheets.plan.template.pdses import hospital_choices, hospital_hours

MONDAY = date(2027, 1, 4)
HOUSES = ("CH", "CL")


def a_line(rhythm="week", anchor=MONDAY, houses=HOUSES, **more):
    cycle = Alternation(rhythm=rhythm, anchor=anchor, bands=more.pop("bands", ()))
    return Line(
        id="A", name="Astreinte", modality="astreinte", establishments=houses, mode="alternee", alternation=cycle
    )


def the_duties(line, start=MONDAY, end=date(2027, 3, 28)):
    hours = hospital_hours(line.id, 20 * 60, 8 * 60, 13 * 60)
    duties, _ = duties_of(
        [line], hours, (), Period(start=start, end=end), hospital_choices("B"), timezone="Europe/Paris"
    )
    return duties


def houses_on(line, *days, turns=()):
    given = with_turns(the_duties(line), [line], turns, {"CH": "SITE-CH", "CL": None})
    return ["".join(next(iter({duty.establishments for duty in given if duty.date == day}))) for day in days]


@pytest.mark.parametrize(("rhythm", "anchor", "days", "wanted"), [
    ("day", MONDAY, (date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 6)), ["CH", "CL", "CH"]),
    ("week", MONDAY, (date(2027, 1, 10), date(2027, 1, 11), date(2027, 1, 18)), ["CH", "CL", "CH"]),
    ("week", date(2027, 1, 7), (date(2027, 1, 6), date(2027, 1, 7), date(2027, 1, 13), date(2027, 1, 14)), ["CL", "CH", "CH", "CL"]),
    ("weekend", MONDAY, (date(2027, 1, 7), date(2027, 1, 8), date(2027, 1, 10), date(2027, 1, 11), date(2027, 1, 15)),
     ["CH", "CL", "CL", "CL", "CH"]),
    ("fortnight", MONDAY, (date(2027, 1, 17), date(2027, 1, 18)), ["CH", "CL"]),
    ("month", date(2027, 1, 1), (date(2027, 1, 31), date(2027, 2, 1), date(2027, 3, 1)), ["CH", "CL", "CH"]),
])  # fmt: skip
def test_the_cycle_changes_house_when_its_rhythm_says(rhythm, anchor, days, wanted):
    assert houses_on(a_line(rhythm, anchor), *days) == wanted


def test_an_exchange_of_dates_goes_before_the_feast_table_which_goes_before_the_cycle():
    line = a_line(anchor=date(2026, 12, 28))
    days = (date(2027, 1, 4), date(2027, 1, 6))
    assert houses_on(line, *days) == ["CL", "CL"]
    exchange = HouseTurn(line="A", first=date(2027, 1, 6), establishment="CH")
    assert houses_on(line, *days, turns=(exchange,)) == ["CL", "CH"]
    eve = the_duties(line, date(2026, 12, 28), date(2027, 1, 10))
    feast = HouseTurn(line="A", feast="jour-de-l-an", year=2026, establishment="CL")
    for turns, wanted in (
        ((), "CH"),
        ((feast,), "CL"),
        ((HouseTurn(line="A", first=date(2026, 12, 31), establishment="CH"), feast), "CH"),
    ):
        given = with_turns(eve, [line], turns, {})
        assert {duty.establishments for duty in given if duty.date == date(2026, 12, 31)} == {(wanted,)}
    assert feast_year(date(2027, 1, 1)) == 2026 and feast_year(date(2026, 12, 31)) == 2026


def test_only_the_bands_named_alternate_and_the_house_holds_them_at_its_own_site():
    line = a_line(bands=("nuit-semaine",))
    given = with_turns(the_duties(line), [line], (), {"CH": "SITE-CH", "CL": None})
    for duty in given:
        assert (duty.establishments == ()) == (duty.band != "nuit-semaine")
        assert (duty.site == "SITE-CH") == (duty.establishments == ("CH",))
    assert house_of_cycle(line, next(duty for duty in given if duty.band == "samedi")) is None


def counts_of(line, duties, turns):
    return Counter(duty.establishments[0] for duty in with_turns(duties, [line], turns, {}))


def test_a_proposal_over_three_years_is_even_in_every_band_and_feasts_take_turns():
    line = with_cycle(a_line().model_copy(update={"alternation": None}), MONDAY)
    duties = the_duties(line, MONDAY, date(2030, 1, 3))
    made = proposal(line, duties, {"CH": 0.5, "CL": 0.5})
    given = with_turns(duties, [line], made.turns, {})
    for band in ("nuit-semaine", "nuit-we", "samedi", "dimanche"):
        held = Counter(duty.establishments[0] for duty in given if duty.band == band)
        assert held == {house: made.counts[house, band] for house in HOUSES}
        assert abs(held["CH"] - held["CL"]) <= 2, (band, held)
    for feast in ("noel", "jour-de-l-an"):
        turns = [next(iter({duty.establishments[0] for duty in given if duty.feast == feast and feast_year(duty.date) == year}))
                 for year in (2027, 2028, 2029)]  # fmt: skip
        assert turns[0] != turns[1] != turns[2]
    for year in (2027, 2028):
        assert len({duty.establishments for duty in given if duty.feast and feast_year(duty.date) == year}) == 2
    plain = with_turns(duties, [line], (), {})
    assert sum(a.establishments != b.establishments for a, b in zip(plain, given, strict=True)) < len(duties) / 4


def test_a_proposal_follows_unequal_parts_and_makes_up_for_the_past():
    line, parts = a_line(), {"CH": 0.6, "CL": 0.4}
    duties = the_duties(line, MONDAY, date(2028, 1, 2))
    even = counts_of(line, duties, proposal(line, duties, parts).turns)
    assert even["CH"] / sum(even.values()) == pytest.approx(0.6, abs=0.02)
    before = {("CH", "nuit-semaine"): 16, ("CH", "nuit-we"): 12, ("CH", "samedi"): 4, ("CH", "dimanche"): 5}
    made = proposal(line, duties, {"CH": 0.5, "CL": 0.5}, Held(before, {("CH", "noel"): (2025, 2026)}))
    for (_, band), surplus in before.items():
        assert made.counts["CL", band] - made.counts["CH", band] == pytest.approx(surplus, abs=2)
    given = with_turns(duties, [line], made.turns, {})
    assert {duty.establishments for duty in given if duty.feast == "noel"} == {("CL",)}


def test_a_line_without_a_cycle_is_refused():
    with pytest.raises(ValueError, match="A"):
        proposal(Line(id="A", name="x", establishments=HOUSES), [], {})
