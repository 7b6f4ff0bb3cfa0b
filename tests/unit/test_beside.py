"""Work done in a second process gives what it gives here, whatever becomes of that process."""

import os

import pytest

from rosterplan.sheets import beside
from rosterplan.sheets.beside import Beside

HERE = os.getpid()


@pytest.fixture
def splits(monkeypatch):
    """A system that splits a process for nothing, as on Linux with two processors."""
    if not hasattr(os, "fork"):
        pytest.skip("this system does not split processes")
    monkeypatch.setattr(beside, "_can_split", lambda: True)


def test_the_work_is_done_in_another_process_where_that_is_worth_it(splits):
    assert Beside(os.getpid).result() != HERE
    assert Beside(os.getpid, worth_it=False).result() == HERE


def test_without_a_second_process_the_work_is_done_here(monkeypatch):
    monkeypatch.setattr(beside, "_can_split", lambda: False)
    assert Beside(os.getpid).result() == HERE


def test_a_process_that_dies_costs_its_time_alone(splits):
    def dies_elsewhere() -> int:
        if os.getpid() != HERE:
            os._exit(9)
        return 7

    assert Beside(dies_elsewhere).result() == 7


def test_a_process_the_system_refuses_costs_nothing(splits, monkeypatch):
    def refuses(self: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(Beside, "_start", refuses)
    assert Beside(os.getpid).result() == HERE


def test_a_fault_of_the_work_is_raised_here(splits):
    def faulty() -> int:
        raise ValueError("our fault")

    with pytest.raises(ValueError, match="our fault"):
        Beside(faulty).result()


def test_answers_read_beside_are_those_read_here(tmp_path, monkeypatch):
    """Files of every kind, in the order of their names, problems in their order."""
    from rosterplan.sheets.answers import read

    monkeypatch.setattr(read, "MANY_FILES", 2)
    for number in range(5):
        (tmp_path / f"{number}.csv").write_text(
            "Médecin;Date;Réponse\nNobody;05/04/2027;impossible\n", encoding="utf-8"
        )
    found = []
    for split in (True, False):
        monkeypatch.setattr(beside, "_can_split", lambda split=split: split and hasattr(os, "fork"))
        found.append(read.read_answers(tmp_path, _instance(), ()))
    assert found[0].files == found[1].files
    assert [file.file for file in found[0].files] == [f"{number}.csv" for number in range(5)]
    assert found[0].problems == found[1].problems != ()


def _instance():
    from tests.exact.harness import a_doctor, a_duty, an_instance

    return an_instance((a_duty("2027-04-05 20:00", 4),), (a_doctor("A"),))
