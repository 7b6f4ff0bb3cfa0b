"""Groups and sums of the canvas against plain Python."""

from __future__ import annotations

import numpy as np
import pytest

from rosterplan.canvas.arrays import Ragged, ints, numbered
from rosterplan.canvas.columns import Cols

FAR = 2**40


@pytest.mark.parametrize("low, high", [(0, 3), (-5, 5), (-FAR, FAR), (739_000, 739_090)])
@pytest.mark.parametrize("keys", [1, 2, 4])
def test_rows_with_equal_keys_are_one_group_numbered_in_key_order_from_its_first_row(keys, low, high):
    rng = np.random.default_rng(keys)
    values = rng.integers(low, high, size=(keys, 12))
    table = values[:, rng.integers(0, 12, size=300)]
    group, first = numbered(list(table))
    rows = [tuple(row) for row in table.T.tolist()]
    order = sorted(set(rows))
    assert group.tolist() == [order.index(row) for row in rows]
    assert first.tolist() == [rows.index(row) for row in order]


def test_no_row_makes_no_group():
    group, first = numbered([ints([]), ints([])])
    assert (len(group), len(first)) == (0, 0)


def test_sums_of_rows_count_empty_rows_as_nothing():
    rows = Ragged(ints([0, 2, 2, 5]), ints([0, 1, 1, 2, 0]), ints([1, -1, 2, 2, 2]))
    assert rows.sums(ints([1, 2, 3, 4, 5])).tolist() == [3, 0, 12]
    assert rows.dot(ints([1, 0, 1])).tolist() == [1, 0, 4]


def test_columns_chosen_repeated_and_renamed_keep_their_attributes():
    cols = Cols(ints([4, 5, 6]), {"day": ints([1, 2, 3]), "doctor": ints([7, 8, 9])})
    some = cols.where(np.array([True, False, True])).having(rank=ints([0, 1]))
    assert (some.id.tolist(), some["day"].tolist(), some["rank"].tolist()) == ([4, 6], [1, 3], [0, 1])
    again = some.take(ints([1, 1, 0]), day=ints([0, 0, 0]))
    assert (again.id.tolist(), again["day"].tolist()) == ([6, 6, 4], [0, 0, 0])
    assert (again["doctor"].tolist(), again["rank"].tolist()) == ([9, 9, 7], [1, 1, 0])
    assert set(again.at) == {"day", "doctor", "rank"}
    with pytest.raises(KeyError):
        _ = again["band"]
