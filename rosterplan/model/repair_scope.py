"""One scope of a repair: the duties opened are free, all else is held; solved stage after stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from rosterplan.canvas import Canvas, Program
from rosterplan.canvas.arrays import BoolArray, IntArray, ints
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.domain.result import Stage
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.model import tasks
from rosterplan.model.change_columns import Counted, at_most_changes, bare, counting_changes
from rosterplan.model.engines import solve_task
from rosterplan.model.repair_case import Case, Reach, Repaired
from rosterplan.model.task import Outcome, Task
from rosterplan.rules.admission import admitted

KEPT_GOOD: tuple[Stage, ...] = ("caps", "shares", "fairness", "blend")
"""What is made best in turn once cover and changes are settled."""

_SPARE: tuple[Stage, ...] = ("shares", "caps")
"""Stages a roster seldom costs in: one of them counts changes while equal rosters are told apart."""


def within(
    case: Case, opened: set[str], most: int | None, sectors: tuple[str, ...], known: Repaired | None = None
) -> Repaired:
    """Return the best repair that moves the duties opened only, ``known`` where none better is found in time."""
    canvas = _canvas(case, opened)
    program = canvas.program()
    base = {
        (canvas.codes["duty"][one.duty], canvas.codes["doctor"][one.doctor])
        for one in case.remaining
        if one.duty in opened
    }  # fmt: skip
    weight = ints([case.weight.get(duty.id, 1) for duty in case.instance.duties])
    counted = counting_changes(canvas, program, base, weight)
    found = _Lexicographic(case, counted, most)
    found.run(None if known is None else _held_in(canvas, program, known.roster))
    roster = _roster(case, canvas, program, found.held)
    changed = (counted.weight > 0) & (found.values > 0)
    held = Counter(one.duty for one in roster.assignments)
    need = Counter(one.duty for one in case.roster.assignments)
    unfilled = tuple(
        sorted(
            name
            for name in {one.duty for one in case.lost}
            if held[name] < min(need[name], max(case.instance.duty_by_id[name].need_min, 0))
        )
    )
    reach: Reach = "none"
    if found.changes_proven:
        reach = "everywhere" if not sectors and not unfilled else "scope"
        if sectors and not unfilled and int((counted.weight * changed).sum()) == _least_weight(case):
            reach = "everywhere"
    return Repaired(
        roster, int(changed.sum()), int((counted.weight * changed).sum()), unfilled, sectors, found.cover_proven, reach,
        found.stages, tuple(found.best),
    )  # fmt: skip


def _least_weight(case: Case) -> int:
    """Return a bound for any roster that fills what was lost: each lost position costs one change of its duty."""
    held, needed = Counter(one.duty for one in case.remaining), 0
    for name in {one.duty for one in case.lost}:
        needed += max(case.instance.duty_by_id[name].need_min - held[name], 0) * case.weight.get(name, 1)
    return needed


def _canvas(case: Case, opened: set[str]) -> Canvas:
    """Return the canvas in which the duties opened are free, locks apart, and all else is held."""
    instance = case.instance
    number = {doctor.id: place for place, doctor in enumerate(instance.doctors)}
    place_of = {duty.id: place for place, duty in enumerate(instance.duties)}
    size = max(len(number), 1)

    def keys_of(pairs: Iterable[tuple[str, str]]) -> IntArray:
        return ints(sorted(number[doctor] + place_of[duty] * size for duty, doctor in pairs))

    taken = keys_of(_held_pairs(case, opened))
    gone = keys_of((one.duty, one.doctor) for one in case.lost)
    keys = _free_keys(case, opened, number, place_of)
    keys = keys[~np.isin(keys, np.concatenate((taken, gone)))]
    fixed = np.concatenate((np.zeros(len(keys), dtype=bool), np.ones(len(taken), dtype=bool)))
    both = np.concatenate((keys, taken))
    credit = both % size
    for pair, who in case.credit.items():
        credit[both == keys_of((pair,))[0]] = number[who]
    canvas = Canvas(instance, both % size, both // size, fixed, case.roster.dues, credit)
    for rule in case.rules:
        rule.post(canvas)
    return canvas


def _held_pairs(case: Case, opened: set[str]) -> set[tuple[str, str]]:
    """Return the (duty, doctor) that do not move: what is not opened, locked or imposed."""
    instance = case.instance
    locked: dict[str, set[str]] = {}
    for lock in instance.locks:
        locked.setdefault(lock.duty, set()).update({lock.doctor} if lock.doctor else set())
    held = {(one.duty, one.doctor) for one in case.remaining if one.duty not in opened or one.locked}
    held |= {(duty, name) for duty, names in locked.items() if duty in opened for name in names}
    held |= {(one.duty, one.doctor) for one in instance.fixed if one.duty in opened and one.duty not in locked}
    return held - {(one.duty, one.doctor) for one in case.lost}


def _free_keys(case: Case, opened: set[str], number: Mapping[str, int], place_of: Mapping[str, int]) -> IntArray:
    """Return doctor + duty × doctors of every pair the rules admit on the duties opened, those locked empty apart."""
    instance, size = case.instance, max(len(number), 1)
    shut = {lock.duty for lock in instance.locks if lock.doctor is None}
    free = [ints([])]
    lines = frozenset(instance.duty_by_id[duty].line for duty in opened)
    for table in admitted(instance, case.rules, lines=lines):
        some = np.array([duty.id in opened and duty.id not in shut for duty in table.duties], dtype=bool)
        rows, columns = np.nonzero(table.mask & some)
        doctors = ints([number[doctor.id] for doctor in table.doctors])
        duties = ints([place_of[duty.id] for duty in table.duties])
        free.append(doctors[rows] + duties[columns] * size)
    return np.concatenate(free)


class _Lexicographic:
    """Cover, then changes (or a limit on them), then caps, shares, fairness, wishes and comfort, one solve each."""

    def __init__(self, case: Case, counted: Counted, most: int | None) -> None:
        self.case, self.counted, self.most = case, counted, most
        self.values: IntArray = np.zeros(counted.program.columns, dtype=np.int64)
        self.cover_proven = self.changes_proven = False
        self.stages: dict[Stage, int] = {}
        self.best: list[Stage] = []
        self.levels = tasks.level_weights(counted.program)

    @property
    def held(self) -> BoolArray:
        """Which pairs are held."""
        return np.asarray(self.values[: self.counted.pairs] > 0, dtype=bool)

    def run(self, known: BoolArray | None) -> None:
        """Solve, each step within what the steps before reached, from a roster ``known`` or from what remains."""
        counted = self.counted
        held = np.zeros(counted.program.pairs, dtype=bool)
        held[: counted.pairs] = counted.kept if known is None else known
        self._keep(held)
        if known is not None:
            self._keep(counted.completed(held))
        weight = counted.weight if self.most is None else counted.one_each()
        plain = counted.program if self.most is None else at_most_changes(counted, weight, self.most)
        cover = self._solve(bare(plain, weight), (("coverage", 1),), ())
        self.cover_proven = cover.verdict == "optimal"
        limits: list[tuple[Stage, int]] = [("coverage", self._cover())]
        least = self._solve(bare(plain, counted.weight), (("comfort", 1),), limits)
        self.changes_proven = self.cover_proven and least.verdict == "optimal"
        if self.cover_proven and (self.changes_proven or self.most is not None):
            self.best.append("coverage")
        self._goodness(plain, limits)

    def _goodness(self, plain: Program, limits: list[tuple[Stage, int]]) -> None:
        """Make each further stage best, within the changes found or allowed."""
        counted, program = self.counted, plain
        if self.most is None:
            program = at_most_changes(counted, counted.weight, int(counted.weight @ self.values))
        settled = bool(self.best)  # what comes before is proved best
        for stage in KEPT_GOOD:
            if _charged(program, stage):
                settled &= self._solve(program, ((stage, 1),), limits).verdict == "optimal"
                limits.append((stage, _value(program, self.values, stage)))
            if settled:
                self.best.append(stage)
        spare = next((stage for stage in _SPARE if not _charged(program, stage)), None)
        if self.most is not None and spare is not None:
            linear = program.linear.copy()
            linear[STAGE_NUMBER[spare]] = counted.weight
            told = Program(program.pair, program.any_of, program.rows, program.convex, linear, program.constant)
            self._solve(told, ((spare, 1),), limits)
        self.stages = {stage: _value(program, self.values, stage) for stage in KEPT_GOOD}

    def _cover(self) -> int:
        """Return the cover reached, in the weights of its levels."""
        program, weight_of = self.counted.program, dict(self.levels)
        missing = tasks.missing_of(program, self.values)
        rows = program.rows
        about = np.flatnonzero((missing > 0) & (rows.under_stage == tasks.COVERAGE))
        return sum(int(missing[row]) * weight_of.get(int(rows.under_weight[row]), 1) for row in about)

    def _solve(
        self, program: Program, minimise: tuple[tuple[Stage, int], ...], limits: Sequence[tuple[Stage, int]]
    ) -> Outcome:
        """Solve and keep what was found; a step that finds nothing in time keeps what was there."""
        outcome = solve_task(
            Task(program, minimise, self.case.effort, self.case.seed, self.levels, limits=tuple(limits), name="repair")
        )
        if outcome.held is not None:
            self._keep(outcome.held)
        return outcome

    def _keep(self, held: BoolArray) -> None:
        self.values = self.counted.program.values(held)


def _charged(program: Program, stage: Stage) -> bool:
    """True if something of the program can cost in the stage."""
    stages: tuple[Stage, ...] = ("blend", "wishes", "comfort") if stage == "blend" else (stage,)
    numbers = [STAGE_NUMBER[one] for one in stages]
    rows = program.rows
    return bool(
        np.isin(rows.over_stage[rows.over_weight > 0], numbers).any()
        or np.isin(rows.under_stage[rows.under_weight > 0], numbers).any()
        or np.isin(program.convex.stage, numbers).any()
        or program.linear[numbers].any()
    )


def _value(program: Program, column: IntArray, stage: Stage) -> int:
    """Return the cost of a stage as a task counts it: without the constant of what no column can change."""
    costs = program.costs(column) - program.constant
    if stage == "blend":
        return sum(int(costs[number]) for number in tasks.BLEND)
    return int(costs[STAGE_NUMBER[stage]])


def _held_in(canvas: Canvas, program: Program, roster: Roster) -> BoolArray:
    """Return which free pairs a roster holds."""
    held = {(canvas.codes["duty"][one.duty], canvas.codes["doctor"][one.doctor]) for one in roster.assignments}
    duty, doctor = (canvas.pairs[name][program.pair].tolist() for name in ("duty", "doctor"))
    return np.array([pair in held for pair in zip(duty, doctor, strict=True)], dtype=bool)


def _roster(case: Case, canvas: Canvas, program: Program, held: BoolArray) -> Roster:
    """Return the roster: what was not opened as it was, what was opened as it is held now, in the order of time."""
    instance, pairs = case.instance, canvas.pairs
    before = {(one.duty, one.doctor): one for one in case.remaining}
    chosen = np.concatenate((program.pair[held], np.flatnonzero((pairs["fixed"] == 1) & (pairs["past"] == 0))))
    now = {
        (instance.duties[duty].id, instance.doctors[doctor].id)
        for duty, doctor in zip(pairs["duty"][chosen].tolist(), pairs["doctor"][chosen].tolist(), strict=True)
    }
    locked = {(lock.duty, lock.doctor) for lock in instance.locks}
    cells = [
        before.get(pair) or Assignment(duty=pair[0], doctor=pair[1], locked=pair in locked) for pair in now
    ]  # fmt: skip

    def order(one: Assignment) -> tuple[int, str, str, str]:
        duty = instance.duty_by_id[one.duty]
        return duty.start_minute, duty.line, duty.id, one.doctor

    return Roster(assignments=tuple(sorted(cells, key=order)), dues=case.roster.dues)
