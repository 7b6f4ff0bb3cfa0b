"""`scenarios.xlsx` and the table on screen: scenarios side by side with today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rosterplan.domain.fairness import SCALE
from rosterplan.messages import say
from rosterplan.messages.counted import Counted, begun, label_to_fill, label_unfilled
from rosterplan.messages.words import decimal
from rosterplan.report.tableau.book import Column, Row, head, open_book, set_columns, table
from rosterplan.report.tableau.page import set_page


@dataclass(frozen=True)
class ScenarioColumn:
    """One column: its name, what was changed in words, and its figures (`explain.measures.Measures`)."""

    name: str
    steps: tuple[str, ...]
    measures: Any
    sectors: dict[str, str]


@dataclass(frozen=True)
class FigureRow:
    """A figure of each scenario: its name, the numbers (None = nothing known), its look in a workbook, and how it is said."""

    name: str
    numbers: tuple[float | None, ...]
    look: str
    said: tuple[str, ...]


def figure_rows(columns: Sequence[ScenarioColumn]) -> list[tuple[str, list[str]]]:
    """Name and values in words, column by column; amounts only where rates are known."""
    return [(row.name, list(row.said)) for row in _rows(columns)]


def _rows(columns: Sequence[ScenarioColumn]) -> list[FigureRow]:
    measures = [column.measures for column in columns]
    found = [
        _row(name, [read(one) for one in measures], look)
        for name, read, look in _figures(measures[0].unit if measures else "duty")
    ]
    if any(one.cents is not None for one in measures):
        name = say(fr="Forfaits (euros)", en="Pay (euros)")
        euros = tuple(None if one.cents is None else one.cents / 100 for one in measures)
        found.append(
            FigureRow(
                name, euros, "hundredths", tuple("–" if one.cents is None else decimal(one.cents) for one in measures)
            )
        )
        unpaid = tuple(one.unpaid for one in measures)
        if any(unpaid):
            found.append(_row(say(fr="Gardes sans tarif", en="Duties without a rate"), unpaid, "whole"))
    return found


def _row(name: str, numbers: Sequence[float], look: str) -> FigureRow:
    said = (str(one) if look == "whole" else decimal(round(100 * one)) for one in numbers)
    return FigureRow(name, tuple(numbers), look, tuple(said))


def _figures(unit: Counted) -> list[tuple[str, Any, str]]:
    return [
        (begun(label_to_fill(unit)), lambda one: one.needed, "whole"),
        (begun(label_unfilled(unit)), lambda one: one.unfilled, "whole"),
        (say(fr="Médecins au tableau", en="Doctors on the roster"), lambda one: one.doctors, "whole"),
        (say(fr="Gardes par médecin, en moyenne", en="Duties per doctor, mean"), lambda one: one.mean_load, "hundredths"),
        (say(fr="Gardes du plus chargé", en="Duties of the busiest"), lambda one: one.most_load, "whole"),
        (say(fr="Week-ends par médecin, en moyenne", en="Weekends per doctor, mean"), lambda one: one.mean_weekends, "hundredths"),
        (say(fr="Week-ends du plus pris", en="Weekends of the most taken"), lambda one: one.most_weekends, "whole"),
        (say(fr="Juste répartition (somme des écarts au carré)", en="Fairness (sum of squared deviations)"), lambda one: one.fairness / SCALE, "hundredths"),
        (say(fr="Écart moyen à la part, en gardes", en="Mean deviation from the share, in duties"), lambda one: one.mean_deviation, "hundredths"),
        (say(fr="Vœux refusés (points)", en="Wishes refused (points)"), lambda one: one.wishes, "whole"),
        (say(fr="Règles non respectées", en="Broken rules"), lambda one: one.broken, "whole"),
    ]  # fmt: skip


def _cells(row: FigureRow) -> Row:
    """Numbers as numbers, so that a spreadsheet can reckon with them."""
    return Row(
        (row.name, *("–" if one is None else one for one in row.numbers)),
        ("two-places",) if row.look == "hundredths" else (),
    )


def scenarios_xlsx(title: str, columns: Sequence[ScenarioColumn]) -> bytes:
    """The workbook: figures side by side, what each scenario changes, and unfilled duties by sector."""
    book, buffer = open_book(title, title)
    names = [column.name for column in columns]
    heads = [Column("", 46, ("cell",)), *(Column(name, 20, ("cell", "centre")) for name in names)]
    changes = Row((say(fr="Changements", en="Changes"), *("\n".join(column.steps) or "–" for column in columns)), ("wrap", "top"), 15.0 * (1 + max(sum(len(step) // 20 + 1 for step in column.steps) for column in columns)))  # fmt: skip
    rows = [changes, *(_cells(row) for row in _rows(columns))]
    said = say(fr="Les secteurs concernés sont planifiés de nouveau, le reste est gardé comme aujourd’hui. Chaque colonne est contrôlée à part.",
               en="The sectors concerned are planned again, the rest stays as today. Each column is audited apart.")  # fmt: skip
    _sheet(book, say(fr="Scénarios", en="Scenarios"), title, said, heads, rows)
    areas = sorted({area for column in columns for area, _, _ in column.measures.by_sector})
    known = {area: name for column in columns for area, name in column.sectors.items()}
    sector_rows = [Row((known.get(area, area), *(_missing(column, area) for column in columns))) for area in areas]
    told = say(fr="Ce qui n’est pas pourvu, sur ce qui est à pourvoir.", en="What is unfilled, of what is to fill.")
    _sheet(
        book,
        say(fr="Secteurs", en="Sectors"),
        say(fr="Secteur par secteur", en="Sector by sector"),
        told,
        heads,
        sector_rows,
    )
    book.workbook.close()
    return buffer.getvalue()


def _missing(column: ScenarioColumn, area: str) -> str:
    for name, needed, missing in column.measures.by_sector:
        if name == area:
            return f"{missing} / {needed}"
    return "–"


def _sheet(book: Any, name: str, title: str, said: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    sheet = book.workbook.add_worksheet(name)
    row = head(book, sheet, title, said, last_column=len(columns) - 1, lines=2, back=False)
    set_columns(sheet, columns)
    table(book, sheet, row, columns, rows)
    sheet.freeze_panes(row + 1, 1)
    set_page(book, sheet, title, repeat=row)
