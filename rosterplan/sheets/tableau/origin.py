"""The hidden sheet of a `tableau.xlsx`: what was written in each position, and which other sheets were touched since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Instance
from rosterplan.domain.tableau_layout import (
    LISTE,
    LOCKED,
    ORIGINE,
    ORIGINE_CELLS,
    ORIGINE_HEADER_ROW,
    ORIGINE_SHEETS_COLUMN,
    TABLEAU_SCHEMA,
    held_sha256,
    texts_sha256,
)
from rosterplan.messages import say
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.text import clipped
from rosterplan.sheets.cells.workbook import Sheet, Workbook


@dataclass(frozen=True)
class Written:
    """A position as it was written: its doctor or None, and whether it was locked."""

    doctor: str | None
    locked: bool


@dataclass(frozen=True)
class TableauOrigin:
    """What a `tableau.xlsx` was made from."""

    schema: str
    instance: str
    input_sha256: str
    roster_sha256: str
    positions: Mapping[str, tuple[Written, ...]]
    """The positions of each duty, in order."""
    sheets: Mapping[str, str]
    """The fingerprint of each other sheet; empty where none was written."""


def tableau_origin(workbook: Workbook) -> TableauOrigin | None:
    """The hidden sheet of a tableau; None for any other workbook, forms included."""
    sheet = workbook.sheets.get(ORIGINE)
    if sheet is None or as_text(sheet.at(ORIGINE_CELLS.schema - 1, 0)) != "schema":
        return None
    about = {name: as_text(sheet.at(row - 1, 1)) for name, row in ORIGINE_CELLS._asdict().items()}
    positions: dict[str, list[Written]] = {}
    sheets: dict[str, str] = {}
    for row in range(ORIGINE_HEADER_ROW, len(sheet.rows)):
        duty, _, doctor, lock = (as_text(sheet.at(row, column)) for column in range(4))
        if duty:
            positions.setdefault(duty, []).append(Written(doctor or None, lock == LOCKED))
        name, print_ = (as_text(sheet.at(row, ORIGINE_SHEETS_COLUMN - 1 + step)) for step in range(2))
        if name:
            sheets[name] = print_
    return TableauOrigin(**about, positions={duty: tuple(rows) for duty, rows in positions.items()}, sheets=sheets)


def strange_origin(origin: TableauOrigin, instance: Instance, file: str) -> Problem | None:
    """A problem where the tableau is of another version of the software or of another plan, or its hidden sheet altered."""
    if origin.schema != str(TABLEAU_SCHEMA):
        return problem_at(
            Place(file, ORIGINE), "tableau-schema", found=say(fr=f"un tableau de version {clipped(origin.schema)}", en=f"a tableau of version {clipped(origin.schema)}"),
            wanted=say(fr=f"la version {TABLEAU_SCHEMA}", en=f"version {TABLEAU_SCHEMA}"),
            remedy=say(fr="Recalculez un tableau avec cette version, puis reportez-y vos corrections.",
                       en="Compute a tableau with this version, then copy your corrections into it."),
        )  # fmt: skip
    if origin.instance == instance.id:
        return None if _as_written(origin) else _altered(file)
    return problem_at(
        Place(file, ORIGINE), "tableau-other-plan", found=say(fr=f"un tableau du planning « {clipped(origin.instance)} »", en=f"a tableau of plan “{clipped(origin.instance)}”"),
        wanted=say(fr=f"le planning « {instance.id} »", en=f"plan “{instance.id}”"),
        remedy=say(fr="Donnez le tableau de ce planning.", en="Give the tableau of this plan."),
    )  # fmt: skip


def _as_written(origin: TableauOrigin) -> bool:
    """True if the hidden positions are those the software wrote: what a person changed is known against them alone."""
    held = held_sha256(
        (duty, one.doctor, one.locked) for duty, rows in origin.positions.items() for one in rows if one.doctor
    )
    return held == origin.roster_sha256


def _altered(file: str) -> Problem:
    return problem_at(
        Place(file, ORIGINE), "tableau-origin-altered",
        found=say(fr=f"une feuille cachée « {ORIGINE} » qui n’est plus telle qu’elle a été écrite", en=f"a hidden sheet “{ORIGINE}” that is no longer as it was written"),
        wanted=say(fr="la feuille écrite par rosterplan : c’est elle qui dit quelles cases ont été changées à la main",
                   en="the sheet rosterplan wrote: it tells which cells were changed by hand"),
        remedy=say(fr="Reportez vos corrections dans un tableau intact, ou supprimez cette feuille : chaque nom de « Liste » sera alors pris pour une décision.",
                   en="Copy your corrections into an intact tableau, or delete this sheet: every name in “Liste” will then be taken as a decision."),
    )  # fmt: skip


def touched_sheets(workbook: Workbook, origin: TableauOrigin) -> Iterator[Problem]:
    """A word for each other sheet whose texts are no longer those written: only `Liste` is read back."""
    for name, fingerprint in origin.sheets.items():
        sheet = workbook.sheets.get(name)
        if name == LISTE or sheet is None or _fingerprint(sheet) == fingerprint:
            continue
        yield problem_at(
            Place(workbook.file, name), "sheet-touched", severity="avertissement",
            found=say(fr=f"la feuille « {name} » a été modifiée", en=f"sheet “{name}” was changed"),
            wanted=say(fr=f"des corrections dans la feuille « {LISTE} » seulement", en=f"corrections in sheet “{LISTE}” only"),
            remedy=say(fr=f"Ce qui y est écrit n’est pas lu : reportez-le dans « {LISTE} ».",
                       en=f"What is written there is not read: copy it to “{LISTE}”."),
        )  # fmt: skip


def _fingerprint(sheet: Sheet) -> str:
    return texts_sha256(
        (row, column, value)
        for row, values in enumerate(sheet.rows)
        for column, value in enumerate(values)
        if isinstance(value, str)
    )
