"""The planning folders of `instances/`: readable as they stand, invented throughout, of the sizes their README gives."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from benchmarks.folders.__main__ import FOLDERS as EVERY_FOLDER
from benchmarks.folders.__main__ import write_folder
from benchmarks.folders.departments import DEPARTMENTS
from rosterplan.domain.fairness import shares_of
from rosterplan.domain.instance import Instance
from rosterplan.rules.admission import admitted
from rosterplan.rules.book import rule_book
from rosterplan.sheets.folder import FolderReading, read_folder

INSTANCES = Path(__file__).parents[2] / "instances"
FOLDERS = tuple(sorted(DEPARTMENTS))
LARGEST_BYTES = 11_000_000
PRIVATE = re.compile(rb"/home/|/Users/|/root/|/tmp/|[A-Z]:\\\\|file://")
MAIL = re.compile(r"[\w.+-]+@([\w.-]+)")


@cache
def reading(name: str) -> FolderReading:
    return read_folder(INSTANCES / name)


def instance_of(name: str) -> Instance:
    instance = reading(name).instance
    assert instance is not None
    return instance


def luhn_holds(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value // 10 + value % 10
    return total % 10 == 0


def parts_of(path: Path) -> dict[str, bytes]:
    """What a file holds, unzipped where it is an archive."""
    if not zipfile.is_zipfile(path):
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_luhn_check_of_these_tests_accepts_a_right_number_and_refuses_its_neighbour():
    assert luhn_holds("79927398713") and not luhn_holds("79927398714")


def test_every_folder_is_known_to_the_generator_and_to_the_readme():
    assert sorted(path.name for path in INSTANCES.iterdir() if path.is_dir()) == sorted(EVERY_FOLDER)
    readme = (INSTANCES / "README.md").read_text("utf-8")
    assert [name for name in EVERY_FOLDER if f"## {name}" not in readme] == []


@pytest.mark.parametrize("name", FOLDERS)
class TestFolder:
    def test_it_reads_without_an_error(self, name: str) -> None:
        assert [problem for problem in reading(name).problems if problem.severity == "erreur"] == []

    def test_silence_stops_nothing(self, name: str) -> None:
        assert instance_of(name).plan.missing_answers != "a-relancer"

    def test_it_plans_the_first_quarter_of_2027(self, name: str) -> None:
        period = instance_of(name).period
        assert (period.start, period.end) == (date(2027, 1, 1), date(2027, 3, 31))

    def test_its_sizes_are_those_of_the_readme(self, name: str) -> None:
        instance = instance_of(name)
        tables = admitted(instance, [rule for rule in rule_book(instance) if rule.strength.kind != "soft"])
        sizes = (
            len(instance.lines), len(instance.duties), sum(duty.need_min for duty in instance.duties),
            len(instance.doctors), len(instance.answered), sum(int(table.mask.sum()) for table in tables),
            len(instance.history),
        )  # fmt: skip
        assert documented_sizes()[name] == sizes

    def test_no_rpps_is_anybodys(self, name: str) -> None:
        numbers = [doctor.rpps for doctor in instance_of(name).doctors]
        assert len(set(numbers)) == len(numbers)
        assert [number for number in numbers if not re.fullmatch(r"\d{11}", number) or luhn_holds(number)] == []

    def test_no_two_doctors_bear_one_name(self, name: str) -> None:
        names = [doctor.name for doctor in instance_of(name).doctors]
        assert len(set(names)) == len(names)

    def test_balances_sum_to_nothing_in_each_group_and_band(self, name: str) -> None:
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for balance in instance_of(name).balances:
            sums[balance.group, balance.band] += balance.balance_hundredths
        assert sums and set(sums.values()) == {0}

    def test_only_doctors_with_a_part_have_a_balance(self, name: str) -> None:
        instance = instance_of(name)
        parts = {(share.doctor, share.group) for share in shares_of(instance)}
        assert [one for one in instance.balances if (one.doctor, one.group) not in parts] == []

    def test_the_whole_former_quarter_and_three_winters_of_feasts_are_its_history(self, name: str) -> None:
        days = {past.start.date() for past in instance_of(name).history}
        quarter = {day for day in days if day >= date(2026, 10, 1)}
        assert len(quarter) == 92 and max(days) < date(2027, 1, 1)
        winters = {(past.feast, past.start.year) for past in instance_of(name).history if past.feast}
        assert {("noel", year) for year in (2024, 2025, 2026)} | {("jour-de-l-an", 2026)} <= winters

    def test_past_duties_leave_eleven_hours_of_rest(self, name: str) -> None:
        held: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for past in instance_of(name).history:
            held[past.doctor].append((int(past.start.timestamp()), int(past.end.timestamp())))
        short = [
            doctor
            for doctor, spans in held.items()
            for (_, end), (start, _) in zip(sorted(spans), sorted(spans)[1:], strict=False)
            if start - end < 11 * 3600
        ]
        assert short == []

    def test_imposed_duties_may_be_held_by_whom_they_are_imposed_on(self, name: str) -> None:
        instance = instance_of(name)
        open_pairs = {
            (table.doctors[row].id, table.duties[column].id)
            for table in admitted(instance, rule_book(instance))
            for row, column in zip(*(found.tolist() for found in table.mask.nonzero()), strict=True)
        }
        assert [one for one in instance.fixed if (one.doctor, one.duty) not in open_pairs] == []

    def test_no_mail_is_a_real_persons_and_no_path_a_machines(self, name: str) -> None:
        domains: set[str] = set()
        private: list[str] = []
        for path in (INSTANCES / name).rglob("*"):
            for part, content in parts_of(path).items() if path.is_file() else ():
                domains |= set(MAIL.findall(content.decode("utf-8", "replace")))
                private += [f"{path.name}:{part}"] if PRIVATE.search(content) else []
        assert private == []
        assert [domain for domain in domains if not domain.endswith(".invalid")] == []

    def test_every_answer_has_a_day_that_no_copy_changes(self, name: str) -> None:
        answers = reading(name).answers
        assert answers is not None
        undated = [one.doctor.id for one in answers.doctors if one.received is None]
        late = [one.doctor.id for one in answers.doctors if one.received and one.received > date(2026, 10, 23)]
        assert (undated, late) == ([], [])


def documented_sizes() -> dict[str, tuple[int, ...]]:
    """The rows of the README's table: lines, duties, positions, doctors, answers, open pairs, past duties."""
    rows = re.findall(
        r"^\| `([\w-]+)` \|((?: *[\d\u202f ]+\|)+)$", (INSTANCES / "README.md").read_text("utf-8"), re.MULTILINE
    )
    return {name: tuple(int(re.sub(r"\D", "", cell)) for cell in cells.split("|")[:-1]) for name, cells in rows}


