"""`schema`: what instance.json and roster.json hold, for other programs."""

from __future__ import annotations

from typing import Annotated

import typer

from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.options import Common
from rosterplan.cli.voice import answer
from rosterplan.messages import say


def schema(
    _common: Common,
    document: Annotated[str, typer.Argument(metavar="metavar.document", help="argument.schema")] = "instance",
) -> int:
    """Print the JSON Schema of a document; it is the answer with or without ``--json``."""
    from rosterplan.domain.instance import Instance
    from rosterplan.report.roster_document import RosterDocument

    known: dict[str, type[Instance] | type[RosterDocument]] = {"instance": Instance, "roster": RosterDocument}
    if document not in known:
        raise Refused(
            say(fr=f"« {document} » n’est pas un document connu : choisissez instance ou roster.",
                en=f"“{document}” is not a known document: choose instance or roster.")
        )  # fmt: skip
    answer(known[document].model_json_schema(by_alias=True))
    return Exit.DONE
