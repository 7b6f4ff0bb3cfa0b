"""The juste répartition as it is printed: the accounts of domain.fairness, and the duties held in renfort beside them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rosterplan.domain.fairness import Account, accounts, held_counts
from rosterplan.messages import say
from rosterplan.messages.words import decimal
from rosterplan.report.facts import Facts

Cause = Literal["", "arrondi", "faute-de-dates", "regle", "renfort", "pour-les-autres"]

ONE_DUTY = 100
"""[hundredths of a duty]"""


@dataclass(frozen=True)
class ShareLine:
    """One doctor in one group and band; hundredths of a duty, but ``held`` and ``positions`` in duties."""

    doctor: str
    group: str
    band: str
    held: int
    coefficient: float = 0.0
    weight: float = 0.0
    total_weight: float = 0.0
    positions: int = 0
    due: int = 0
    opening: int = 0
    target: int = 0
    cause: Cause = "renfort"

    @property
    def renfort(self) -> bool:
        """True for duties held in a group where the doctor owes nothing."""
        return self.cause == "renfort"

    @property
    def notable(self) -> bool:
        """True where the gap is more than rounding, so that its cause must be read."""
        return self.cause in ("faute-de-dates", "regle", "pour-les-autres")

    @property
    def gap(self) -> int:
        """Held − target [hundredths]; 0 in renfort, where nothing is aimed at."""
        return 0 if self.renfort else self.held * ONE_DUTY - self.target

    @property
    def closing(self) -> int:
        """Balance at the end: opening + held − part [hundredths], positive = d'avance; renfort is in no balance."""
        return self.opening if self.renfort else self.opening + self.held * ONE_DUTY - self.due

    @property
    def arithmetic(self) -> str:
        """« 0,8 × 91 ÷ 33,4 = 2,18 »; the coefficient is the one left by an openly declared maximum."""
        if self.renfort or not self.total_weight:
            return say(fr="en renfort, sans part", en="helping out, no share")
        text = f"{_plain(self.weight)} × {self.positions} ÷ {_plain(self.total_weight)} = {decimal(self.due)}"
        if abs(self.weight - self.coefficient) > 0.005:
            text += f" (coefficient {_plain(self.coefficient)} → {_plain(self.weight)})"
        return text


@dataclass(frozen=True)
class ShareTable:
    """Every line of the juste répartition, by group, band (lightest first) and name."""

    lines: tuple[ShareLine, ...]

    @cached_property
    def of_doctor(self) -> dict[str, tuple[ShareLine, ...]]:
        """The lines of each doctor who has any."""
        found: dict[str, list[ShareLine]] = defaultdict(list)
        for line in self.lines:
            found[line.doctor].append(line)
        return {doctor: tuple(lines) for doctor, lines in found.items()}

    @cached_property
    def of_band(self) -> dict[tuple[str, str], tuple[ShareLine, ...]]:
        """The lines of each (group, band), in order."""
        found: dict[tuple[str, str], list[ShareLine]] = defaultdict(list)
        for line in self.lines:
            found[(line.group, line.band)].append(line)
        return {key: tuple(lines) for key, lines in found.items()}


def share_table(facts: Facts) -> ShareTable:
    """The juste répartition of the roster; empty where no due was published with it."""
    if not facts.roster.dues:
        return ShareTable(())
    lines = [_of_account(account) for account in accounts(facts.instance, facts.roster, seed=facts.result.seed)]
    owing = {(line.doctor, line.group, line.band) for line in lines}
    lines += [
        ShareLine(*key, held=count)
        for key, count in held_counts(facts.instance, facts.roster).items()
        if key not in owing
    ]
    groups = {group.id: rank for rank, group in enumerate(facts.instance.groups)}
    bands = {band: rank for rank, band in enumerate(facts.bands)}

    def order(line: ShareLine) -> tuple[int, int, int]:
        return groups.get(line.group, len(groups)), bands.get(line.band, len(bands)), facts.rank_of.get(line.doctor, -1)

    return ShareTable(tuple(sorted(lines, key=order)))


def _of_account(account: Account) -> ShareLine:
    gap = account.held * ONE_DUTY - account.target_hundredths
    beyond: Cause = "pour-les-autres" if gap > ONE_DUTY else "arrondi" if gap > 0 else ""
    return ShareLine(
        doctor=account.doctor, group=account.group, band=account.band, held=account.held,
        coefficient=account.coefficient, weight=account.weight, total_weight=account.total_weight,
        positions=account.positions, due=account.due_hundredths, opening=account.opening_hundredths,
        target=account.target_hundredths, cause=account.cause or beyond,
    )  # fmt: skip


def cause_word(cause: Cause) -> str:
    """« faute de dates »."""
    return {
        "": "",
        "arrondi": say(fr="arrondi", en="rounding"),
        "faute-de-dates": say(fr="faute de dates", en="too few dates"),
        "regle": say(fr="règle", en="rule"),
        "renfort": say(fr="renfort", en="helping out"),
        "pour-les-autres": say(fr="pour d’autres", en="for others"),
    }[cause]


def _plain(value: float) -> str:
    """« 0,8 », « 33,45 »: at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", say(fr=",", en="."))
