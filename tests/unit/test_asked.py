"""What is to be filled is counted where needs ask it, in the right words, and the same everywhere."""

from datetime import datetime, timedelta

import pytest

from rosterplan.cli.verdict import verdict_words
from rosterplan.domain.asked import asked, unit_of
from rosterplan.domain.explanations import CoverExplained
from rosterplan.domain.findings import AuditReport, StageValue
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Level, Result, StageResult
from rosterplan.domain.roster import Roster, roster_of
from rosterplan.domain.work import Demand
from rosterplan.explain.measures import measured
from rosterplan.messages import speaking
from rosterplan.messages.counted import Counted, filled_of, to_fill, unfilled
from rosterplan.report.explications.cover import verdict as cover_words
from rosterplan.report.facts import Facts
from rosterplan.report.indicators import asked_of, coverage, coverage_by_family, sector_coverages
from rosterplan.report.proof_words import filled_sentence, level_sentence, stage_words
from rosterplan.report.tableau.summary import _key_figures
from rosterplan.rules.needs import lacking
from tests.report_factory import department

CASE = department(sectors=1, doctors=4, end=datetime(2027, 1, 10).date(), nights=0)


def agenda(need: int, *, in_all: bool) -> tuple[Instance, list[str]]:
    """Slots nobody must hold on the MMG line, and a need over the first two of them."""
    duties = tuple(duty.model_copy(update={"need_min": 0}) for duty in CASE.instance.duties)
    mine = sorted((duty for duty in duties if duty.line == "MMG-S01"), key=lambda duty: duty.start)[:2]
    end = mine[1].end if in_all else mine[0].end
    demand = Demand(id="MMG-S01/x/besoin", line="MMG-S01", start=mine[0].start, end=end, need=need, in_all=in_all)
    fields = {name: getattr(CASE.instance, name) for name in Instance.model_fields}
    instance = Instance.model_validate({**fields, "duties": duties, "demands": (demand,), "locks": ()})
    return instance, [duty.id for duty in mine]


def facts_of(instance: Instance, roster: Roster) -> Facts:
    return Facts(instance, CASE.rules, roster, CASE.result, CASE.audit, "ab" * 32)


def test_a_folder_of_duties_counts_duties_one_of_needs_what_is_wanted():
    assert (asked(CASE.instance), unit_of(CASE.instance)) == (len(CASE.instance.duties), "duty")
    slots, _ = agenda(3, in_all=True)
    assert (asked(slots), unit_of(slots)) == (3, "slot")
    posts, _ = agenda(2, in_all=False)
    assert (asked(posts), unit_of(posts)) == (2, "post")
    mixed = slots.changed(duties=CASE.instance.duties)
    assert (asked(mixed), unit_of(mixed)) == (3 + len(CASE.instance.duties), "post")


@pytest.mark.parametrize("held", [0, 1, 2, 3])
def test_what_is_filled_is_counted_against_what_is_wanted_and_no_further(held: int):
    instance, (first, second) = agenda(2, in_all=True)
    doctors = {first: ("M001", "M002")[:held], second: ("M003",)[: max(0, held - 2)]}
    roster = roster_of({duty: names for duty, names in doctors.items() if names})
    facts = facts_of(instance, roster)
    whole = coverage(facts)
    assert (whole.needed, whole.filled, lacking(instance, roster)) == (2, min(held, 2), max(0, 2 - held))
    assert sum(sector.whole.needed for sector in sector_coverages(facts)) == 2
    assert sum(found.filled for found in coverage_by_family(facts, asked_of(facts)).values()) == whole.filled
    assert (f"{min(held, 2)} / 2", "créneaux pourvus") in _key_figures(facts, ())


def test_what_if_measures_needs_too():
    instance, (first, _) = agenda(3, in_all=False)
    found = measured(instance, (), roster_of({first: ("M001",)}))
    assert (found.needed, found.unfilled, found.unit) == (3, 2, "post")
    assert ("S01", 3, 2) in found.by_sector


