"""Folders of seasons, régulation, agendas, Maine-et-Loire and Vendée: readable, of the sizes their README gives."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.folders.agendas import AGENDAS
from rosterplan.rules.admission import admitted
from rosterplan.rules.book import rule_book
from tests.unit.test_instances import documented_sizes, instance_of, luhn_holds, reading

FOLDERS = (*AGENDAS, "49-pdsa", "85-pdsa")


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_reads_without_an_error_and_has_the_sizes_of_the_readme(name: str) -> None:
    assert [problem for problem in reading(name).problems if problem.severity == "erreur"] == []
    instance = instance_of(name)
    tables = admitted(instance, [rule for rule in rule_book(instance) if rule.strength.kind != "soft"])
    assert documented_sizes()[name] == (
        len(instance.lines), len(instance.duties), sum(duty.need_min for duty in instance.duties), len(instance.doctors),
        len(instance.answered), sum(int(table.mask.sum()) for table in tables), len(instance.history),
    )  # fmt: skip
    assert not any(luhn_holds(doctor.rpps) for doctor in instance.doctors)
    assert all(doctor.email.endswith(".invalid") for doctor in instance.doctors)


def test_seasons_of_2024_2025_have_the_duties_counted_on_the_calendar() -> None:
    nantes = Counter((duty.band, duty.minutes) for duty in instance_of("44-pediatrie-nantes").duties)
    assert nantes == {("samedi", 480): 22, ("dimanche", 720): 26}
    angers = Counter((duty.band, duty.minutes) for duty in instance_of("49-pediatrie-angers").duties)
    assert angers == {("samedi", 360): 15, ("dimanche", 360): 14}


def test_the_shared_agenda_wants_the_2001_slots_of_its_year() -> None:
    instance = instance_of("44-snp-chateaubriant")
    assert sum(demand.need for demand in instance.demands) == 2001
    assert len({duty.doctor for duty in instance.duties}) == 25
