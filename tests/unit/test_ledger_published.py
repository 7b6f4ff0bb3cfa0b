"""Published rosters: frozen folders, append-only tables, changes laid over, nothing half-written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from rosterplan.domain.versions import Misfit, laid_over, responsible, serving
from rosterplan.ledger import (
    LedgerError,
    open_ledger,
    published_versions,
    record_changes,
    recorded_changes,
    roster_in_force,
    version_roster,
)
from tests.ledger_factory import change, publish
from tests.report_factory import department


@pytest.fixture(scope="module")
def world():
    return department(sectors=1, doctors=6, seed=3)


@pytest.fixture
def out(tmp_path: Path, world) -> Path:
    publish(tmp_path / "out", world.instance, world.roster)
    return tmp_path / "out"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "registre.sqlite"


def pair(world, place: int = 0):
    """A duty, its titular, and two doctors who do not hold it."""
    held = world.roster.assignments[place]
    others = [doctor.id for doctor in world.instance.doctors if doctor.id not in world.roster.doctors_of[held.duty]]
    return held.duty, held.doctor, others[0], others[1]


def now(ledger: Path, out: Path, world, duty: str):
    found = roster_in_force(ledger, out, world.instance.id)
    assert found is not None
    return [one for one in found.roster.assignments if one.duty == duty]


def test_nothing_published_is_none_and_makes_no_file(tmp_path: Path, ledger: Path) -> None:
    assert roster_in_force(ledger, tmp_path, "plan") is None
    assert published_versions(ledger, tmp_path, "plan") == ()
    assert recorded_changes(ledger, "plan") == ()
    assert not ledger.exists()


def test_a_version_is_read_back_as_it_was_published(ledger, out, world) -> None:
    instance, roster = version_roster(ledger, out, world.instance.id, 1)
    assert instance == world.instance
    assert set(roster.assignments) == set(world.roster.assignments)
    assert set(roster.dues) == set(world.roster.dues)


def test_the_ledger_alone_remembers_a_version_whose_folder_is_gone(tmp_path, ledger, out, world) -> None:
    published_versions(ledger, out, world.instance.id)
    found = roster_in_force(ledger, tmp_path / "elsewhere", world.instance.id)
    assert found is not None and set(found.roster.assignments) == set(world.roster.assignments)


def test_a_replaced_titular_stays_listed_and_answers_for_the_duty(ledger, out, world) -> None:
    duty, titular, other, _ = pair(world)
    record_changes(ledger, out, world.instance.id, [change("remplacement", duty, titular, other)])
    (one,) = now(ledger, out, world, duty)
    assert (one.doctor, one.replaced_by, one.kind) == (titular, other, "remplacement")
    assert (responsible(one), serving(one)) == (titular, other)


def test_who_took_a_duty_in_an_exchange_answers_for_it_even_when_replaced(ledger, out, world) -> None:
    duty, titular, other, third = pair(world)
    record_changes(ledger, out, world.instance.id, [change("echange", duty, titular, other)])
    (one,) = now(ledger, out, world, duty)
    assert (one.doctor, responsible(one)) == (titular, other)
    with pytest.raises(LedgerError, match="ne tient pas"):
        record_changes(ledger, out, world.instance.id, [change("remplacement", duty, titular, third)])
    record_changes(ledger, out, world.instance.id, [change("remplacement", duty, other, third)])
    (one,) = now(ledger, out, world, duty)
    assert (responsible(one), serving(one)) == (other, third)


def test_a_duty_given_back_is_the_titulars_again(world) -> None:
    duty, titular, other, _ = pair(world)
    back = laid_over(world.roster, [change("don", duty, titular, other), change("don", duty, titular, titular)])
    assert back.assignments == world.roster.assignments


def test_both_halves_of_an_exchange_or_neither(ledger, out, world) -> None:
    duty, titular, other, _ = pair(world)
    stranger = change("echange", "no such duty", other, titular)
    with pytest.raises(LedgerError, match="no such duty"):
        record_changes(ledger, out, world.instance.id, [change("echange", duty, titular, other), stranger])
    assert recorded_changes(ledger, world.instance.id) == ()


def test_changes_are_numbered_and_one_agreement_is_one_deal(ledger, out, world) -> None:
    first, titular, other, _ = pair(world)
    second = next(one for one in world.roster.assignments if one.doctor == other and one.duty != first)
    noted = record_changes(
        ledger, out, world.instance.id,
        [change("echange", first, titular, other), change("echange", second.duty, other, titular)],
    )  # fmt: skip
    assert [(one.number, one.deal) for one in noted] == [(1, 1), (2, 1)]
    assert recorded_changes(ledger, world.instance.id) == noted


def test_a_later_version_holds_the_changes_laid_into_it(ledger, out, world) -> None:
    duty, titular, other, _ = pair(world)
    record_changes(ledger, out, world.instance.id, [change("don", duty, titular, other)])
    merged = roster_in_force(ledger, out, world.instance.id)
    publish(out, world.instance, merged.roster, number=2, state="cdom", last_change=1)
    found = roster_in_force(ledger, out, world.instance.id)
    assert (found.version.number, found.changes) == (2, ())
    assert now(ledger, out, world, duty)[0].replaced_by == other


@pytest.mark.parametrize("why", ["malade", "arrêt de travail", "Opérée mardi", "grossesse", "il est à l’hôpital"])
def test_a_reason_of_health_is_never_stored(ledger, out, world, why) -> None:
    duty, titular, other, _ = pair(world)
    record_changes(ledger, out, world.instance.id, [change("remplacement", duty, titular, other, why)])
    assert recorded_changes(ledger, world.instance.id)[0].why == "indisponible"
    assert why.encode() not in ledger.read_bytes()


def test_another_reason_is_kept(ledger, out, world) -> None:
    duty, titular, other, _ = pair(world)
    record_changes(ledger, out, world.instance.id, [change("don", duty, titular, other, "mariage de sa fille")])
    assert recorded_changes(ledger, world.instance.id)[0].why == "mariage de sa fille"


@pytest.mark.parametrize(
    "verb", ["UPDATE changes SET why = 'x'", "DELETE FROM versions", "UPDATE assignments SET doctor = 'x'"]
)
def test_the_database_itself_refuses_to_rewrite_the_past(ledger, out, world, verb) -> None:
    duty, titular, other, _ = pair(world)
    record_changes(ledger, out, world.instance.id, [change("don", duty, titular, other)])
    with open_ledger(ledger) as opened, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        opened.connection.execute(verb)


def test_a_version_changed_on_disk_is_refused_in_words(ledger, out, world) -> None:
    (out / "versions" / "001" / "roster.json").write_bytes(b"{}")
    with pytest.raises(LedgerError, match="modifié ou effacé"):
        published_versions(ledger, out, world.instance.id)


def test_a_number_is_published_once(out, world) -> None:
    with pytest.raises(LedgerError, match="existe déjà"):
        publish(out, world.instance, world.roster)


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be read as one" * 20, b"x"])
def test_what_is_no_ledger_is_refused_and_left_alone(ledger, out, world, content) -> None:
    ledger.write_bytes(content)
    with pytest.raises(LedgerError):
        published_versions(ledger, out, world.instance.id)
    assert ledger.read_bytes() == content


def test_another_programs_database_is_left_alone(ledger, out, world) -> None:
    with sqlite3.connect(ledger) as other:
        other.execute("CREATE TABLE t (x)")
    other.close()
    before = ledger.read_bytes()
    with pytest.raises(LedgerError, match="n’est pas un registre"):
        published_versions(ledger, out, world.instance.id)
    assert ledger.read_bytes() == before


def test_a_ledger_of_a_newer_program_is_refused(ledger, out, world) -> None:
    published_versions(ledger, out, world.instance.id)
    with sqlite3.connect(ledger) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(LedgerError, match="plus récente"):
        published_versions(ledger, out, world.instance.id)


def test_a_change_of_a_hole_needs_who_takes_it(world) -> None:
    with pytest.raises(Misfit):
        laid_over(world.roster, [change("modification", "duty", None, None)])
