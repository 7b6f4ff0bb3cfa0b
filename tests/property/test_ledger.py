"""The ledger over the years: balances sum to nothing, whatever happens; what leaves in a workbook comes back the same."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from rosterplan.domain.ledger_layout import cells_of_values, values_of_cells
from rosterplan.domain.people import DateSpan
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.versions import served_as_planned, serving
from rosterplan.ledger import open_ledger, record_changes
from rosterplan.ledger.accounts import balances, choose_decay
from rosterplan.ledger.closing import Signed, close_plan
from rosterplan.ledger.exchange import make_ledger, tables_of
from rosterplan.ledger.published import in_force
from rosterplan.ledger.reckoning import balances_of
from rosterplan.ledger.rosters import take_in
from rosterplan.ledger.verify import faults
from rosterplan.report.ledger_book import ledger_xlsx
from rosterplan.report.publication.agenda import _of_doctors, planned
from rosterplan.report.publication.edition import Earlier
from rosterplan.sheets.ledger_book import read_ledger_book
from tests.ledger_factory import GROUPS, WHEN, change, doctor, published_quarter, quarter, random_roster

FAR = date(2040, 1, 1)


def sums(amounts) -> dict[tuple[str, str], int]:
    found = defaultdict(int)
    for (_, group, band), amount in amounts.items():
        found[group, band] += amount
    return {cell: total for cell, total in found.items() if total}


def staff(draw: random.Random, quarters: int):
    """Doctors of each quarter: some always there, some come, some leave, some are away for a quarter."""
    people = [doctor(number, GROUPS[number % 2], quota=draw.choice((0.5, 1.0))) for number in range(6)]
    for number in range(quarters):
        if draw.random() < 0.5:
            people.append(doctor(10 + number, draw.choice(GROUPS)))
        leavers = [one for one in people if sum(other.sectors == one.sectors for other in people) > 2]
        if leavers and draw.random() < 0.4:
            people.remove(draw.choice(leavers))
        away = draw.choice(people).id if draw.random() < 0.5 else None
        yield [
            one.model_copy(update={"long_absences": (DateSpan(start=date(2026, 1, 1), end=FAR),)}) if one.id == away else one
            for one in people
        ]  # fmt: skip


def live_through(folder: Path, draw: random.Random, quarters: int, *, decay: int) -> Path:
    """Publish, change and close each quarter in turn; return the ledger."""
    path = folder / "registre.sqlite"
    with open_ledger(path) as ledger:
        if decay:
            choose_decay(ledger, decay, WHEN.isoformat())
    for number, people in enumerate(staff(draw, quarters)):
        with open_ledger(path) as ledger:
            first = quarter(number, people)
            carried = balances_of(balances(ledger, first.period.start))
        instance = first.changed(balances=carried)
        roster = random_roster(draw, instance)
        out = folder / instance.id
        published_quarter(out, instance, roster)
        swap_some(draw, path, out, instance, roster)
        with open_ledger(path) as ledger:
            take_in(ledger, out, instance.id)
            served = served_as_planned(in_force(ledger, instance.id).roster)
            close_plan(ledger, instance.id, served, Signed("coordination", WHEN, seed=1))
    return path


def swap_some(draw: random.Random, path: Path, out: Path, instance, roster: Roster) -> None:
    """A replacement, a gift, and an exchange in which both halves change hands."""
    for kind in ("remplacement", "don", "echange"):
        one, other = draw.sample(roster.assignments, 2)
        if one.doctor == other.doctor:
            continue
        changes = [change(kind, one.duty, one.doctor, other.doctor)]
        if kind == "echange":
            changes.append(change(kind, other.duty, other.doctor, one.doctor))
        try:
            record_changes(path, out, instance.id, changes)
        except Exception as error:
            assert "ne tient pas" in str(error) or "déjà" in str(error)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from((0, 0, 25)))
def test_balances_sum_to_nothing_in_every_group_and_band_over_the_quarters(seed: int, decay: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = live_through(Path(place), random.Random(seed), 4, decay=decay)
        with open_ledger(path) as ledger:
            for number in range(1, 5):
                assert sums(balances(ledger, quarter(number, ()).period.start)) == {}
            assert faults(ledger) == ()


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 10**6))
def test_export_then_import_is_the_same_ledger(seed: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = live_through(Path(place), random.Random(seed), 2, decay=0)
        with open_ledger(path) as ledger:
            before = tables_of(ledger)
            content = ledger_xlsx(balances(ledger), {}, before)
        book = Path(place) / "registre.xlsx"
        book.write_bytes(content)
        tables, problems = read_ledger_book(book)
        assert problems == ()
        again = Path(place) / "autre.sqlite"
        make_ledger(again, tables)
        with open_ledger(again) as ledger:
            assert tables_of(ledger) == before
            assert ledger_xlsx(balances(ledger), {}, tables_of(ledger)) == content


@given(st.lists(st.none() | st.integers(-(10**9), 10**9) | st.text(max_size=40), max_size=8))
def test_any_row_comes_back_from_its_cells(row) -> None:
    assert values_of_cells(cells_of_values(row)) == row


def test_long_texts_go_on_over_several_cells() -> None:
    row = ["a b" * 40_000, 3, None, "é\n" * 20_000]
    cells = cells_of_values(row)
    assert values_of_cells(cells) == row
    assert max(len(cell) for cell in cells if isinstance(cell, str)) < 32_767


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 5))
def test_importing_each_version_in_turn_leaves_exactly_the_duties_held(seed: int, count: int) -> None:
    """A calendar program keeps, of each UID, the event of the highest SEQUENCE, and drops those cancelled."""
    draw = random.Random(seed)
    instance = quarter(0, [doctor(number, GROUPS[number % 2]) for number in range(6)])
    versions = []
    roster = random_roster(draw, instance)
    for number in range(1, count + 1):
        versions.append(Earlier(number, "projet" if number == 1 else "definitif", instance, roster))
        moved = [
            one.model_copy(update={"replaced_by": draw.choice(instance.doctors).id, "kind": "remplacement"})
            if draw.random() < 0.2 else Assignment(duty=one.duty, doctor=one.doctor)
            for one in roster.assignments
            if draw.random() < 0.95
        ]  # fmt: skip
        roster = Roster(assignments=tuple(moved))
    programs: dict[tuple[str, str], tuple[int, bool]] = {}
    imported = list(range(1, count + 1))
    draw.shuffle(imported)
    for last in [*imported, count]:
        for event in planned(versions[:last], _of_doctors):
            key = event.owner, event.duty
            if key not in programs or event.sequence >= programs[key][0]:
                programs[key] = event.sequence, event.held
    held = {(serving(one), one.duty) for one in versions[-1].roster.assignments}
    assert {key for key, (_, there) in programs.items() if there} == held


def test_a_calendar_is_read_back_by_the_library() -> None:
    from rosterplan.report.publication.agenda import Entry, Planned, _event, uid_of

    entry = Entry(WHEN, WHEN.replace(hour=23), "Garde – Évron", "MMG d’Évron", "CONFIRMED")
    content = Calendar()
    content.add_component(_event("plan", Planned("M1", "duty", 3, entry, held=False), WHEN))
    (event,) = Calendar.from_ical(content.to_ical()).walk("VEVENT")
    assert (str(event["uid"]), int(event["sequence"]), str(event["status"])) == (
        uid_of("plan", "M1", "duty"),
        3,
        "CANCELLED",
    )
    assert event.decoded("dtstart") == WHEN
