"""`publish`: states in their order, each frozen; each recipient has what it may read, and nobody else a phone."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar

from rosterplan.domain.versions import Change
from rosterplan.ledger import LEDGER_FILE, record_changes, roster_in_force
from tests.cli.conftest import edited
from tests.ledger_factory import WHEN

VERSIONS = Path("reports/petit/versions")
DRAFT = {"version.json", "roster.json", "instance.json", "bordereau.txt", "tableau.xlsx", "medecins.xlsx",
         "feuilles-medecins.xlsx", "feuilles-lignes.xlsx"}  # fmt: skip


def published(rosterplan, folder, *states: str) -> None:
    for state in states:
        said = rosterplan("publish", folder, "--state", state, "--today", "2027-02-01")
        assert said.code == 0, said.err


def files_of(number: int) -> set[str]:
    return {path.name for path in (VERSIONS / f"{number:03}").iterdir() if path.is_file()}


def with_phones(folder: Path) -> None:
    """Give everyone a phone of the fiction range, and compute nothing: the plan says so before it is solved."""
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    sheet = book["Médecins"]
    columns = {cell.value: cell.column for cell in sheet[4] if cell.value}
    for row in range(5, 17):
        sheet.cell(row, columns["Téléphone"]).value = f"06 39 98 00 {row:02}"
    book.save(folder / "plan.xlsx")


def texts(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def test_states_follow_each_other_by_themselves(rosterplan, solved):
    for number, state in enumerate(("projet", "cdom", "definitif"), 1):
        answer = json.loads(rosterplan("publier", solved, "--json", "--today", "2027-02-01").out)
        assert (answer["version"], answer["state"]) == (number, state)
    assert files_of(1) == DRAFT
    assert files_of(2) == DRAFT | {"cdom.xlsx"}
    assert files_of(3) == DRAFT | {"cdom.xlsx", "samu.xlsx", "ars.xlsx", "affiches.xlsx"}
    assert Path(LEDGER_FILE).is_file()


def test_the_deadlines_are_counted_from_today(rosterplan, solved):
    answer = json.loads(rosterplan("publish", solved, "--json", "--today", "2027-02-01").out)
    assert [(one["code"], one["due"], one["days_left"]) for one in answer["deadlines"]] == [
        ("cdom", "2027-02-19", 18), ("ars", "2027-03-26", 53), ("liste-effectuee", "2027-05-11", 99),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("done", "asked", "said"),
    [
        ((), "definitif", "Rien n’est encore publié"),
        (("projet",), "definitif", "« projet »"),
        (("projet", "cdom", "definitif"), "projet", "« définitif »"),
        (("projet", "cdom", "definitif"), "cdom", "--state modifie"),
    ],
)
def test_a_state_out_of_order_is_refused_in_words(rosterplan, solved, done, asked, said):
    published(rosterplan, solved, *done)
    refused = rosterplan("publish", solved, "--state", asked)
    assert refused.code == 2
    assert said in refused.err
    assert len(list(VERSIONS.glob("*"))) == len(done) if done else not VERSIONS.exists()


def test_a_folder_of_hospital_lines_goes_to_the_direction_never_to_the_ordre_the_ars_or_the_public(
    rosterplan, tmp_path
):
    from rosterplan.domain.instance import Period
    from rosterplan.sheets.plan.template import template
    from rosterplan.sheets.plan.write import plan_workbook

    content = template("pdses", "lignes", Period(start=date(2027, 4, 5), end=date(2027, 4, 18)))
    folder = tmp_path / "lignes"
    (folder / "disponibilites").mkdir(parents=True)
    (folder / "plan.xlsx").write_bytes(plan_workbook(content))
    out = ("--out", tmp_path / "out", "--today", "2027-02-01")
    ledger = ("--ledger", tmp_path / "registre.sqlite")
    assert rosterplan("solve", folder, *out[:2], "--workers", 1, "--time-limit", 5).code in (0, 1)
    for number, (state, words) in enumerate(
        {"projet": "projet", "cdom": "transmis à la direction", "definitif": "définitif"}.items(), 1
    ):
        said = rosterplan("publish", folder, "--json", *out, *ledger)
        assert said.code in (0, 1), said.err
        answer = json.loads(said.out)
        assert (answer["state"], answer["deadlines"]) == (state, [])
        names = set(answer["files"])
        assert not names & {"cdom.xlsx", "samu.xlsx", "ars.xlsx", "affiches.xlsx", "rapport-R6315-4.xlsx"}
        assert "hopital/qui-est-de-garde.xlsx" in names
        assert "Ordre (CDOM)" not in openpyxl.load_workbook(answer["files"]["tableau.xlsx"], read_only=True).sheetnames
        assert {"medecins.xlsx", "feuilles-medecins.xlsx", "hopital/pilotage.xlsx"} <= names
        assert any(name.startswith("agendas/") for name in names)
        call = Path(answer["folder"], "appel-aux-volontaires.txt")
        assert not call.exists() or "Ordre" not in call.read_text("utf-8")
        slip = Path(answer["folder"], "bordereau.txt").read_text("utf-8")
        assert f"Version {number} – {words}" in slip and "CDOM" not in slip
        assert "Lignes hospitalières : ce tableau va à la direction" in slip and "Échéances" not in slip
    refused = rosterplan("publish", folder, "--state", "cdom", *out, *ledger)
    assert refused.code == 2 and "« transmis à la direction » n’est pas l’état suivant" in refused.err
    held = json.loads(Path(answer["files"]["roster.json"]).read_text("utf-8"))["assignments"][0]
    [call, *_] = json.loads(rosterplan("replace", folder, held["duty"], "--json", *out, *ledger).out)["calls"]
    lifted = [word for one in call["obstacles"] for word in ("--waive", one["rule"])]
    said = rosterplan(
        "replace", folder, held["duty"], "--by", call["doctor"], "--who", "Dr Roux", *lifted, *out, *ledger
    )
    assert said.code == 0, said.err
    assert "Avis à envoyer à la direction et aux établissements partenaires :" in said.out
    assert "responsable" not in said.out
    notices = {path.name: path.read_text("utf-8") for path in tmp_path.glob("out/remplacements/001/*")}
    assert set(notices) == {"avis-direction.txt", "avis-partenaires.txt"}
    assert all("TABLEAU DE SERVICE" in text and "R.6315" not in text for text in notices.values())
    assert "Téléphone" in notices["avis-partenaires.txt"] and "Téléphone" not in notices["avis-direction.txt"]
    closed = rosterplan("close", folder, "--out", tmp_path / "out", "--today", "2027-04-20", *ledger)
    assert closed.code == 0, closed.err
    book = openpyxl.load_workbook(tmp_path / "out" / "cloture" / "gardes-effectuees.xlsx")
    words = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    assert "Ordre" not in words and "R.6315" not in words


def test_a_state_that_does_not_exist_is_refused(rosterplan, solved):
    refused = rosterplan("publish", solved, "--state", "fini")
    assert refused.code == 2 and "projet, transmis (ou cdom), definitif ou modifie" in refused.err


def test_french_states_have_accents_or_not(rosterplan, solved):
    published(rosterplan, solved, "Projet", "CDOM", "Définitif")
    states = [
        json.loads((VERSIONS / f"{number:03}" / "version.json").read_text("utf-8"))["state"] for number in (1, 2, 3)
    ]
    assert states == ["projet", "cdom", "definitif"]


def test_changed_files_are_refused_until_computed_again(rosterplan, solved):
    book = openpyxl.load_workbook(solved / "plan.xlsx")
    book["Médecins"].cell(5, 2).value = "AUTRE"
    book.save(solved / "plan.xlsx")
    refused = rosterplan("publish", solved)
    assert refused.code == 2
    assert "ont changé" in refused.err and "rosterplan solve petit" in refused.err
    assert not VERSIONS.exists()


def test_a_roster_corrected_by_hand_is_published_with_its_locks(rosterplan, solved):
    def locked(sheet, columns):
        sheet.cell(5, columns["Verrou"]).value = "oui"

    edited(Path("reports/petit/tableau.xlsx"), Path("corrige.xlsx"), locked)
    said = rosterplan("publish", solved, "--roster", "corrige.xlsx", "--today", "2027-02-01")
    assert said.code == 0, said.err
    roster = json.loads((VERSIONS / "001" / "roster.json").read_text("utf-8"))
    instance = json.loads((VERSIONS / "001" / "instance.json").read_text("utf-8"))
    assert sum(one["locked"] for one in roster["assignments"]) == 1 == len(instance["locks"])
    assert roster["version"] == 1


def test_nothing_new_after_the_definitive_version_is_refused(rosterplan, definitive):
    refused = rosterplan("publish", definitive)
    assert refused.code == 2 and "Rien n’a changé" in refused.err


def test_a_change_makes_the_modified_version_and_everyone_sees_who_comes(rosterplan, definitive):
    one, other = replaced(definitive)
    said = rosterplan("publish", definitive, "--today", "2027-03-30")
    assert said.code == 0, said.err
    assert "modifié 1" in said.out and "remplacement : " in said.out
    assert "tableau transmis au conseil de l’Ordre – fichiers écrits en version 2" in said.out
    assert "tableau transmis par l’Ordre à l’ARS – fichiers écrits en version 3" in said.out
    document = json.loads((VERSIONS / "004" / "roster.json").read_text("utf-8"))
    held = next(at for at in document["assignments"] if at["duty"] == one.duty)
    assert (held["doctor"], held["replaced_by"], held["kind"]) == (one.doctor, other, "remplacement")
    now = roster_in_force(Path(LEDGER_FILE), Path("reports/petit"), "petit")
    assert now.changes == () and now.version.rank == 1
    assert "à la place de" in texts(VERSIONS / "004" / "samu.xlsx")
    assert "remplacé par" in texts(VERSIONS / "004" / "cdom.xlsx")


def test_calendars_cancel_what_is_no_longer_held(rosterplan, definitive):
    one, other = replaced(definitive)
    assert rosterplan("publish", definitive, "--today", "2027-03-30").code == 0

    def events(doctor: str) -> dict[str, tuple[str, int]]:
        content = (VERSIONS / "004" / "agendas" / "medecins" / f"{doctor}.ics").read_bytes()
        return {str(at["uid"]): (str(at["status"]), int(at["sequence"])) for at in Calendar.from_ical(content).walk("VEVENT")}  # fmt: skip

    assert ("CANCELLED", 4) in events(one.doctor).values()
    assert ("CONFIRMED", 4) in events(other).values()
    assert ("CONFIRMED", 3) in events(one.doctor).values() or len(events(one.doctor)) == 1


def replaced(folder):
    """Record that another doctor replaces the titular of the first duty."""
    now = roster_in_force(Path(LEDGER_FILE), Path("reports/petit"), "petit")
    one = now.roster.assignments[0]
    other = next(doctor.id for doctor in now.instance.doctors if doctor.id not in now.roster.doctors_of[one.duty])
    change = Change(kind="remplacement", duty=one.duty, titular=one.doctor, doctor=other, who="coordination", when=WHEN)
    record_changes(Path(LEDGER_FILE), Path("reports/petit"), "petit", [change])
    return one, other


def test_personal_phones_go_to_the_samu_alone(rosterplan, folder):
    with_phones(folder)
    assert rosterplan("solve", folder, "--workers", "1", "--quiet").code == 0
    published(rosterplan, folder, "projet", "cdom", "definitif")
    for path in VERSIONS.rglob("*"):
        if path.suffix == ".xlsx":
            assert ("06 39 98" in texts(path)) == (path.name == "samu.xlsx"), path
        elif path.suffix in (".ics", ".txt"):
            assert "06 39 98" not in path.read_text("utf-8"), path


def test_the_poster_names_nobody_at_a_maison_medicale(rosterplan, definitive):
    assert "EXEMPLE " not in texts(VERSIONS / "003" / "affiches.xlsx")
    assert "EXEMPLE " in texts(VERSIONS / "003" / "cdom.xlsx")


def test_rows_of_the_cdom_stand_in_the_same_order_whoever_holds_them(rosterplan, definitive):
    replaced(definitive)
    assert rosterplan("publish", definitive, "--today", "2027-03-30").code == 0

    def rows(number: int) -> list[tuple[object, ...]]:
        book = openpyxl.load_workbook(VERSIONS / f"{number:03}" / "cdom.xlsx")
        return [tuple(cell.value for cell in row[:4]) for row in book["Secteur exemple"].iter_rows(min_row=5)]

    assert rows(2) == rows(3) == rows(4)


def test_a_folder_of_nobody_is_refused(rosterplan, tmp_path):
    assert rosterplan("publish", tmp_path / "absent").code == 2


def test_without_a_roster_there_is_nothing_to_publish(rosterplan, folder):
    refused = rosterplan("publish", folder)
    assert refused.code == 2 and "Aucun tableau" in refused.err


def test_a_spoiled_ledger_is_refused_in_words(rosterplan, solved):
    Path(LEDGER_FILE).write_text("pas une base", "utf-8")
    refused = rosterplan("publish", solved)
    assert refused.code == 2 and "n’est pas un registre" in refused.err


def test_english_too(rosterplan, solved):
    said = rosterplan("publish", solved, "--lang", "en", "--today", "2027-02-01")
    assert said.code == 0 and "to all doctors" in said.out and "in 18 days" in said.out


@pytest.mark.parametrize(("kinds", "late"), [(("pdsa",), True), (("pdses",), False), (("pdses", "pdsa"), True)])
def test_only_folders_under_the_law_of_the_order_are_told_its_date_has_passed(kinds, late):
    from types import SimpleNamespace

    from rosterplan.cli.publish import _late_words
    from rosterplan.domain.instance import Period

    instance = SimpleNamespace(period=Period(start=date(2027, 4, 1), end=date(2027, 6, 30)), kinds=kinds)
    edition = SimpleNamespace(state="cdom", facts=SimpleNamespace(instance=instance))
    words = _late_words(edition, SimpleNamespace(today=date(2027, 2, 20)))
    assert ("R.6315-2" in words) is late