def test_a_post_of_the_deep_night_is_counted_there():
    instance, (first, _) = agenda(1, in_all=False)
    night = instance.duty_by_id[first].start.replace(hour=0, minute=0)
    demand = instance.demands[0].model_copy(update={"start": night, "end": night + timedelta(hours=8)})
    facts = facts_of(instance.changed(demands=(demand,)), roster_of({}))
    families = coverage_by_family(facts, asked_of(facts))
    assert {family: found.needed for family, found in families.items()} == {"soiree": 0, "week-end": 0, "nuit": 1}


@pytest.mark.parametrize(("hour", "family"), [(3, "nuit"), (7, "nuit"), (8, "week-end"), (21, "soiree")])
def test_half_an_hour_of_need_belongs_to_the_period_it_stands_in(hour: int, family: str):
    instance, (first, _) = agenda(1, in_all=False)
    start = instance.duty_by_id[first].start.replace(year=2027, month=1, day=5, hour=hour, minute=0)
    demand = instance.demands[0].model_copy(update={"start": start, "end": start + timedelta(minutes=30)})
    facts = facts_of(instance.changed(demands=(demand,)), roster_of({}))
    found = coverage_by_family(facts, asked_of(facts))
    assert [name for name, one in found.items() if one.needed] == [family]


def test_words_follow_the_unit():
    assert (to_fill(1894), to_fill(2001, "slot"), to_fill(1, "post")) == (
        "1894 gardes à pourvoir", "2001 créneaux à pourvoir", "1 poste à pourvoir",
    )  # fmt: skip
    assert filled_of(1996, 2001, "slot") == "1996 créneaux pourvus sur 2001"
    assert (unfilled(1), unfilled(5, "slot"), unfilled(1, "post")) == (
        "1 garde non pourvue", "5 créneaux non pourvus", "1 poste non pourvu",
    )  # fmt: skip
    with speaking("en"):
        assert (to_fill(2, "slot"), filled_of(1, 2), unfilled(1, "post")) == (
            "2 slots to fill",
            "1 of 2 duties filled",
            "1 unfilled post",
        )


def test_the_verdict_speaks_of_needs_where_needs_ask():
    def said(missing: int, unit: Counted) -> str:
        return verdict_words(
            AuditReport(clean=True, findings=(), stages=(StageValue(name="coverage", value=missing),)), unit
        )

    assert said(0, "duty") == "Toutes les gardes sont pourvues et toutes les règles sont respectées."
    assert said(0, "slot") == "Tous les besoins sont couverts et toutes les règles sont respectées."
    assert said(5, "slot") == "Toutes les règles sont respectées ; il reste des créneaux non pourvus."


@pytest.mark.parametrize(("in_all", "noun"), [(True, "créneaux"), (False, "postes")])
def test_what_is_proved_is_said_of_what_is_asked_and_nowhere_of_gardes(in_all: bool, noun: str):
    instance, _ = agenda(3, in_all=in_all)
    level = Level(priority=10, missing=3, bound=3, proven=True)
    stages = (
        StageResult(name="coverage", value=30, bound=30, proven=True, levels=(level,)),
        StageResult(name="fairness", value=0, bound=0, proven=True),
    )
    result = Result(status="optimal", seed=1, effort=1, stages=stages)
    facts = Facts(instance, CASE.rules, Roster(), result, CASE.audit, "ab" * 32)
    cover = CoverExplained(missing=3, least=2, unavoidable=("x", "y"), levels=(), families=(), months=(), lines=())
    unit = unit_of(instance)
    told = [words.verdict for words in stage_words(facts)]
    told += [
        level_sentence(level, unit),
        *cover_words(cover, unit),
        filled_sentence(unit),
    ]
    assert not [text for text in told if "garde" in text]
    assert f"Il manque 3 {noun}." in told[0] and told[2].startswith(f"3 {noun} : prouvé")
    assert f"2 {noun} restent vides" in " ".join(told)
