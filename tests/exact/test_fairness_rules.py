"""Juste répartition, wishes, feast rotation and one feast on every roster of tiny instances, canvas against audit."""

import numpy as np
import pytest

from rosterplan.domain.instance import Availability, Balance, FixedAssignment, Lock, PastDuty
from rosterplan.domain.people import DateSpan, Exemption, Membership
from rosterplan.domain.result import STAGES
from rosterplan.domain.rulebook import HARD, UNLESS_ACCEPTED, RuleRow, Strength, soft
from rosterplan.model.build import canvas_of
from rosterplan.rules.feast_rotation import FeastRotation
from rosterplan.rules.juste_repartition import JusteRepartition
from rosterplan.rules.one_feast import OneFeast
from rosterplan.rules.selection import in_scope
from rosterplan.rules.wishes import WishPoints
from tests.exact.example import (
    caps_the_penalty,
    forgets_the_last_day,
    forgets_the_past,
    forgets_what_is_decided,
    posts_as,
)
from tests.exact.harness import a_doctor, a_duty, an_instance, at, canvas_and_audit_agree

RENFORT = (Membership(sector="S2"), Membership(sector="S1"))


def a_week(**more):
    """Two evenings, a Saturday of two doctors and a Sunday across the week's end."""
    return (
        a_duty("2027-01-04 20:00", 4),
        a_duty("2027-01-05 20:00", 4, **more),
        a_duty("2027-01-09 12:00", 12, band="samedi", points=3, need_min=2, need_max=2),
        a_duty("2027-01-10 08:00", 16, band="dimanche", points=5),
    )


def test_fairness_costs_agree_with_balances_renfort_and_part_time():
    doctors = (a_doctor("A"), a_doctor("B", quota=0.5), a_doctor("C", sectors=RENFORT))
    balances = (
        Balance(doctor="A", group="S1", band="soiree", balance_hundredths=130),
        Balance(doctor="B", group="S1", band="soiree", balance_hundredths=-130),
        Balance(doctor="Z", group="S1", band="samedi", balance_hundredths=75),
    )
    allowed, forbidden = canvas_and_audit_agree(
        an_instance(a_week()[1:], doctors, balances=balances), JusteRepartition()
    )
    assert (allowed, forbidden) == (512, 0)


def test_fairness_costs_agree_with_maximum_exemption_history_locks_and_a_band_nobody_owes():
    doctors = (
        a_doctor("A", maximum=1),
        a_doctor("B", exemptions=(Exemption(bands=("samedi",)),)),
    )
    duties = (*a_week(), a_duty("2027-01-11 20:00", 4, line="L9", band="ailleurs"))
    base = an_instance(duties, doctors)
    group = base.groups[0].model_copy(update={"lines": ("L1",)})  # L9 has no group: it counts nowhere
    past = PastDuty(
        doctor="A", line="L1", start=at("2026-12-30 20:00"), end=at("2026-12-31 00:00"), band="soiree", points=2
    )
    instance = base.model_copy(
        update={
            "groups": (group,),
            "history": (past,),
            "locks": (Lock(duty=base.duties[0].id, doctor="B"), Lock(duty=base.duties[1].id, doctor=None)),
            "fixed": (FixedAssignment(doctor="A", duty=base.duties[3].id),),
        }
    )
    for row in ((), (RuleRow(code="juste-repartition", params={"compensation": "oui"}),)):
        chosen = instance.model_copy(update={"rules": row})
        assert canvas_and_audit_agree(chosen, JusteRepartition(compensation=bool(row))) == (64, 0)


def test_fairness_costs_agree_in_another_stage_at_another_weight_and_without_points():
    duties = tuple(duty.model_copy(update={"points": 0}) for duty in a_week())
    instance = an_instance(duties, (a_doctor("A"), a_doctor("B", quota=0.1)))
    charged = JusteRepartition(strength=soft("comfort", 3))
    assert canvas_and_audit_agree(instance, charged) == (256, 0)


