"""Rules about several doctors, or about hours, that speak of whole counts: parts of houses among others, as cuts."""

from __future__ import annotations

import numpy as np

from rosterplan.canvas.arrays import INF, BoolArray, IntArray, ints
from rosterplan.canvas.program import Program
from rosterplan.model.patterns_data import Counts
from rosterplan.model.patterns_master import Cut


def row_cuts(program: Program, data: Counts) -> list[Cut]:
    """Return what the hard rows of a program say of the counts, where counts alone could break it.

    A row that holds a part of a cell says of the cell what holds whichever of its pairs are held. Caps of one doctor
    that count duties are the patterns' own (`patterns_caps`).
    """
    rows = program.rows
    hard = (((rows.over_weight == 0) & (rows.hi < INF)) | ((rows.under_weight == 0) & (rows.lo > -INF))) & (
        rows.key == -1
    )
    wide = hard & _of_whole_cells(program, data)
    found = []
    for row in np.flatnonzero(wide).tolist():
        columns = rows.terms.row(row)
        coefs = rows.terms.coefs[rows.terms.bounds[row] : rows.terms.bounds[row + 1]]
        sides = _sides(program, data, columns, coefs)
        if sides is None:
            continue
        cells, least, most, beside_least, beside_most = sides
        if rows.over_weight[row] == 0 and rows.hi[row] < INF:
            found += _cut(data, cells, least, int(rows.hi[row]) - beside_least)
        if rows.under_weight[row] == 0 and rows.lo[row] > -INF:
            found += _cut(data, cells, -most, beside_most - int(rows.lo[row]))
    return found


def _of_whole_cells(program: Program, data: Counts) -> BoolArray:
    """Return which rows hold some cell whole, and either concern several doctors or count other than duties."""
    rows, row, items = program.rows, program.rows.terms.row_of_entry, program.rows.terms.items
    cell = np.full(len(items), -1, dtype=np.int64)
    pairs = items < program.pairs
    cell[pairs] = data.cell_of_pair[items[pairs]]
    known = cell >= 0
    sizes = np.bincount(data.cell_of_pair[data.cell_of_pair >= 0], minlength=len(data.cell_doctor))
    code, many = np.unique(row[known] * max(len(sizes), 1) + cell[known], return_counts=True)
    of_row, of_cell = code // max(len(sizes), 1), code % max(len(sizes), 1)
    whole = np.bincount(of_row[many == sizes[of_cell]], minlength=len(rows)) > 0
    low, high = np.full(len(rows), INF), np.full(len(rows), -INF)
    np.minimum.at(low, of_row, data.cell_doctor[of_cell])
    np.maximum.at(high, of_row, data.cell_doctor[of_cell])
    counted = np.bincount(row, weights=program.rows.terms.coefs != 1, minlength=len(rows)) > 0
    return np.asarray(whole & ((low < high) | counted), dtype=bool)


def _sides(
    program: Program, data: Counts, columns: IntArray, coefs: IntArray
) -> tuple[IntArray, IntArray, IntArray, int, int] | None:
    """Return (cells, least and most a duty of each adds, least and most of what no cell counts); None where nothing is said."""
    place = np.full(len(columns), -1, dtype=np.int64)
    pairs = columns < program.pairs
    place[pairs] = data.cell_of_pair[columns[pairs]]
    beside = coefs[place < 0]
    cells, inside, many = np.unique(place[place >= 0], return_inverse=True, return_counts=True)
    if not len(cells):
        return None
    least, most = np.full(len(cells), INF), np.full(len(cells), -INF)
    np.minimum.at(least, inside, coefs[place >= 0])
    np.maximum.at(most, inside, coefs[place >= 0])
    sizes = np.bincount(data.cell_of_pair[data.cell_of_pair >= 0], minlength=len(data.cell_doctor))
    part = many < sizes[cells]
    least[part], most[part] = np.minimum(least[part], 0), np.maximum(most[part], 0)
    return cells, least, most, int(np.minimum(beside, 0).sum()), int(np.maximum(beside, 0).sum())


def _cut(data: Counts, cells: IntArray, weights: IntArray, most: int) -> list[Cut]:
    """Return Σ weight × count ≤ most as a cut, nothing where no counts could break it."""
    reach = int((np.maximum(weights, 0) * data.cell_most[cells]).sum())
    if reach <= most:
        return []
    every = np.zeros(len(data.cell_doctor), dtype=np.int64)
    every[cells] = weights
    shared = int(np.gcd.reduce(weights))
    return [Cut(ints(every // shared), most // shared)]
