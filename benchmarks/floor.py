"""The floor of speed, memory and quality, measured side by side in one run: `python -m benchmarks.floor [--quick]`."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.contest import FAIRNESS, GREEDY, METHODS, POLISHED, ROUND_ROBIN, SOLVE, Solved, contest
from benchmarks.many_forms import write_forms
from benchmarks.report import Figure, table, write
from benchmarks.watching import machine, rosterplan, run

FOLDERS = ("44-pdsa", "72-pdsa", "53-pdsa")
QUICK = ("53-pdsa",)
TIME_LIMIT_SECONDS, QUICK_SECONDS = 120.0, 20.0
TIMES_HELP, TIMES_CHECK = 7, 3
HEAVY = ("ortools", "highspy", "pandas")

CHECK = "check on forms"
LIMITS = {"first complete roster": 10.0, "peak memory": 2000.0, CHECK: 5.0, "--help": 0.5}
"""What the floor asks for: seconds, and megabytes for memory."""


def main() -> None:
    """Measure, then write `benchmarks/results/floor.md` and `.csv` (elsewhere with --to; nowhere with --quick)."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.floor", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="53-pdsa alone, for twenty seconds, printed only")
    parser.add_argument("--instances", type=Path, default=Path("instances"))
    parser.add_argument("--to", type=Path, default=None)
    asked = parser.parse_args()
    about = machine()
    found = commands(asked.instances / "53-pdsa", forms=60 if asked.quick else 500)
    solved: dict[str, Solved] = {}
    for name in QUICK if asked.quick else FOLDERS:
        more, solved[name] = contest(asked.instances / name, QUICK_SECONDS if asked.quick else TIME_LIMIT_SECONDS)
        found += more
        print(name, _methods(name, found), _solve_line(name, found), sep="\n", file=sys.stderr, flush=True)
    about["load when it ended"] = machine()["load when it began"]
    text = markdown(about, tuple(solved), found)
    print(text)
    folder = asked.to or (None if asked.quick else Path("benchmarks/results"))
    if folder is not None:
        write(folder, "floor", text, [*found, *(Figure("", "", name, value) for name, value in about.items())])


def commands(folder: Path, forms: int) -> list[Figure]:
    """`--help`, `check` on many forms, and what `check` and `audit` load."""
    found: list[Figure] = []
    times = [run(rosterplan("--help"), sampled=False).seconds for _ in range(TIMES_HELP)]
    found += _times("--help", times)
    with tempfile.TemporaryDirectory() as place:
        many = Path(place) / "formulaires"
        count = write_forms(many, forms)
        checks = [run(rosterplan("check", str(many), "--out", f"{place}/out", "--quiet")) for _ in range(TIMES_CHECK)]
        if any(one.code for one in checks):
            raise SystemExit(f"check: {checks[0].errors}")
        found.append(Figure("", CHECK, "forms", count))
        found += _times(CHECK, [one.seconds for one in checks])
        found.append(Figure("", CHECK, "processor", min(one.processor_seconds for one in checks), "s"))
        found.append(Figure("", CHECK, "peak memory", max(one.peak_bytes for one in checks) / 1e6, "MB"))
        found.append(Figure("", "check", "loads", _loaded("check", str(folder), "--out", f"{place}/out")))
        run(rosterplan("solve", str(folder), "--out", f"{place}/out", "--time-limit", "10", "--quiet"))
        found.append(Figure("", "audit", "loads", _loaded("audit", str(folder), "--out", f"{place}/out")))
    return found


def _times(name: str, times: Sequence[float]) -> list[Figure]:
    return [Figure("", name, "best", min(times), "s"), Figure("", name, "median", statistics.median(times), "s")]


def _loaded(*arguments: str) -> str:
    """The heavy packages a command loads, « none » if it loads none and ran well."""
    code = (
        "import sys; from rosterplan.cli.main import run; code = run(sys.argv[1:]); "
        f"print('LOADED', code, *(name for name in {HEAVY!r} if name in sys.modules))"
    )
    done = run([sys.executable, "-c", code, *arguments, "--quiet"], sampled=False)
    words = next((line.split() for line in done.output.splitlines() if line.startswith("LOADED")), [])
    if len(words) < 2 or words[1] not in ("0", "1"):
        raise SystemExit(f"{arguments}: {done.output}{done.errors}")
    return " ".join(words[2:]) or "none"


