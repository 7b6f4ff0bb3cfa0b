"""How many positions no roster fills, priority by priority; proved part by part from linear programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray, grouped, ints, stacked
from rosterplan.canvas.bound import Costs
from rosterplan.canvas.freeze import extremes
from rosterplan.canvas.parts import hard_or_need, linked, part_of
from rosterplan.canvas.program import STAGE_NUMBER, Program
from rosterplan.model.highs import Stop, never, quiet_solver
from rosterplan.model.linear import Budget, LinearProgram, answer_of, linear_program, load, safe_bound, solve_linear

if TYPE_CHECKING:
    import highspy

COVERAGE = STAGE_NUMBER["coverage"]
ITERATIONS = 200_000
"""Simplex iterations for one part and priority; a bound from where it stops is weaker, never wrong."""

ITERATIONS_OF_SHIFTS = 3_000
"""Simplex iterations for a part with demands, whose bound is wanted in seconds."""

HOLES_EXAMINED = 400
ITERATIONS_PER_HOLE = 2_000
FILTERS = 12
NEGLIGIBLE = 1e-6


@dataclass(frozen=True)
class CoverageBound:
    """Least missing positions per priority, gravest first, each valid given the misses of the graver ones.

    ``unavoidable`` holds the keys of duties and demands left open by every roster that misses no more than the incumbent.
    """

    levels: tuple[tuple[int, int], ...]
    unavoidable: frozenset[int]


@dataclass(frozen=True)
class _Part:
    """Columns and rows no other columns are linked to; ``missing`` is what the incumbent misses per row."""

    program: Program
    missing: IntArray

    def level(self, priority: int) -> BoolArray:
        """The rows whose need has this priority."""
        rows = self.program.rows
        return np.asarray((rows.under_weight == priority) & (rows.under_stage == COVERAGE), dtype=bool)

    def costs(self, rows: BoolArray) -> Costs:
        """One per missing position of some rows."""
        nothing = np.zeros(len(self.program.rows), dtype=np.int64)
        return Costs(np.zeros(self.program.columns, dtype=np.int64), nothing, ints(rows), ints([]))


def coverage_bound(program: Program, missing: IntArray, *, examine: bool = True, stop: Stop = never) -> CoverageBound:
    """Return what no roster can fill; ``missing`` is what the incumbent lacks in each row.

    Parts where the incumbent lacks nothing are not looked at: 0 is their bound. ``examine=False`` proves of no
    duty but those with too few candidates that it stays open. Once ``stop`` says so, bounds stay where they are.
    """
    rows = program.rows
    needs = (rows.under_stage == COVERAGE) & (rows.under_weight > 0)
    missing = ints(missing * needs)
    few = needs & (extremes(rows.terms)[1] < rows.lo) & (rows.key != -1)
    unavoidable = set(rows.key[few].tolist())
    parts = _parts(program, missing)
    graver: list[tuple[int, int, list[int]]] = []  # priority, missing in all, bound of each part
    for priority in sorted(set(rows.under_weight[missing > 0].tolist()), reverse=True):
        total = int(missing[needs & (rows.under_weight == priority)].sum())
        levels = [_Level(part, priority, _budgets(part, place, graver), stop) for place, part in enumerate(parts)]
        solved = [level.solved() for level in levels]
        bounds = [bound for _, bound in solved]
        for place, (level, (solver, _)) in enumerate(zip(levels, solved, strict=True)):
            allowed = total - sum(bounds) + bounds[place]
            if examine and solver is not None and allowed == bounds[place]:  # else more may be missed: no proof
                unavoidable |= level.always_open(solver, allowed)
        graver.append((priority, total, bounds))
    return CoverageBound(
        tuple((priority, min(total, sum(bounds))) for priority, total, bounds in graver), frozenset(unavoidable)
    )


def fewest_missing(program: Program, missing: IntArray) -> int:
    """Return a number that no roster misses fewer positions than, all priorities alike; proved part by part.

    Parts where the incumbent lacks nothing (``missing`` per row) are not looked at: 0 is their bound. A part
    with demands is given few simplex steps: its bound may be weaker, never wrong.
    """
    rows = program.rows
    needs = (rows.under_stage == COVERAGE) & (rows.under_weight > 0)
    total = 0
    for part in _parts(program, ints(missing * needs)):
        own = part.program.rows
        costs = part.costs(np.asarray((own.under_stage == COVERAGE) & (own.under_weight > 0), dtype=bool))
        shifts = bool((own.key < -1).any())  # demands met by overlapping shifts: hundreds of near equal ways
        answer = solve_linear(part.program, costs, iterations=ITERATIONS_OF_SHIFTS if shifts else ITERATIONS)
        total += max(0, safe_bound(part.program, costs, answer))
    return total


def _budgets(part: _Part, place: int, graver: Sequence[tuple[int, int, list[int]]]) -> tuple[Budget, ...]:
    """Return what a part may miss of graver priorities: what the incumbent misses less what other parts must."""
    return tuple(
        Budget(part.costs(part.level(priority)), total - sum(bounds) + bounds[place])
        for priority, total, bounds in graver
    )


def _parts(program: Program, missing: IntArray) -> list[_Part]:
    """Return the parts in which the incumbent misses something; needs without any column are a part of their own."""
    chosen = hard_or_need(program, COVERAGE)
    terms, derived = program.rows.terms.take(chosen), program.any_of
    own = np.arange(len(derived), dtype=np.int64)
    items = np.concatenate((derived.items, own + program.pairs))
    family = grouped(np.concatenate((derived.row_of_entry, own)), items, np.ones_like(items), len(derived))
    part = linked(stacked([terms, family]), program.columns)
    of_row = np.full(len(chosen), -1, dtype=np.int64)
    filled = terms.lengths > 0
    of_row[filled] = part[terms.items[terms.bounds[:-1][filled]]]
    short = missing[chosen] > 0
    return [
        _Part(part_of(program, part == one, chosen[of_row == one]), missing[chosen[of_row == one]])
        for one in np.unique(of_row[short]).tolist()
    ]


@dataclass(frozen=True)
class _Level:
    """The missing positions of one priority in one part, under what graver priorities may miss."""

    part: _Part
    priority: int
    budgets: tuple[Budget, ...]
    stop: Stop = never

    @property
    def rows(self) -> BoolArray:
        """The rows of this priority."""
        return self.part.level(self.priority)

    def solved(self) -> tuple[highspy.Highs | None, int]:
        """Return the solver with the relaxation solved (None where nothing is missing) and the proved bound."""
        if self.stop() or not (self.part.missing[self.rows] > 0).any():
            return None, 0
        costs = self.part.costs(self.rows)
        linear = linear_program(self.part.program, costs, self.budgets)
        solver = quiet_solver(ITERATIONS, self.stop)
        load(solver, linear)
        solver.run()
        answer = answer_of(solver, linear, len(self.budgets))
        return solver, max(0, safe_bound(self.part.program, costs, answer, self.budgets))

    def always_open(self, solver: highspy.Highs, allowed: int) -> set[int]:
        """Return the duties whose filling makes the part miss more than ``allowed``, proved one by one."""
        program, costs = self.part.program, self.part.costs(self.rows)
        linear = linear_program(program, costs, self.budgets)
        solver.setOptionValue("simplex_iteration_limit", ITERATIONS_PER_HOLE)
        found = set()
        for row, slack in self._candidates(solver, linear)[:HOLES_EXAMINED]:
            if self.stop():
                break
            solver.changeColBounds(slack, 0.0, 0.0)
            solver.run()
            answer = answer_of(solver, linear, len(self.budgets))
            solver.changeColBounds(slack, 0.0, float(linear.high[slack]))
            if safe_bound(_filled(program, row), costs, answer, self.budgets) > allowed:
                found.add(int(program.rows.key[row]))
        return found

    def _candidates(self, solver: highspy.Highs, linear: LinearProgram) -> list[tuple[int, int]]:
        """Return (row, slack) of the holes that stay open even in relaxed optima that avoid them where they can.

        A hole filled in one relaxed optimum cannot be proved open; each round asks for an optimum that fills as
        many of the holes left as possible, and ends where none is filled.
        """
        slack_of = {int(row): linear.first_under + place for place, row in enumerate(linear.under)}
        program = self.part.program
        open_rows = np.flatnonzero(self.rows & (self.part.missing > 0) & (program.rows.key != -1)).tolist()
        left = [(row, slack_of[row]) for row in open_rows if row in slack_of]
        for attempt in range(FILTERS):
            if self.stop():
                break
            value = np.asarray(solver.getSolution().col_value, dtype=np.float64)
            still = [(row, slack) for row, slack in left if value[slack] > NEGLIGIBLE]
            if len(still) == len(left) and attempt:
                break
            left = still
            _price(solver, [slack for _, slack in still], 1 + 1 / (2 * len(open_rows)))
            solver.run()
            _price(solver, [slack for _, slack in still], 1.0)
        return left


def _price(solver: highspy.Highs, columns: list[int], cost: float) -> None:
    """Give some columns another cost."""
    number = np.array(columns, dtype=np.int32)
    solver.changeColsCost(len(number), number, np.full(len(number), cost))


def _filled(program: Program, row: int) -> Program:
    """Return the program in which the need of a row must be met."""
    weights = program.rows.under_weight.copy()
    weights[row] = 0
    return replace(program, rows=replace(program.rows, under_weight=weights))
