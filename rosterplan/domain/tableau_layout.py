"""The part of `tableau.xlsx` that is read back: one layout for who writes it and who reads it.

Sheet ``Liste``: a row per position, held or not; only ``Garde``, ``Médecin`` and ``Verrou`` are read back. Rows may be
sorted, filtered or copied by a person, so a reader finds the row of headings by its names, never by its number alone.
Sheet ``_origine`` (hidden): the same positions as they were written, and what they were made from.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

from rosterplan.domain.roster import Roster

TABLEAU_SCHEMA: Final = 1
"""Written in ``_origine``; a reader refuses, in words, a number it does not know."""

LISTE: Final = "Liste"
ORIGINE: Final = "_origine"

DUTY: Final = "Garde"
"""Column of the duty id; several rows bear the same id where several doctors are needed."""

DOCTOR: Final = "Médecin"
"""Column of the doctor, as ``Doctor.label`` words it; an empty cell is a position nobody holds."""

LOCK: Final = "Verrou"
"""Column of the lock: ``LOCKED`` where the cell must stay as it is, an empty « Médecin » included; else empty."""

LOCKED: Final = "oui"

LISTE_COLUMNS: Final = (
    "Date", "Jour", "Horaires", "Ligne", "Catégorie", "Points", DOCTOR, LOCK, "Remarque", "Secteur", "Lieu", DUTY,
)  # fmt: skip
"""Headings of ``Liste`` in order. Those after « Remarque » are not printed; people read dates, programs read the duty id."""

LISTE_HEADER_ROW: Final = 4
"""Row of the headings of ``Liste`` as written [1-based]; a title and how to use the sheet stand above."""

ORIGINE_COLUMNS: Final = (DUTY, "Position", DOCTOR, LOCK)
"""Headings of ``_origine``: duty id, position [1-based within the duty], doctor **id** or empty, lock."""

ORIGINE_HEADER_ROW: Final = 6
"""Row of the headings of ``_origine`` [1-based]; rows of positions follow."""

ORIGINE_SHEETS: Final = ("Feuille", "Empreinte")
"""Headings of columns F and G of ``_origine``, in the same row: each other visible sheet and its ``texts_sha256``."""

ORIGINE_SHEETS_COLUMN: Final = 6
"""Column of « Feuille » [1-based]."""


class OrigineCells(NamedTuple):
    """Where ``_origine`` says what the workbook was made from: label in column A, value in column B [1-based rows]."""

    schema: int = 1
    instance: int = 2
    input_sha256: int = 3
    roster_sha256: int = 4


ORIGINE_CELLS: Final = OrigineCells()


def texts_sha256(texts: Iterable[tuple[int, int, str]]) -> str:
    """SHA-256 (hex) of the texts of a sheet as (row, column, text), whatever their order; spaces count as one.

    Numbers, dates and empty cells are left out: programs that open a workbook may store them differently.
    """
    plain = ((row, column, " ".join(unicodedata.normalize("NFC", text).split())) for row, column, text in texts)
    lines = sorted(f"{row}\t{column}\t{text}\n" for row, column, text in plain if text)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def roster_sha256(roster: Roster) -> str:
    """SHA-256 (hex) of who holds what and which cells are locked; the order of the assignments does not count."""
    return held_sha256((one.duty, one.doctor, one.locked) for one in roster.assignments)


def held_sha256(held: Iterable[tuple[str, str, bool]]) -> str:
    """The same of (duty id, doctor id, locked) of each position somebody holds."""
    lines = sorted(f"{duty}\t{doctor}\t{int(locked)}\n" for duty, doctor, locked in held)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
