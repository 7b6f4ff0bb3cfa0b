"""The folder `disponibilites/`: what is read, what is not, who answered, what is assumed of the others."""

from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest

from rosterplan.domain.instance import PastDuty
from rosterplan.sheets.answers.missing import unanswered_doctors
from rosterplan.sheets.answers.read import with_answers
from tests.forms_factory import (
    FIXED,
    asking,
    cells_of,
    changed,
    codes,
    department,
    field_cells,
    reading_of,
    said_by,
    the_duty,
    write_form,
)

INSTANCE = department()
QUESTIONS = asking(INSTANCE)
MONDAY = the_duty(INSTANCE, FIXED, date(2027, 1, 4))
CELL, DATED = cells_of(QUESTIONS, "M001")[MONDAY], field_cells(QUESTIONS, "M001")["filled_on"]


def test_without_a_folder_everybody_is_missing(tmp_path):
    reading = reading_of(tmp_path / "nulle part", INSTANCE)
    assert [asked.doctor.id for asked in reading.missing] == ["M001", "M002", "M003", "M004", "M005", "M006"]
    assert not reading.problems


def test_the_planning_folder_or_its_answers_may_be_given(tmp_path):
    write_form(QUESTIONS, "M001", tmp_path / "disponibilites" / "a.xlsx", {CELL: "impossible"})
    assert (
        reading_of(tmp_path, INSTANCE).availability
        == reading_of(tmp_path / "disponibilites", INSTANCE).availability
        != ()
    )


def test_files_that_cannot_be_read_are_all_named(tmp_path):
    (tmp_path / "abime.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "vide.xlsx").write_bytes(b"")
    (tmp_path / "reponse.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "autres").mkdir()
    (tmp_path / "~$a.xlsx").write_bytes(b"x")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    write_form(QUESTIONS, "M001", tmp_path / "bon.xlsx", {CELL: "impossible"})
    reading = reading_of(tmp_path, INSTANCE)
    found = [(one.file, one.code, one.severity) for one in reading.problems]
    assert found == [
        ("abime.xlsx", "file-truncated", "erreur"),
        ("vide.xlsx", "file-empty", "erreur"),
        ("autres", "file-not-read", "avertissement"),
        ("reponse.pdf", "file-not-read", "avertissement"),
    ]
    assert reading.answered == ("M001",)


def test_a_file_set_aside_is_not_read_at_all(tmp_path):
    write_form(QUESTIONS, "M001", tmp_path / "a.xlsx", {CELL: "x"})
    reading = reading_of(tmp_path, INSTANCE, without=["A.XLSX"])
    assert (reading.problems, reading.answered, reading.set_aside_files) == ((), (), ("a.xlsx",))


def test_a_file_set_aside_that_is_not_there_is_said(tmp_path):
    assert codes(reading_of(tmp_path, INSTANCE, without=["b.xlsx"])) == ["set-aside-unknown"]


def test_inputs_are_never_changed(tmp_path):
    path = write_form(QUESTIONS, "M001", tmp_path / "a.xlsx", {CELL: "impossible"})
    before, when = sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns
    reading = reading_of(tmp_path, INSTANCE)
    assert (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) == (before, when)
    assert reading.files[0].sha256 == before


def test_of_two_forms_the_last_one_replaces_the_other_whole(tmp_path):
    tuesday = cells_of(QUESTIONS, "M001")[the_duty(INSTANCE, FIXED, date(2027, 1, 5))]
    write_form(
        QUESTIONS, "M001", tmp_path / "z-ancien.xlsx", {CELL: "impossible", tuesday: "impossible", DATED: "01/10/2026"}
    )
    write_form(QUESTIONS, "M001", tmp_path / "a-nouveau.xlsx", {CELL: "souhaité", DATED: "12/10/2026"})
    reading = reading_of(tmp_path, INSTANCE)
    assert said_by(reading, "M001") == {MONDAY: ["wish"]}
    assert [(one.code, one.file, one.severity) for one in reading.problems] == [
        ("form-twice", "z-ancien.xlsx", "avertissement")
    ]
    assert len(reading.of_doctor["M001"].set_aside) == 1


def test_two_forms_that_no_date_tells_apart_are_named_with_the_way_out(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_form(QUESTIONS, "M001", tmp_path / name, {CELL: "impossible"})
    (problem,) = reading_of(tmp_path, INSTANCE).problems
    assert problem.code == "form-twice" and "--sans" in problem.remedy


def test_the_day_a_form_was_saved_stands_for_the_day_it_was_not_dated(tmp_path):
    write_form(QUESTIONS, "M001", tmp_path / "a.xlsx", {CELL: "impossible"})
    assert reading_of(tmp_path, INSTANCE).of_doctor["M001"].received == date(2026, 10, 5)


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("a-relancer", "à relancer : 28 jours-médecin en attente"),
        ("disponible", "compté disponible : 28 jours-médecin ouverts"),
        ("indisponible", "compté indisponible : 28 jours-médecin en moins"),
        (
            "comme-au-dernier-trimestre",
            "comme au dernier trimestre : 1 garde au plus, 20 jours-médecin ouverts, 8 en moins",
        ),
    ],
)
def test_what_is_assumed_of_who_did_not_answer_is_counted_in_doctor_days(tmp_path, policy, words):
    zone = ZoneInfo("Europe/Paris")
    past = PastDuty(doctor="M003", line=FIXED, start=datetime(2026, 12, 21, 20, tzinfo=zone),
                    end=datetime(2026, 12, 22, 0, tzinfo=zone), band="soiree")  # fmt: skip
    instance = changed(department(missing=policy), history=(past,))
    write_form(QUESTIONS, "M001", tmp_path / "a.xlsx", {CELL: "impossible"})
    reading = reading_of(tmp_path, instance)
    assumed = {one.doctor.id: one.words() for one in unanswered_doctors(instance, reading.missing)}
    assert assumed["M003"] == words
    assert "M001" not in assumed


def test_answers_alone_reach_the_instance_not_what_is_assumed(tmp_path):
    write_form(QUESTIONS, "M001", tmp_path / "a.xlsx", {CELL: "impossible"})
    answered = with_answers(INSTANCE, reading_of(tmp_path, department(missing="indisponible")))
    assert {row.doctor for row in answered.availability} == {"M001"} == set(answered.answered)


def test_nothing_computed_before_the_answers_survives_them(tmp_path):
    assert INSTANCE.availability_of == {}
    assert INSTANCE.doctor_by_id["M001"].maximum is None
    write_form(
        QUESTIONS, "M001", tmp_path / "a.xlsx", {CELL: "impossible", field_cells(QUESTIONS, "M001")["maximum"]: 3}
    )
    answered = with_answers(INSTANCE, reading_of(tmp_path, INSTANCE))
    assert set(answered.availability_of) == {"M001"}
    assert answered.doctor_by_id["M001"].maximum == 3
