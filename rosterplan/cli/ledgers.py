"""Where the ledger of a folder is, and its refusals as refusals of a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from rosterplan.cli.exits import Refused

LedgerFile = Annotated[Path | None, typer.Option("--ledger", metavar="metavar.file", help="option.ledger")]


def ledger_path(folder: Path, asked: Path | None) -> Path:
    """Return the ledger asked for, else `registre.sqlite` beside the planning folder (or beside the instance.json)."""
    from rosterplan.ledger import LEDGER_FILE

    return asked if asked is not None else folder.resolve().parent / LEDGER_FILE


@contextmanager
def refusing() -> Iterator[None]:
    """Within the block, what the ledger refuses is refused by the command, in the same words (exit 2)."""
    from rosterplan.ledger import LedgerError

    try:
        yield
    except LedgerError as error:
        raise Refused(error.text) from None
