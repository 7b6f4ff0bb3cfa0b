"""The computation as it goes: a live table on a terminal, JSON lines for a program, silence in a pipe."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rosterplan.messages import say

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rosterplan.domain.result import Stage
    from rosterplan.model.progress import Listener, Progress


@contextmanager
def watched(title: str, *, lines: bool, silent: bool) -> Iterator[Listener]:
    """Within the block, the listener shows each event where it may be seen; ``lines`` asks for JSON on stderr."""
    if lines:
        yield _say_as_json
    elif silent or not sys.stderr.isatty():
        yield _say_nothing
    else:
        with _live(title) as listener:
            yield listener


def _say_as_json(event: Progress) -> None:
    print(json.dumps({"event": "progress", **dataclasses.asdict(event)}), file=sys.stderr, flush=True)


def _say_nothing(event: Progress) -> None:
    """A pipe hears nothing."""


@contextmanager
def _live(title: str) -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.live import Live

    latest: dict[Stage, Progress] = {}
    with Live(console=Console(stderr=True), refresh_per_second=4, transient=True) as live:

        def listener(event: Progress) -> None:
            latest.pop(event.stage, None)
            latest[event.stage] = event
            live.update(picture(title, latest))

        yield listener


def picture(title: str, latest: dict[Stage, Progress]) -> RenderableType:
    """Return what the terminal shows: duties covered, each stage against its bound, blocks, time."""
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    from rosterplan.report.proof_words import stage_name

    event = next(reversed(latest.values()))
    cover = Table.grid(padding=(0, 1))
    cover.add_row(_covered(event), ProgressBar(total=max(event.positions, 1), completed=event.covered, width=30))
    stages = Table(box=None, padding=(0, 2), header_style="dim")
    stages.add_column(say(fr="étape", en="stage"))
    stages.add_column(say(fr="valeur", en="value"), justify="right")
    stages.add_column(say(fr="au mieux", en="at best"), justify="right")
    for stage, seen in sorted(latest.items(), key=lambda item: _rank(item[0])):
        bound = "" if seen.bound is None else _value(stage, seen.bound)
        stages.add_row(stage_name(stage), _value(stage, seen.value), bound)
    return Group(Text(title, style="bold"), cover, stages, Text(_time(event), style="dim"))


def _covered(event: Progress) -> str:
    return say(
        fr=f"{event.covered} gardes pourvues sur {event.positions}",
        en=f"{event.covered} of {event.positions} duties covered",
    )


def _time(event: Progress) -> str:
    blocks = (
        say(fr=f"bloc {event.block} sur {event.blocks} · ", en=f"block {event.block} of {event.blocks} · ")
        if event.blocks
        else ""
    )
    left = (
        ""
        if event.remaining is None
        else say(fr=f", encore {_span(event.remaining)} au plus", en=f", {_span(event.remaining)} left at most")
    )
    return blocks + say(
        fr=f"{_span(event.seconds)} de calcul{left} · Ctrl-C pour s'arrêter et garder le meilleur",
        en=f"{_span(event.seconds)} of computing{left} · Ctrl-C to stop and keep the best",
    )


def _span(seconds: float) -> str:
    """« 42 s », « 1 min 05 s »."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def _value(stage: Stage, value: int) -> str:
    """Fairness in squared duties, the others as counted."""
    from rosterplan.report.proof_words import squared

    return squared(value) if stage == "fairness" else str(value)


def _rank(stage: Stage) -> int:
    from rosterplan.domain.result import STAGES

    return STAGES.index(stage)
