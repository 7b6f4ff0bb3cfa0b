"""Tables found in sheets: headings matched as people write them, one record per filled row, each cell with its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, TypeVar

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.sheets.cells.text import bare, clipped, close_to, did_you_mean
from rosterplan.sheets.cells.workbook import CellValue, Sheet, address

T = TypeVar("T")

HEADING_SEARCHED_ROWS = 20


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its French heading is what users see, ``synonyms`` what they may write instead.

    ``choices`` are offered in a drop-down, or the identifiers of sheet ``source``; ``many`` cells hold a list of them.
    ``look`` is how its cells are shown; a ``rare`` column is folded away while it is empty.
    """

    key: str
    heading: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    help: str = ""
    choices: tuple[str, ...] = ()
    source: str = ""
    many: bool = False
    look: Literal["text", "date", "number"] = "text"
    rare: bool = False
    width: int = 14

    @property
    def names(self) -> frozenset[str]:
        """Every accepted heading, letters and digits only."""
        return frozenset(bare(name) for name in (self.heading, self.key, *self.synonyms))


@dataclass(frozen=True)
class SheetLayout:
    """A sheet: its name, what it is for (shown above the table), its columns in order."""

    key: str
    name: str
    about: str
    columns: tuple[Column, ...]
    synonyms: tuple[str, ...] = ()
    required: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every accepted name."""
        return (self.name, *self.synonyms)


@dataclass(frozen=True)
class Record:
    """One filled row of a table."""

    sheet: Sheet
    row: int
    column_of: Mapping[str, int]
    heading_row: int | None = None

    def value(self, key: str) -> CellValue:
        """The value of a column in this row; None if the cell is empty or the column absent."""
        column = self.column_of.get(key)
        return None if column is None else self.sheet.at(self.row, column)

    def text(self, key: str) -> str:
        """The cell as text, "" if empty."""
        return as_text(self.value(key))

    def cell(self, key: str) -> str:
        """« B7 »; the row alone where the column is absent, unless it has only one."""
        alone = next(iter(self.column_of.values())) if len(self.column_of) == 1 else None
        column = self.column_of.get(key, alone)
        return str(self.row + 1) if column is None else address(self.row, column)

    def heading(self, key: str) -> str:
        """The words above a column as the sheet has them, « Nom »; "" where there are none."""
        column = self.column_of.get(key)
        if column is None or self.heading_row is None:
            return ""
        return as_text(self.sheet.at(self.heading_row, column)).strip()

    @property
    def name(self) -> str:
        """« Règles!7 »."""
        return f"{self.sheet.name}!{self.row + 1}"

    def place(self, key: str, problem: Problem) -> Problem:
        """The problem, with the file, sheet and cell it was found in."""
        return problem.model_copy(
            update={"file": self.sheet.file, "sheet": self.sheet.name, "cell": self.cell(key)},
        )

    def read(
        self, key: str, parse: Callable[[CellValue], T | Problem], problems: list[Problem], *, required: bool = False
    ) -> T | None:
        """What the cell means; None if it is empty or unreadable, the latter added to ``problems`` (and emptiness, if required)."""
        value = self.value(key)
        if value is None:
            if required and (self.row, self.column_of.get(key, -1)) not in self.sheet.uncomputed:
                problems.append(self.place(key, _missing_value(self.heading(key))))
            return None
        parsed = parse(value)
        if isinstance(parsed, Problem):
            problems.append(self.place(key, parsed))
            return None
        return parsed


@dataclass(frozen=True)
class Table:
    """The records under the heading row of a sheet (``heading_row`` from 0), and what was odd in its headings."""

    sheet: Sheet
    heading_row: int
    column_of: Mapping[str, int]
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


def as_text(value: CellValue) -> str:
    """A cell as a person would read it aloud: whole numbers without « .0 », dates as 03/03/2027, « oui » for true."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y %H:%M" if isinstance(value, datetime) else "%d/%m/%Y")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return f"{value:.15g}".replace(".", ",") if isinstance(value, float) else str(value)


def _missing_value(heading: str) -> Problem:
    """An empty cell where a value is needed, in the column of that ``heading`` ("" if it bears none)."""
    column = say(fr=f" dans la colonne « {heading} »", en=f" in column “{heading}”") if heading else ""
    return Problem(
        severity="erreur",
        code="value-missing",
        found=say(fr=f"une cellule vide{column}", en=f"an empty cell{column}"),
        wanted=say(fr="une valeur", en="a value"),
        remedy=say(fr="Remplissez cette cellule.", en="Fill this cell in."),
    )


