"""HiGHS as this house runs it: silent, deterministic, and ready to end when the whole run must."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import highspy

Stop = Callable[[], bool]
"""Asked again and again within long work: true when it must end now, with what it has."""


def never() -> bool:
    """Work goes on to its end."""
    return False


def quiet_solver(iterations: int | None = None, stop: Stop = never) -> highspy.Highs:
    """Return HiGHS, silent and deterministic: simplex, one thread, a limit on iterations and none on time.

    ``stop`` is asked while it runs, programs in whole numbers included; HiGHS then ends where it stands.
    """
    import highspy

    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("solver", "simplex"),
        ("random_seed", 0),
    ):
        solver.setOptionValue(name, value)
    if iterations is not None:
        solver.setOptionValue("simplex_iteration_limit", iterations)
    if stop is not never:
        listen(solver, stop)
    return solver


def listen(solver: highspy.Highs, stop: Stop) -> None:
    """Let HiGHS ask ``stop`` at each step, and end when it says so."""

    def ask(event: Any) -> None:
        if stop():
            event.interrupt()

    solver.cbSimplexInterrupt += ask
    solver.cbMipInterrupt += ask
