"""The canvas rules post on: select columns, group them, bound them. No rule sees a solver.

What the past or a lock already holds is folded in at once. A cap they alone pass forbids more, it does not make the
plan impossible; a cost the past alone makes is not charged, what is decided in this plan is (`limit`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray, Ragged, grouped, ints, numbered, ranges
from rosterplan.canvas.closed import without_closed
from rosterplan.canvas.columns import Cols, Soft
from rosterplan.canvas.freeze import Posted, PostedConvex, frozen
from rosterplan.canvas.posting import Bound, By, matched, rows_of, side_of, squares_of
from rosterplan.canvas.program import STAGE_NUMBER, Program
from rosterplan.canvas.runs import Days, too_short
from rosterplan.canvas.spread import Spread
from rosterplan.canvas.tables import codes_of, duty_table, pair_table
from rosterplan.canvas.windows import every_window, interval_cliques, maximal_windows
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Stage
from rosterplan.domain.roster import Due


class Canvas:
    """Pairs and duties as tables, and what was posted on them so far.

    ``dues`` are those the roster is made under: published ones, or those of the positions it will hold; None =
    those of full coverage. ``credit``: the doctor credited with each pair, where not all are with their own.
    """

    def __init__(
        self,
        instance: Instance,
        doctor: IntArray,
        duty: IntArray,
        fixed: BoolArray,
        dues: tuple[Due, ...] | None = None,
        credit: IntArray | None = None,
    ) -> None:
        self.instance = instance
        self.dues = dues
        self.codes = codes_of(instance)
        self.duties = duty_table(instance, self.codes)
        self.pairs = pair_table(instance, self.codes, doctor, duty, fixed, doctor if credit is None else credit)
        self.rule_names: list[str] = []
        self._free = int((self.pairs["fixed"] == 0).sum())
        self._fixed: list[BoolArray] = [self.pairs["fixed"] == 1]
        self._past: list[BoolArray] = [self.pairs["past"] == 1]
        self._columns = len(self.pairs)
        self._posted = Posted([], [], [], [])
        self._unions: dict[tuple[bytes, bytes], IntArray] = {}

    def limit(
        self,
        rule: str,
        cols: Cols,
        by: By,
        *,
        lo: Bound | None = None,
        hi: Bound | None = None,
        coef: Bound = 1,
        over: Soft | None = None,
        under: Soft | None = None,
        groups: Mapping[str, IntArray] | None = None,
        weights: IntArray | None = None,
        about: str | None = None,
    ) -> None:
        """Post lo ≤ Σ coef·column ≤ hi for each group of columns with equal ``by``.

        ``lo``, ``hi``: one number, or one per column (equal within a group), or one per row of ``groups`` when
        given: then exactly these keys have a row, even without a column. ``over``/``under`` make a side soft;
        ``weights`` (per row of ``groups``) replaces their weight. ``about`` names the attribute of ``groups``
        that says what each row is about (`duty`). A squared ``over`` takes no ``lo`` beside it.
        """
        if groups is None:
            group, first = numbered([cols[name] for name in by])
            count, per_group = len(first), lambda bound: bound[first]
            about_key = cols[about][first] if about else None
        else:
            count = len(next(iter(groups.values())))
            group, cols, coef = matched(cols, by, groups, coef)
            per_group = lambda bound: bound  # noqa: E731
            about_key = groups[about] if about else None
        coefs = np.broadcast_to(ints(coef), (len(cols),))
        low, high = (None if side is None else side_of(side, count, per_group) for side in (lo, hi))
        terms = grouped(group, cols.id, coefs, count)
        self._add_rows(rule, terms, low, high, over, under, weights, about_key)

    def window(
        self,
        rule: str,
        cols: Cols,
        by: By,
        time: str,
        span: int,
        hi: Bound,
        *,
        coef: Bound = 1,
        over: Soft | None = None,
    ) -> None:
        """Post Σ coef·column ≤ hi over every window [t, t + span) of the attribute ``time``, group by group.

        Hard: maximal windows. Soft: each integer t is one window, and each window pays for its own excess.
        """
        if len(cols) == 0:
            return
        group, first = numbered([cols[name] for name in by])
        coefs = np.broadcast_to(ints(coef), (len(cols),))
        times: IntArray | None = None
        if over is None:
            order, head, tail = maximal_windows(group, cols[time], span)
        else:
            order, head, tail, times = every_window(group, cols[time], span)
        lengths = tail - head
        entries = order[ranges(head, lengths)]
        terms = Ragged(np.concatenate(([0], np.cumsum(lengths))), cols.id[entries], coefs[entries])
        bound = side_of(hi, len(first), lambda side: side[first])[group[order[head]]]
        weights = None if over is None or times is None else times * over.weight
        self._add_rows(rule, terms, None, bound, over, None, weights, None)

    def apart(self, rule: str, cols: Cols, by: By, start: str, end: str, gap: Bound) -> None:
        """Forbid two columns of one group with less than ``gap`` between the end of one and the start of the next."""
        if len(cols) == 0:
            return
        group, _ = numbered([cols[name] for name in by])
        clique, column = interval_cliques(group, cols[start], cols[end] + gap)
        count = int(clique.max()) + 1 if len(clique) else 0
        terms = grouped(clique, cols.id[column], np.ones(len(column), dtype=np.int64), count)
        self._add_rows(rule, terms, None, np.ones(count, dtype=np.int64), None, None, None, None)

    def shortest(
        self, rule: str, cols: Cols, by: By, time: str, lo: int, within: tuple[int, int], *, gaps: bool = False,
        over: Soft | None = None,
    ) -> None:  # fmt: skip
        """Forbid runs of columns on fewer than ``lo`` days of ``time`` in a row, or with ``gaps`` so short a gap between two.

        One column per group and day (see `any`). What touches the border of ``within`` (first and last day) may go on
        beyond: it is never too short. Soft: each day a run lacks costs the weight.
        """
        if len(cols) == 0:
            return
        group, _ = numbered([cols[name] for name in by])
        days = Days.of(group, cols[time], cols.id, self._is_fixed[cols.id], *within)
        for row in too_short(days, lo, gaps=gaps, each_once=over is not None):
            weights = None if over is None else over.weight * row.missing
            self._add_rows(rule, row.terms, None, row.hi, over, None, weights, None)

    def any(self, rule: str, cols: Cols, by: By) -> Cols:
        """Return one column per group, 1 when any member is: the member itself where it is alone, else a derived one.

        It keeps the attributes of the first member of its group.
        """
        group, first = numbered([cols[name] for name in by])
        count = len(first)
        members = grouped(group, cols.id, np.ones(len(cols), dtype=np.int64), count)
        several = np.flatnonzero(members.lengths > 1)
        fixed = np.bincount(group, weights=self._is_fixed[cols.id], minlength=count) > 0
        past = np.bincount(group, weights=cols["past"], minlength=count) > 0
        numbers = cols.id[first]
        numbers[several] = self._unions_of(members.take(several), fixed[several], past[several])
        at = {name: values[first] for name, values in cols.at.items()}
        return Cols(numbers, at | {"past": past.astype(np.int64), "fixed": fixed.astype(np.int64)})

    def convex(
        self,
        rule: str,
        cols: Cols,
        by: By,
        costs: Sequence[IntArray],
        stage: Stage,
        *,
        groups: Mapping[str, IntArray],
        coef: Bound = 1,
        base: IntArray | None = None,
        low: IntArray | None = None,
    ) -> None:
        """Post a convex cost per row of ``groups``: ``costs[g][base + Σ coef·column − low]`` in ``stage``.

        Every table must reach all counts its columns can give.

        Raises:
            ValueError: a table is not convex.
        """
        count = len(costs)
        group, cols, coef = matched(cols, by, groups, coef)
        terms = grouped(group, cols.id, np.broadcast_to(ints(coef), (len(cols),)), count)
        fixed = self._is_fixed[terms.items]
        held = np.bincount(terms.row_of_entry, weights=terms.coefs * fixed, minlength=count).astype(np.int64)
        zero = np.zeros(count, dtype=np.int64)
        self._posted.convex.append(
            PostedConvex(
                self._rule(rule), STAGE_NUMBER[stage], terms.keep_entries(~fixed),
                (zero if base is None else base) + held, zero if low is None else low, list(costs),
            )
        )  # fmt: skip

    def prefer(self, rule: str, cols: Cols, points: Bound, stage: Stage) -> None:
        """Charge ``points`` in ``stage`` for each column taken (may be negative)."""
        self._posted.linear.append((STAGE_NUMBER[stage], cols.id, np.broadcast_to(ints(points), (len(cols),))))
        self._rule(rule)

    def spread(
        self, rule: str, cols: Cols, by: str, groups: IntArray, scale: IntArray, unit: int, stage: Stage, weight: int
    ) -> None:  # fmt: skip
        """Charge ``weight`` × the largest ⌈|scale_i · n_j − scale_j · n_i| / unit⌉ over any two of ``groups``.

        n counts the columns with that value of ``by``; ``scale`` holds one whole number per group.
        """
        group, cols, _ = matched(cols, (by,), {by: groups}, 1)
        terms = grouped(group, cols.id, np.ones(len(cols), dtype=np.int64), len(groups))
        none = np.zeros(len(groups), dtype=np.int64)
        number = self._rule(rule)
        self._posted.spreads.append(Spread(terms, none, scale, unit, weight, STAGE_NUMBER[stage], number))

    def program(self) -> Program:
        """Return what was posted, frozen, over the free columns; pairs that alone break a hard row are none."""
        return without_closed(
            frozen(self._posted, self._is_fixed, np.concatenate(self._past), self._free, len(self.pairs))
        )

    def _unions_of(self, members: Ragged, fixed: BoolArray, past: BoolArray) -> IntArray:
        """Return the numbers of derived columns with these members: those several rules ask for are made once."""
        key = members.bounds.tobytes(), members.items.tobytes()
        if key not in self._unions:
            self._unions[key] = np.arange(self._columns, self._columns + len(members), dtype=np.int64)
            self._columns += len(members)
            self._fixed.append(fixed)
            self._past.append(past)
            self._posted.derived.append(members)
        return self._unions[key]

    @property
    def _is_fixed(self) -> BoolArray:
        if len(self._fixed) > 1:
            self._fixed = [np.concatenate(self._fixed)]
        return self._fixed[0]

    def _rule(self, name: str) -> int:
        if name not in self.rule_names:
            self.rule_names.append(name)
        return self.rule_names.index(name)

    def _add_rows(
        self,
        rule: str,
        terms: Ragged,
        lo: IntArray | None,
        hi: IntArray | None,
        over: Soft | None,
        under: Soft | None,
        weights: IntArray | None,
        about: IntArray | None,
    ) -> None:
        number = self._rule(rule)
        if over is not None and over.squared and hi is not None:
            past = np.concatenate(self._past)
            self._posted.convex.append(squares_of(number, terms, self._is_fixed, past, hi, over, weights))
        else:
            self._posted.rows.append(rows_of(number, terms, lo, hi, over, under, weights, about))
