"""Results as files: a table of figures for programs (csv), the same for people (Markdown)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured value: of what, by which method."""

    instance: str
    method: str
    measure: str
    value: float | int | str
    unit: str = ""


def csv_text(figures: Sequence[Figure]) -> str:
    """One line per figure."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("instance", "method", "measure", "value", "unit"))
    writer.writerows((one.instance, one.method, one.measure, _plain(one.value), one.unit) for one in figures)
    return buffer.getvalue()


def table(rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[str, str], str], corner: str = "") -> str:
    """A Markdown table; a missing cell is a dash."""
    lines = [_row(corner, columns), f"|---|{'---|' * len(columns)}"]
    lines += [_row(row, [cells.get((row, column), "–") for column in columns]) for row in rows]
    return "\n".join(lines)


def _row(head: str, cells: Sequence[str]) -> str:
    """A row; a bar inside a cell would end it."""
    return "".join(f"| {cell.replace('|', chr(92) + '|')} " for cell in (head, *cells)) + "|"


def write(folder: Path, name: str, markdown: str, figures: Sequence[Figure]) -> None:
    """Write ``name``.md and ``name``.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(markdown, encoding="utf-8", newline="\n")
    (folder / f"{name}.csv").write_text(csv_text(figures), encoding="utf-8", newline="\n")


def _plain(value: float | int | str) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