def test_the_folders_weigh_little():
    assert sum(path.stat().st_size for path in INSTANCES.rglob("*") if path.is_file()) < LARGEST_BYTES


def test_the_large_folders_show_what_real_ones_hold():
    for name in ("53-pdsa", "72-pdsa", "44-pdsa"):
        instance, answers = instance_of(name), reading(name).answers
        assert answers is not None
        doctors = instance.doctors
        assert any(doctor.on_list.start for doctor in doctors) and any(doctor.on_list.end for doctor in doctors)
        assert any(doctor.long_absences for doctor in doctors) and any(doctor.exemptions for doctor in doctors)
        assert any(doctor.maximum is not None for doctor in doctors)
        assert any(doctor.accepts_beyond_cap for doctor in doctors)
        assert any(not doctor.volunteer for doctor in doctors)
        assert any(row.value == "only" for row in instance.availability)
        assert "pairs-apart" in {row.code for row in instance.rules}
        assert {file.kind for file in answers.files} == {"doctor", "sector", "entry", "table"}
        assert {path.suffix for path in (INSTANCES / name / "disponibilites").iterdir()} == {
            ".xlsx",
            ".ods",
            ".csv",
            ".txt",
        }
        assert any(problem.severity == "avertissement" for problem in reading(name).problems)


def test_loire_atlantique_has_eleven_sites_of_the_press_one_invented_and_five_night_zones():
    instance = instance_of("44-pdsa")
    towns = {sector.name for sector in instance.sectors if not sector.id.startswith("NUIT")}
    named = {
        "Châteaubriant", "Nozay", "Pontchâteau", "Ancenis", "Guérande", "Clisson", "Corcoué-sur-Logne", "Bouaye",
        "Pornic", "Saint-Herblain", "Nantes",
    }  # fmt: skip
    assert towns - named == {"Val-d’Erdre"} and named <= towns
    assert sum(line.modality == "mobile" for line in instance.lines) == 5
    assert sum("mobile" in doctor.modalities for doctor in instance.doctors) == 103


def test_writing_a_folder_twice_gives_the_same_bytes(tmp_path):
    for copy in ("a", "b"):
        write_folder(DEPARTMENTS["secteur-4-volontaires"], tmp_path / copy)
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / copy).rglob("*.xlsx")} for copy in ("a", "b"))
    assert first == second and len(first) == 5


def test_the_generator_still_writes_what_the_folder_holds(tmp_path):
    name = "secteur-4-volontaires"
    write_folder(DEPARTMENTS[name], tmp_path / name)
    assert read_folder(tmp_path / name).instance == instance_of(name)
