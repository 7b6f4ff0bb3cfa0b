"""What is printed, and where: answers on stdout, everything else on stderr; ``--json`` leaves stdout to JSON alone."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rosterplan.cli.options import Common


def tell(common: Common, text: str = "") -> None:
    """Print for people, unless they asked for quiet or a program listens."""
    if not common.quiet and not common.json:
        print(text, flush=True)


def conclude(common: Common, text: str, *, good: bool) -> None:
    """Print the last word of a command; bad news is heard even in quiet, on stderr."""
    tell(common, text)
    if common.quiet and not good and not common.json:
        complain(text)


def complain(text: str) -> None:
    """Print what went wrong, always, on stderr."""
    print(text, file=sys.stderr)


def answer(payload: Any) -> None:
    """Print the one JSON value of a command on stdout."""
    print(json.dumps(payload, ensure_ascii=False, indent=2))


def speak_utf8() -> None:
    """Accents survive any terminal and any pipe: both streams write UTF-8, whatever the system's habit."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
