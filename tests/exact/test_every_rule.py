"""Every rule on every roster of its examples, both ways; and every slip planted in it is caught there."""

import pytest

from rosterplan.audit import audit
from tests.exact import (
    examples_agenda,
    examples_caps,
    examples_cover,
    examples_hospital,
    examples_people,
    examples_shifts,
    examples_stability,
    examples_time,
    examples_who,
)
from tests.exact.example import Example, Slip
from tests.exact.harness import canvas_and_audit_agree, every_roster

EXAMPLES: tuple[Example, ...] = (
    *examples_cover.EXAMPLES,
    *examples_agenda.EXAMPLES,
    *examples_who.EXAMPLES,
    *examples_time.EXAMPLES,
    *examples_caps.EXAMPLES,
    *examples_people.EXAMPLES,
    *examples_stability.EXAMPLES,
    *examples_shifts.EXAMPLES,
    *examples_hospital.EXAMPLES,
)
SLIPS = [(example, slip) for example in EXAMPLES for slip in example.slips]


def name_of(value: object) -> str:
    return value.name if isinstance(value, Example) else getattr(value, "__name__", "")


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_the_canvas_and_the_audit_say_the_same_of_every_roster(example: Example):
    allowed, forbidden = canvas_and_audit_agree(example.instance, example.rule, may_be_empty=example.may_be_empty)
    assert allowed
    assert bool(forbidden) == example.forbids


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example.costs], ids=name_of)
def test_some_roster_of_the_example_has_a_cost(example: Example):
    stage = example.rule.strength.stage
    assert stage is not None
    assert any(audit(example.instance, (example.rule,), one).value(stage) for one in every_roster(example.instance))


@pytest.mark.parametrize(("example", "slip"), SLIPS, ids=name_of)
def test_a_planted_slip_is_caught(example: Example, slip: Slip):
    with pytest.raises(AssertionError):
        canvas_and_audit_agree(example.instance, slip(example.rule), may_be_empty=example.may_be_empty)
