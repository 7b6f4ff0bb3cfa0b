"""Exit codes, fixed by contract, and the one exception that carries them out of a command."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the exit code of every command means."""

    DONE = 0
    HOLES = 1
    """Done, with holes or broken rules, all listed."""
    USAGE = 2
    """Wrong usage, or an operation refused in the present state."""
    INPUT = 3
    """The input has errors, or answers are missing under `à relancer`."""
    CONTRADICTION = 4
    """Hard rows contradict each other whatever is assigned."""
    CUT = 5
    """Cut before even a first roster."""
    BUG = 101
    """Our own fault."""


class Refused(Exception):
    """A command stops here: ``code`` for programs, ``text`` for people."""

    def __init__(self, text: str, code: Exit = Exit.USAGE) -> None:
        super().__init__(text)
        self.text = text
        self.code = code


class Ended(Exception):
    """Ctrl-C or a closed pipe on its way out of a command: typer would answer it with an exit code of its own."""

    def __init__(self, why: KeyboardInterrupt | BrokenPipeError) -> None:
        super().__init__(str(why))
        self.why = why
