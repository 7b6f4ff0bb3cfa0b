"""The journal as tables: demands first, then every part with its medians; Markdown for people, figures for programs."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

from benchmarks.campaign.jobs import FAIRNESS_SECONDS, FEW, OTHERS
from benchmarks.campaign.journal import Journal
from benchmarks.campaign.targets import country_rows, gap, seeded, targets
from benchmarks.counting import compared, counts_of
from benchmarks.country import markdown as country_markdown
from benchmarks.generate import generate
from benchmarks.report import Figure, table
from benchmarks.sizes import TABLE

SCALE = 10_000
BLEND_ROWS = ("blended cost", "bound of its own", "covered", "hard rules broken", "mean |Δ|", "seconds", "peak memory")


def markdown(journal: Journal, *, judged: bool = True) -> str:
    """The whole page; not ``judged``: time limits were not those of the demands, so none is said to hold or not."""
    limits = "" if judged else " Time limits were not those the demands name: nothing is judged by them here."
    parts = [
        "# The engine, measured", *_about(journal), "## What is asked, and what was measured",
        "Medians over the seeds measured, each seed in brackets. « not run » is not a result. Gap = (value − bound) / value." + limits,
        _targets(journal, judged), "## Sizes", _sizes(journal),
        "## Fairness, in the time of the targets" if judged else "## Fairness", _fairness(journal),
    ]  # fmt: skip
    for size in ("small", "medium", "large"):
        told = _blend(journal, size)
        parts += [f"## Blended cost, {size}", told] if told else []
    parts += _same(journal) + _country(journal) + _failures(journal)
    return "\n\n".join(parts) + "\n"


def _about(journal: Journal) -> list[str]:
    if not journal.records:
        return ["Nothing was measured yet."]
    abouts = [record["about"] for record in journal.records.values()]
    loads = sorted(float(about["load when it began"]) for about in abouts)
    sources = sorted({about["source"] for about in abouts})
    versions = " · ".join(
        f"{name} {value}" for name, value in abouts[-1].items() if name not in ("load when it began", "source")
    )
    return [
        f"Made by `python -m benchmarks all`. {versions} · source {', '.join(sources)}. Load when a measurement began: median "
        f"{statistics.median(loads):.1f}, at most {loads[-1]:.1f} (the measurement before it is part of that)."
    ]


def _targets(journal: Journal, judged: bool) -> str:
    cells: dict[tuple[str, str], str] = {}
    rows = targets(journal)
    for row in rows:
        cells |= {(row.what, "asked"): row.asked, (row.what, "measured"): row.measured, (row.what, "holds"): row.verdict,
                  (row.what, "seeds"): str(row.seeds or "–")}  # fmt: skip
    columns = ("asked", "measured", "seeds", *(("holds",) if judged else ()))
    return table([row.what for row in rows], columns, cells)


def _sizes(journal: Journal) -> str:
    """What each size holds (seed 1) beside the reference table."""
    measured = {key.split("/")[1] for key in journal.records if key.split("/")[0] in ("fairness", "blend")}
    cells, rows, columns = dict[tuple[str, str], str](), [], list[str]()
    for size in (name for name in TABLE if name in measured):
        counted = compared(size, counts_of(generate(size, 1)))
        columns = [column for column, *_ in counted]
        rows.append(size)
        cells |= {(size, column): f"{ours:,} ({theirs:,})" for column, ours, theirs, _ in counted}
        cells[size, "within 5 %"] = "yes" if all(near for *_, near in counted) else "**no: no ratio is claimed**"
    return "Seed 1, in brackets the reference table.\n\n" + table(rows, (*columns, "within 5 %"), cells)


def _fairness(journal: Journal) -> str:
    columns = (
        "canvas",
        "first roster",
        "holes",
        "F̂",
        "bound",
        "gap",
        "outside [⌊T⌋, ⌈T⌉]",
        "mean |Δ|",
        "seconds",
        "peak",
        "status",
    )
    cells, rows = dict[tuple[str, str], str](), []
    for size in FAIRNESS_SECONDS:
        for seed, found in sorted(journal.of("fairness", size)):
            rows.append(f"{size}, seed {seed}")
            cells |= {(rows[-1], column): cell for column, cell in _fairness_cells(found).items()}
    return table(rows, columns, cells)


def _fairness_cells(found: dict[str, Any]) -> dict[str, str]:
    stage = found["fairness"]
    open_part = gap(stage)
    return {
        "canvas": f"{found['canvas [s]']:.2f} s",
        "first roster": f"{found['first [s]'] - found['canvas [s]'] - found['dues [s]']:.1f} s",
        "holes": str(found["first holes"]), "F̂": f"{stage['value'] / SCALE:.2f}",
        "bound": "–" if stage["bound"] is None else f"{stage['bound'] / SCALE:.2f}",
        "gap": "–" if open_part is None else f"{open_part:.3f} %",
        "outside [⌊T⌋, ⌈T⌉]": f"{found['outside due [%]']:.1f} %", "mean |Δ|": f"{found['mean |Δ|']:.3f}",
        "seconds": f"{found['seconds']:.0f} s", "peak": f"{found['peak [MB]']:.0f} MB", "status": found["status"],
    }  # fmt: skip


def _blend(journal: Journal, size: str) -> str:
    """A row per contestant: medians, and its cost over ours seed by seed."""
    cells, rows = dict[tuple[str, str], str](), []
    for method in (*FEW, *OTHERS):
        runs = seeded(journal, "blend", size, method)
        if not runs:
            continue
        rows.append(method)
        for measure in BLEND_ROWS:
            known = [run[measure] for run in runs if run[measure] is not None]
            cells[method, measure] = _shown(measure, statistics.median(known)) if known else "–"
        cells[method, "seeds"] = str(len(runs))
    return table(rows, (*BLEND_ROWS, "seeds"), cells) if rows else ""


def _shown(measure: str, value: float) -> str:
    return {"covered": f"{value:.2f} %", "seconds": f"{value:.1f} s", "peak memory": f"{value:.0f} MB",
            "mean |Δ|": f"{value:.3f}"}.get(measure, f"{value:,.0f}")  # fmt: skip


def _same(journal: Journal) -> list[str]:
    rows = [(f"{size}, run {rest}", found) for size in ("small", "medium") for rest, found in journal.of("same", size)]
    if not rows:
        return []
    cells = {(name, column): text for name, found in rows for column, text in
             (("sha256 of roster.json", found["sha256"][:16]), ("status", found["status"]), ("whole command", f"{found['seconds']:.0f} s"))}  # fmt: skip
    names = [name for name, _ in rows]
    return ["## The same bytes, effort 1", table(names, ("sha256 of roster.json", "status", "whole command"), cells)]


def _country(journal: Journal) -> list[str]:
    rows = country_rows(journal)
    if not rows:
        return []
    full = [found for _, found in journal.of("country-full")]
    text = country_markdown([], rows, full, sum(row["wall"] for row in rows), jobs=2)
    return [text.replace("\n## ", "\n### ").replace("# A country", "## A country", 1).strip()]


def _failures(journal: Journal) -> list[str]:
    found = [
        f"- {key}: {record.get('failed') or record.get('skipped')}"
        for key, record in journal.records.items()
        if "found" not in record
    ]
    return ["## Failed or skipped", "\n".join(found)] if found else []


def figures(journal: Journal) -> list[Figure]:
    """Every measure of every record, then each demand."""
    made = [figure for key, record in journal.records.items() for figure in _flat(key, record.get("found", record))]
    made += [Figure(row.what, "target", row.asked, row.measured, row.verdict) for row in targets(journal)]
    about = next(reversed(journal.records.values()))["about"] if journal.records else {}
    return [*made, *(Figure("", "", name, value) for name, value in about.items())]


def _flat(key: str, found: dict[str, Any], head: str = "") -> Iterator[Figure]:
    part, _, name = key.partition("/")
    for measure, value in found.items():
        if isinstance(value, dict):
            yield from _flat(key, value, f"{head}{measure} ")
        elif not isinstance(value, list):
            yield Figure(name, part, f"{head}{measure}", "none" if value is None else value)
