"""How many duties of any set a doctor's caps let him or her hold: a bound from disjoint caps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rosterplan.canvas.arrays import INF, BoolArray, IntArray, Ragged, ints
from rosterplan.canvas.program import Program

WIDEST = 24
"""Caps looked at per doctor, the widest first: months and weeks, not the many cliques of a rest."""


@dataclass(frozen=True)
class Caps:
    """Disjoint caps of each doctor: the place of the one a pair stands in (the last place: none), and their most.

    ``most`` is doctor × place, INF where there is no cap; ``whole`` the cap over all pairs of each doctor.
    """

    doctor: IntArray  # of each pair
    place: IntArray  # of each pair
    most: IntArray
    whole: IntArray

    def most_of(self, group: IntArray, pairs: IntArray, groups: int) -> IntArray:
        """The most pairs of each group a roster may hold; ``group`` is that of each of ``pairs``, one doctor's each."""
        width = self.most.shape[1]
        held = np.bincount(group * width + self.place[pairs], minlength=groups * width).reshape(groups, width)
        owner = np.zeros(groups, dtype=np.int64)
        owner[group] = self.doctor[pairs]
        return ints(np.minimum(held, self.most[owner]).sum(axis=1))


def caps_of(program: Program, doctor: IntArray, doctors: int) -> Caps:
    """Return the caps of a program; ``doctor`` of each pair, −1 for a pair that does not count."""
    terms, most = _caps(program, doctor)
    owner = doctor[terms.items[terms.bounds[:-1]]]
    sizes = terms.lengths
    everything = np.bincount(doctor[doctor >= 0], minlength=doctors)
    covers = sizes == everything[owner]
    whole = everything.copy()
    np.minimum.at(whole, owner[covers], most[covers])
    order = np.lexsort((np.arange(len(owner)), -sizes, owner))
    order = order[~covers[order]]
    rank = np.arange(len(order)) - np.searchsorted(owner[order], owner[order], side="left")
    width = min(WIDEST, int(rank.max(initial=-1)) + 1)
    place_of_pair = np.full(program.pairs, width, dtype=np.int64)
    by_place = np.full((doctors, width + 1), INF, dtype=np.int64)
    for place in range(width):
        rows = order[rank == place]
        chosen = terms.take(rows)
        taken = np.bincount(chosen.row_of_entry, weights=place_of_pair[chosen.items] < width, minlength=len(rows)) > 0
        place_of_pair[chosen.items[~taken[chosen.row_of_entry]]] = place
        by_place[owner[rows[~taken]], place] = most[rows[~taken]]
    return Caps(doctor, place_of_pair, by_place, whole)


def _caps(program: Program, doctor: IntArray) -> tuple[Ragged, IntArray]:
    """Return the hard caps that bind one doctor's pairs, one each, other columns left out (they only add)."""
    rows = program.rows
    hard = np.flatnonzero((rows.over_weight == 0) & (rows.hi < INF) & (rows.key < 0))
    terms = rows.terms.take(hard)
    negative = np.bincount(terms.row_of_entry, weights=terms.coefs < 0, minlength=len(terms)) > 0
    counts: BoolArray = (terms.items < program.pairs) & (terms.coefs == 1)
    counts[counts] = doctor[terms.items[counts]] >= 0
    terms = terms.keep_entries(counts)
    row, who = terms.row_of_entry, doctor[terms.items]
    least, most = np.full(len(terms), INF), np.full(len(terms), -INF)
    np.minimum.at(least, row, who)
    np.maximum.at(most, row, who)
    kept = np.flatnonzero(~negative & (least == most) & (terms.lengths > rows.hi[hard]) & (rows.hi[hard] >= 0))
    return terms.take(kept), rows.hi[hard][kept]
