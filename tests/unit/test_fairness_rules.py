"""What fairness, wishes and feast rules say: sentences, notes before solving, findings a person can read."""

import pytest

from rosterplan.domain.instance import PastDuty
from rosterplan.domain.people import Membership
from rosterplan.domain.roster import roster_of
from rosterplan.domain.rulebook import UNLESS_ACCEPTED, RuleRow, soft
from rosterplan.messages import speaking
from rosterplan.rules.base import read_rule
from rosterplan.rules.feast_rotation import FeastRotation
from rosterplan.rules.juste_repartition import JusteRepartition
from rosterplan.rules.one_feast import OneFeast
from rosterplan.rules.wishes import WishPoints
from tests.exact.harness import a_doctor, a_duty, an_instance, at

OURS = (JusteRepartition, FeastRotation, OneFeast, WishPoints)
EVENINGS = tuple(a_duty(f"2027-01-{day:02} 20:00", 4) for day in range(1, 7))


def row(code, **more):
    return read_rule(RuleRow(code=code, **more), {rule.code: rule for rule in OURS})


@pytest.mark.parametrize("rule", OURS)
def test_every_rule_speaks_both_languages_and_names_its_source(rule):
    french = rule().words()
    with speaking("en"):
        english = rule().words()
    assert french != english
    assert french.endswith(".")
    assert english.endswith(".")
    assert rule.law
    assert row(rule.code).source == rule.law
    assert row(rule.code).strength == rule.default


def test_the_sentence_of_juste_repartition_says_what_becomes_of_exemptions():
    assert JusteRepartition().words() == (
        "Chacun fait sa part des gardes réellement tenues, selon son coefficient et son temps de présence. L’écart du "
        "trimestre est reporté. Une garde d’écart peut venir de l’arrondi ; au-delà, la cause est écrite. Une catégorie "
        "dont un médecin est dispensé est assurée par les autres."
    )
    compensated = row("juste-repartition", params={"compensation": "oui"}).words()
    assert compensated.endswith("Les points d’une catégorie dont un médecin est dispensé sont dus dans les autres.")


def test_sentences_of_the_feasts():
    assert FeastRotation().words() == (
        "Le médecin qui a assuré une fête au cours des 3 dernières années passe en dernier pour la même fête."
    )
    assert FeastRotation(years=1).words() == (
        "Le médecin qui a assuré une fête l’année précédente passe en dernier pour la même fête."
    )
    assert OneFeast().words() == (
        "Au plus une de ces fêtes par médecin et par hiver, sauf accord du médecin : Noël et jour de l’an."
    )
    three = row("one-feast", params={"feasts": "noel ; jour-de-l-an ; quinze-aout"}, strength=soft("comfort", 3))
    assert three.words() == "Au plus une de ces fêtes par médecin et par hiver : Noël, jour de l’an et 15 août."


def test_unknown_parameters_and_impossible_values_are_refused():
    for code, params in (
        ("juste-repartition", {"compensations": True}),
        ("feast-rotation", {"years": 0}),
        ("one-feast", {"feasts": ["noel"]}),
        ("wishes", {"each_missed": -1}),
    ):
        with pytest.raises(ValueError, match="validation error"):
            row(code, params=params)
    for code in ("juste-repartition", "wishes"):
        with pytest.raises(ValueError, match="ne peut être que"):
            row(code, strength=UNLESS_ACCEPTED)


def test_duties_nobody_owes_are_foreseen():
    renfort = a_doctor("R", sectors=(Membership(sector="S2"), Membership(sector="S1")))
    (note,) = JusteRepartition().foresee(an_instance(EVENINGS, (renfort,)))
    assert (note.need, note.supply) == (6, 0)
    assert note.text == "Secteur 1, catégorie « Soirée » : 6 gardes et aucun médecin dont ce soit la part."


def test_maxima_that_cannot_carry_the_duties_are_foreseen():
    few = an_instance(EVENINGS, (a_doctor("A", maximum=1), a_doctor("B", maximum=2)))
    first, second = JusteRepartition().foresee(few)
    assert (first.doctor, first.need, first.supply) == ("A", 2, 1)
    assert second.text == (
        "Dr B : part de 4,00 pour un maximum déclaré de 2 ; les maxima déclarés ne suffisent pas à tenir toutes les "
        "gardes."
    )
    assert list(JusteRepartition().foresee(an_instance(EVENINGS, (a_doctor("A", maximum=1), a_doctor("B"))))) == []


def test_a_cost_of_fairness_is_told_as_an_information_about_a_doctor():
    renfort = a_doctor("R", sectors=(Membership(sector="S2"), Membership(sector="S1")))
    instance = an_instance(EVENINGS, (a_doctor("A"), a_doctor("B"), renfort))
    roster = roster_of({duty.id: (name,) for duty, name in zip(EVENINGS, "AAAABR", strict=True)})
    found = list(JusteRepartition().audit(instance, roster))
    assert [one.text for one in found] == [
        "Dr A : 4 gardes pour un objectif de 3,00.",
        "Dr B : 1 garde pour un objectif de 3,00.",
        "Dr R : gardes tenues en renfort.",
    ]
    assert {(one.severity, one.stage) for one in found} == {("information", "fairness")}
    with speaking("en"):
        assert [one.text for one in JusteRepartition().audit(instance, roster)][1:] == [
            "Dr B: 1 duty for a target of 3.00.",
            "Dr R: duties held to help out.",
        ]


def past(feast, day):
    return PastDuty(doctor="A", line="L1", start=at(f"{day} 08:00"), end=at(f"{day} 20:00"), band="fete", feast=feast)


def test_a_feast_held_again_is_told_with_the_years():
    duty = a_duty("2026-12-25 08:00", 12, band="fete", feast="noel")
    history = (past("noel", "2024-12-25"), past("noel", "2025-12-24"), past("jour-de-l-an", "2025-12-31"))
    instance = an_instance((duty,), (a_doctor("A"),), history=history)
    (finding,) = FeastRotation().audit(instance, roster_of({duty.id: ("A",)}))
    assert finding.text == (
        "Dr A : la garde du vendredi 25 décembre 2026 (Ligne L1) tombe sur une fête déjà assurée (2024 et 2025)."
    )
    assert (finding.amount, finding.cost, finding.severity) == (2 + 3, 250, "information")


def test_two_feasts_are_told_as_a_breach_or_as_consented():
    christmas = a_duty("2026-12-25 08:00", 12, band="fete", feast="noel")
    new_year = a_duty("2027-01-01 08:00", 12, band="fete", feast="jour-de-l-an")
    roster = roster_of({christmas.id: ("A",), new_year.id: ("A",)})
    (breach,) = OneFeast().audit(an_instance((christmas, new_year), (a_doctor("A"),)), roster)
    assert breach.text == "Dr A : plusieurs fêtes le même hiver (Noël et jour de l’an)."
    assert (breach.severity, breach.stage, breach.cost) == ("erreur", None, 0)
    willing = an_instance((christmas, new_year), (a_doctor("A", consents=("one-feast",)),))
    (consented,) = OneFeast().audit(willing, roster)
    assert (consented.severity, consented.stage, consented.cost) == ("avertissement", "caps", 1)
