"""The floor of the simulation over the years is a floor: no way to give out whole duties ends closer together."""

from __future__ import annotations

import random
from itertools import product

import pytest

from benchmarks.years import least_spread


@pytest.mark.parametrize("seed", range(6))
def test_no_way_to_give_out_whole_duties_ends_closer_together(seed: int) -> None:
    draw = random.Random(seed)
    accounts = [round(draw.uniform(-2, 1), 2) for _ in range(4)]
    duties = draw.randrange(0, 7)
    ways = (given for given in product(range(duties + 1), repeat=4) if sum(given) == duties)
    ends = [[account + more for account, more in zip(accounts, given, strict=True)] for given in ways]
    assert least_spread(accounts, duties) == pytest.approx(min(max(end) - min(end) for end in ends))
