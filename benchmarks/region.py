"""The five departments of Pays de la Loire in one plan: `python -m benchmarks.region [--seconds 240] [--to FOLDER]`.

Asked of it: a complete roster within 15 s of computing, and within 240 s better than greedy on every fairness measure.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.contest import FAIRNESS, GREEDY, POLISHED, SOLVE, contest
from benchmarks.report import Figure, table, write
from benchmarks.watching import machine

ASKED_FIRST_SECONDS, ASKED_SECONDS = 15.0, 240.0


def main() -> None:
    """Measure and print; written as `region.md` and `.csv` where --to says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.region", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("instances/pdl-region"))
    parser.add_argument("--seconds", type=float, default=ASKED_SECONDS)
    parser.add_argument("--to", type=Path, default=None)
    asked = parser.parse_args()
    about = machine()
    found, solved = contest(asked.folder, asked.seconds)
    text = "\n\n".join(
        (
            f"# {asked.folder.name}",
            " · ".join(f"{name} {value}" for name, value in about.items()) + ".",
            f"First complete roster after {solved.first_seconds:.1f} s (asked: {ASKED_FIRST_SECONDS:.0f} s); "
            f"coverage {solved.coverage[0]}, bound {solved.coverage[1]}; fairness {solved.fairness[0]}, best "
            f"{solved.fairness[1]}, bound {solved.fairness[2]}; status {solved.status}.",
            _measures(asked.folder.name, found),
        )
    )
    print(text)
    if asked.to is not None:
        write(asked.to, "region", text + "\n", found)


def _measures(name: str, found: list[Figure]) -> str:
    """A row per fairness measure, and whether `solve` is better than greedy."""
    value = {
        (one.method, one.measure): float(one.value) for one in found if one.instance == name and one.measure in FAIRNESS
    }
    cells: dict[tuple[str, str], str] = {}
    for measure in FAIRNESS:
        sign = -1 if measure == "Jain" else 1
        for method in (GREEDY, POLISHED, SOLVE):
            cells[measure, method] = f"{value[method, measure]:.4g}"
        better = all(sign * value[SOLVE, measure] < sign * value[other, measure] for other in (GREEDY, POLISHED))
        cells[measure, "better"] = "yes" if better else "**no**"
    return table(FAIRNESS, (GREEDY, POLISHED, SOLVE, "better"), cells)


if __name__ == "__main__":
    main()