def test_fairness_of_a_plan_where_nobody_owes_or_nothing_is_planned():
    renfort = an_instance(a_week()[:2], (a_doctor("A", sectors=RENFORT), a_doctor("B", volunteer=False)))
    assert canvas_and_audit_agree(renfort, JusteRepartition(), WishPoints()) == (16, 0)
    assert canvas_and_audit_agree(an_instance((), (a_doctor("A"),)), JusteRepartition(), WishPoints()) == (1, 0)
    assert canvas_and_audit_agree(an_instance(a_week(), ()), JusteRepartition(), WishPoints()) == (1, 0)


def test_a_fairness_rule_that_forgets_locked_duties_is_caught():
    class Slip(JusteRepartition):
        def post(self, canvas):
            free = canvas.pairs["fixed"] == 0
            whole, canvas.pairs = canvas.pairs, canvas.pairs.where(free)
            super().post(canvas)
            canvas.pairs = whole

    base = an_instance(a_week()[:2], (a_doctor("A"), a_doctor("B")))
    instance = base.model_copy(update={"locks": (Lock(duty=base.duties[0].id, doctor="A"),)})
    assert canvas_and_audit_agree(instance, JusteRepartition()) == (8, 0)
    with pytest.raises(AssertionError):
        canvas_and_audit_agree(instance, Slip())


def test_a_fairness_rule_that_counts_duties_for_points_is_caught():
    class Slip(JusteRepartition):
        def post(self, canvas):
            whole = canvas.pairs
            canvas.pairs = whole.having(points=np.ones_like(whole["points"]))
            super().post(canvas)
            canvas.pairs = whole

    instance = an_instance(a_week()[:2], (a_doctor("A"), a_doctor("B")))
    with pytest.raises(AssertionError):
        canvas_and_audit_agree(instance, Slip())


FEASTS = (
    a_duty("2026-12-24 20:00", 4, band="fete", points=6, feast="noel"),
    a_duty("2026-12-25 08:00", 16, band="fete", points=6, feast="noel"),
    a_duty("2026-12-31 20:00", 4, band="fete", points=6, feast="jour-de-l-an"),
    a_duty("2027-01-01 08:00", 16, band="fete", points=6, feast="jour-de-l-an"),
    a_duty("2027-01-02 12:00", 12, band="samedi", points=3),
)


def past_feast(doctor: str, day: str, feast: str) -> PastDuty:
    return PastDuty(
        doctor=doctor, line="L1", start=at(f"{day} 08:00"), end=at(f"{day} 23:59"), band="fete", points=6, feast=feast
    )


PAST = (
    past_feast("A", "2025-12-25", "noel"),  # last season: 3 units
    past_feast("A", "2024-01-01", "jour-de-l-an"),  # season 2023-2024, three before 2026-2027: 1 unit
    past_feast("B", "2022-12-25", "noel"),  # four seasons ago: forgotten
    past_feast("B", "2023-12-31", "jour-de-l-an"),
    past_feast("B", "2024-12-31", "jour-de-l-an"),
)


@pytest.mark.parametrize("strength", [soft("comfort", 50), HARD, UNLESS_ACCEPTED])
def test_feast_rotation_agrees_on_every_roster(strength):
    doctors = (a_doctor("A"), a_doctor("B", consents=("feast-rotation",)))
    instance = an_instance(FEASTS, doctors, history=PAST)
    allowed, forbidden = canvas_and_audit_agree(instance, FeastRotation(strength=strength))
    assert allowed + forbidden == 1024
    assert (forbidden > 0) == (strength.kind != "soft")


def test_feast_rotation_charges_the_seasons_since_the_same_feast():
    # B: New Year in the seasons 2023-24 and 2024-25, seen from 2026-27: 3 and 2 seasons ago, 4 − 3 + 4 − 2 = 3 units
    instance = an_instance(FEASTS, (a_doctor("A"), a_doctor("B")), history=PAST)
    program = canvas_of(instance, [FeastRotation(strength=soft("comfort", 10))]).program()
    one = {}
    for doctor in (0, 1):
        for duty in (0, 3, 4):
            held = np.zeros(program.pairs, dtype=bool)
            held[2 * duty + doctor] = True
            one["AB"[doctor], duty] = int(program.costs(program.values(held))[STAGES.index("comfort")])
    assert one == {("A", 0): 30, ("A", 3): 10, ("A", 4): 0, ("B", 0): 0, ("B", 3): 30, ("B", 4): 0}