def markdown(about: dict[str, str], names: Sequence[str], found: Sequence[Figure]) -> str:
    """The results for people."""
    parts = [
        "# The floor: speed, memory and quality in one run",
        "Made by `python -m benchmarks.floor`. " + " · ".join(f"{name} {value}" for name, value in about.items()) + ".",
        "Wall-clock times grow with the load of the machine, which others used meanwhile where the load is above the cores in "
        "use; comparisons hold, since all was measured in one run.",
        "## Against what is asked", _asked(names, found),
    ]  # fmt: skip
    for name in names:
        parts += [f"## {name}", _solve_line(name, found), _methods(name, found)]
    parts.append(
        "Each roster is judged by the audit under the dues of the positions it holds. Δ = held − target of a doctor in a "
        "band; spread = largest Δ − smallest, among the doctors of a group and band. Lower is better, but for Jain's index."
    )
    return "\n\n".join(parts) + "\n"


def _of(found: Sequence[Figure], instance: str, method: str, measure: str) -> float | int | str:
    return next(one.value for one in found if (one.instance, one.method, one.measure) == (instance, method, measure))


def _asked(names: Sequence[str], found: Sequence[Figure]) -> str:
    """A row per demand: what is asked, what was measured, and whether it holds."""
    rows: list[tuple[str, str, str, bool]] = []
    for name in names:
        for measure, unit in (("first complete roster", "s"), ("peak memory", "MB")):
            value = float(_of(found, name, SOLVE, measure))
            rows.append(
                (f"{name}: {measure}", f"{LIMITS[measure]:g} {unit}", _number(value, unit), value <= LIMITS[measure])
            )
        missing, bound = _of(found, name, SOLVE, "coverage"), _of(found, name, SOLVE, "coverage, bound")
        rows.append((f"{name}: coverage", "as the relaxation", f"{missing}, bound {bound}", missing == bound))
        for what, others in (("by turns and greedy", (ROUND_ROBIN, GREEDY)), ("its own first roster", (POLISHED,))):
            better = [measure for measure in FAIRNESS if _better(found, name, measure, others)]
            worse = ", ".join(measure for measure in FAIRNESS if measure not in better)
            said = f"{len(better)} of {len(FAIRNESS)}" + (f" (not: {worse})" if worse else "")
            rows.append((f"{name}: fairer than {what}", "every figure", said, not worse))
    for name, what in ((CHECK, f"check on {_of(found, '', CHECK, 'forms')} forms"), ("--help", "--help")):
        value = float(_of(found, "", name, "median"))
        rows.append((what, f"{LIMITS[name]:g} s", _number(value, "s"), value <= LIMITS[name]))
    for name in ("check", "audit"):
        loads = str(_of(found, "", name, "loads"))
        rows.append((f"{name} loads no solver", "none", loads, loads == "none"))
    cells = {(what, "asked"): asked for what, asked, _, _ in rows}
    cells |= {(what, "measured"): value for what, _, value, _ in rows}
    cells |= {(what, "holds"): "yes" if holds else "**no**" for what, _, _, holds in rows}
    return table([what for what, *_ in rows], ("asked", "measured", "holds"), cells)


def _better(found: Sequence[Figure], name: str, measure: str, others: Sequence[str]) -> bool:
    """True if `solve` is better than each of the others in a measure."""
    sign = -1 if measure == "Jain" else 1
    ours = sign * float(_of(found, name, SOLVE, measure))
    return all(ours < sign * float(_of(found, name, method, measure)) for method in others)


def _solve_line(name: str, found: Sequence[Figure]) -> str:
    """One sentence on what `solve` did."""

    def of(measure: str) -> float | int | str:
        return _of(found, name, SOLVE, measure)

    bound = of("F̂, bound")
    return (
        f"Folder read in {float(_of(found, name, '', 'reading')):.1f} s. `solve`, effort 1: first complete roster after "
        f"{float(of('first complete roster')):.1f} s, files written after {float(of('whole command')):.1f} s "
        f"({float(of('processor')):.0f} s of processor), status {of('status')}, peak {float(of('peak memory')):.0f} MB. "
        f"F̂ {float(of('F̂')):.2f} against a bound of {bound if isinstance(bound, str) else f'{bound:.2f}'}."
    )


def _methods(name: str, found: Sequence[Figure]) -> str:
    rows = ("time [s]", "covered", "hard rules broken", *FAIRNESS, "stage wishes", "stage comfort")
    cells: dict[tuple[str, str], str] = {}
    for method in METHODS:
        for row in rows:
            value = _of(found, name, method, "time" if row == "time [s]" else row)
            cells[row, method] = (
                f"{value:.3g}" if isinstance(value, float) and abs(value) < 100 else f"{float(value):.0f}"
            )
        cells["covered", method] += f" / {_of(found, name, method, 'positions')}"
        cells["Jain", method] = f"{float(_of(found, name, method, 'Jain')):.3f}"
        for row in FAIRNESS[1:3]:
            cells[row, method] += " %"
    return table(rows, METHODS, cells)


def _number(value: float, unit: str) -> str:
    return f"{value:.0f} MB" if unit == "MB" else f"{value:.2f} s"


if __name__ == "__main__":
    main()
