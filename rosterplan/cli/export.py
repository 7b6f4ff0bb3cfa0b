"""`export`: the whole folder as one instance.json, canonical, that every command takes in its place."""

from __future__ import annotations

import sys

from rosterplan.cli.exits import Exit
from rosterplan.cli.folders import plannable, shown
from rosterplan.cli.options import Common, Folder
from rosterplan.cli.outputs import write_together
from rosterplan.cli.voice import tell
from rosterplan.messages import say

INSTANCE_FILE = "instance.json"


def export(common: Common, folder: Folder = None) -> int:
    """Write instance.json; with ``--json`` it is the answer itself, byte for byte."""
    from rosterplan.sheets.instance_json import instance_json

    found = plannable(common, folder)
    content = instance_json(found.instance)
    if common.json:
        sys.stdout.write(content.decode())
        return Exit.DONE
    [path] = write_together(found.out, {INSTANCE_FILE: content})
    tell(common, say(fr=f"Écrit : {shown(path)}", en=f"Written: {shown(path)}"))
    return Exit.DONE
