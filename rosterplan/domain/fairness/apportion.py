"""Whole hundredths from real parts: largest remainder, ties drawn by lot; and targets that sum to the positions."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Mapping
from math import floor, fsum

DEFAULT_SEED = 1
HUNDRED = 100

_GRAIN = 1e-9
"""Parts closer than this are equal: what float arithmetic cannot tell apart is not a reason to favour anyone."""


def apportioned(parts: Mapping[str, float], total: int, lot: str) -> dict[str, int]:
    """Whole numbers near ``parts`` that sum to ``total``, each within one of its part; Σ parts = ``total``.

    The largest remainders are rounded up. Equal remainders are ranked by a draw of ``lot`` and the name (SHA-256),
    so the order of doctors never decides and the same quarter and seed always draw the same.
    """
    whole = {name: floor(part + _GRAIN) for name, part in parts.items()}
    missing = total - sum(whole.values())
    ranked = sorted(parts, key=lambda name: (-round(parts[name] - whole[name], 9), drawn(lot, name)))
    for name in ranked[:missing]:
        whole[name] += 1
    return whole


def drawn(lot: str, name: str) -> bytes:
    """The rank a name draws in a lot: the same on every machine, another in another lot."""
    return hashlib.sha256(f"{lot}\n{name}".encode()).digest()


def corrected(wanted: Mapping[str, float], weights: Mapping[str, float], total: float) -> dict[str, float]:
    """max(0, wanted + λ·weight) with the one λ that makes the sum ``total`` (≥ 0); weights are above 0.

    These are the non-negative numbers of that sum nearest to ``wanted`` in Σ (number − wanted)² / weight.
    """
    if total <= 0:
        return dict.fromkeys(wanted, 0.0)
    ranked = sorted(wanted, key=lambda name: (-wanted[name] / weights[name], weights[name]))

    def level(count: int) -> float:
        """λ if the first ``count`` names alone stay above 0."""
        first = ranked[:count]
        return (total - fsum(wanted[name] for name in first)) / fsum(weights[name] for name in first)

    def stays(count: int) -> bool:
        """True if the last of the first ``count`` names stays above 0 too: true up to some count, then false."""
        last = ranked[count - 1]
        return wanted[last] / weights[last] + level(count) > 0

    most = bisect_left(range(1, len(ranked) + 1), True, key=lambda count: not stays(count))
    shift = level(max(most, 1))
    return {name: max(0.0, wanted[name] + shift * weights[name]) for name in wanted}
