"""Timefold 1.24 in Java, from the jars of its PyPI package: positions as entities, six rules as constraint streams.

Its fairness is either our own tables of costs (`same_cost`: the same objective as everybody, to the unit, but for three
duties within one window of spacing) or its load balancing per line and band (`balanced`). Availability and who may are
the values each position may take; caps and rest are hard, holes soft.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.peers.problem import Absent, Answer, Problem
from benchmarks.rulebook import BLEND_UNIT, CLOSE, HOLE, MONTH_CAP, QUARTER_CAP
from rosterplan.canvas.program import Convex
from rosterplan.domain.instance import Instance

SOURCE = Path(__file__).with_name("Timefold.java")
SPACING_DAYS = 5
GRACE_SECONDS = 60
"""What Java may take beyond its limit before it is stopped."""


def same_cost(problem: Problem, seconds: float, seed: int) -> Answer:
    """Timefold on the costs everybody has."""
    return _solved(problem, seconds, seed, "tables")


def balanced(problem: Problem, seconds: float, seed: int) -> Answer:
    """Timefold with its own load balancing as fairness; judged by the common cost all the same."""
    return _solved(problem, seconds, seed, "balanced")


def jars() -> str:
    """The class path of Timefold.

    Raises:
        Absent: the package or Java 17 is missing.
    """
    found = importlib.util.find_spec("timefold")
    if found is None or not found.submodule_search_locations:
        raise Absent("timefold is not installed: python -m pip install -e '.[bench]'")
    if shutil.which("java") is None or shutil.which("javac") is None:
        raise Absent("Java 17 (java and javac) is not installed")
    return str(Path(next(iter(found.submodule_search_locations))) / "solver" / "jars" / "*")


def _solved(problem: Problem, seconds: float, seed: int, fairness: str) -> Answer:
    path = jars()
    separator = ";" if sys.platform == "win32" else ":"
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["javac", "-cp", path, "-d", place, str(SOURCE)], check=True, capture_output=True)
        clock = time.perf_counter()
        data = Path(place) / "problem.txt"
        data.write_text(_text(problem, fairness), encoding="ascii")
        left = max(2.0, seconds - (time.perf_counter() - clock))
        command = [
            "java",
            "-cp",
            f"{place}{separator}{path}",
            "Timefold",
            str(data),
            fairness,
            f"{left:.1f}",
            str(seed),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=left + GRACE_SECONDS, check=False)
        spent = time.perf_counter() - clock
    if done.returncode:
        raise RuntimeError(f"Timefold: {done.stderr[-2000:]}")
    held = [(int(duty), int(doctor)) for duty, doctor in re.findall(r"^A (\d+) (\d+)$", done.stdout, re.M)]
    score = re.search(r"^score (.*)$", done.stdout, re.M)
    return Answer(problem.roster(_pairs(problem, held)), spent, None, score[1] if score else "")


def _pairs(problem: Problem, held: list[tuple[int, int]]) -> np.ndarray:
    """The pairs of the program these (duty, doctor) are."""
    pairs, program = problem.canvas.pairs, problem.program
    duty, doctor = pairs["duty"][program.pair].tolist(), pairs["doctor"][program.pair].tolist()
    wanted = set(held)
    return np.array([key in wanted for key in zip(duty, doctor, strict=True)], dtype=bool)


def _text(problem: Problem, fairness: str) -> str:
    """The problem as whole numbers, in the order Timefold.java reads them."""
    instance, program = problem.instance, problem.program
    kept = _tables_kept(problem, fairness)
    bands = {band: place for place, band in enumerate(sorted({duty.band for duty in instance.duties}))}
    lines = {line.id: place for place, line in enumerate(instance.lines)}
    rest = 60 * next(int(row.params["hours"]) for row in instance.rules if row.code == "min-rest")
    weights = _weights(instance)
    members = _members(problem, lines, bands, weights)
    out = [f"{len(instance.doctors)} {len(instance.duties)} {len(kept)} {program.pairs} {len(members)}",
           f"{rest} {SPACING_DAYS} {CLOSE * BLEND_UNIT} {HOLE * BLEND_UNIT}"]  # fmt: skip
    out += [f"{MONTH_CAP[one.quota]} {QUARTER_CAP[one.quota]}" for one in instance.doctors]
    out += [
        f"{lines[one.line]} {bands[one.band]} {one.start_minute} {one.end_minute} {one.date.toordinal()} "
        f"{one.date.month} {one.need_min}"
        for one in instance.duties
    ]
    out += [*_table_lines(program.convex, kept), *_pair_lines(problem, kept, weights), *members]
    return "\n".join(out) + "\n"


def _table_lines(convex: Convex, kept: np.ndarray) -> Iterator[str]:
    """Each table of costs: what it counts at least, and its marginal costs from there."""
    for table in kept.tolist():
        start = int(convex.starts[table])
        costs = convex.costs[start : start + int(convex.sizes[table])].tolist()
        yield f"{int(convex.base[table] - convex.low[table])} {len(costs)} {' '.join(map(str, costs))}"


def _pair_lines(problem: Problem, kept: np.ndarray, weights: dict[tuple[str, str], float]) -> Iterator[str]:
    """Each pair: duty, doctor, cost, load, and what it adds to which of the tables given."""
    instance, program, pairs = problem.instance, problem.program, problem.canvas.pairs
    number = np.full(len(program.convex), -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    adds: list[list[str]] = [[] for _ in range(program.pairs)]
    terms = program.convex.terms
    for table, pair, coef in zip(terms.row_of_entry.tolist(), terms.items.tolist(), terms.coefs.tolist(), strict=True):
        if coef and number[table] >= 0:
            adds[pair].append(f"{number[table]} {coef}")
    cost = program.linear.sum(axis=0).tolist()
    duties, doctors = pairs["duty"][program.pair].tolist(), pairs["doctor"][program.pair].tolist()
    for pair, (duty, doctor) in enumerate(zip(duties, doctors, strict=True)):
        load = round(100 / weights[instance.doctors[doctor].id, instance.duties[duty].line])
        yield f"{duty} {doctor} {cost[pair]} {load} {len(adds[pair])} {' '.join(adds[pair])}"


def _weights(instance: Instance) -> dict[tuple[str, str], float]:
    """The coefficient of each (doctor, line): his or her quota, times the part of it given to the line's sector."""
    return {
        (doctor.id, line.id): doctor.quota * member.participation
        for doctor in instance.doctors for member in doctor.sectors for line in instance.lines
        if line.sector == member.sector
    }  # fmt: skip


def _members(
    problem: Problem, lines: dict[str, int], bands: dict[str, int], weights: dict[tuple[str, str], float]
) -> list[str]:
    """Line, band, doctor and what he or she is ahead by [hundredths of a duty per unit of coefficient], 0 the least."""
    number = {doctor.id: place for place, doctor in enumerate(problem.instance.doctors)}
    ahead = {
        (due.group, due.band, due.doctor): round((due.due_hundredths - due.target_hundredths) / weights[due.doctor, due.group])
        for due in problem.dues
    }  # fmt: skip
    least: dict[tuple[str, str], int] = {}
    for (line, band, _), amount in ahead.items():
        least[line, band] = min(amount, least.get((line, band), amount))
    return [
        f"{lines[line]} {bands[band]} {number[doctor]} {amount - least[line, band]}"
        for (line, band, doctor), amount in ahead.items()
    ]


def _tables_kept(problem: Problem, fairness: str) -> np.ndarray:
    """The tables of costs given: all, or with load balancing those of wishes alone."""
    rules = problem.program.convex.rule
    if fairness == "tables":
        return np.arange(len(rules))
    return np.flatnonzero(rules == problem.canvas.rule_names.index("wishes"))
