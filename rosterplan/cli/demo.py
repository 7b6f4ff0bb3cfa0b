"""`demo`: a bundled department copied to a folder of the person's, planned, and its workbook shown."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from rosterplan.cli.exits import Refused
from rosterplan.cli.folders import shown
from rosterplan.cli.options import Common
from rosterplan.cli.outputs import write_together
from rosterplan.cli.solve import EffortUnits, Progress, TimeLimit, Workers, solve_one
from rosterplan.cli.voice import tell
from rosterplan.domain.file_names import PLAN_FILE
from rosterplan.messages import say

DEPARTMENT = "53-pdsa"

Copy = Annotated[Path, typer.Argument(metavar="metavar.folder", help="argument.copy")]


def demo(
    common: Common,
    folder: Copy = Path(f"demo-{DEPARTMENT}"),
    effort: EffortUnits = 1,
    time_limit: TimeLimit = None,
    workers: Workers = None,
    progress: Progress = False,
) -> int:
    """Copy the department once, plan it, say where the workbook is; a folder that holds a plan is planned as it stands."""
    if (folder / PLAN_FILE).is_file():
        tell(common, say(fr=f"Le dossier {shown(folder)} existe déjà : il est calculé tel quel.",
                         en=f"Folder {shown(folder)} exists already: it is computed as it stands."))  # fmt: skip
    else:
        write_together(folder, bundled())
        tell(common, say(fr=f"Département d’exemple copié dans {shown(folder)} (noms inventés).",
                         en=f"Example department copied to {shown(folder)} (invented names)."))  # fmt: skip
    return solve_one(common, folder, effort=effort, time_limit=time_limit, workers=workers, progress=progress)


def bundled() -> dict[str, bytes]:
    """Return the files of the department: inside the installed package, or beside it in a checkout."""
    installed = Path(str(files("rosterplan"))) / "data" / DEPARTMENT
    checkout = Path(str(files("rosterplan"))).parent / "instances" / DEPARTMENT
    for place in (installed, checkout):
        if (place / PLAN_FILE).is_file():
            found = sorted(path for path in place.rglob("*") if path.is_file())
            return {path.relative_to(place).as_posix(): path.read_bytes() for path in found}
    raise Refused(say(fr="Le département d’exemple manque à cette installation : réinstallez rosterplan.",
                      en="The example department is missing from this installation: install rosterplan again."))  # fmt: skip
