"""`roster.json`: the contract other programs rely on, to the key and the order."""

from __future__ import annotations

import json
import random
from datetime import UTC, date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Result, StageResult
from rosterplan.domain.roster import Assignment, Roster, roster_of
from rosterplan.messages import speaking
from rosterplan.report.holes import holes_of
from rosterplan.report.roster_json import (
    UnreadableRoster,
    in_order,
    read_roster_document,
    read_roster_json,
    result_of_document,
    roster_json,
)
from tests.report_factory import Case, department

SHA = "ab" * 32


@pytest.fixture(scope="module")
def case() -> Case:
    return department(sectors=2, doctors=8, end=date(2027, 1, 31), nights=1)


def written(case: Case, roster: Roster | None = None, result: Result | None = None) -> dict:
    data = roster_json(case.instance, roster or case.roster, result or case.result, case.audit, input_sha256=SHA)
    return json.loads(data)


def test_the_keys_are_those_of_the_contract_in_its_order(case: Case) -> None:
    document = written(case)
    assert list(document) == [
        "schema", "instance", "input_sha256", "rosterplan", "seed", "effort", "version", "status",
        "assignments", "holes", "dues", "stages",
    ]  # fmt: skip
    assert list(document["assignments"][0]) == [
        "duty", "line", "start", "end", "band", "points", "doctor", "place", "modality", "locked", "replaced_by", "kind",
    ]  # fmt: skip
    always = ["duty", "line", "start", "end", "missing", "priority", "proven"]
    assert all(list(hole) in (always, [*always, "one_of"]) for hole in document["holes"])
    assert list(document["dues"][0]) == ["doctor", "group", "band", "due_hundredths", "target_hundredths"]
    stages = {stage["name"]: list(stage) for stage in document["stages"]}
    assert stages["caps"] == ["name", "value", "bound", "proven"]
    assert stages["fairness"] == ["name", "value", "bound", "proven", "best"]
    assert stages["coverage"] == ["name", "value", "bound", "proven", "levels"]


def test_stages_stand_in_the_order_of_their_importance(case: Case) -> None:
    names = [stage["name"] for stage in written(case)["stages"]]
    assert names == ["coverage", "caps", "shares", "fairness", "blend", "wishes", "comfort"]


def test_assignments_are_sorted_by_start_line_duty_and_doctor(case: Case) -> None:
    entries = written(case)["assignments"]
    order = [(entry["start"], entry["line"], entry["duty"], entry["doctor"]) for entry in entries]
    assert order == sorted(order)
    assert len(entries) == len(case.roster.assignments)


def test_coverage_is_the_sum_of_missing_times_priority(case: Case) -> None:
    document = written(case)
    assert document["holes"]
    coverage = next(stage for stage in document["stages"] if stage["name"] == "coverage")
    assert sum(hole["missing"] * hole["priority"] for hole in document["holes"]) == coverage["value"]
    assert [level["priority"] for level in coverage["levels"]] == [100, 10, 1]


def test_a_hole_is_proven_only_if_the_result_says_so(case: Case) -> None:
    document = written(case)
    assert {hole["duty"] for hole in document["holes"] if hole["proven"]} == set(case.result.proven_holes)


def test_a_hole_of_a_proven_number_says_of_how_many_it_is_one_and_never_that_it_is_proven_itself(case: Case) -> None:
    document = written(case)
    levels = {one["priority"]: one for stage in document["stages"] for one in stage.get("levels", ())}
    seen = set()
    for hole in document["holes"]:
        level = levels[hole["priority"]]
        assert hole.get("one_of", 0) == (level["missing"] if level["proven"] and not hole["proven"] else 0)
        seen.add((level["proven"], hole["proven"]))
    assert {(True, False), (True, True)} <= seen


def test_what_a_roster_claims_is_read_back_whole(case: Case) -> None:
    data = roster_json(case.instance, case.roster, case.result, case.audit, input_sha256=SHA)
    read = result_of_document(read_roster_document(data))
    assert holes_of(case.instance, case.roster, read, case.audit) == holes_of(
        case.instance, case.roster, case.result, case.audit
    )


def test_an_evening_of_january_is_written_with_its_winter_offset(case: Case) -> None:
    evening = roster_of({"MMG-S01/2027-01-04T20:00+01:00/240": ("M001",)})
    [entry] = written(case, evening)["assignments"]
    assert (entry["start"], entry["end"]) == ("2027-01-04T20:00+01:00", "2027-01-05T00:00+01:00")
    assert (entry["place"], entry["modality"]) == ("Maison médicale de garde de Clairval", "fixe")