def test_a_rotation_that_looks_one_season_less_far_is_caught():
    class Slip(FeastRotation):
        def post(self, canvas):
            FeastRotation(strength=self.strength, years=self.years - 1).post(canvas)

    instance = an_instance(FEASTS[:3], (a_doctor("A"),), history=PAST)
    with pytest.raises(AssertionError):
        canvas_and_audit_agree(instance, Slip())


@pytest.mark.parametrize("strength", [UNLESS_ACCEPTED, HARD, soft("comfort", 7)])
def test_one_of_christmas_and_new_year_agrees_on_every_roster(strength):
    doctors = (a_doctor("A"), a_doctor("B", consents=("one-feast",)))
    allowed, forbidden = canvas_and_audit_agree(an_instance(FEASTS, doctors), OneFeast(strength=strength))
    # a doctor: 2^4 sets of feast duties, (2² − 1)² hold both feasts: 7 of 16 are allowed, times the Saturday
    assert allowed == {"hard-unless-accepted": 14 * 32, "hard": 14 * 14, "soft": 1024}[strength.kind]
    assert allowed + forbidden == 1024


@pytest.mark.parametrize("strength", [UNLESS_ACCEPTED, soft("comfort", 7)])
def test_a_christmas_of_the_last_roster_excludes_this_new_year(strength):
    doctors = (a_doctor("A"), a_doctor("B", consents=("one-feast",)))
    history = (
        past_feast("A", "2026-12-25", "noel"),
        past_feast("B", "2026-12-24", "noel"),
        past_feast("B", "2026-12-31", "jour-de-l-an"),  # both already: one more costs nothing
        past_feast("A", "2025-12-31", "jour-de-l-an"),  # another winter
    )
    allowed, forbidden = canvas_and_audit_agree(
        an_instance(FEASTS[3:], doctors, history=history), OneFeast(strength=strength)
    )
    assert (allowed, forbidden) == ((8, 8) if strength.kind != "soft" else (16, 0))


@pytest.mark.parametrize("strength", [UNLESS_ACCEPTED, soft("comfort", 7)])
def test_a_locked_feast_excludes_the_other_and_two_locked_feasts_are_told(strength):
    doctors = (a_doctor("A"), a_doctor("B"))
    base = an_instance(FEASTS[:4], doctors)
    one = base.model_copy(update={"locks": (Lock(duty=base.duties[0].id, doctor="A"),)})
    both = one.model_copy(update={"fixed": (FixedAssignment(doctor="A", duty=base.duties[2].id),)})
    for instance in (one, both):
        allowed, forbidden = canvas_and_audit_agree(instance, OneFeast(strength=strength))
        assert allowed
        assert bool(forbidden) == (strength.kind != "soft")


def test_a_rule_that_forgets_last_christmas_is_caught():
    class Slip(OneFeast):
        def post(self, canvas):
            whole, canvas.pairs = canvas.pairs, canvas.pairs.where(in_scope(canvas, self.scope)["past"] == 0)
            super().post(canvas)
            canvas.pairs = whole

    history = (past_feast("A", "2026-12-25", "noel"),)
    with pytest.raises(AssertionError):
        canvas_and_audit_agree(an_instance(FEASTS[3:], (a_doctor("A"),), history=history), Slip())


def answers(*rows):
    return tuple(
        Availability(doctor=doctor, value=value, duty=when)
        if isinstance(when, str)
        else Availability(doctor=doctor, value=value, start=when[0], end=when[1])
        for doctor, value, when in rows
    )


WEEK = a_week(line="L2")
SPAN = (WEEK[0].date, WEEK[2].date)
SAID = answers(
    ("A", "avoid", WEEK[3].id),
    ("A", "wish", SPAN),  # three duties wished
    ("A", "wish", WEEK[3].id),  # wished and to avoid: they cancel out
    ("B", "avoid", SPAN),
    ("B", "wish", WEEK[3].id),
    ("C", "wish", (SPAN[0], WEEK[3].date)),
    ("C", "impossible", WEEK[0].id),
)


