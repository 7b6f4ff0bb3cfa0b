"""What audits say: decisions that do not hold, severities, and texts a coordinator reads."""

from rosterplan.audit import audit
from rosterplan.domain.instance import FixedAssignment, Lock, PastDuty
from rosterplan.domain.people import DateSpan
from rosterplan.domain.roster import roster_of
from rosterplan.domain.rulebook import HARD, soft
from rosterplan.messages import speaking
from rosterplan.rules.availability import DeclaredDates
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.fixed_assignments import FixedAssignments
from rosterplan.rules.locks import Locks
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.max_per_window import MaxPerWindow
from rosterplan.rules.newcomer_ramp import NewcomerRamp
from rosterplan.rules.no_overlap import NoOverlap
from rosterplan.rules.spacing import Spacing
from tests.exact.harness import a_doctor, a_duty, an_instance, at
from tests.exact.test_every_rule import EXAMPLES

DAYS = tuple(a_duty(f"2027-03-{day:02} 20:00", 4) for day in (1, 2, 3, 4))
A, B = a_doctor("Martin"), a_doctor("Durand")


def held(*doctors):
    """The roster in which the first duties are held by these, None for nobody."""
    return roster_of({duty.id: (name,) for duty, name in zip(DAYS, doctors, strict=False) if name})


def test_an_imposed_duty_that_is_not_held_is_an_error_unless_a_lock_speaks_of_it():
    fixed = (FixedAssignment(doctor="Martin", duty=DAYS[0].id),)
    instance = an_instance(DAYS, (A, B), fixed=fixed)
    found = audit(instance, (FixedAssignments(),), held("Durand"))
    assert not found.clean
    assert [one.text for one in found.findings] == [
        "Dr MARTIN ne tient pas la garde imposée du lundi 1er mars 2027 (Ligne L1)."
    ]
    assert audit(instance, (FixedAssignments(),), held("Martin")).clean
    locked = an_instance(DAYS, (A, B), fixed=fixed, locks=(Lock(duty=DAYS[0].id, doctor="Durand"),))
    assert audit(locked, (FixedAssignments(),), held("Durand")).clean


def test_locks_hold_for_a_doctor_and_for_an_empty_duty():
    locks = (Lock(duty=DAYS[0].id, doctor="Martin"), Lock(duty=DAYS[1].id, doctor=None))
    instance = an_instance(DAYS, (A, B), locks=locks)
    assert audit(instance, (Locks(),), held("Martin")).clean
    told = [one.text for one in audit(instance, (Locks(),), held("Durand", "Durand")).findings]
    assert told == [
        "Dr MARTIN ne tient pas la garde du lundi 1er mars 2027 (Ligne L1), verrouillée à son nom.",
        "Dr DURAND tient la garde du mardi 2 mars 2027 (Ligne L1), verrouillée vide.",
    ]


def test_an_accepted_overrun_is_a_warning_with_its_square_and_comfort_is_information():
    willing = a_doctor("Petit", accepts_beyond_cap=True)
    instance = an_instance(DAYS, (willing, A))
    rules = (MaxPerPeriod(most=1), Spacing(days=2, adapt=False))
    report = audit(instance, rules, held("Petit", "Petit", "Petit"))
    assert report.clean
    assert report.value("caps") == 4
    assert {(one.rule, one.severity) for one in report.findings} == {
        ("max-per-period", "avertissement"), ("spacing", "information"),
    }  # fmt: skip
    assert [one.text for one in report.findings if one.rule == "max-per-period"] == [
        "Dr PETIT : 3 gardes en mars 2027, pour 1 au plus."
    ]
    strict = audit(instance, (MaxPerPeriod(most=1),), held("Martin", "Martin", "Petit"))
    assert not strict.clean
    assert strict.value("caps") == 0


def test_each_reason_a_doctor_may_not_hold_a_duty_is_told():
    retired = a_doctor("Roux", on_list=DateSpan(end=DAYS[0].date), modalities=("mobile",), sectors=())
    instance = an_instance(DAYS, (A, retired))
    told = [one.text for one in audit(instance, (Eligible(),), held(None, "Roux")).findings]
    assert len(told) == 3
    assert all(text.startswith("Dr ROUX, garde du mardi 2 mars 2027 (Ligne L1) : ") for text in told)
    assert any("absent de la liste" in text for text in told)
    with speaking("en"):
        english = [one.text for one in audit(instance, (Eligible(),), held(None, "Roux")).findings]
    assert any("not on the list" in text for text in english)


def test_windows_that_follow_each_other_are_told_once():
    instance = an_instance(DAYS, (A, B))
    report = audit(instance, (MaxPerWindow(most=2, days=3, strength=HARD),), held(*["Martin"] * 4))
    assert [(one.amount, len(one.duties)) for one in report.findings] == [(1, 4)]
    soft_report = audit(instance, (MaxPerWindow(most=2, days=3, strength=soft("comfort", 5)),), held(*["Martin"] * 4))
    assert soft_report.value("comfort") == 2 * 5


def test_a_breach_the_past_alone_makes_is_nobodys_fault():
    past = tuple(
        PastDuty(doctor="Martin", line="L1", start=at(f"2027-02-28 {hour}:00"), end=at("2027-03-01 08:00"), band="nuit")
        for hour in (20, 21)
    )
    instance = an_instance(DAYS, (A, B), history=past)
    rules = (NoOverlap(), MaxPerWindow(most=1, days=1, strength=HARD))
    assert audit(instance, rules, held("Durand", "Martin")).findings == ()


def test_a_duty_held_twice_by_one_doctor_overlaps_itself():
    twice = held("Martin").model_copy(update={"assignments": held("Martin").assignments * 2})
    assert not audit(an_instance(DAYS, (A, B)), (NoOverlap(),), twice).clean


def test_every_finding_of_every_example_reads_as_a_sentence_in_both_languages():
    for example in EXAMPLES:
        everyone = {duty.id: tuple(one.id for one in example.instance.doctors) for duty in example.instance.duties}
        for one in audit(example.instance, (example.rule,), roster_of(everyone)).findings:
            assert one.text.endswith(".")
            assert "None" not in one.text
        with speaking("en"):
            for one in audit(example.instance, (example.rule,), roster_of(everyone)).findings:
                assert one.text.endswith(".")


def test_rules_of_admission_audit_what_they_do_not_admit_in_one_roster_of_all():
    for kind in (Eligible, DeclaredDates, NewcomerRamp):
        for example in EXAMPLES:
            if type(example.rule) is kind and example.forbids:
                everyone = {
                    duty.id: tuple(one.id for one in example.instance.doctors) for duty in example.instance.duties
                }
                assert audit(example.instance, (example.rule,), roster_of(everyone)).findings
