"""Help pages in the reader's language: typer finds the commands, these classes word them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

from rosterplan.cli.exits import Refused
from rosterplan.cli.folders import shown
from rosterplan.cli.options import COMMON_NAMES
from rosterplan.domain.file_names import PLAN_FILE
from rosterplan.messages import say, text
from rosterplan.messages.words import listed, unaccented

Context = Any
Formatter = Any
"""Typer keeps the classes of click private; only what click has offered for years is used of them."""


TYPED = "rosterplan.typed"
"""Where a command finds the arguments as they were typed."""


class HelpfulCommand(TyperCommand):
    """A command whose help is read from the catalogues; what was typed stays known in its order."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Keep what was typed, then read it: `whatif` asks in which column each option stands."""
        ctx.meta[TYPED] = tuple(args)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Context, formatter: Formatter) -> None:
        """Write usage, purpose, arguments, options and an example."""
        _write_usage(self, ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text(f"{self.name}.help"))
        _write_parameters(self, formatter)
        with formatter.section(say(fr="Exemple ", en="Example")):
            for line in text(f"{self.name}.example").splitlines():
                formatter.write_text(line)


class HelpfulGroup(TyperGroup):
    """The program itself: its commands answer to their French names too, with or without accents."""

    def get_command(self, ctx: Context, cmd_name: str) -> Any:
        """Return the command of that English or French name; None if there is none."""
        wanted = unaccented(cmd_name)
        for name, command in self.commands.items():
            if wanted in (name, unaccented(text(f"{name}.alias"))):
                return command
        return None

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command asked for, or refuse in words and name the nearest."""
        command = self.get_command(ctx, args[0])
        if command is None and not args[0].startswith("-"):
            raise Refused(_unknown_command(args[0], list(self.commands)))
        return super().resolve_command(ctx, args) if command is None else (command.name, command, args[1:])

    def format_help(self, ctx: Context, formatter: Formatter) -> None:
        """Write usage, purpose, commands with their other name, and the options everywhere."""
        _write_usage(self, ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text("program.help"))
        with formatter.section(say(fr="Commandes ", en="Commands")):
            formatter.write_dl([(_both_names(name), text(f"{name}.short")) for name in self.commands])
        _write_parameters(self, formatter)
        formatter.write_paragraph()
        formatter.write_text(text("program.more"))


def _both_names(name: str) -> str:
    """« check (vérifier) »; one name where the other is the same without its accents."""
    alias = text(f"{name}.alias")
    return name if unaccented(alias) == name else f"{name} ({alias})"


def _write_usage(command: Any, ctx: Context, formatter: Formatter) -> None:
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    words = [param.metavar if param.required else f"[{param.metavar}]" for param in arguments]
    if isinstance(command, HelpfulGroup):
        words = [say(fr="COMMANDE …", en="COMMAND …")]
    formatter.write_usage(ctx.command_path, " ".join([*words, "[OPTIONS]"]), prefix=say(fr="Usage : ", en="Usage: "))


def _write_parameters(command: Any, formatter: Formatter) -> None:
    """Write what may follow the command; names stand as typed, words come from the catalogue."""
    shown = [param for param in command.params if not param.hidden]
    arguments = [(param.metavar, param.help) for param in shown if param.param_type_name == "argument"]
    options = [param for param in shown if param.param_type_name == "option"]
    own = [(_as_typed(param), param.help) for param in options if param.name not in COMMON_NAMES]
    common = [(_as_typed(param), param.help) for param in options if param.name in COMMON_NAMES]
    if arguments:
        with formatter.section(say(fr="Arguments ", en="Arguments")):
            formatter.write_dl(arguments)
    if own:
        with formatter.section(say(fr="Options ", en="Options")):
            formatter.write_dl(own)
    with formatter.section(say(fr="Options de toutes les commandes ", en="Options of every command")):
        formatter.write_dl([*common, ("--help, --aide", text("option.help"))])


def _as_typed(option: Any) -> str:
    """« --seed N »."""
    return ", ".join(option.opts) + ("" if option.is_flag else f" {option.metavar}")


def _unknown_command(typed: str, names: list[str]) -> str:
    import difflib

    if Path(typed, PLAN_FILE).is_file():
        return say(
            fr=f"« {typed} » est un dossier de garde. Pour savoir où il en est : cd {shown(Path(typed))}, puis rosterplan seul.",
            en=f"“{typed}” is a planning folder. To know where it stands: cd {shown(Path(typed))}, then rosterplan alone.",
        )
    spoken = {unaccented(word): word for name in names for word in (name, text(f"{name}.alias"))}
    near = [spoken[word] for word in difflib.get_close_matches(unaccented(typed), list(spoken), n=2)]
    return say(
        fr=f"La commande « {typed} » n’existe pas."
        + (f" Vouliez-vous dire {listed(near).replace(' et ', ' ou ')} ?" if near else "")
        + " La liste des commandes : rosterplan --help",
        en=f"There is no command “{typed}”."
        + (f" Did you mean {listed(near).replace(' and ', ' or ')}?" if near else "")
        + " The list of commands: rosterplan --help",
    )


def put_in_words(command: Any) -> None:
    """Replace the catalogue keys typer carried by the words of the language spoken now."""
    for param in command.params:
        param.help = text(param.help)
        if param.metavar and param.metavar.startswith("metavar."):
            param.metavar = text(param.metavar)
