"""The options every command has, and the words and checks of each option."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from rosterplan.cli.exits import Ended
from rosterplan.messages import Language, say


@dataclass(frozen=True)
class Common:
    """What every command is told, whatever it does; ``today`` is the day every deadline is counted from."""

    json: bool
    lang: Language
    quiet: bool
    seed: int
    out: Path | None
    today: date
    crash_report: Path | None


def whole_number(least: int) -> Callable[[str], int]:
    """Return a reader of whole numbers of at least ``least``, which refuses the rest in words."""

    def read(typed: str) -> int:
        try:
            number = int(typed)
        except ValueError:
            number = least - 1
        if number < least:
            raise typer.BadParameter(
                say(fr=f"« {typed} » n’est pas un nombre entier d’au moins {least}.",
                    en=f"“{typed}” is not a whole number of at least {least}.")
            )  # fmt: skip
        return number

    return read


def seconds(typed: str) -> float:
    """Return a time in seconds, above zero; a French comma is understood."""
    try:
        given = float(typed.replace(",", "."))
    except ValueError:
        given = 0.0
    if not 0 < given < float("inf"):
        raise typer.BadParameter(
            say(fr=f"« {typed} » n’est pas un nombre de secondes.", en=f"“{typed}” is not a number of seconds.")
        )
    return given


def day(typed: str) -> date:
    """Return the day typed as 2027-01-31 or 31/01/2027."""
    try:
        if typed.count("/") == 2:
            number, month, year = typed.split("/")
            return date(int(year), int(month), int(number))
        return date.fromisoformat(typed)
    except ValueError:
        raise typer.BadParameter(
            say(fr=f"« {typed} » n’est pas une date. Écrivez par exemple 2027-01-31.",
                en=f"“{typed}” is not a date. Write for instance 2027-01-31.")
        ) from None  # fmt: skip


def _tongue(typed: str) -> Language:
    """Return the language typed."""
    if typed in ("fr", "en"):
        return "en" if typed == "en" else "fr"
    raise typer.BadParameter(
        say(fr=f"« {typed} » n’est pas une langue connue : choisissez fr ou en.",
            en=f"“{typed}” is not a known language: choose fr or en.")
    )  # fmt: skip


def language_of(arguments: list[str]) -> Language:
    """Return the language asked for anywhere on the command line, before typer reads it: help needs it first."""
    for position, argument in enumerate(arguments):
        following = arguments[position + 1] if position + 1 < len(arguments) else ""
        if argument == "--lang=en" or (argument == "--lang" and following == "en"):
            return "en"
        if argument == "--":
            break
    return "fr"


Folder = Annotated[Path | None, typer.Argument(metavar="metavar.folder", help="argument.folder", show_default=False)]


def _common(
    *,
    json: Annotated[bool, typer.Option("--json", help="option.json")] = False,
    lang: Annotated[Any, typer.Option("--lang", parser=_tongue, metavar="fr|en", help="option.lang")] = "fr",
    quiet: Annotated[bool, typer.Option("--quiet", help="option.quiet")] = False,
    seed: Annotated[Any, typer.Option("--seed", parser=whole_number(0), metavar="N", help="option.seed")] = 1,
    out: Annotated[Path | None, typer.Option("--out", metavar="metavar.out", help="option.out")] = None,
    today: Annotated[Any, typer.Option("--today", parser=day, metavar="metavar.date", help="option.today")] = None,
    crash_report: Annotated[
        Path | None, typer.Option("--crash-report", metavar="metavar.file", help="option.crash_report")
    ] = None,
) -> Common:
    """The options every command has: their names, checks and defaults are written here once."""
    return Common(json, lang, quiet, seed, out, today or date.today(), crash_report)  # noqa: DTZ011 (the clock of the person)


_COMMON = inspect.signature(_common, eval_str=True).parameters
COMMON_NAMES = tuple(_COMMON)


def given_before_the_command(common: Common) -> str:
    """Return an option that stands before the command, where only ``--lang`` is heard; empty if there is none."""
    for name, parameter in _COMMON.items():
        value = getattr(common, name)
        if name not in ("lang", "today") and value != parameter.default:
            return f"--{name.replace('_', '-')}"
    return ""


def with_common(command: Callable[..., int | None]) -> Callable[..., None]:
    """Return the command as typer wants it: its own parameters, then the common ones, handed over first.

    The code a command returns becomes the exit code; None lets typer go on (the program before its command).
    """
    own = inspect.signature(command, eval_str=True)
    parameters = list(own.parameters.values())[1:]

    @functools.wraps(command)
    def called(**values: Any) -> None:
        common = _common(**{name: values.pop(name) for name in _COMMON})
        try:
            code = command(common, **values)
        except (KeyboardInterrupt, BrokenPipeError) as why:
            raise Ended(why) from why
        if code is not None:
            raise typer.Exit(int(code))

    merged = own.replace(
        parameters=[*(p.replace(kind=p.KEYWORD_ONLY) for p in parameters), *_COMMON.values()], return_annotation=None
    )
    called.__signature__ = merged  # type: ignore[attr-defined]
    called.__annotations__ = {name: given.annotation for name, given in merged.parameters.items()}
    return called
