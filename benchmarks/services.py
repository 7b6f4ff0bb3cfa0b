"""Every service of the source documents solved as a person would, in one run: `python -m benchmarks.services [NAME …]`.

Per folder: duties, doctors, holes and whether they are proven, value and bound of each stage, seconds and processor
seconds of the whole command, exit code. « 3 PH, mai 2026 » is a line too small for the law, written for the occasion.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from benchmarks.report import table
from benchmarks.watching import machine, rosterplan, run
from rosterplan.domain.instance import Period
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.write import plan_workbook

TOO_SMALL: Final = "3 PH, mai 2026"
SECONDS: Final[Mapping[str, int]] = {
    TOO_SMALL: 60, "pdses-alternee": 60, "pdses-saint-nazaire-cardiologie": 60, "pdses-saint-nazaire-anesthesie": 60,
    "pdses-leman-mont-blanc": 60, "44-pediatrie-nantes": 60, "49-pediatrie-angers": 60, "44-regulation": 120,
    "85-regulation": 120, "44-sas-psy": 60, "44-snp-chateaubriant": 120, "49-pdsa": 120, "85-pdsa": 120, "pdl-region": 240,
}  # fmt: skip
"""What each folder may take at most [s]; most stop by themselves before."""

COLUMNS: Final = (
    "duties",
    "doctors",
    "holes",
    "coverage",
    "caps",
    "shares",
    "fairness",
    "blend",
    "seconds",
    "processor",
    "exit",
)


def main() -> None:
    """Print a row per folder, then the machine."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.services", description=__doc__)
    parser.add_argument("names", nargs="*", default=list(SECONDS), help="folders of instances/; all of them by default")
    parser.add_argument("--instances", type=Path, default=Path("instances"))
    parser.add_argument("--time-limit", type=int, default=None, help="seconds for each, in place of its own")
    asked = parser.parse_args()
    about = machine()
    cells: dict[tuple[str, str], str] = {}
    for name in asked.names:
        with tempfile.TemporaryDirectory() as place:
            folder = too_small(Path(place) / "mai-2026") if name == TOO_SMALL else asked.instances / name
            limit = asked.time_limit or SECONDS.get(name, 60)
            cells |= {(name, column): said for column, said in row(folder, Path(place) / "out", limit).items()}
        print(name, *(f"{column} {cells.get((name, column), '–')}" for column in COLUMNS), sep=" · ", flush=True)
    about["load when it ended"] = machine()["load when it began"]
    print("\n" + table(asked.names, COLUMNS, cells, "folder"))
    print("\n" + ", ".join(f"{name} {value}" for name, value in about.items()))


def too_small(folder: Path) -> Path:
    """An astreinte of one hospital held by three PH through May 2026: nine Sundays and holidays, two each at most."""
    content = template("pdses", "mai-2026", Period(start=date(2026, 5, 1), end=date(2026, 5, 31)))
    house = content.establishments[:1]
    lines = tuple(one.model_copy(update={"establishments": (house[0].id,), "mode": "simple"}) for one in content.lines)
    alike = {"status": "PH", "quota": 1.0, "establishment": house[0].id}
    doctors = tuple(one.model_copy(update=alike) for one in content.doctors[:3])
    rules = tuple(one for one in content.rules if one.code != "house-quota")
    changed = {"establishments": house, "lines": lines, "doctors": doctors, "rules": rules}
    folder.mkdir(parents=True)
    (folder / "plan.xlsx").write_bytes(plan_workbook(content.model_copy(update=changed)))
    return folder


def row(folder: Path, out: Path, limit: int) -> dict[str, str]:
    """What one `solve` of a folder gives; the exit code alone where it gives no roster."""
    command = rosterplan("solve", str(folder), "--out", str(out), "--seed", "1", "--time-limit", str(limit), "--quiet")
    done = run(command, sampled=False)
    took = {"seconds": f"{done.seconds:.1f}", "processor": f"{done.processor_seconds:.1f}", "exit": str(done.code)}
    if not (out / "roster.json").is_file():
        return took
    document = json.loads((out / "roster.json").read_text("utf-8"))
    exported = json.loads(run(rosterplan("export", str(folder), "--json"), sampled=False).output)
    return {
        "duties": str(len(exported["duties"])), "doctors": str(len(exported["doctors"])), "holes": _holes(document),
        **dict(_stages(document)), **took,
    }  # fmt: skip


def _holes(document: Mapping[str, Any]) -> str:
    """« 3 (3 of a proven number) », « 0 »."""
    holes = document["holes"]
    alone, counted = sum(one["proven"] for one in holes), sum(bool(one.get("one_of")) for one in holes)
    told = [f"{alone} proven each" if alone else "", f"{counted} of a proven number" if counted else ""]
    said = ", ".join(one for one in told if one)
    return f"{sum(one['missing'] for one in holes)}" + (f" ({said})" if said else "")


def _stages(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Value / bound of each stage, fairness in squared duties, « proven » where it is."""
    for stage in document["stages"]:
        scale = 10_000 if stage["name"] == "fairness" else 1
        best, bound = stage.get("best") or stage["value"], stage["bound"]
        value = f"{best / scale:.2f}" if scale > 1 else str(best)
        low = "–" if bound is None else f"{bound / scale:.2f}" if scale > 1 else str(bound)
        yield stage["name"], f"{value} proven" if stage["proven"] else f"{value} / {low}"


if __name__ == "__main__":
    main()
