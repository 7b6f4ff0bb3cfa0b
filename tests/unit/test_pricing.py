"""What pricing leaves out is never the cheapest."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.generate import generate
from benchmarks.sizes import Size
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.domain.fairness import full_dues
from rosterplan.model import patterns_pricing
from rosterplan.model.build import canvas_of
from rosterplan.model.patterns_data import counts_of
from rosterplan.model.patterns_pricing import FloatArray, Step, crowds_of, priced
from rosterplan.rules.book import rule_book


def test_counts_that_could_only_cost_more_are_left_out_and_nothing_else(monkeypatch: pytest.MonkeyPatch):
    instance = generate(Size("tiny-shared", 1, 3, 42, 0, 0, 0.5, 0.05), 1)
    canvas = canvas_of(instance, rule_book(instance), dues=full_dues(instance, 1))
    program = canvas.program()
    data = counts_of(canvas, program, STAGE_NUMBER["fairness"], np.zeros(len(program.rows), dtype=np.int64))
    crowds, rng = crowds_of(data), np.random.default_rng(1)
    useful, left_out = patterns_pricing._useful, 0

    def counted(step: Step, value: FloatArray, steepest: FloatArray) -> int:
        nonlocal left_out
        left_out += len(step.counts) - useful(step, value, steepest)
        return useful(step, value, steepest)

    monkeypatch.setattr(patterns_pricing, "_useful", counted)
    for scale in (0, 10**4, 10**5, 10**6, 10**6, 10**7, 10**8):
        prices = np.rint(rng.normal(size=len(data.cell_doctor)) * scale)
        few = priced(data, crowds, prices)
        with monkeypatch.context() as patch:
            patch.setattr(patterns_pricing, "_useful", lambda step, *_: len(step.counts))
            every = priced(data, crowds, prices)
        assert np.array_equal(few.least, every.least)
    assert left_out > 150
