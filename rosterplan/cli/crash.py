"""Our own faults, told briefly; the details go to a file, only where the person asked for one."""

from __future__ import annotations

import platform
import sys
import traceback
from pathlib import Path

from rosterplan import __version__
from rosterplan.messages import say


def crash_words(error: Exception, arguments: list[str]) -> str:
    """Return what to tell the person, after writing the report where ``--crash-report FILE`` asked for it."""
    sorry = say(
        fr=f"rosterplan a rencontré une erreur qui vient de lui, pas de vos fichiers ({_where(error)}). Vos fichiers sont intacts.",
        en=f"rosterplan met an error of its own, not of your files ({_where(error)}). Your files are untouched.",
    )
    target = _target(arguments)
    if target is None:
        return sorry + "\n" + say(
            fr="Pour nous aider, relancez la même commande avec --crash-report panne.txt et envoyez-nous ce fichier.",
            en="To help us, run the same command again with --crash-report crash.txt and send us that file.",
        )  # fmt: skip
    try:
        target.write_text(_report(error, arguments), encoding="utf-8")
    except OSError:
        return (
            sorry
            + "\n"
            + say(fr=f"Le rapport n’a pas pu être écrit dans {target}.", en=f"No report could be written to {target}.")
        )
    return sorry + "\n" + say(
        fr=f"Rapport écrit dans {target}. Relisez-le avant de l’envoyer : il peut contenir des noms.",
        en=f"Report written to {target}. Read it before you send it: it may hold names.",
    )  # fmt: skip


def _target(arguments: list[str]) -> Path | None:
    """Return the file asked for; read from the raw arguments, since the fault may come before they are parsed."""
    for position, argument in enumerate(arguments):
        if argument.startswith("--crash-report="):
            return Path(argument.partition("=")[2])
        if argument == "--crash-report" and position + 1 < len(arguments):
            return Path(arguments[position + 1])
    return None


def _where(error: Exception) -> str:
    """« KeyError, fairness.py:120 »."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f", {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def _report(error: Exception, arguments: list[str]) -> str:
    return "\n".join([
        f"rosterplan {__version__} · Python {sys.version.split()[0]} · {platform.platform()}",
        f"rosterplan {' '.join(arguments)}",
        "",
        "".join(traceback.format_exception(error)),
    ])  # fmt: skip
