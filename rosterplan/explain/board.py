"""One roster laid on its rules: what stands in the way of any moves, and what they cost, in milliseconds; no solver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rosterplan.canvas.arrays import INF, IntArray, ints
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import STAGES, Stage
from rosterplan.domain.roster import Roster
from rosterplan.explain.barriers import Barriers
from rosterplan.explain.laying import Beside, OpenCanvas, Pair, laid
from rosterplan.explain.moves import Move, Moves, moved
from rosterplan.explain.reckoning import Reckoned, Standing, reckoned
from rosterplan.rules.admission import serving
from rosterplan.rules.base import Rule


@dataclass(frozen=True)
class Blocker:
    """A hard rule that stands in the way of moves.

    ``doctors`` and ``duties``: those of the moves it is about; ``beside``: what is held and counts with them, by date.
    ``amount``: how much worse the row gets, in its own unit; 1 where the pair may not exist at all.
    ``reach``: (duties there would be, duties at most) of a row that caps a number of duties above 1.
    """

    rule: Rule
    doctors: tuple[str, ...]
    duties: tuple[str, ...]
    beside: tuple[Beside, ...] = ()
    amount: int = 1
    outsider: bool = False
    decided: bool = False
    reach: tuple[int, int] | None = None


@dataclass(frozen=True)
class Verdict:
    """What the canvas says of moves: the rules in the way (none = legal) and the change of each stage."""

    moves: Moves
    blockers: tuple[Blocker, ...]
    costs: dict[Stage, int]

    @property
    def legal(self) -> bool:
        """True if no hard rule stands in the way."""
        return not self.blockers

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in the way, each once: those that do not admit a pair, then those that count, in the order of the book."""
        return tuple(dict.fromkeys(blocker.rule for blocker in self.blockers))


