"""What is proven of a hole is said of itself, of the number of all, or not at all."""

from rosterplan.domain.result import Level, Result, StageResult
from rosterplan.report.hole_proof import proof_cell, proof_clause, proofs_told
from rosterplan.report.holes import Hole, proven_totals
from tests.report_factory import department

CASE = department(sectors=1, doctors=4)
DUTY = CASE.instance.duties[0]
ALONE, COUNTED, OPEN = Hole(DUTY, 1, 10, True), Hole(DUTY, 1, 10, False, 3), Hole(DUTY, 1, 1, False)


def coverage(*levels: tuple[int, int, int | None]) -> Result:
    made = tuple(Level(priority=at, missing=much, bound=low, proven=low == much) for at, much, low in levels)
    return Result(status="feasible", seed=1, effort=1, stages=(StageResult(name="coverage", value=1, levels=made),))


def test_numbers_are_proven_down_to_the_first_level_that_is_not():
    assert proven_totals(coverage((1, 4, 4), (100, 2, 2), (10, 3, 3))) == {100: 2, 10: 3, 1: 4}
    assert proven_totals(coverage((100, 2, 2), (10, 3, 2), (1, 4, 4))) == {100: 2}, "given what graver levels miss"
    assert proven_totals(coverage((100, 2, None))) == {}


def test_each_hole_says_what_is_proven_of_it_alone():
    assert proof_cell(ALONE) == "oui : inévitable" and "inévitable" in proof_clause(ALONE)
    assert proof_cell(COUNTED) == "3 en tout, pas forcément celle-ci"
    assert "3 médecins manqueront en tout" in proof_clause(COUNTED) and "inévitable" not in proof_clause(COUNTED)
    assert proof_cell(OPEN) == "non" and proof_clause(OPEN) == ""


def test_the_head_of_the_sheet_tells_both_kinds_apart():
    both = proofs_told([ALONE, COUNTED, COUNTED, OPEN])
    assert both.startswith("pour 1, il est prouvé qu’aucun") and "pour 2, il est prouvé qu’il en restera autant" in both
    assert proofs_told([OPEN]).startswith("pour 0,")
    assert "pour 0" not in proofs_told([COUNTED])