def read_table(sheet: Sheet, columns: Sequence[Column], *, searched_rows: int = HEADING_SEARCHED_ROWS) -> Table:
    """The table of a sheet: headings are sought in its first rows, whatever their order, accents, case or spaces."""
    heading_row, column_of = _heading_row(sheet, columns, searched_rows)
    problems = [*_unknown_headings(sheet, heading_row, columns, column_of)]
    problems += _missing_columns(sheet, columns, column_of)
    problems += uncomputed_problems(sheet, first_row=heading_row)
    used = sorted(column_of.values())
    records = tuple(
        Record(sheet, row, column_of, heading_row)
        for row in range(heading_row + 1, len(sheet.rows))
        if any(column < len(sheet.rows[row]) and sheet.rows[row][column] is not None for column in used)
    )
    return Table(sheet, heading_row, column_of, records, tuple(problems))


def _heading_row(sheet: Sheet, columns: Sequence[Column], searched_rows: int) -> tuple[int, dict[str, int]]:
    """The row that holds the most known headings, and the column of each; the first of equals."""
    best_row = 0
    best: dict[str, int] = {}
    for row in range(min(searched_rows, len(sheet.rows))):
        found = _headings(sheet.rows[row], columns)
        if len(found) > len(best):
            best_row, best = row, found
    return best_row, best


def _headings(cells: Sequence[CellValue], columns: Sequence[Column]) -> dict[str, int]:
    key_of = {name: column.key for column in columns for name in column.names}
    found: dict[str, int] = {}
    for position, cell in enumerate(cells):
        if isinstance(cell, str) and (key := key_of.get(bare(cell))):
            found.setdefault(key, position)
    return found


def _unknown_headings(sheet: Sheet, row: int, columns: Sequence[Column], column_of: Mapping[str, int]) -> list[Problem]:
    known = set(column_of.values())
    missing = [column for column in columns if column.key not in column_of]
    problems = []
    for position, cell in enumerate(sheet.rows[row] if sheet.rows and column_of else ()):
        if position in known or not isinstance(cell, str) or cell.startswith("_"):
            continue
        near = close_to(cell, [column.heading for column in missing]) or _named_within(cell, missing)
        twice = bare(cell) in {name for column in columns for name in column.names}
        problems.append(
            Problem(
                severity="avertissement" if near or twice else "information",
                code="column-twice" if twice else "column-unknown",
                file=sheet.file,
                sheet=sheet.name,
                cell=address(row, position),
                found=f"« {clipped(cell)} »",
                wanted=say(fr="une colonne connue, une seule fois", en="a known column, once"),
                remedy=did_you_mean(near) or say(fr="Cette colonne n’est pas lue.", en="This column is not read."),
            )
        )
    return problems


def _named_within(heading: str, columns: Sequence[Column]) -> str | None:
    """The column whose name is a word of a longer heading: « Secteur de garde du médecin » is « Secteurs » renamed."""
    words = {bare(word) for word in heading.split()}
    return next((column.heading for column in columns if len(words) > 1 and words & column.names), None)


def _missing_columns(sheet: Sheet, columns: Sequence[Column], column_of: Mapping[str, int]) -> list[Problem]:
    return [
        Problem(
            severity="erreur",
            code="column-missing",
            file=sheet.file,
            sheet=sheet.name,
            found=say(fr="colonne absente", en="column missing"),
            wanted=say(fr=f"une colonne « {column.heading} »", en=f"a column “{column.heading}”"),
            remedy=say(
                fr="Ajoutez cette colonne, ou redonnez-lui ce titre si elle a été renommée.",
                en="Add this column, or give it this heading again if it was renamed.",
            ),
        )
        for column in columns
        if column.required and column.key not in column_of
    ]


def uncomputed_problems(sheet: Sheet, *, first_row: int = 0) -> list[Problem]:
    """A problem for each cell whose formula has no stored result or an error; beyond ten, one that counts the rest."""
    places = sorted(place for place in sheet.uncomputed if place[0] >= first_row)
    problems = [_uncomputed(sheet, row, column) for row, column in places[:10]]
    if len(places) > 10:
        rest = len(places) - 10
        problems.append(
            problems[-1].model_copy(
                update={
                    "cell": address(*places[10]),
                    "found": say(fr=f"{rest} autres cellules dans ce cas", en=f"{rest} other such cells"),
                }
            )
        )
    return problems


def _uncomputed(sheet: Sheet, row: int, column: int) -> Problem:
    error = sheet.uncomputed[row, column]
    if error:
        found = say(fr=f"une formule en erreur ({error})", en=f"a formula in error ({error})")
        remedy = say(
            fr="Corrigez la formule ou remplacez-la par sa valeur.",
            en="Correct the formula or replace it by its value.",
        )
    else:
        found = say(fr="une formule dont le résultat n’est pas enregistré", en="a formula whose result is not stored")
        remedy = say(
            fr="Ouvrez le fichier dans Excel ou LibreOffice et enregistrez-le, ou tapez la valeur.",
            en="Open the file in Excel or LibreOffice and save it, or type the value.",
        )
    return Problem(
        severity="erreur",
        code="formula-error" if error else "formula-without-value",
        file=sheet.file,
        sheet=sheet.name,
        cell=address(row, column),
        found=found,
        wanted=say(fr="une valeur", en="a value"),
        remedy=remedy,
    )
