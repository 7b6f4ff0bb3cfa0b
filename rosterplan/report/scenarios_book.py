"""`scenarios.xlsx` and the table on screen: scenarios side by side with today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rosterplan.messages import say
from rosterplan.messages.counted import Counted, begun, label_to_fill, label_unfilled
from rosterplan.messages.words import decimal
from rosterplan.report.proof_words import squared
from rosterplan.report.tableau.book import Column, Row, head, open_book, set_columns, table
from rosterplan.report.tableau.page import set_page


@dataclass(frozen=True)
class ScenarioColumn:
    """One column: its name, what was changed in words, and its figures (`explain.measures.Measures`)."""

    name: str
    steps: tuple[str, ...]
    measures: Any
    sectors: dict[str, str]


def figure_rows(columns: Sequence[ScenarioColumn]) -> list[tuple[str, list[str]]]:
    """Name and values, column by column; amounts only where rates are known."""
    found = [
        (name, [read(column.measures) for column in columns])
        for name, read in _figures(columns[0].measures.unit if columns else "duty")
    ]
    if any(column.measures.cents is not None for column in columns):
        name = say(fr="Forfaits (euros)", en="Pay (euros)")
        found.append((name, [_euros(column.measures) for column in columns]))
    return found


def _figures(unit: Counted) -> list[tuple[str, Any]]:
    return [
        (begun(label_to_fill(unit)), lambda one: str(one.needed)),
        (begun(label_unfilled(unit)), lambda one: str(one.unfilled)),
        (say(fr="Médecins au tableau", en="Doctors on the roster"), lambda one: str(one.doctors)),
        (say(fr="Gardes par médecin, en moyenne", en="Duties per doctor, mean"), lambda one: decimal(round(100 * one.mean_load))),
        (say(fr="Gardes du plus chargé", en="Duties of the busiest"), lambda one: str(one.most_load)),
        (say(fr="Week-ends par médecin, en moyenne", en="Weekends per doctor, mean"), lambda one: decimal(round(100 * one.mean_weekends))),
        (say(fr="Week-ends du plus pris", en="Weekends of the most taken"), lambda one: str(one.most_weekends)),
        (say(fr="Juste répartition (somme des écarts au carré)", en="Fairness (sum of squared deviations)"), lambda one: squared(one.fairness)),
        (say(fr="Écart moyen à la part, en gardes", en="Mean deviation from the share, in duties"), lambda one: decimal(round(100 * one.mean_deviation))),
        (say(fr="Vœux refusés (points)", en="Wishes refused (points)"), lambda one: str(one.wishes)),
        (say(fr="Règles non respectées", en="Broken rules"), lambda one: str(one.broken)),
    ]  # fmt: skip


def _euros(measures: Any) -> str:
    if measures.cents is None:
        return "–"
    more = (
        say(fr=f" (+ {measures.unpaid} sans tarif)", en=f" (+ {measures.unpaid} without a rate)")
        if measures.unpaid
        else ""
    )
    return decimal(measures.cents) + more


def scenarios_xlsx(title: str, columns: Sequence[ScenarioColumn]) -> bytes:
    """The workbook: figures side by side, what each scenario changes, and unfilled duties by sector."""
    book, buffer = open_book(title, title)
    names = [column.name for column in columns]
    heads = [Column("", 46, ("cell",)), *(Column(name, 20, ("cell", "centre")) for name in names)]
    changes = Row((say(fr="Changements", en="Changes"), *("\n".join(column.steps) or "–" for column in columns)), ("wrap", "top"), 15.0 * (1 + max(sum(len(step) // 20 + 1 for step in column.steps) for column in columns)))  # fmt: skip
    rows = [changes, *(Row((name, *values)) for name, values in figure_rows(columns))]
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
