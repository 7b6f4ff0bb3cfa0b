"""Parameters and strengths as people write them, and what a rule refuses in words."""

import pytest
from pydantic import ValidationError

from rosterplan.domain.people import Doctor
from rosterplan.domain.rulebook import HARD, UNLESS_ACCEPTED, RuleRow, Strength, soft
from rosterplan.rules import BY_CODE
from rosterplan.rules.base import read_rule
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.max_per_window import MaxPerWindow
from rosterplan.rules.spacing import Spacing


def reads(code: str, **params: object):
    return read_rule(RuleRow(code=code, params=params), BY_CODE)


def test_periods_and_units_are_read_in_french():
    rule = reads("max-per-period", most=3, period="Trimestre", unit="jours", proportional="oui")
    assert (rule.period, rule.unit, rule.proportional) == ("quarter", "days", True)
    assert reads("max-per-period", period="semaine").period == "week"
    assert reads("max-per-period", period="année").period == "year"


def test_lists_couples_and_priorities_are_read_from_one_cell():
    assert reads("rest-after-night", bands="nuit ; astreinte, garde").bands == ("nuit", "astreinte", "garde")
    couples = reads("pairs-apart", couples="M001 + M002 ; M003+M004").couples
    assert couples == (("M001", "M002"), ("M003", "M004"))
    assert reads("coverage", priorities="samedi = 10 ; nuit=1").priorities == {"samedi": 10, "nuit": 1}


@pytest.mark.parametrize(
    ("code", "params"),
    [
        ("pairs-apart", {"couples": "M001 + M002 + M003"}),
        ("max-per-period", {"period": "décennie"}),
        ("max-per-period", {"most": -1}),
        ("max-per-window", {"days": 0}),
        ("coverage", {"priorities": "samedi = 0"}),
        ("min-rest", {"hors": 11}),
        ("rest-after-night", {"night_starts": 9, "night_ends": 9}),
    ],
)
def test_a_parameter_unknown_or_out_of_range_is_refused(code, params):
    with pytest.raises(ValidationError):
        reads(code, **params)


def test_a_rule_refuses_a_strength_it_does_not_know():
    with pytest.raises(ValidationError, match="Une seule garde à la fois"):
        read_rule(RuleRow(code="no-overlap", strength=soft("comfort", 5)), BY_CODE)
    with pytest.raises(ValidationError, match="poids"):
        read_rule(RuleRow(code="spacing", strength=Strength(kind="soft", stage="comfort", weight=0)), BY_CODE)
    with pytest.raises(ValidationError, match="étape"):
        MaxPerWindow(strength=Strength(kind="soft", weight=3))


def test_a_cap_follows_the_quota_upwards_and_never_falls_to_nothing():
    rule = MaxPerPeriod(most=3, proportional=True, strength=HARD)
    quotas = {1.0: 3, 0.5: 2, 0.34: 2, 0.33: 1, 0.1: 1, 0.0: 1, 1.5: 5}
    assert {quota: rule.allowed(Doctor(id="A", last_name="A", quota=quota)) for quota in quotas} == quotas


def test_a_cap_rises_above_the_share_where_the_sector_is_too_small():
    rule = MaxPerPeriod(most=5, at_least_share=True)
    doctor = Doctor(id="A", last_name="A")
    shares = {0.0: 5, 4.0: 5, 4.49: 5, 4.5: 6, 5.0: 6, 10.3: 11, 10.7: 12}
    assert {share: rule.allowed(doctor, share) for share in shares} == shares
    assert MaxPerPeriod(most=5).allowed(doctor, 10.3) == 5


def test_a_consent_by_name_lifts_one_cap_only():
    doctor = Doctor(id="A", last_name="A", consents=("max-per-window",))
    assert MaxPerWindow().lifted_by(doctor)
    assert not MaxPerPeriod().lifted_by(doctor)
    assert MaxPerPeriod(strength=UNLESS_ACCEPTED).hard_on(accepts=False)
    assert not MaxPerPeriod(strength=UNLESS_ACCEPTED).hard_on(accepts=True)


def test_words_follow_the_strength():
    assert "sauf accord du médecin" in MaxPerPeriod().words()
    assert "si possible" in MaxPerPeriod(strength=soft("comfort", 1)).words()
    assert MaxPerPeriod(strength=HARD, most=1, period="week").words() == "Au plus 1 garde par semaine et par médecin."
    assert Spacing(days=3, adapt=False).words() == "Si possible, une seule garde par médecin sur 3 jours de suite."
