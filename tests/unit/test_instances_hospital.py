"""The folders of shared hospital lines: what each must show is there, readable, invented, and planned within the law."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from benchmarks.folders.__main__ import FOLDERS
from benchmarks.folders.hospitals import HOSPITALS
from rosterplan.domain.instance import Instance
from rosterplan.rules.admission import admitted
from rosterplan.rules.book import rule_book
from tests.unit.test_instances import (
    INSTANCES,
    MAIL,
    PRIVATE,
    documented_sizes,
    instance_of,
    luhn_holds,
    parts_of,
    reading,
)

NAMES = tuple(sorted(HOSPITALS))


def houses_of(instance: Instance) -> dict[str, float]:
    found: Counter[str] = Counter()
    for doctor in instance.doctors:
        found[doctor.establishment or ""] += doctor.quota  # type: ignore[assignment]
    return dict(found)


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_without_an_error_and_its_sizes_are_those_of_the_readme(name: str) -> None:
    assert [problem for problem in reading(name).problems if problem.severity == "erreur"] == []
    instance = instance_of(name)
    tables = admitted(instance, [rule for rule in rule_book(instance) if rule.strength.kind != "soft"])
    sizes = (
        len(instance.lines), len(instance.duties), sum(duty.need_min for duty in instance.duties), len(instance.doctors),
        len(instance.answered), sum(int(table.mask.sum()) for table in tables), len(instance.history),
    )  # fmt: skip
    assert documented_sizes()[name] == sizes


@pytest.mark.parametrize("name", NAMES)
def test_nobody_in_it_exists(name: str) -> None:
    instance = instance_of(name)
    assert len({doctor.name for doctor in instance.doctors}) == len(instance.doctors)
    assert not [doctor.rpps for doctor in instance.doctors if luhn_holds(doctor.rpps)]
    for path in (INSTANCES / name).rglob("*"):
        for content in parts_of(path).values() if path.is_file() else ():
            assert not PRIVATE.search(content)
            assert all(mail.endswith(".invalid") for mail in MAIL.findall(content.decode("utf-8", "replace")))


def test_anaesthesia_has_25_equivalents_half_and_half_and_two_lines_of_gardes():
    instance = instance_of("pdses-saint-nazaire-anesthesie")
    assert houses_of(instance) == {"CHSN": 12.5, "ESTUAIRE": 12.5}
    assert [line.id for line in instance.lines] == ["BLOC", "MATERNITE"]
    assert {(duty.start.hour, duty.end.hour) for duty in instance.duties if duty.band == "nuit-semaine"} == {(18, 8)}
    assert 2 <= len(instance.duties) / 25 / 3 <= 3
    assert {"PH", "contractuel", "liberal", "HU", "salarie"} <= {doctor.status for doctor in instance.doctors}
    assert {"one-of-each", "house-quota", "rest-after-night", "equal-rest", "average-hours"} <= {
        row.code for row in instance.rules
    }


def test_cardiology_asks_for_a_skill_and_may_has_nine_sundays_and_holidays():
    instance = instance_of("pdses-saint-nazaire-cardiologie")
    (line,) = instance.lines
    assert line.skills and line.site_follows_doctor
    assert sum(not set(line.skills) <= set(doctor.skills) for doctor in instance.doctors) == 3
    assert sum(duty.band == "dimanche" and duty.date.month == 5 for duty in instance.duties) == 9
    assert sum(doctor.accepts_beyond_cap for doctor in instance.doctors) == 1


def test_leman_has_several_modes_side_by_side_and_doctors_on_two_lines():
    instance = instance_of("pdses-leman-mont-blanc")
    assert len(instance.lines) == 12 and len(instance.doctors) == 90 and len(instance.establishments) == 3
    assert {line.mode for line in instance.lines} == {"simple", "alternee", "mutualisee", "mixte"}
    turns = {line.id: line.alternation.rhythm for line in instance.lines if line.alternation}
    assert turns == {"ORL": "week", "OPHTALMO": "weekend", "UROLOGIE": "week"}
    assert sum(bool(doctor.lines) for doctor in instance.doctors) == 18


def test_the_alternated_line_follows_its_calendar_of_houses():
    instance = instance_of("pdses-alternee")
    turn = {duty.date: duty.establishments for duty in instance.duties}
    assert turn[date(2027, 1, 1)] == ("CH-SUD",) and turn[date(2027, 1, 2)] == ("CH-NORD",)
    assert turn[date(2027, 1, 4)] == ("CH-SUD",) and turn[date(2027, 1, 11)] == ("CH-NORD",)
    assert turn[date(2027, 2, 8)] == ("CH-NORD",) and turn[date(2027, 2, 15)] == ("CH-SUD",)
    site = {duty.establishments: duty.site for duty in instance.duties}
    assert site == {("CH-NORD",): "CH-NORD", ("CH-SUD",): "CH-SUD"}


def test_writing_a_folder_of_hospital_lines_twice_gives_the_same_bytes(tmp_path):
    for name in ("once", "again"):
        FOLDERS["pdses-alternee"](tmp_path / name)
    for path in (tmp_path / "once").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "again" / path.relative_to(tmp_path / "once")).read_bytes(), (
                path.name
            )
