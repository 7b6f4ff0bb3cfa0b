"""The one way in and out: arguments in, exit code out; user errors in words, our own faults as 101 without a traceback."""

from __future__ import annotations

import errno
import os
import sys

from rosterplan.cli.exits import Ended, Exit, Refused
from rosterplan.cli.options import language_of
from rosterplan.cli.voice import complain, speak_utf8
from rosterplan.cli.wording import USAGE_ERROR, usage_words
from rosterplan.messages import say, speaking


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Return the exit code of these arguments; every outcome ends here, none as a traceback."""
    speak_utf8()
    with speaking(language_of(arguments)):
        try:
            return _called(arguments)
        except (Exception, KeyboardInterrupt) as error:
            why = error.why if isinstance(error, Ended) else error
            if isinstance(why, BrokenPipeError):
                _hush()
                return Exit.DONE
            code, words = _told(why, arguments)
            complain(words)
            return code


def _told(error: Exception | KeyboardInterrupt, arguments: list[str]) -> tuple[Exit, str]:
    """Return the exit code of what ended a command early, and what to tell the person."""
    match error:
        case Refused():
            told = error.code, error.text
        case KeyboardInterrupt():
            told = Exit.CUT, say(fr="Interrompu. Rien n’a été écrit.", en="Interrupted. Nothing was written.")
        case OSError():
            told = Exit.USAGE, _disk_words(error)
        case _ if isinstance(error, USAGE_ERROR):
            told = Exit.USAGE, usage_words(error)
        case _:
            from rosterplan.cli.crash import crash_words

            told = Exit.BUG, crash_words(error, arguments)
    return told


def _called(arguments: list[str]) -> int:
    from rosterplan.cli.app import build

    code = build()(args=arguments, prog_name="rosterplan", standalone_mode=False)
    sys.stdout.flush()
    return int(code or Exit.DONE)


def _hush() -> None:
    """The reader of our pipe has left: nothing more is printed, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _disk_words(error: OSError) -> str:
    """Return what to do about a file the system would not read or write."""
    name = error.filename or ""
    if error.errno == errno.ENOSPC:
        return say(fr="Le disque est plein. Rien n’a été écrit : libérez de la place et recommencez.",
                   en="The disk is full. Nothing was written: make room and start again.")  # fmt: skip
    if isinstance(error, PermissionError):
        return say(fr=f"Accès refusé : {name}. Si ce fichier est ouvert dans un tableur, fermez-le et recommencez.",
                   en=f"Access denied: {name}. If this file is open in a spreadsheet, close it and start again.")  # fmt: skip
    return say(
        fr=f"Fichier inaccessible : {name} ({error.strerror}).", en=f"File out of reach: {name} ({error.strerror})."
    )
