"""A start where wishes, fairness and cover are one sum: asked duties first, nothing broken, no duty given up for them."""

from __future__ import annotations

from functools import cache

import numpy as np

from benchmarks.generate import generate
from benchmarks.rulebook import blended
from rosterplan.canvas import Program
from rosterplan.domain.fairness import full_dues
from rosterplan.model import tasks
from rosterplan.model.build import canvas_of
from rosterplan.model.greedy import greedy, wished
from rosterplan.model.pieces import value_of
from rosterplan.model.solve import POLISHING_PASSES, _polishing_passes
from rosterplan.rules.book import rule_book


@cache
def one_sum() -> Program:
    """A sector of 20 doctors and 215 duties, every cost in the stage `blend`."""
    instance = blended(generate("small", 1))
    return canvas_of(instance, rule_book(instance), dues=full_dues(instance, 1)).program()


def test_pairs_asked_for_are_held_first_and_break_nothing():
    program = one_sum()
    held = wished(program)
    tables = program.convex.terms
    asked = np.unique(tables.items[tables.coefs < 0])
    assert held.sum() > len(asked) / 2
    assert set(np.flatnonzero(held).tolist()) <= set(asked.tolist())
    assert len(program.broken(program.values(held))) == 0


def test_a_start_from_what_is_asked_for_costs_less_and_leaves_no_more_holes():
    program = one_sum()
    plain, kind = greedy(program), greedy(program, wished(program))
    needs = program.rows.key != -1
    plainly, kindly = program.values(plain), program.values(kind)
    assert value_of(program, kindly) < value_of(program, plainly)
    assert tasks.missing_of(program, kindly)[needs].sum() <= tasks.missing_of(program, plainly)[needs].sum()


def test_needs_of_another_stage_are_held_to_what_is_covered_where_asked():
    program = one_sum()
    column = program.values(greedy(program))
    needs = (program.rows.key != -1) & (program.rows.under_weight > 0)
    free, held = tasks.no_more_missing(program, column), tasks.no_more_missing(program, column, every_need=True)
    assert (free[needs] == -1).all()
    assert (held[needs] == tasks.missing_of(program, column)[needs]).all()
    assert (held[~needs] == free[~needs]).all()


def test_a_small_program_is_polished_to_the_end():
    assert _polishing_passes(one_sum()) == POLISHING_PASSES
