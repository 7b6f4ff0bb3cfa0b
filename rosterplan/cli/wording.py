"""Wrong usage in the reader's language: what typer says in English only, said again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer

from rosterplan.messages import say

USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
"""The mother of typer's usage errors; typer keeps its module private, and has moved it before."""


def usage_words(error: Any) -> str:
    """Return why the command line was not understood, and where to find help."""
    context = getattr(error, "ctx", None)
    help_line = f"{context.command_path} --help" if context is not None else "rosterplan --help"
    return f"{_why(error)}\n" + say(fr=f"Pour l’aide : {help_line}", en=f"For help: {help_line}")


def _why(error: Any) -> str:
    """Return one sentence per kind of error, told apart by name: the classes are private."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return _no_such_option(error.option_name, error.possibilities or ())
    if kind == "BadOptionUsage":
        return _bad_option(error.option_name, wants_value="requires" in error.message)
    if kind == "MissingParameter":
        return say(fr=f"Il manque {_named(error.param)}.", en=f"{_named(error.param)} is missing.")
    if kind == "BadParameter":
        return say(fr=f"{_named(error.param)} : {error.message}", en=f"{_named(error.param)}: {error.message}")
    extra = str(error).partition("(s) (")[2].removesuffix(")")
    if extra:
        return say(fr=f"En trop : {extra}", en=f"Too much: {extra}")
    return say(fr=f"La commande n’a pas été comprise ({error}).", en=f"The command was not understood ({error}).")


def _bad_option(name: str, *, wants_value: bool) -> str:
    if wants_value:
        return say(fr=f"L’option {name} attend une valeur.", en=f"Option {name} needs a value.")
    return say(fr=f"L’option {name} ne prend pas de valeur.", en=f"Option {name} takes no value.")


def _named(param: Any) -> str:
    """« --seed », or « DOSSIER »."""
    if param is None:
        return say(fr="Une valeur", en="A value")
    return str(param.opts[0] if param.param_type_name == "option" else param.metavar)


def _no_such_option(typed: str, near: Sequence[str]) -> str:
    hint = near[0] if near else ""
    return say(
        fr=f"L’option {typed} n’existe pas." + (f" Vouliez-vous dire {hint} ?" if hint else ""),
        en=f"There is no option {typed}." + (f" Did you mean {hint}?" if hint else ""),
    )
