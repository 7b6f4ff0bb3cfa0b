"""The accounts of twelve quarters as a drawing in French (SVG): with the ledger's memory, without, and the floor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from rosterplan.domain.instance import Period
from rosterplan.sheets.plan.following import following_period

INK: Final = "#5B6470"
TITLE: Final = "#1F3A5F"
GRID: Final = "#B8C4D2"
WITH: Final = "#1E5B2B"
WITHOUT: Final = "#9B1C12"


class Spread(Protocol):
    """A quarter as drawn: how far apart the accounts are once it is closed, and the least they could be [duties]."""

    @property
    def number(self) -> int: ...
    @property
    def spread(self) -> float: ...
    @property
    def floor(self) -> float: ...


@dataclass(frozen=True)
class Frame:
    """Where the drawing stands on the page [points], and what its axes go to."""

    quarters: int
    most: float
    width: int = 900
    height: int = 470
    left: int = 70
    right: int = 190
    top: int = 70
    bottom: int = 70

    def at(self, number: int, spread: float) -> tuple[float, float]:
        """Return the place of a quarter and a spread."""
        across, down = self.width - self.left - self.right, self.height - self.top - self.bottom
        x = self.left + across * (number - 1) / max(1, self.quarters - 1)
        return x, self.top + down * (1 - spread / self.most)


def picture(with_memory: Sequence[Spread], without: Sequence[Spread], first: Period) -> str:
    """The spread of the accounts quarter by quarter from ``first`` on."""
    frame = Frame(len(without), max(one.spread for one in (*with_memory, *without)) * 1.1)
    parts = [
        *_heading(frame),
        *_levels(frame),
        *_quarters(frame, without, first),
        *_floor(frame, with_memory),
        *_line(frame, without, WITHOUT, ' stroke-dasharray="7 5"'),
        *_line(frame, with_memory, WITH, ""),
        _label(frame, without[-1], WITHOUT, "sans mémoire"),
        _label(frame, with_memory[-1], WITH, "avec le registre"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _heading(frame: Frame) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{frame.width}" height="{frame.height}" '
        f'viewBox="0 0 {frame.width} {frame.height}" font-family="Arial, Liberation Sans, sans-serif">'
    )
    yield f'<rect width="{frame.width}" height="{frame.height}" fill="#FFFFFF"/>'
    yield f'<text x="20" y="30" font-size="19" font-weight="bold" fill="{TITLE}">Douze trimestres : le registre rapproche les médecins</text>'
    yield f'<text x="20" y="52" font-size="13" fill="{INK}">Écart moyen entre le médecin le plus en avance et le plus en retard, en gardes, à chaque clôture (simulation)</text>'


def _levels(frame: Frame) -> Iterator[str]:
    """A line across for each whole number of duties, about six in all."""
    for step in range(0, int(frame.most) + 1, max(1, int(frame.most) // 6)):
        _, y = frame.at(1, step)
        yield f'<line x1="{frame.left}" x2="{frame.width - frame.right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID}" stroke-width="1"/>'
        yield f'<text x="{frame.left - 10}" y="{y + 4:.1f}" font-size="13" fill="{INK}" text-anchor="end">{step}</text>'


def _quarters(frame: Frame, every: Sequence[Spread], first: Period) -> Iterator[str]:
    """The name of each quarter below, and of the year where one begins."""
    period = first
    for one in every:
        x, _ = frame.at(one.number, 0)
        name, below = f"T{(period.start.month + 2) // 3}", frame.height - frame.bottom
        yield f'<text x="{x:.1f}" y="{below + 22}" font-size="12" fill="{INK}" text-anchor="middle">{name}</text>'
        if period.start.month == 1 or one.number == 1:
            yield f'<text x="{x:.1f}" y="{below + 40}" font-size="12" font-weight="bold" fill="{TITLE}" text-anchor="middle">{period.start.year}</text>'
        period = following_period(period)


def _floor(frame: Frame, with_memory: Sequence[Spread]) -> Iterator[str]:
    """What duties that cannot be cut leave to any roster."""
    places = [frame.at(one.number, one.floor) for one in with_memory]
    along = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{along}" fill="none" stroke="{INK}" stroke-width="2" stroke-dasharray="2 4"/>'
    x, y = places[-1]
    yield f'<text x="{x + 12:.1f}" y="{y + 14:.1f}" font-size="12" fill="{INK}">une garde est entière : {_french(with_memory[-1].floor)}</text>'


def _line(frame: Frame, quarters: Sequence[Spread], colour: str, dash: str) -> Iterator[str]:
    places = [frame.at(one.number, one.spread) for one in quarters]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="3"{dash}/>'
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'


def _label(frame: Frame, last: Spread, colour: str, words: str) -> str:
    x, y = frame.at(last.number, last.spread)
    return f'<text x="{x + 12:.1f}" y="{y + 4:.1f}" font-size="14" font-weight="bold" fill="{colour}">{words} : {_french(last.spread)}</text>'


def _french(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
