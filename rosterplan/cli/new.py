"""`new`: a quarter's folder, ready to fill in, that `solve` accepts as it stands."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rosterplan.cli.backplan import deadline_lines
from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.folders import shown
from rosterplan.cli.options import Common
from rosterplan.cli.outputs import write_together
from rosterplan.cli.voice import answer, tell
from rosterplan.domain.file_names import ANSWERS_FOLDER, PLAN_FILE
from rosterplan.messages import say

if TYPE_CHECKING:
    from rosterplan.domain.instance import Kind, Period

Target = Annotated[Path, typer.Argument(metavar="metavar.folder", help="argument.new")]
KindName = Annotated[str, typer.Option("--kind", metavar="metavar.kind", help="option.kind")]
Quarter = Annotated[str | None, typer.Option("--quarter", metavar="metavar.quarter", help="option.quarter")]

NEW_SCHEMA = 1
READ_ME = "LISEZMOI.txt"


def new(common: Common, folder: Target, kind: KindName = "pdsa", quarter: Quarter = None) -> int:
    """Write the workbook of a kind and the folder of answers; a folder that holds a plan is left alone."""
    from rosterplan.sheets.plan.template import next_period, read_me, template
    from rosterplan.sheets.plan.write import plan_workbook

    chosen = _kind(kind)
    period = next_period(chosen, common.today) if quarter is None else _period_of(quarter)
    if any(folder.glob("plan.*")):
        raise Refused(say(fr=f"{folder} contient déjà un plan : choisissez un autre nom de dossier.",
                          en=f"{folder} holds a plan already: choose another folder name."))  # fmt: skip
    name = re.sub(r"[^\w.-]+", "-", folder.resolve().name)
    content = template(chosen, name, period)
    period = content.period  # a season, where the quarter asked for has no open day
    files = {PLAN_FILE: plan_workbook(content), READ_ME: read_me(chosen, name).encode(),
             f"{ANSWERS_FOLDER}/{READ_ME}": _read_me().encode()}  # fmt: skip
    write_together(folder, files)
    if common.json:
        answer({"schema": NEW_SCHEMA, "folder": str(folder), "kind": chosen,
                "period": {"start": period.start.isoformat(), "end": period.end.isoformat()}})  # fmt: skip
        return Exit.DONE
    tell(common, say(fr=f"Dossier créé : {shown(folder)}", en=f"Folder created: {shown(folder)}"))
    tell(common, say(fr=f"1. Remplissez {shown(folder / PLAN_FILE)} : médecins, lignes, horaires, règles. L’exemple qui s’y trouve se calcule tel quel.",
                     en=f"1. Fill in {shown(folder / PLAN_FILE)}: doctors, lines, hours, rules. The example in it can be computed as it stands."))  # fmt: skip
    tell(common, f"2. rosterplan check {shown(folder)}")
    tell(common, f"3. rosterplan forms {shown(folder)}")
    tell(common)
    tell(common, say(fr="Échéances :", en="Deadlines:"))
    for line in deadline_lines(period, common.today, content.kinds):
        tell(common, f"  {line}")
    return Exit.DONE


def _kind(typed: str) -> Kind:
    from rosterplan.sheets.plan.template import KINDS_WITH_TEMPLATE

    for kind in KINDS_WITH_TEMPLATE:
        if typed.casefold() == kind:
            return kind
    known = ", ".join(KINDS_WITH_TEMPLATE)
    raise Refused(say(fr=f"Pas de modèle « {typed} ». Modèles : {known}.", en=f"No kind “{typed}”. Kinds: {known}."))


def _period_of(typed: str) -> Period:
    """Return the quarter typed as « 2027T2 », « 2027-T2 » or « T2 2027 »."""
    from rosterplan.domain.instance import Period

    found = re.fullmatch(r"(\d{4})[ -]?[tq]([1-4])|[tq]([1-4])[ -]?(\d{4})", typed.strip().casefold())
    if found is None:
        raise Refused(say(fr=f"« {typed} » n’est pas un trimestre. Écrivez par exemple 2027T2.",
                          en=f"“{typed}” is not a quarter. Write for instance 2027T2."))  # fmt: skip
    year, number = int(found[1] or found[4]), int(found[2] or found[3])
    start = date(year, 3 * number - 2, 1)
    after = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
    return Period(start=start, end=after - timedelta(days=1))


def _read_me() -> str:
    return say(
        fr="Rangez ici les réponses des médecins, telles qu’elles arrivent : .xlsx, .ods ou .csv.\n"
        "Les réponses par téléphone ou sur papier se tapent dans la grille Saisie (rosterplan forms), rangée ici aussi.\n",
        en="Put the doctors’ answers here, as they come: .xlsx, .ods or .csv.\n"
        "Answers by phone or on paper are typed into the grid Saisie (rosterplan forms), put here too.\n",
    )