def test_instants_given_in_utc_are_written_as_wall_clock(case: Case) -> None:
    duties = [duty.model_copy(update={"start": duty.start.astimezone(UTC)}) for duty in case.instance.duties]
    fields = {name: getattr(case.instance, name) for name in Instance.model_fields}
    moved = Case(
        Instance.model_validate({**fields, "duties": duties}), case.rules, case.roster, case.result, case.audit
    )
    assert written(moved)["assignments"] == written(case)["assignments"]


def test_the_night_of_the_clock_change_keeps_both_offsets() -> None:
    march = department(sectors=1, doctors=6, start=date(2027, 3, 27), end=date(2027, 3, 28), nights=1)
    nights = [entry for entry in written(march)["assignments"] if entry["line"] == "NUIT-1"]
    assert ("2027-03-27T20:00+01:00", "2027-03-28T08:00+02:00") in [(night["start"], night["end"]) for night in nights]


def test_a_stage_without_bound_is_never_proven(case: Case) -> None:
    claimed = case.result.model_copy(
        update={"stages": (StageResult(name="fairness", value=7, bound=None, proven=True),)}
    )
    assert written(case, result=claimed)["stages"] == [
        {"name": "fairness", "value": 7, "bound": None, "proven": False, "best": 7}
    ]


def test_the_order_of_the_assignments_and_the_language_change_no_byte(case: Case) -> None:
    shuffled = list(case.roster.assignments)
    random.Random(4).shuffle(shuffled)
    other = Roster(assignments=tuple(shuffled), dues=tuple(reversed(case.roster.dues)))
    first = roster_json(case.instance, case.roster, case.result, case.audit, input_sha256=SHA)
    with speaking("en"):
        second = roster_json(case.instance, other, case.result, case.audit, input_sha256=SHA)
    assert first == second


def test_a_replacement_and_a_lock_come_back(case: Case) -> None:
    held = case.roster.assignments[0]
    changed = Assignment(duty=held.duty, doctor=held.doctor, locked=True, replaced_by="M002", kind="remplacement")
    roster = Roster(assignments=(changed,))
    data = roster_json(case.instance, roster, case.result, case.audit, input_sha256=SHA)
    assert read_roster_json(data) == roster


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_reading_what_was_written_gives_the_roster_back(case: Case, data: st.DataObject) -> None:
    duties = data.draw(st.lists(st.sampled_from(case.instance.duties), unique=True, max_size=12))
    doctors = st.sampled_from([doctor.id for doctor in case.instance.doctors])
    roster = Roster(
        assignments=tuple(
            Assignment(duty=duty.id, doctor=data.draw(doctors), locked=data.draw(st.booleans())) for duty in duties
        ),
        dues=case.roster.dues[: data.draw(st.integers(0, 6))],
    )
    read = read_roster_json(roster_json(case.instance, roster, case.result, case.audit, input_sha256=SHA))
    assert list(read.assignments) == in_order(case.instance, roster.assignments)
    assert sorted(map(str, read.dues)) == sorted(map(str, roster.dues))
    again = roster_json(case.instance, read, case.result, case.audit, input_sha256=SHA)
    assert read_roster_json(again) == read


def test_the_whole_document_can_be_read_with_its_status(case: Case) -> None:
    data = roster_json(case.instance, case.roster, case.result, case.audit, version=3, input_sha256=SHA)
    document = read_roster_document(data)
    assert (document.version, document.status, document.input_sha256) == (3, "feasible", SHA)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"schema": 2}', b"\xff\xfe", b'{"schema": 1, "surprise": true}'])
def test_anything_else_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableRoster) as refused:
        read_roster_json(data)
    assert refused.value.problems
    assert all(problem.wanted and problem.remedy for problem in refused.value.problems)


def test_every_fault_of_a_damaged_file_is_told_at_once(case: Case) -> None:
    document = written(case)
    document["assignments"][0]["points"] = "beaucoup"
    document["stages"][0]["value"] = None
    with pytest.raises(UnreadableRoster) as refused:
        read_roster_json(json.dumps(document).encode())
    assert {problem.cell for problem in refused.value.problems} == {"assignments.0.points", "stages.0.value"}


def test_a_list_holds_one_entry_per_line_so_that_two_rosters_can_be_compared(case: Case) -> None:
    data = roster_json(case.instance, case.roster, case.result, case.audit, input_sha256=SHA)
    lines = data.decode().splitlines()
    assert sum(line.startswith('  {"duty": ') for line in lines) == len(case.roster.assignments) + len(
        written(case)["holes"]
    )
