"""What a person changed in a `tableau.xlsx`, or chose in a meeting: who holds what now, and which cells must stay.

Only ``Garde``, ``Médecin`` and ``Verrou`` of sheet `Liste` are read. A cell is changed when it differs from what the
hidden sheet `_origine` says was written there, never from a file beside it. A table without `_origine`, or the sheet
« Choix en réunion » of a sector, is a choice: every name in it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Instance, Lock
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.sheets.cells.names import Names, names_of_doctors
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.tables import Record, Table, as_text, read_table
from rosterplan.sheets.cells.text import fold
from rosterplan.sheets.cells.values import read_yes_no
from rosterplan.sheets.cells.workbook import read_workbook
from rosterplan.sheets.tableau.duties import POSITION_COLUMNS, Duties, no_position, sheet_of_positions
from rosterplan.sheets.tableau.origin import TableauOrigin, Written, strange_origin, tableau_origin, touched_sheets

LEFT_EMPTY: Final = frozenset(
    {"laissee vide", "laisser vide", "vide", "personne", "non pourvue", "-", "x", "left empty", "empty"}
)
"""What people write in a cell they mean to leave without a doctor."""


@dataclass(frozen=True)
class Change:
    """A position a person changed: who was written, who stands there now, and the cell."""

    duty: str
    before: str | None
    after: str | None
    cell: str = ""


@dataclass(frozen=True)
class TableauReading:
    """A table read back. ``roster`` is what it says now; ``locks`` are the cells changed by hand or marked `Verrou`."""

    roster: Roster = field(default_factory=Roster)
    locks: tuple[Lock, ...] = ()
    changed: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    choice: bool = False
    """True where there is no `_origine` to compare with: every name is a decision."""
    freed: tuple[str, ...] = ()
    """Duties whose `Verrou` was erased: given back to the solver."""
    locked_empty: frozenset[str] = frozenset()
    """Duties with an empty position marked `Verrou`: nobody, whatever is asked."""
    input_sha256: str = ""
    named: frozenset[str] = frozenset()
    """Duties a choice has a row for, held or not."""

    def completing(self) -> tuple[Lock, ...]:
        """The decisions that hold under `--complete`: a cell cleared without `Verrou` is one more to fill."""
        return tuple(lock for lock in self.locks if lock.doctor is not None or lock.duty in self.locked_empty)


@dataclass(frozen=True)
class _Position:
    """One row: a duty, who stands there, whether it is locked, and where it was read."""

    duty: str
    doctor: str | None
    locked: bool
    cell: str


@dataclass(frozen=True)
class _Rows:
    """The rows that could be read, and the duties of those that could not."""

    positions: tuple[_Position, ...]
    unreadable: frozenset[str]


def read_tableau(path: Path, instance: Instance, *, signed_by: str = "", every_row: bool = False) -> TableauReading:
    """What the table at ``path`` says now; changes are signed ``signed_by``. User data never raises.

    ``every_row``: a row with a date and no doctor speaks of its duty too: nobody was there.
    """
    workbook = read_workbook(path)
    if not workbook.readable:
        return TableauReading(problems=workbook.problems)
    origin = tableau_origin(workbook)
    if origin is not None and (strange := strange_origin(origin, instance, workbook.file)) is not None:
        return TableauReading(problems=(strange,))
    sheet, problems = sheet_of_positions(workbook)
    if sheet is None:
        return TableauReading(problems=tuple(problems))
    table = read_table(sheet, POSITION_COLUMNS)
    problems += table.problems
    rows = _positions(table, instance, problems, every_row=every_row)
    if origin is None:
        if not rows.positions and not problems:
            return TableauReading(problems=(no_position(sheet),))
        return _choice(instance, rows.positions, problems, signed_by)
    problems += touched_sheets(workbook, origin)
    return _corrected(instance, origin, rows, problems, Place(workbook.file, sheet.name), signed_by)


def _positions(table: Table, instance: Instance, problems: list[Problem], *, every_row: bool) -> _Rows:
    duties, names = Duties(instance), names_of_doctors(instance.doctors)
    positions: list[_Position] = []
    unreadable: set[str] = set()
    for record in table.records:
        dated = every_row and record.value("date") is not None
        if record.value("duty") is None and record.value("doctor") is None and not dated:
            continue
        duty = duties.of(record)
        if isinstance(duty, Problem):
            problems.append(duty)
            continue
        position = _position(record, duty.id, names, problems)
        if position is None:
            unreadable.add(duty.id)
        else:
            positions.append(position)
    return _Rows(tuple(positions), frozenset(unreadable))


def _position(record: Record, duty: str, names: Names, problems: list[Problem]) -> _Position | None:
    doctor = None
    if (said := record.value("doctor")) is not None and fold(as_text(said)).strip(" .()") not in LEFT_EMPTY:
        found = names.find(said)
        if isinstance(found, Problem):
            problems.append(record.place("doctor", found))
            return None
        doctor = found
    locked = record.read("lock", read_yes_no, problems) or False
    return _Position(duty, doctor, locked, record.cell("doctor"))


def _choice(
    instance: Instance, positions: Sequence[_Position], problems: list[Problem], signed_by: str
) -> TableauReading:
    """A table without `_origine`: each name is a decision; an empty cell is free unless it is locked."""
    why = say(fr="choisi par le secteur", en="chosen by the sector")
    locks: dict[tuple[str, str | None], Lock] = {}
    for position in positions:
        if position.doctor is not None or position.locked:
            key = position.duty, position.doctor
            locks.setdefault(key, Lock(duty=position.duty, doctor=position.doctor, who=signed_by, why=why))
    changed = tuple(Change(one.duty, None, one.doctor, one.cell) for one in positions if one.doctor is not None)
    ordered = _in_order(instance, locks.values())
    return TableauReading(
        _roster(positions, ordered), ordered, changed, tuple(problems), choice=True,
        locked_empty=_locked_empty(positions), named=frozenset(one.duty for one in positions),
    )  # fmt: skip


def _locked_empty(positions: Iterable[_Position]) -> frozenset[str]:
    return frozenset(position.duty for position in positions if position.locked and position.doctor is None)


def _corrected(
    instance: Instance, origin: TableauOrigin, rows: _Rows, problems: list[Problem], place: Place, signed_by: str
) -> TableauReading:
    """A tableau of ours: cells that differ from `_origine`, and those marked `Verrou`, are decisions."""
    now = _with_removed_rows(origin, rows, instance, problems, place)
    changed: list[Change] = []
    locks: dict[tuple[str, str | None], Lock] = {}
    freed: list[str] = []
    for duty, positions in now.items():
        written = origin.positions.get(duty, ())
        changes = list(_changes(duty, written, positions))
        changed += changes
        decided = _decided(positions, changes)
        locks |= {(duty, doctor): _lock(instance, duty, doctor, signed_by) for doctor in decided}
        if any(one.locked for one in written) and not any(position.locked for position in positions):
            freed.append(duty)
    problems += [_twice(instance, position, place) for positions in now.values() for position in _repeated(positions)]
    ordered = _in_order(instance, locks.values())
    roster = _roster([position for positions in now.values() for position in positions], ordered)
    return TableauReading(
        roster, ordered, tuple(changed), tuple(problems), freed=tuple(freed), input_sha256=origin.input_sha256,
        locked_empty=_locked_empty(position for positions in now.values() for position in positions),
    )  # fmt: skip


def _with_removed_rows(
    origin: TableauOrigin, rows: _Rows, instance: Instance, problems: list[Problem], place: Place
) -> dict[str, list[_Position]]:
    """The positions of each duty; those whose row was deleted, or could not be read, stand as they were written."""
    now: dict[str, list[_Position]] = {}
    for position in rows.positions:
        now.setdefault(position.duty, []).append(position)
    removed = 0
    for duty, written in origin.positions.items():
        if duty not in instance.duty_by_id:
            continue
        gone = _rows_removed(written, now.get(duty, []))
        now.setdefault(duty, []).extend(_Position(duty, one.doctor, one.locked, "") for one in gone)
        removed += 0 if duty in rows.unreadable else len(gone)
    if removed:
        problems.append(_removed(place, removed))
    return now


def _repeated(positions: Sequence[_Position]) -> list[_Position]:
    """Positions that give a duty a second time to a doctor who holds it already."""
    seen: set[str] = set()
    again: list[_Position] = []
    for position in positions:
        if position.doctor is not None and position.doctor in seen:
            again.append(position)
        seen |= {position.doctor} if position.doctor else set()
    return again


def _rows_removed(written: Sequence[Written], now: Sequence[_Position]) -> list[Written]:
    """The positions whose row was deleted from the sheet: they stand as they were written."""
    missing = len(written) - len(now)
    if missing <= 0:
        return []
    present = [position.doctor for position in now]
    gone = [one for one in written if one.doctor not in present]
    return gone[:missing]


def _changes(duty: str, written: Sequence[Written], now: Sequence[_Position]) -> Iterator[Change]:
    """What differs between the positions of a duty as written and as they stand; their order does not count."""
    before = [one.doctor for one in written]
    after: list[_Position] = []
    for position in now:
        if position.doctor in before:
            before.remove(position.doctor)
        else:
            after.append(position)
    for number, position in enumerate(after):
        yield Change(duty, before[number] if number < len(before) else None, position.doctor, position.cell)


def _decided(rows: Sequence[_Position], changes: Sequence[Change]) -> list[str | None]:
    """Doctors a person decided for a duty; None among them if a position is left empty, the others then stay too."""
    decided = [change.after for change in changes] + [position.doctor for position in rows if position.locked]
    if None in decided:
        decided += [position.doctor for position in rows if position.doctor is not None]
    return list(dict.fromkeys(decided))


def _lock(instance: Instance, duty: str, doctor: str | None, signed_by: str) -> Lock:
    """The lock of a position; one already signed keeps who and why."""
    known: Mapping[tuple[str, str | None], Lock] = {(lock.duty, lock.doctor): lock for lock in instance.locks}
    why = say(fr="laissée vide dans le tableau", en="left empty in the tableau") if doctor is None else say(
        fr="corrigée ou verrouillée dans le tableau", en="corrected or locked in the tableau")  # fmt: skip
    return known.get((duty, doctor)) or Lock(duty=duty, doctor=doctor, who=signed_by, why=why)


def _in_order(instance: Instance, locks: Iterable[Lock]) -> tuple[Lock, ...]:
    rank = {duty.id: number for number, duty in enumerate(instance.duties)}
    return tuple(sorted(locks, key=lambda lock: (rank[lock.duty], lock.doctor or "")))


def _roster(positions: Sequence[_Position], locks: Sequence[Lock]) -> Roster:
    """The positions held, as a roster, each doctor once per duty."""
    locked = {(lock.duty, lock.doctor) for lock in locks}
    held = dict.fromkeys((one.duty, one.doctor) for one in positions if one.doctor is not None)
    return Roster(
        assignments=tuple(
            Assignment(duty=duty, doctor=doctor, locked=(duty, doctor) in locked) for duty, doctor in sorted(held)
        )
    )


def _twice(instance: Instance, position: _Position, place: Place) -> Problem:
    name = instance.doctor_by_id[position.doctor or ""].name
    return problem_at(
        Place(place.file, place.sheet, position.cell), "doctor-twice", severity="avertissement",
        found=say(fr=f"{name} deux fois sur la même garde", en=f"{name} twice on the same duty"),
        wanted=say(fr="des médecins différents", en="different doctors"),
        remedy=say(fr="Compté une seule fois : l’autre place reste à pourvoir.", en="Counted once: the other place remains to be filled."),
    )  # fmt: skip


def _removed(place: Place, count: int) -> Problem:
    return problem_at(
        place, "rows-removed", severity="avertissement", found=plural(count, say(fr="ligne supprimée", en="row deleted"), say(fr="lignes supprimées", en="rows deleted")),
        wanted=say(fr="toutes les lignes de la feuille", en="every row of the sheet"),
        remedy=say(fr="Elles sont reprises telles qu’écrites. Pour laisser une garde sans médecin, videz la case « Médecin ».",
                   en="They are kept as written. To leave a duty without a doctor, empty the cell “Médecin”."),
    )  # fmt: skip
