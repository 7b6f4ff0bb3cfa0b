"""What is asked, beside the medians of what was measured; what was not measured is « not run »."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.campaign.jobs import SAME_WORKERS, SEEDS
from benchmarks.campaign.journal import Journal

NOT_RUN, REPORTED = "not run", "reported"


@dataclass(frozen=True)
class Row:
    """One demand: what is asked, what was measured over the seeds, and whether it holds (None: not known)."""

    what: str
    asked: str
    measured: str
    holds: bool | None
    seeds: int = 0

    @property
    def verdict(self) -> str:
        """« yes », « no », « reported » or « not run »; on fewer than three seeds it says so."""
        if self.holds is None or self.asked == REPORTED:
            return NOT_RUN if self.measured == NOT_RUN else REPORTED if self.asked == REPORTED else "not known yet"
        few = "" if self.seeds in (0, len(SEEDS)) else f", on {self.seeds} of {len(SEEDS)} seeds"
        return ("yes" if self.holds else "**no**") + few


def targets(journal: Journal) -> list[Row]:
    """Return a row per demand."""
    return [*_region(journal), *_gaps(journal), *_even(journal), *_blends(journal), *_same(journal), *_country(journal)]


def seeded(journal: Journal, part: str, *name: str) -> list[dict[str, Any]]:
    """Return what was measured of something, seed by seed."""
    found = (journal.measures(part, *name, str(seed)) for seed in SEEDS)
    return [one for one in found if one is not None]


def gap(stage: dict[str, Any]) -> float | None:
    """Return (value − bound) / value [%], None without a bound."""
    if stage["bound"] is None:
        return None
    return 100.0 * (stage["value"] - stage["bound"]) / max(abs(stage["value"]), 1)


def _asked(
    what: str, asked: str, values: Sequence[float | None], holds: Callable[[float], bool], unit: str, digits: int = 2
) -> Row:
    """The row of a demand on a median; a seed without a value fails it."""
    if not values:
        return Row(what, asked, NOT_RUN, None)
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return Row(what, asked, f"no value on {len(values) - len(known)} of {len(values)}", False, len(values))
    middle = statistics.median(known)
    each = f" ({', '.join(f'{value:.{digits}f}' for value in known)})" if len(known) > 1 else ""
    return Row(what, asked, f"{middle:.{digits}f}{unit}{each}", holds(middle), len(known))


def _region(journal: Journal) -> Iterator[Row]:
    runs = seeded(journal, "fairness", "region")
    yield _asked("canvas of the region", "≤ 2 s", [run["canvas [s]"] for run in runs], lambda value: value <= 2, " s")
    yield _asked("a block of it", "≤ 0.1 s", [run["block [s]"] for run in runs], lambda value: value <= 0.1, " s", 3)
    first = [run["first [s]"] - run["canvas [s]"] - run["dues [s]"] for run in runs]
    yield _asked("complete roster, region, after the build", "≤ 3 s", first, lambda value: value <= 3, " s")
    over = [100 * (run["first holes"] - run["least holes"]) / run["positions"] for run in runs]
    yield _asked("its holes above the proved minimum", "≤ 0.1 %", over, lambda value: value <= 0.1, " %", 3)
    peaks = [run["peak [MB]"] / 1000 for run in runs]
    yield _asked("peak memory, region, all processes", "≤ 1 GB (canvas)", peaks, lambda value: value <= 1, " GB")


def _gaps(journal: Journal) -> Iterator[Row]:
    for size, most, seconds in (
        ("small", 0.0, 20),
        ("medium", 0.1, 20),
        ("ght", 0.2, 60),
        ("large", 0.2, 60),
        ("region", 0.05, 120),
    ):
        values = [gap(run["fairness"]) for run in seeded(journal, "fairness", size)]
        asked = "0 %" if not most else f"≤ {most:g} %"
        yield _asked(
            f"fairness gap, {size}, {seconds} s", asked, values, lambda value, most=most: value <= most, " %", 3
        )  # type: ignore[misc]


def _even(journal: Journal) -> Iterator[Row]:
    runs = seeded(journal, "fairness", "large")
    for which in ("due", "target"):
        mark = "T" if which == "due" else "T*"
        outside = [run[f"outside {which} [%]"] for run in runs]
        yield _asked(
            f"(doctor, band) outside [⌊{mark}⌋, ⌈{mark}⌉], large", REPORTED, outside, lambda _value: True, " %"
        )
    lives = seeded(journal, "balance", "small")
    worst = [life["largest"] for life in lives]
    quarters = lives[0]["quarters"] if lives else 40
    yield _asked(
        f"largest balance over {quarters} quarters, no refusals", "≤ 1 duty", worst, lambda value: value <= 1, ""
    )


def _blends(journal: Journal) -> Iterator[Row]:
    for size, most, seconds in (("medium", 5, 60), ("large", 10, 120)):
        runs = seeded(journal, "blend", size, "rosterplan")
        gaps = [None if run["bound of its own"] is None else
                100 * (run["blended cost"] - run["bound of its own"]) / run["blended cost"] for run in runs]  # fmt: skip
        yield _asked(
            f"blended gap, {size}, {seconds} s", f"≤ {most} %", gaps, lambda value, most=most: value <= most, " %"
        )  # type: ignore[misc]
    for size, least in (("medium", 4.5), ("large", 3.2)):
        yield _ratio(journal, size, "CP-SAT, hinted", f"≥ × {least:g}", least)
    for size, least in (("small", 1.0), ("medium", 1.25), ("large", 1.25)):
        yield _ratio(journal, size, "Timefold", "> × 1" if least == 1 else f"≥ × {least:g} (20 % lower)", least)
    for size in ("small", "medium", "large"):
        for rules, found in (("all in one sum", _ratios(journal, size, "round robin", "mean |Δ|")),
                             ("fairness first", _evener(journal, size))):  # fmt: skip
            what = f"mean deviation, round robin over ours, {size}, {rules}"
            yield _asked(what, "≥ × 4", list(found), lambda value: value >= 4, "")


def _ratio(journal: Journal, size: str, other: str, asked: str, least: float) -> Row:
    """Its blended cost over ours, seed by seed; ours must cover as much."""
    found = list(_ratios(journal, size, other, "blended cost"))
    covered = all(
        ours["missing"] <= theirs["missing"] for ours, theirs in _pairs(journal, size, other)
    )  # fmt: skip
    return _asked(
        f"blended cost, {other} over ours, {size}", asked, found,
        lambda value: covered and (value > least if least == 1 else value >= least), "",
    )  # fmt: skip


def _ratios(journal: Journal, size: str, other: str, measure: str) -> Iterator[float]:
    for ours, theirs in _pairs(journal, size, other):
        yield theirs[measure] / max(ours[measure], 1e-9)


def _evener(journal: Journal, size: str) -> Iterator[float]:
    """The round robin's mean |Δ| over ours with the product's own stages, in the time of the fairness demand."""
    for seed in SEEDS:
        ours, theirs = (journal.measures(*of, str(seed)) for of in (("fairness", size), ("blend", size, "round robin")))
        if ours and theirs:
            yield theirs["mean |Δ|"] / max(ours["mean |Δ|"], 1e-9)


def _pairs(journal: Journal, size: str, other: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for seed in SEEDS:
        ours, theirs = (journal.measures("blend", size, name, str(seed)) for name in ("rosterplan", other))
        if ours and theirs:
            yield ours, theirs


def _same(journal: Journal) -> Iterator[Row]:
    for size in ("small", "medium"):
        hashes = [found["sha256"] for _, found in journal.of("same", size)]
        asked = f"{len(SAME_WORKERS)} of {len(SAME_WORKERS)}"
        if not hashes:
            yield Row(f"same bytes, {size}, workers 1 and 2", asked, NOT_RUN, None)
            continue
        alike = sum(one == hashes[0] for one in hashes)
        yield Row(f"same bytes, {size}, workers 1 and 2", asked, f"{alike} of {len(hashes)}",
                  False if alike < len(hashes) else True if len(hashes) >= len(SAME_WORKERS) else None)  # fmt: skip


def _country(journal: Journal) -> Iterator[Row]:
    rows = country_rows(journal)
    if not rows:
        yield Row("country, first roster, bound and audit of all", "≤ 30 min", NOT_RUN, None)
        return
    wall, clean = sum(row["wall"] for row in rows) / 60, sum(row["clean"] for row in rows)
    holds = wall <= 30 and clean == len(rows) if len(rows) >= 100 else None
    yield Row(
        "country, first roster, bound and audit of all", "≤ 30 min",
        f"{wall:.1f} min for {len(rows)} departments, {clean} clean", holds,
    )  # fmt: skip


def country_rows(journal: Journal) -> list[dict[str, Any]]:
    """Return the first rosters of the country with most departments measured."""
    of: dict[str, list[dict[str, Any]]] = {}
    for rest, found in journal.of("country"):
        of.setdefault(rest.split("/")[0], []).append(found)
    return max(of.values(), key=len, default=[])
