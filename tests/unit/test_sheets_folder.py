"""A planning folder is one instance: the plan, the answers, what is assumed of the silent; or every reason why not."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from rosterplan.domain.instance import Lock, PastDuty
from rosterplan.sheets.folder import FolderReading, read_folder, read_input
from rosterplan.sheets.instance_json import input_sha256, instance_json
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.write import plan_workbook
from rosterplan.sheets.tableau.corrections import corrections_xlsx
from tests.sheets_factory import example

ABOUT = ["Médecin", "Date", "Réponse"]


def choosing(missing: str, content: PlanContent | None = None) -> PlanContent:
    plan = content or example()
    return plan.model_copy(update={"plan": plan.plan.model_copy(update={"missing_answers": missing})})


def folder(path: Path, content: PlanContent, *answers: tuple[str, str, str]) -> Path:
    """A folder with a plan and, in one csv, answers as a coordinator would type them."""
    path.mkdir(exist_ok=True)
    (path / "plan.xlsx").write_bytes(plan_workbook(content))
    if answers:
        (path / "disponibilites").mkdir()
        with (path / "disponibilites" / "saisie.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows([ABOUT, *answers])
    return path


def missing(found: FolderReading) -> dict[str, str]:
    return {one.doctor.id: one.assumed for one in found.unanswered}


def test_a_folder_without_answers_names_every_silent_doctor(tmp_path: Path) -> None:
    found = read_folder(folder(tmp_path, example()))
    assert found.instance is not None and found.instance.answered == ()
    assert len(found.unanswered) == 12 and {problem.severity for problem in found.problems} == {"information"}
    assert len(found.unanswered[0].asked.duties) == 90 == found.unanswered[0].asked.doctor_days
    assert (
        len(found.unanswered[1].asked.duties) == 118 and "118 gardes possibles sur 90 jours" in found.problems[1].remedy
    )


def test_answers_waited_for_are_errors_and_nothing_else_forbids_to_plan(tmp_path: Path) -> None:
    found = read_folder(folder(tmp_path, choosing("a-relancer"), ("EX01", "samedi 9 janvier", "impossible")))
    assert found.instance is None and found.only_answers_missing and found.draft is not None
    assert found.draft.answered == ("EX01",) and len(found.errors) == 11
    assert {problem.code for problem in found.errors} == {"answer-missing"}


def test_the_deadline_is_said_to_be_past_only_after_it(tmp_path: Path) -> None:
    path = folder(tmp_path, choosing("a-relancer"))
    on_time = read_folder(path, today=date(2026, 10, 23)).problems[0].found
    late = read_folder(path, today=date(2026, 10, 24)).problems[0].found
    assert "dépassée" not in on_time and "23/10/2026, dépassée" in late


def test_the_silent_taken_as_unavailable_hold_nothing(tmp_path: Path) -> None:
    found = read_folder(folder(tmp_path, choosing("indisponible"), ("EX01", "09/01/2027", "souhait")))
    assert found.instance is not None
    refused = [row for row in found.instance.availability if row.doctor == "EX02"]
    assert len(refused) == 118 and {row.value for row in refused} == {"impossible"}
    assert all(row.duty for row in found.instance.availability)
    assert [row.value for row in found.instance.availability if row.doctor == "EX01"] == ["wish"]
    silent = [problem for problem in found.problems if problem.code == "answer-missing"]
    assert {problem.severity for problem in silent} == {"avertissement"} and "EX01" not in missing(found)


def test_the_silent_as_in_the_last_quarter_keep_their_bands_and_their_number(tmp_path: Path) -> None:
    made = read_folder(folder(tmp_path / "now", example())).draft
    assert made is not None
    saturday = next(duty for duty in made.duties if duty.band == "samedi")
    held = tuple(
        PastDuty(
            doctor="EX02",
            line=saturday.line,
            start=saturday.start - timedelta(days=days),
            end=saturday.end - timedelta(days=days),
            band="samedi",
        )
        for days in (84, 77, 126)
    )
    content = choosing("comme-au-dernier-trimestre", example().model_copy(update={"history": held}))
    found = read_folder(folder(tmp_path / "then", content))
    assert found.instance is not None
    doctors = {doctor.id: doctor for doctor in found.instance.doctors}
    assert doctors["EX02"].maximum == 2 and doctors["EX01"].maximum == 0
    refused = {row.duty for row in found.instance.availability if row.doctor == "EX02"}
    bands = {duty.band for duty in found.instance.duties if duty.id not in refused}
    assert bands == {"samedi"}
    assert len({row.duty for row in found.instance.availability if row.doctor == "EX01"}) == 90


def test_a_form_set_aside_leaves_its_doctor_silent(tmp_path: Path) -> None:
    path = folder(tmp_path, example(), ("EX01", "09/01/2027", "impossible"))
    assert "EX01" not in missing(read_folder(path))
    aside = read_folder(path, without=("saisie.csv",))
    assert "EX01" in missing(aside) and aside.draft is not None and aside.draft.availability == ()


def test_problems_of_the_plan_and_of_the_answers_are_told_together(tmp_path: Path) -> None:
    spoilt = example()
    twins = (*spoilt.doctors, spoilt.doctors[0])
    found = read_folder(
        folder(tmp_path, spoilt.model_copy(update={"doctors": twins}), ("DUPONT", "09/01/2027", "impossible"))
    )
    assert found.instance is None and not found.only_answers_missing
    assert {"plan.xlsx", "saisie.csv"} <= {problem.file for problem in found.errors}


def test_every_file_read_is_a_source_with_its_hash(tmp_path: Path) -> None:
    path = folder(tmp_path, example(), ("EX01", "09/01/2027", "impossible"))
    draft = read_folder(path).draft
    assert draft is not None
    (path / "corrections.xlsx").write_bytes(corrections_xlsx(draft, (), made_on=date(2026, 11, 1)))
    for source in read_folder(path).sources:
        assert source.sha256 == sha256((path / source.name).read_bytes()).hexdigest()
    assert [source.name for source in read_folder(path).sources] == [
        "plan.xlsx",
        "disponibilites/saisie.csv",
        "corrections.xlsx",
    ]


def test_signed_corrections_become_locks(tmp_path: Path) -> None:
    path = folder(tmp_path, example())
    draft = read_folder(path).draft
    assert draft is not None
    locks = (
        Lock(duty=draft.duties[0].id, doctor="EX01", who="Mme Bertin", why="échange"),
        Lock(duty=draft.duties[1].id, doctor=None),
    )
    (path / "corrections.xlsx").write_bytes(corrections_xlsx(draft, locks, made_on=date(2026, 11, 1)))
    found = read_folder(path)
    assert found.instance is not None and set(found.instance.locks) == set(locks)


def test_a_folder_without_a_plan_or_with_an_unreadable_one_has_no_instance(tmp_path: Path) -> None:
    assert [problem.code for problem in read_folder(tmp_path).problems] == ["file-missing"]
    (tmp_path / "plan.xlsx").write_bytes(b"%PDF")
    found = read_folder(tmp_path)
    assert found.draft is None and [problem.code for problem in found.problems] == ["file-not-a-workbook"]
    assert found.sources[0].sha256 == sha256(b"%PDF").hexdigest()


def test_an_unreadable_answer_forbids_to_plan(tmp_path: Path) -> None:
    path = folder(tmp_path, example(), ("EX01", "09/01/2027", "impossible"))
    (path / "disponibilites" / "dupont.xlsx").write_bytes(b"PK\x03\x04 coupe")
    found = read_folder(path)
    assert found.instance is None and [problem.file for problem in found.errors] == ["dupont.xlsx"]
    assert read_folder(path, without=("dupont.xlsx",)).instance is not None


def test_folder_and_json_are_one_instance(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        choosing("indisponible"),
        ("EX01", "du 9 au 24 janvier", "impossible"),
        ("EX02", "samedi 6 mars", "souhait"),
    )
    made = read_folder(path).instance
    assert made is not None
    (tmp_path / "instance.json").write_bytes(instance_json(made))
    read = read_input(tmp_path / "instance.json")
    assert read.problems == () and read.instance == made and read.answers is None
    assert input_sha256(made) == sha256(instance_json(made)).hexdigest()


def test_canonical_json_has_every_key_sorted_without_spaces(tmp_path: Path) -> None:
    made = read_folder(folder(tmp_path, example())).instance
    assert made is not None
    content = instance_json(made).decode()
    assert content.startswith('{"answered":[],"availability":[],"balances":[]') and '"schema":1' in content
    assert '"Maison médicale de garde (exemple)"' in content and ": " not in content.split('"law')[0][:2000]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "json-invalid"),
        (b"[]", "json-invalid"),
        (b'{"schema": 2, "id": "x", "period": {"start": "2027-01-01", "end": "2027-03-31"}}', "json-invalid"),
        (b'{"id": "x", "period": {"start": "2027-01-01", "end": "2027-03-31"}, "rules": [{"code": "zzz"}]}', "rule-unknown"),
        (b'{"id": "x", "period": {"start": "2027-01-01", "end": "2027-03-31"}, "rules": [{"code": "min-rest", "params": {"hours": -1}}]}', "parameter-refused"),
        (b"\xff\xfe", "json-invalid"),
    ],
)  # fmt: skip
def test_a_faulty_json_is_refused_in_words(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "instance.json"
    path.write_bytes(content)
    found = read_input(path)
    assert found.instance is None and [problem.code for problem in found.problems] == [code]
    assert found.problems[0].remedy and found.problems[0].file == "instance.json"


def test_reading_changes_no_file(tmp_path: Path) -> None:
    path = folder(tmp_path, example(), ("EX01", "09/01/2027", "impossible"))
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in path.rglob("*") if file.is_file()}
    read_folder(path)
    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in path.rglob("*") if file.is_file()} == before


def test_an_instance_is_only_given_where_nothing_forbids_to_plan(tmp_path: Path) -> None:
    found = read_folder(folder(tmp_path, example()))
    worse = replace(found, problems=(found.problems[0].model_copy(update={"severity": "erreur"}),))
    assert found.instance is found.draft and worse.instance is None and worse.draft is not None
