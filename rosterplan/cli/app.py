"""The table of contents of the command line, and typer's application made from it."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from rosterplan import __version__
from rosterplan.cli.alternate import alternate
from rosterplan.cli.audit import audit
from rosterplan.cli.check import check
from rosterplan.cli.close import close
from rosterplan.cli.demo import demo
from rosterplan.cli.diff import diff
from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.explain import explain
from rosterplan.cli.export import export
from rosterplan.cli.forms import forms
from rosterplan.cli.help import HelpfulCommand, HelpfulGroup, put_in_words
from rosterplan.cli.ledger import ledger
from rosterplan.cli.new import new
from rosterplan.cli.next import next_
from rosterplan.cli.options import Common, given_before_the_command, with_common
from rosterplan.cli.publish import publish
from rosterplan.cli.replace import replace
from rosterplan.cli.replan import replan
from rosterplan.cli.rules import rules
from rosterplan.cli.schema import schema
from rosterplan.cli.solve import solve
from rosterplan.cli.swap import swap
from rosterplan.cli.whatif import whatif
from rosterplan.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS: Final[Mapping[str, Callable[..., int]]] = MappingProxyType({
    "new": new, "alternate": alternate, "forms": forms, "check": check, "solve": solve, "audit": audit,
    "explain": explain, "whatif": whatif, "publish": publish, "swap": swap, "replace": replace, "replan": replan,
    "diff": diff, "close": close, "next": next_, "ledger": ledger, "rules": rules, "export": export, "schema": schema, "demo": demo,
})  # fmt: skip
"""In the order of a coordinator's quarter; the catalogues hold the words and the French name of each."""


def build() -> Any:
    """Return the command line in the language spoken now."""
    app = typer.Typer(
        cls=HelpfulGroup, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False,
        context_settings={"help_option_names": ["--help", "--aide"], "max_content_width": 100},
    )  # fmt: skip
    app.callback(invoke_without_command=True)(with_common(_alone))
    for name, command in COMMANDS.items():
        app.command(name, cls=HelpfulCommand)(with_common(command))
    program = typer.main.get_command(app)
    for part in (program, *program.commands.values()):  # type: ignore[attr-defined]
        put_in_words(part)
    return program


def _alone(
    common: Common,
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="option.version")] = False,
) -> int | None:
    """`rosterplan` without a command: the steps of the current folder."""
    if version:
        print(f"rosterplan {__version__}")
        return Exit.DONE
    if ctx.invoked_subcommand is None:
        from rosterplan.cli.steps import steps

        return steps(common)
    misplaced = given_before_the_command(common)
    if misplaced:
        raise Refused(
            say(fr=f"Écrivez {misplaced} après la commande : rosterplan {ctx.invoked_subcommand} … {misplaced}",
                en=f"Write {misplaced} after the command: rosterplan {ctx.invoked_subcommand} … {misplaced}")
        )  # fmt: skip
    return None