@pytest.mark.parametrize(
    ("rule", "people"),
    [
        (WishPoints(), 3),
        (WishPoints(each_avoided=40, each_missed=20, points=False, strength=soft("comfort", 1)), 2),
        (WishPoints(each_avoided=2, each_missed=1, strength=soft("wishes", 3)), 2),
    ],
)
def test_wishes_agree_on_every_roster(rule, people):
    doctors = (a_doctor("A"), a_doctor("B", quota=0.5), a_doctor("C", sectors=RENFORT))[:people]
    balances = (
        Balance(doctor="A", group="voeux", band="voeux", balance_hundredths=-60),
        Balance(doctor="B", group="voeux", band="voeux", balance_hundredths=60),
    )
    said = SAID if people == 3 else SAID[:5]
    instance = an_instance(WEEK, doctors, availability=said, balances=balances)
    assert canvas_and_audit_agree(instance, rule) == (2 ** (4 * people), 0)


def test_wishes_agree_when_locked_and_when_the_doctor_is_away():
    doctors = (a_doctor("A"), a_doctor("B", on_list=DateSpan(end=WEEK[1].date)))
    base = an_instance(WEEK, doctors, availability=SAID[:5])
    instance = base.model_copy(update={"locks": (Lock(duty=WEEK[3].id, doctor="A"), Lock(duty=WEEK[0].id, doctor="B"))})
    assert canvas_and_audit_agree(instance, WishPoints()) == (64, 0)


def test_a_wish_rule_whose_penalty_is_capped_is_caught():
    class Slip(WishPoints):
        def post(self, canvas):
            plain = canvas.convex
            canvas.convex = lambda *given, **more: plain(
                *given[:3],
                [np.minimum(table, table[1:2]) if len(table) > 2 else table for table in given[3]],
                *given[4:],
                **more,
            )
            super().post(canvas)
            del canvas.convex

    said = answers(("A", "avoid", SPAN))
    instance = an_instance(WEEK[:3], (a_doctor("A"),), availability=said)
    assert canvas_and_audit_agree(instance, WishPoints()) == (8, 0)
    with pytest.raises((AssertionError, ValueError)):
        canvas_and_audit_agree(instance, Slip())


def test_rules_that_concern_everyone_refuse_a_scope_and_a_strict_strength():
    for rule in (JusteRepartition, WishPoints):
        with pytest.raises(ValueError, match="concerne tout le monde"):
            rule(scope={"lines": ("L1",)})
        with pytest.raises(ValueError, match="ne peut être que"):
            rule(strength=Strength())


def _planted():
    """Each of our rules on one plan, and the three sorts of slip (boundary, last window, capped penalty) in it."""
    people = (a_doctor("A"), a_doctor("B", consents=("one-feast",)))
    shared = an_instance(WEEK[:3], people)
    shared = shared.model_copy(update={"locks": (Lock(duty=WEEK[0].id, doctor="A"),)})
    refused = Balance(doctor="A", group="voeux", band="voeux", balance_hundredths=-60)
    asked = an_instance(
        WEEK[:3], people, balances=(refused,), availability=answers(("A", "avoid", SPAN), ("B", "wish", WEEK[2].id))
    )
    feasts = an_instance(FEASTS[1:4], people, history=(*PAST, past_feast("A", "2026-12-24", "noel")))
    twice = feasts.model_copy(update={"history": (*feasts.history, past_feast("A", "2024-12-25", "noel"))})
    slips = [
        (JusteRepartition(), shared, slip) for slip in (caps_the_penalty, forgets_the_last_day, forgets_what_is_decided)
    ]
    slips += [
        (WishPoints(), asked, slip)
        for slip in (caps_the_penalty, forgets_the_last_day, posts_as(strength=soft("wishes", 999)))
    ]
    slips += [
        (FeastRotation(), twice, slip)
        for slip in (caps_the_penalty, forgets_the_last_day, forgets_the_past, posts_as(years=2))
    ]
    slips += [
        (OneFeast(), feasts, slip)
        for slip in (forgets_the_last_day, forgets_the_past, posts_as(feasts=("noel", "paques")))
    ]
    return slips


@pytest.mark.parametrize(
    ("rule", "instance", "slip"), _planted(), ids=lambda one: getattr(one, "code", getattr(one, "__name__", ""))
)
def test_a_planted_slip_is_caught(rule, instance, slip):
    assert canvas_and_audit_agree(instance, rule)[0]
    with pytest.raises(AssertionError):
        canvas_and_audit_agree(instance, slip(rule))
