"""The computation as it goes: a live table on a terminal, JSON lines for a program, a line per stage in a pipe or a file."""

from __future__ import annotations

import dataclasses
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import copy_context
from typing import TYPE_CHECKING

from rosterplan.messages import say
from rosterplan.messages.counted import filled_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rosterplan.domain.result import Stage
    from rosterplan.model.progress import Listener, Progress, Step


SILENCE_SECONDS = 30.0
"""The longest a pipe stays silent within one stage or step of it, where events come."""


@contextmanager
def watched(title: str, *, lines: bool, silent: bool) -> Iterator[Listener]:
    """Within the block, the listener shows each event where it may be seen; ``lines`` asks for JSON on stderr."""
    if lines:
        yield _say_as_json
    elif silent:
        yield _say_nothing
    elif not sys.stderr.isatty():
        yield _a_line_per_stage()
    else:
        with _live(title) as listener:
            yield listener


def _say_as_json(event: Progress) -> None:
    print(json.dumps({"event": "progress", **dataclasses.asdict(event)}), file=sys.stderr, flush=True)


def _say_nothing(event: Progress) -> None:
    """Whoever asked for silence, or for JSON alone, hears nothing."""


def _a_line_per_stage() -> Listener:
    """A listener that writes a line at the first roster, at each new stage or step, and now and then within a long one.

    The first line says which way is better.
    """
    said: list[tuple[tuple[Stage, Step | None], float]] = []

    def listener(event: Progress) -> None:
        at = (event.stage, event.step)
        if said and said[-1][0] == at and event.seconds - said[-1][1] < SILENCE_SECONDS:
            return
        scale = "" if said else say(fr=" (plus petit = mieux)", en=" (smaller = better)")
        said.append((at, event.seconds))
        print(_line(event, scale), file=sys.stderr, flush=True)

    return listener


def _line(event: Progress, scale: str) -> str:
    """« 12 s · 1894 gardes pourvues sur 1894 · Juste répartition : 41,82 (au mieux 41,70) », ``scale`` and what is being done."""
    from rosterplan.report.proof_words import stage_name

    value, best = _value(event.stage, event.value), ""
    if event.bound is not None:
        bound = _value(event.stage, event.bound)
        best = say(fr=f" (au mieux {bound})", en=f" (at best {bound})")
    stage = say(fr=f"{stage_name(event.stage)} : {value}", en=f"{stage_name(event.stage)}: {value}")
    parts = (
        _span(event.seconds),
        _covered(event),
        stage + best + scale,
        _doing(event) if event.step else "",
        _left(event),
    )
    return " · ".join(part for part in parts if part)


def _doing(event: Progress) -> str:
    """« bloc 3 sur 12 », or the step under way: « recherche du meilleur résultat possible, tour 2 »."""
    blocks = ""
    if event.blocks:
        blocks = say(fr=f"bloc {event.block} sur {event.blocks}", en=f"block {event.block} of {event.blocks}")
    match event.step:
        case "program":
            reached = say(fr="recherche du meilleur résultat possible", en="looking for the best that can be reached")
            rounds = say(fr=f"tour {event.block + 1}", en=f"round {event.block + 1}")
            return f"{reached}, {blocks or rounds}"
        case "towards":
            towards = say(fr="tableau refait pour s’en approcher", en="roster made anew to come near it")
            return f"{towards}, {blocks}" if blocks else towards
        case None:
            return blocks


def _left(event: Progress, since_seconds: float = 0) -> str:
    """« encore 18 s au plus », nothing where time is not limited."""
    if event.remaining is None:
        return ""
    rest = _span(max(event.remaining - since_seconds, 0))
    return say(fr=f"encore {rest} au plus", en=f"{rest} left at most")


@contextmanager
def _live(title: str) -> Iterator[Callable[[Progress], None]]:
    """A table that keeps its clock running between events; drawn by a thread that speaks the language of this one."""
    from rich.console import Console
    from rich.live import Live

    latest: dict[Stage, Progress] = {}
    heard_at = [time.monotonic()]
    speaking = copy_context()

    def drawn() -> RenderableType:
        return speaking.run(picture, title, tuple(latest.values()), time.monotonic() - heard_at[0])

    def listener(event: Progress) -> None:
        latest.pop(event.stage, None)
        latest[event.stage] = event
        heard_at[0] = time.monotonic()

    with Live(console=Console(stderr=True), refresh_per_second=4, transient=True, get_renderable=drawn):
        yield listener


def picture(title: str, latest: Sequence[Progress], since_seconds: float) -> RenderableType:
    """Return what the terminal shows: duties covered, each stage against its bound, blocks, time.

    ``latest`` holds the last event of each stage, the newest last, heard ``since_seconds`` ago.
    """
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    from rosterplan.report.proof_words import stage_name

    if not latest:
        return Text(
            say(
                fr=f"{title} : préparation, {_span(since_seconds)}",
                en=f"{title}: getting ready, {_span(since_seconds)}",
            )
        )
    event = latest[-1]
    cover = Table.grid(padding=(0, 1))
    cover.add_row(_covered(event), ProgressBar(total=max(event.positions, 1), completed=event.covered, width=30))
    stages = Table(box=None, padding=(0, 2), header_style="dim")
    stages.add_column(say(fr="étape", en="stage"))
    stages.add_column(say(fr="valeur (plus petit = mieux)", en="value (smaller = better)"), justify="right")
    stages.add_column(say(fr="au mieux", en="at best"), justify="right")
    for seen in sorted(latest, key=lambda one: _rank(one.stage)):
        bound = "" if seen.bound is None else _value(seen.stage, seen.bound)
        stages.add_row(stage_name(seen.stage), _value(seen.stage, seen.value), bound)
    return Group(Text(title, style="bold"), cover, stages, Text(_time(event, since_seconds), style="dim"))


def _covered(event: Progress) -> str:
    return filled_of(event.covered, event.positions, event.unit)


def _time(event: Progress, since_seconds: float) -> str:
    """« bloc 3 sur 12 · 42 s de calcul, encore 18 s au plus · Ctrl-C … »."""
    doing, left = _doing(event), _left(event, since_seconds)
    spent, left = _span(event.seconds + since_seconds), f", {left}" if left else ""
    return (f"{doing} · " if doing else "") + say(
        fr=f"{spent} de calcul{left} · Ctrl-C pour s’arrêter et garder le meilleur",
        en=f"{spent} of computing{left} · Ctrl-C to stop and keep the best",
    )


def _span(seconds: float) -> str:
    """« 42 s », « 1 min 05 s »."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def _value(stage: Stage, value: int) -> str:
    """Fairness in squared duties, the others as counted."""
    from rosterplan.report.proof_words import squared
    from rosterplan.report.trade import thousands

    return squared(value) if stage == "fairness" else thousands(value)


def _rank(stage: Stage) -> int:
    from rosterplan.domain.result import STAGES

    return STAGES.index(stage)
