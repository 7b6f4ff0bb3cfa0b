"""The plain model our engine is compared with is the same problem: both solvers reach what our engine proves."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.shift_scheduling import check
from benchmarks.shift_scheduling.instance import instance_of
from benchmarks.shift_scheduling.plain import Found, by_cp_sat, by_highs
from benchmarks.shift_scheduling.read import read
from rosterplan.model.solve import solve
from rosterplan.rules.book import rule_book
from tests.unit.test_public_instances import SHIFTS


@pytest.mark.parametrize("plain", [by_cp_sat, by_highs])
def test_a_plain_solver_and_our_engine_prove_the_same_cost(tmp_path: Path, plain):
    file = tmp_path / "Invented.txt"
    file.write_text(SHIFTS, encoding="utf-8")
    problem = read(file)
    found: Found = plain(problem, 60.0, 1)
    assert not check.faults(problem, found.work)
    assert check.cost(problem, found.work) == found.cost
    _, result = solve(instance_of(problem), rule_book(instance_of(problem)), workers=0)
    assert (result.stage("blend").value, result.stage("blend").proven) == (found.cost, True)
