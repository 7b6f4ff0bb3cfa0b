"""What is proved beside the pieces changes no roster by when it comes."""

from __future__ import annotations

import numpy as np
import pytest

from rosterplan.model import tasks
from rosterplan.model.deep_proof import Proof
from rosterplan.model.proof import Known
from rosterplan.model.task import Outcome
from tests.exact.test_bound_kind import ROWS, Beside, beside_every_roster, every_roster

SPACED = tuple(row for row in ROWS if row.code != "wishes")
"""Another rule book: its sectors may be one unit."""


def beside_one_as_good(seed: int) -> tuple[Beside, np.ndarray, int] | None:
    """A search that holds one of two rosters of the same cost and the same holes, the other, and their cost."""
    one = beside_every_roster(seed, SPACED)
    program, now = one.search.program, one.search.incumbent.column
    for column in every_roster(one.search):
        alike = (tasks.missing_of(program, column) == tasks.missing_of(program, now)).all()
        cost = sum(int(program.costs(column)[stage]) for stage in tasks.BLEND)
        held = column[: program.pairs].astype(bool)
        if alike and cost == one.now() and not np.array_equal(held, one.search.incumbent.held):
            return one, held, cost
    return None


@pytest.mark.parametrize("proved", [True, False])
def test_a_roster_as_good_as_the_proved_best_is_not_taken_at_the_end(proved):
    tried = 0
    for seed in range(12):
        found = beside_one_as_good(seed)
        if found is None:
            continue
        one, other, cost = found
        before = one.search.incumbent.held.copy()
        proof = Proof(one.search)
        proof.known = Known(cost if proved else cost - 1, "given")
        proof.found = Outcome("feasible", other, cost, cost)
        proof.end()
        assert np.array_equal(one.search.incumbent.held, before if proved else other)
        tried += 1
    assert tried
