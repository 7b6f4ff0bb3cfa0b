"""A doctor, a line, a sector or a duty as a person types it: an id, a name, or a line and a date; doubt is refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rosterplan.cli.exits import Refused
from rosterplan.messages import say
from rosterplan.messages.words import listed, unaccented

if TYPE_CHECKING:
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.work import Duty
    from rosterplan.sheets.cells.names import Names


def doctor_named(instance: Instance, typed: str) -> str:
    """Return the id of the doctor typed: `M017`, « Dr Martin Luc », « MARTIN Luc (M017) »."""
    from rosterplan.sheets.cells.names import names_of_doctors

    return _found(names_of_doctors(instance.doctors), typed)


def line_named(instance: Instance, typed: str) -> str:
    """Return the id of the line typed, by id or name."""
    from rosterplan.sheets.cells.names import names_of

    return _found(names_of("une ligne", "a line", ((line.id, line.name) for line in instance.lines)), typed)


def sector_named(instance: Instance, typed: str) -> str:
    """Return the id of the sector typed, by id or name."""
    from rosterplan.sheets.cells.names import names_of

    return _found(names_of("un secteur", "a sector", ((one.id, one.name) for one in instance.sectors)), typed)


def duty_named(instance: Instance, typed: str, *, held: tuple[str, ...] = ()) -> str:
    """Return the id of the duty typed: whole, its beginning, « LIGNE@2027-01-02 », or a date where one duty is meant.

    ``held`` are the duties of the doctor meant: a date alone then means the one held that day.
    """
    text = typed.strip()
    if text in instance.duty_by_id:
        return text
    line, _, day = text.rpartition("@") if "@" in text else text.rpartition("/")
    candidates = [duty for duty in instance.duties if duty.id.startswith(text.replace("@", "/", 1))]
    if not candidates:
        candidates = _of_day(instance, line, day or text)
    if len(candidates) > 1 and held:
        candidates = [duty for duty in candidates if duty.id in held] or candidates
    if len(candidates) == 1:
        return candidates[0].id
    if not candidates:
        raise Refused(
            say(fr=f"Aucune garde « {typed} ». Écrivez son identifiant (feuille Liste du classeur), ou LIGNE@DATE, par exemple {_example(instance)}.",
                en=f"No duty “{typed}”. Write its id (sheet Liste of the workbook), or LINE@DATE, for instance {_example(instance)}.")
        )  # fmt: skip
    several = listed([duty.id for duty in candidates], most=6)
    raise Refused(
        say(fr=f"Plusieurs gardes répondent à « {typed} » : {several}. Écrivez l’identifiant de l’une d’elles.",
            en=f"Several duties answer to “{typed}”: {several}. Write the id of one of them.")
    )  # fmt: skip


def _of_day(instance: Instance, line: str, day: str) -> list[Duty]:
    """Return the duties of a date, of one line if it is named."""
    import typer

    from rosterplan.cli.options import day as read_day

    try:
        wanted = read_day(day)
    except typer.BadParameter:
        return []
    called = unaccented(line)
    lines = {one.id for one in instance.lines if not line or called in (unaccented(one.id), unaccented(one.name))}
    return [duty for duty in instance.duties if duty.date == wanted and duty.line in lines]


def _example(instance: Instance) -> str:
    if not instance.duties:
        return "LIGNE@2027-01-02"
    return f"{instance.duties[0].line}@{instance.duties[0].date.isoformat()}"


def _found(names: Names, typed: str) -> str:
    from rosterplan.domain.findings import Problem

    found = names.find(typed)
    if isinstance(found, Problem):
        if found.code == "reference-in-doubt":
            said = say(fr=f"« {typed} » ne suffit pas.", en=f"“{typed}” is not enough.")
        else:
            said = say(fr=f"« {typed} » n’est pas {found.wanted}.", en=f"“{typed}” is not {found.wanted}.")
        raise Refused(f"{said} {found.remedy}".strip())
    return found
