"""No rule is forgotten: neither in the table of contents, nor in the exact tests, nor in its words."""

import importlib
import inspect
import json
import pkgutil
from pathlib import Path

import pytest

import rosterplan.rules
from rosterplan.domain.rulebook import RuleRow
from rosterplan.messages import speaking
from rosterplan.rules import BY_CODE, RULES
from rosterplan.rules.base import Rule, read_rule
from tests.exact.example import BOUNDARY, CAPPED_PENALTY, LAST_WINDOW, sort_of
from tests.exact.test_every_rule import EXAMPLES
from tests.exact.test_fairness_rules import _planted

FAIRNESS_TESTS = Path(__file__).parents[1] / "exact" / "test_fairness_rules.py"
PLANTED = _planted()
OF_EVERY_SORT = frozenset(
    {
        "coverage", "volunteers-only", "eligible", "availability", "newcomer-ramp", "no-overlap", "min-rest",
        "rest-after-night", "max-stretch", "spacing", "declared-maximum", "max-per-window", "max-per-period",
        "max-weekends", "consecutive-weekends", "weekend-block", "weekend-split", "pairs-apart", "pairs-together",
        "same-practice", "juste-repartition", "feast-rotation", "one-feast", "wishes", "stability",
    }
)  # fmt: skip
"""Rules that must survive a planted slip of each sort; the others, three slips of their own kinds."""
COMMON = set(Rule.model_fields)


def rules_written() -> set[type[Rule]]:
    """Every rule some module of the package defines."""
    found: set[type[Rule]] = set()
    for module in pkgutil.iter_modules(rosterplan.rules.__path__, "rosterplan.rules."):
        for _, one in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(one, Rule) and not inspect.isabstract(one) and one.__module__ == module.name:
                found.add(one)
    return found


def test_every_rule_written_is_in_the_table_of_contents():
    assert rules_written() == set(RULES)
    assert len(RULES) == len(set(RULES))


def test_a_module_holds_one_rule_at_most():
    modules = [rule.__module__ for rule in rules_written()]
    assert len(modules) == len(set(modules))


def test_codes_and_titles_tell_rules_apart():
    assert (
        len(BY_CODE)
        == len(RULES)
        == len({rule.title for rule in RULES})
        == len({rule.title_en for rule in RULES if rule.title_en})
    )


def test_a_rule_is_named_in_the_language_people_read():
    rule = read_rule(RuleRow(code="min-rest"), BY_CODE)
    assert rule.named == "Repos minimal entre deux gardes"
    with speaking("en"):
        assert rule.named == "Least rest between two duties"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_exact_examples_with_a_planted_slip_of_each_sort(rule):
    own = [example for example in EXAMPLES if type(example.rule) is rule]
    if rule.post is Rule.post and rule.admit is Rule.admit:
        assert own
        return
    planted = [slip for example in own for slip in example.slips]
    planted += [slip for one, _, slip in PLANTED if type(one) is rule]
    assert len(planted) >= 3
    wanted = {BOUNDARY, LAST_WINDOW} if rule.code in OF_EVERY_SORT else set()
    if any(example.costs for example in own) or {one.strength.kind for one, *_ in PLANTED if type(one) is rule} == {
        "soft"
    }:
        wanted |= {CAPPED_PENALTY} if rule.code in OF_EVERY_SORT else set()
    if f"class Slip({rule.__name__})" in FAIRNESS_TESTS.read_text(encoding="utf-8"):
        wanted -= {BOUNDARY}  # posted points instead of parameters: a slip of its own in that file
    assert wanted <= {sort_of(slip) for slip in planted}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_speaks_french_and_english_and_names_its_source(rule):
    row = RuleRow(code=rule.code)
    french = read_rule(row, BY_CODE)
    with speaking("en"):
        english = french.words()
    assert french.words().strip().endswith((".", "…"))
    assert english.strip().endswith(".")
    assert french.words() != english
    assert french.source == rule.law
    assert rule.law
    assert inspect.getdoc(rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_parameter_has_a_french_name_of_its_own_and_survives_json(rule):
    fields = {name: about for name, about in rule.model_fields.items() if name not in COMMON}
    titles = [about.title for about in fields.values()]
    assert all(titles)
    assert all(about.description for about in fields.values())
    assert len(titles) == len(set(titles))
    once = read_rule(RuleRow(code=rule.code), BY_CODE)
    params = json.loads(once.model_dump_json(include=set(fields)))
    assert read_rule(RuleRow(code=rule.code, params=params), BY_CODE) == once
    assert rule.default.kind in rule.kinds
