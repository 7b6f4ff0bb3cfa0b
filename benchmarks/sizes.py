"""The sizes that are measured, and the table their counts are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Name = Literal["small", "medium", "large", "region", "ght", "tight"]


@dataclass(frozen=True)
class Counts:
    """What an instance holds: the columns of the reference table."""

    sectors: int
    doctors: int
    slots: int
    positions: int
    pairs: int
    shared: int


@dataclass(frozen=True)
class Size:
    """How one instance is drawn.

    ``refused`` is the share of single duties a doctor refuses beside leave, so that as many pairs stay as in
    the reference table; ``short`` the share of sectors with far fewer doctors than they need.
    """

    name: str
    departments: int
    sectors: int
    doctors: int
    with_nights: int
    in_double: int
    shared: float
    refused: float
    short: float = 0.0
    houses: int = 0
    rest_hours: int = 48


SIZES: dict[str, Size] = {
    "small": Size("small", 1, 1, 20, 1, 0, 0.0, 0.085),
    "medium": Size("medium", 1, 12, 250, 3, 1, 0.176, 0.13),
    "large": Size("large", 1, 35, 800, 9, 3, 0.139, 0.105),
    "region": Size("region", 5, 120, 3000, 30, 8, 0.148, 0.11),
    "ght": Size("ght", 1, 20, 200, 0, 0, 0.525, 0.10, houses=4, rest_hours=24),
    "tight": Size("tight", 1, 12, 200, 3, 1, 0.17, 0.045, short=0.3),
}

TABLE: dict[str, Counts] = {
    "small": Counts(1, 20, 215, 215, 3_040, 0),
    "medium": Counts(12, 250, 1_752, 1_875, 30_279, 44),
    "large": Counts(35, 800, 5_133, 5_502, 96_644, 111),
    "region": Counts(120, 3_000, 17_520, 18_504, 363_284, 444),
    "ght": Counts(20, 200, 1_840, 1_840, 19_517, 105),
    "tight": Counts(12, 200, 1_752, 1_875, 26_089, 34),
}
"""Counts of the instances on which the ratios to reach were measured; ours are comparable within 5 % of them."""


def department(number: int, sectors: int, doctors: int) -> Size:
    """Return the size of one department of a country."""
    return Size(
        f"department-{number:03d}", 1, sectors, doctors, round(sectors / 4), round(sectors / 12), 0.15, 0.08
    )  # fmt: skip