@dataclass(frozen=True)
class Board:
    """A roster on its posted canvas. Pairs that no rule admits are on it only where asked for in `lay`."""

    instance: Instance
    rules: tuple[Rule, ...]
    roster: Roster
    canvas: OpenCanvas
    standing: Standing
    barriers: Barriers

    def judge(self, moves: Iterable[Move]) -> Verdict:
        """Return what stands in the way of moves made together, and what they cost."""
        return self.judge_all([tuple(moves)])[0]

    def judge_all(self, cases: Sequence[Moves]) -> list[Verdict]:
        """Return a verdict on each set of moves, each alone on this roster.

        Raises:
            KeyError: a pair is not on the board; lay it again with the duty asked for.
        """
        found = self.reckon(cases)
        broken: list[list[Blocker]] = [[] for _ in cases]
        for place, case in enumerate(found.worse_case.tolist()):
            row, by = int(found.worse_row[place]), int(found.worse_by[place])
            broken[case].append(self._row_blocker(row, by, cases[case]))
        return [
            Verdict(moves, self._in_order(self._barred(moves), broken[case]), self._stages(found.costs[case]))
            for case, moves in enumerate(cases)
        ]

    def reckon(self, cases: Sequence[Moves]) -> Reckoned:
        """Return the arrays behind `judge_all`; moves that change nothing count for nothing."""
        number, column, change = [], [], []
        for case, moves in enumerate(cases):
            for move in dict.fromkeys(moves):
                place = self.column_of[move.doctor, move.duty]
                held = bool(self.standing.column[place])
                if held != move.gives:
                    number.append(case)
                    column.append(place)
                    change.append(1 if move.gives else -1)
        return reckoned(self.standing, ints(number), ints(column), ints(change), len(cases))

    def after(self, moves: Iterable[Move]) -> Board:
        """Return the board with the moves made, dues unchanged."""
        return _standing(replace(self, roster=moved(self.roster, moves)))

    def holds(self, doctor: str, duty: str) -> bool:
        """True if the doctor holds the duty."""
        return doctor in self.roster.doctors_of.get(duty, ())

    def serving(self, line: str) -> frozenset[str]:
        """Return who said they serve the line or its sector, whatever their dates."""
        if line not in self._serving:
            self._serving[line] = frozenset(serving(self.instance, self.instance.line_by_id[line]))
        return self._serving[line]

    def costs(self) -> dict[Stage, int]:
        """Return the value of each stage as the roster stands."""
        return self._stages(self.standing.program.costs(self.standing.column))

    @property
    def column_of(self) -> dict[Pair, int]:
        """The column of each (doctor, duty) on the board."""
        return self.canvas.column_of

    def _barred(self, moves: Moves) -> list[Blocker]:
        """Return the rules that do not admit a pair given, and the cells decided by hand."""
        found = []
        for move in dict.fromkeys(moves):
            if self.holds(move.doctor, move.duty) == move.gives:
                continue
            decided = self.barriers.decided(move)
            if decided is not None:
                found.append(Blocker(decided, (move.doctor,), (move.duty,), decided=True))
            if move.gives:
                for exclusion in self.barriers.excluding(move.duty).get(move.doctor, ()):
                    rule = self.rules[exclusion.rule]
                    found.append(Blocker(rule, (move.doctor,), (move.duty,), outsider=exclusion.outsider))
        return found

    def _row_blocker(self, row: int, by: int, moves: Moves) -> Blocker:
        """Return a broken row as people see it: who and what of the moves it counts, and what else it counts."""
        changed = {(move.doctor, move.duty) for move in moves}
        members, held = self.canvas.members(self.standing.program, row), self._held_in(row)
        here = [pair for pair in changed if pair in members]
        freed = {pair for pair in here if self.standing.column[members[pair][0]]}
        rule = self.rules[int(self.standing.program.rows.rule[row])]
        return Blocker(
            rule, tuple(sorted({doctor for doctor, _ in here})), tuple(sorted({duty for _, duty in here})),
            tuple(one for one in held if (one.doctor, one.duty) not in freed) if freed else held, by,
            reach=self._reach(row, by),
        )  # fmt: skip

    def _reach(self, row: int, by: int) -> tuple[int, int] | None:
        """Return (duties, at most) where a row that grows by ``by`` counts duties, each once, and allows more than one."""
        program = self.standing.program
        most, (first, after) = int(program.rows.hi[row]), program.rows.terms.bounds[row : row + 2].tolist()
        items, coefs = program.rows.terms.items[first:after], program.rows.terms.coefs[first:after]
        if not 1 < most < INF or items.max(initial=0) >= program.pairs or not (coefs == 1).all():
            return None
        return max(int(self.standing.activity[row]), most) + by, most

    def _held_in(self, row: int) -> tuple[Beside, ...]:
        """Return what a row counts as the roster stands, by date."""
        if row not in self._held:
            held = self.standing.column
            members = self.canvas.members(self.standing.program, row).values()
            counted = [one for column, one in members if held[column]]
            self._held[row] = tuple(sorted(counted, key=lambda one: (one.date, one.duty or "", one.doctor)))
        return self._held[row]

    @cached_property
    def _serving(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _held(self) -> dict[int, tuple[Beside, ...]]:
        return {}

    def _in_order(self, barred: Sequence[Blocker], broken: Sequence[Blocker]) -> tuple[Blocker, ...]:
        """Return what admits no such pair, then what counts too many, each in the order of the book; hand-made cells last."""
        every = (*barred, *broken)
        if len(every) < 2:
            return every
        place = [
            (one.decided, number >= len(barred), self._rank.get(id(one.rule), 0)) for number, one in enumerate(every)
        ]
        return tuple(every[number] for number in sorted(range(len(every)), key=place.__getitem__))

    @cached_property
    def _rank(self) -> dict[int, int]:
        return {id(rule): number for number, rule in enumerate(self.rules)}

    def _stages(self, costs: IntArray) -> dict[Stage, int]:
        values = {stage: int(costs[number]) for number, stage in enumerate(STAGES)}
        values["blend"] += values["wishes"] + values["comfort"]
        return values


def lay(
    instance: Instance,
    rules: Sequence[Rule],
    roster: Roster,
    *,
    duties: Iterable[str] = (),
    pairs: Iterable[Pair] = (),
    near: Callable[[str, str], bool] | None = None,
) -> Board:
    """Return the board of a roster: every admitted pair, those held, ``pairs``, and who may be asked for ``duties``.

    Of a duty asked for, any doctor is on the board whom one rule alone or the sector keeps out; the others can never
    hold it, and `Barriers.excluding` says why. ``near`` chooses, by doctor and duty, the outsiders worth asking; None =
    all of them.
    """
    barriers = Barriers(instance, tuple(rules), roster)
    asked = tuple(duties)
    barriers.look_at(asked)
    more = [*pairs]
    for duty in asked:
        more += [
            (doctor, duty)
            for doctor, outsider in barriers.askable(duty)
            if near is None or not outsider or near(doctor, duty)
        ]
    canvas = laid(instance, rules, roster, more)
    empty = Standing(canvas.program(), ints([]), ints([]), ints([]))
    return _standing(Board(instance, tuple(rules), roster, canvas, empty, barriers))


def _standing(board: Board) -> Board:
    """Return the board with its columns at what its roster holds."""
    program, pairs = board.standing.program, board.canvas.pairs
    held = np.asarray(pairs["past"] == 1, dtype=bool)
    held[[board.column_of[one.doctor, one.duty] for one in board.roster.assignments]] = True
    return replace(board, standing=Standing.at(program, program.values(held)))
