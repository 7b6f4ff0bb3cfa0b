"""The same instance, seed and effort give the same bytes of `roster.json`, whatever the number of workers."""

from __future__ import annotations

from benchmarks.generate import generate
from benchmarks.sizes import Size
from rosterplan.audit import audit
from rosterplan.domain.instance import Instance
from rosterplan.model import fair, kind, kind_aim, one_sum, search, whole
from rosterplan.model import solve as solving
from rosterplan.model.solve import solve
from rosterplan.report.roster_json import roster_json
from rosterplan.rules.book import rule_book

TWO_SECTORS = Size("two", 1, 2, 16, 0, 0, 0.3, 0.6)
"""Some doctors stand in both sectors: blocks that run side by side share them."""

MONTH = "2026-04-30"


def one_month(instance: Instance) -> Instance:
    """The first month of an instance."""
    kept = {duty.id for duty in instance.duties if str(duty.date) <= MONTH}
    return instance.changed(
        duties=tuple(duty for duty in instance.duties if duty.id in kept),
        availability=tuple(row for row in instance.availability if row.duty is None or row.duty in kept),
        period=instance.period.model_copy(
            update={"end": max(duty.date for duty in instance.duties if duty.id in kept)}
        ),
    )


def test_one_worker_or_two_write_the_same_bytes(monkeypatch):
    for module in (search, fair, kind):
        monkeypatch.setattr(module, "BLOCK_EFFORT", 0.2)
    monkeypatch.setattr(fair, "FAIR_EFFORT", 0.2)
    monkeypatch.setattr(kind, "KIND_EFFORT", 0.4)
    monkeypatch.setattr(search, "PAIRS_PROVED_WHOLE", 0)
    monkeypatch.setattr(whole, "PAIRS", 0)
    instance = one_month(generate(TWO_SECTORS, 1))
    rules = rule_book(instance)
    written, stages = [], set()
    for workers in (1, 2):
        roster, result = solve(instance, rules, workers=workers, listener=lambda event: stages.add(event.stage))
        report = audit(instance, rules, roster)
        written.append(roster_json(instance, roster, result, report, version=0, input_sha256="0" * 64))
    assert written[0] == written[1]
    assert {"fairness", "blend"} <= stages, "nothing was searched in blocks"


def test_wishes_planned_at_once_by_groups_of_sectors_are_the_same_bytes_too(monkeypatch):
    for module in (search, fair, kind):
        monkeypatch.setattr(module, "BLOCK_EFFORT", 0.2)
    for module, name, value in (
        (fair, "FAIR_EFFORT", 0.2), (kind, "KIND_EFFORT", 0.4), (search, "PAIRS_PROVED_WHOLE", 0), (one_sum, "PLANNED_EFFORT", 0.3),
        (one_sum, "WIDE_EFFORT", 0.3), (kind_aim, "WHOLE_PAIRS", 0), (kind_aim, "GROUP_PAIRS", 0),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(solving, "small", lambda _search: False)
    monkeypatch.setattr(solving, "prove", lambda _search, _stage, known, **_: known)
    instance = one_month(generate(TWO_SECTORS, 1))
    rules = rule_book(instance)
    written, steps = [], set()
    for workers in (1, 2):
        roster, result = solve(instance, rules, workers=workers, listener=lambda event: steps.add(event.step))
        report = audit(instance, rules, roster)
        written.append(roster_json(instance, roster, result, report, version=0, input_sha256="0" * 64))
        assert result.stage("blend").bound is not None
    assert written[0] == written[1]
    assert steps == {None, "program", "towards"}
