"""Every cost in one sum, too large to be solved as one: counts first, windows after, bounded meanwhile; audited."""

from __future__ import annotations

from benchmarks.generate import generate
from benchmarks.rulebook import blended
from benchmarks.sizes import Size
from rosterplan.audit import audit
from rosterplan.model import deep, search
from rosterplan.model.solve import solve
from rosterplan.rules.book import rule_book

LITTLE = Size("little", 1, 1, 20, 0, 0, 0.0, 0.6)


def test_the_bound_is_below_the_value_the_audit_finds(monkeypatch):
    monkeypatch.setattr(deep, "PAIRS_PROVED_WHOLE", 0)
    monkeypatch.setattr(search, "KIND_EFFORT", 1.0)
    instance = blended(generate(LITTLE, 1))
    rules = rule_book(instance)
    roster, result = solve(instance, rules, workers=0)
    report, blend = audit(instance, rules, roster), result.stage("blend")
    assert report.clean
    assert blend.value == report.value("blend")
    assert blend.bound is not None and 0 < blend.bound <= blend.value
    assert blend.bound >= 0.5 * blend.value
