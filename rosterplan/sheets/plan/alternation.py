"""The cycle of houses of a line, both ways, and what is said of an alternated line without a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Period
from rosterplan.domain.work import Alternation, Duty, Line
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.sheets.cells.dates import read_date
from rosterplan.sheets.cells.names import Names
from rosterplan.sheets.cells.tables import Record
from rosterplan.sheets.cells.values import read_choice
from rosterplan.sheets.cells.vocabulary import RHYTHMS, word_of
from rosterplan.sheets.plan.building import build
from rosterplan.sheets.plan.layout_work import LINES
from rosterplan.sheets.plan.people import Cells


def alternating(record: Record, line: Line, bands: Names, period: Period, problems: list[Problem]) -> Line:
    """The line with the cycle its row gives; a rhythm without a first day, or the reverse, is a problem."""
    fields = {
        "rhythm": record.read("rhythm", partial(read_choice, choices=RHYTHMS), problems),
        "anchor": record.read("anchor", partial(read_date, period=period, date1904=record.sheet.date1904), problems),
        "bands": record.read("alternated_bands", bands.find_all, problems),
    }
    written = [key for key in ("rhythm", "anchor", "alternated_bands") if record.value(key) is not None]
    if not written:
        return line
    if fields["anchor"] is None or len(line.establishments) < 2:
        if record.value("anchor") is None or len(line.establishments) < 2:
            problems.append(record.place("anchor", _incomplete(line)))
        return line
    cycle = build(Alternation, record, fields, problems)
    return line.model_copy(update={"alternation": cycle}) if cycle else line


def _incomplete(line: Line) -> Problem:
    return Problem(
        severity="erreur",
        code="alternation-incomplete",
        found=say(fr=f"une alternance incomplète pour {line.name}", en=f"an incomplete alternation for {line.name}"),
        wanted=say(
            fr="au moins deux établissements dans leur ordre, et le premier jour d’un tour du premier",
            en="at least two houses in their order, and the first day of a turn of the first",
        ),
        remedy=say(
            fr="Remplissez « Établissements » et « Alternance depuis », ou videz les colonnes d’alternance.",
            en="Fill in “Établissements” and “Alternance depuis”, or empty the columns of the alternation.",
        ),
    )


def alternation_cells(line: Line) -> Cells:
    """The cells of the cycle of a line."""
    cycle = line.alternation
    if cycle is None:
        return {}
    return {
        "rhythm": word_of(cycle.rhythm, RHYTHMS),
        "anchor": cycle.anchor,
        "alternated_bands": " ; ".join(cycle.bands),
    }


def lines_without_turns(lines: Sequence[Line], duties: Sequence[Duty], file: str) -> list[Problem]:
    """A warning for each alternated line some of whose duties are no house's turn: any house may then hold them."""
    found = []
    for line in lines:
        loose = sum(duty.line == line.id and not duty.establishments for duty in duties)
        if line.mode == "alternee" and loose:
            count = plural(loose, say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
            found.append(
                Problem(
                    severity="avertissement",
                    code="alternation-missing",
                    file=file,
                    sheet=LINES.name,
                    found=say(
                        fr=f"{line.name} : ligne alternée, {count} sans tour d’établissement",
                        en=f"{line.name}: alternated line, {count} without a house’s turn",
                    ),
                    wanted=say(
                        fr="un rythme et un premier jour (colonnes « Alternance »), ou des périodes sur la feuille « Échanges de périodes »",
                        en="a rhythm and a first day (columns “Alternance”), or periods on sheet “Échanges de périodes”",
                    ),
                    remedy=say(
                        fr="rosterplan alterner DOSSIER propose un calendrier. Sans lui, tous les établissements peuvent tenir ces gardes.",
                        en="rosterplan alternate FOLDER proposes a calendar. Without one, every house may hold these duties.",
                    ),
                )
            )
    return found
