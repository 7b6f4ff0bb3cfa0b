"""Bad input, item by item as people send it: `check` names it in words, ends as it should, and changes no file.

Each row of ``ITEMS`` spoils a sound folder in one way, through the command line; ``ACCEPTED`` holds what looks odd and is
understood all the same. Unit tests of ``tests/unit`` go through the variants of each.
"""

from __future__ import annotations

import io
import json
import shutil
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from rosterplan.domain.instance import Period
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.write import plan_workbook
from tests.cli.conftest import returned_form, written_folder

Spoil = Callable[[Path], object]
HEADS = 4
"""The row of the headings of each sheet of `plan.xlsx` but « Plan »: a title and a sentence stand above."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A planning folder, copied for each item."""
    return written_folder(tmp_path_factory.mktemp("sain") / "petit")


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The form of EX02, sent back without a word."""
    return returned_form(written_folder(tmp_path_factory.mktemp("renvoi") / "petit"), "EX02").read_bytes()


FORM: list[bytes] = []


@pytest.fixture(autouse=True)
def _form_at_hand(form: bytes) -> None:
    FORM[:] = [form]


def plan(change: Callable[[openpyxl.Workbook], object]) -> Spoil:
    """`plan.xlsx` changed by a person."""

    def spoil(folder: Path) -> None:
        book = openpyxl.load_workbook(folder / "plan.xlsx")
        change(book)
        book.save(folder / "plan.xlsx")

    return spoil


def row_of(sheet: str, **cells: object) -> Spoil:
    """A row added to a sheet of the plan, cells by heading (spaces as _)."""

    def change(book: openpyxl.Workbook) -> None:
        columns = {str(cell.value).replace(" ", "_"): cell.column for cell in book[sheet][HEADS] if cell.value}
        row = next(n for n in range(HEADS + 1, 200) if book[sheet].cell(n, 1).value is None)
        for heading, value in cells.items():
            book[sheet].cell(row, columns[heading]).value = value

    return plan(change)


def answers(*rows: str, name: str = "reponses.csv", encoding: str = "utf-8") -> Spoil:
    """A table of answers typed by somebody."""
    text = "\n".join(("Médecin;Date;Réponse", *rows)) + "\n"
    return lambda folder: (folder / "disponibilites" / name).write_bytes(text.encode(encoding))


def filled(change: Callable[[openpyxl.Workbook], object]) -> Spoil:
    """The form of EX02 changed by a person."""

    def spoil(folder: Path) -> None:
        book = openpyxl.load_workbook(io.BytesIO(FORM[0]))
        change(book)
        book.save(folder / "disponibilites" / "EX02.xlsx")

    return spoil


def file(name: str, content: Callable[[], bytes]) -> Spoil:
    """A file among the answers."""
    return lambda folder: (folder / "disponibilites" / name).write_bytes(content())


def answer_cells(book: openpyxl.Workbook) -> list[str]:
    """Addresses of the answers on the form, from its hidden sheet."""
    return [row[2] for row in book["_origine"].iter_rows(values_only=True) if row[0] == "duty"]


def coloured(book: openpyxl.Workbook) -> None:
    for address in answer_cells(book)[:2]:
        book.worksheets[0][address].fill = PatternFill("solid", fgColor="FFFF0000")


def formula(book: openpyxl.Workbook) -> None:
    book.worksheets[0][answer_cells(book)[0]].value = '=IF(1=1,"impossible","")'


def other_period(folder: Path) -> None:
    """A form made for the next week."""
    other = Period(start=date(2027, 4, 12), end=date(2027, 4, 18))
    elsewhere = folder.parent / "autre"
    (elsewhere / "disponibilites").mkdir(parents=True)
    (elsewhere / "plan.xlsx").write_bytes(plan_workbook(template("pdsa", "autre", other)))
    shutil.copy(returned_form(elsewhere, "EX02"), folder / "disponibilites" / "EX02.xlsx")


def merged_heads(book: openpyxl.Workbook) -> None:
    """The sector typed once over three merged rows."""
    sheet = book["Médecins"]
    column = next(cell.column_letter for cell in sheet[HEADS] if cell.value == "Secteurs")
    sheet.merge_cells(f"{column}{HEADS + 1}:{column}{HEADS + 3}")


def renamed(book: openpyxl.Workbook) -> None:
    sheet = book["Médecins"]
    next(cell for cell in sheet[HEADS] if cell.value == "Secteurs").value = "Secteur de garde du médecin"


def extra_column(book: openpyxl.Workbook) -> None:
    book["Lieux"].cell(HEADS, 9).value = "Couleur préférée"
    book["Lieux"].cell(HEADS + 1, 9).value = "vert"


def ends_before_it_starts(book: openpyxl.Workbook) -> None:
    cells = {row[0].value: row[1] for row in book["Plan"].iter_rows(max_col=2)}
    cells["Dernier jour"].value = date(2026, 4, 11)


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
    return buffer.getvalue()


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


ITEMS: dict[str, tuple[Spoil, int, str]] = {
    "wrong year in a range": (answers("EX02;du 05/04/2017 au 08/04/2017;impossible"), 3, "date-outside-period"),
    "end before start": (answers("EX02;du 09/04/2027 au 06/04/2027;impossible"), 3, "dates-out-of-order"),
    "a date that is none": (answers("EX02;31 avril;impossible"), 3, "date-wrong"),
    "an hour that is none": (row_of("Horaires", Ligne="MMG-EXEMPLE", Jours="mardi", Début="25h", Fin="26h"), 3, "hour"),
    "an extra sheet": (plan(lambda book: book.create_sheet("Brouillon").append(["notes"])), 0, "sheet-unknown"),
    "a renamed sheet": (plan(lambda book: setattr(book["Lignes"], "title", "Ligne 2027")), 3, "sheet"),
    "a missing sheet": (plan(lambda book: book.remove(book["Médecins"])), 3, "sheet-missing"),
    "an extra column": (plan(extra_column), 0, "column-unknown"),
    "a renamed column": (plan(renamed), 0, "column-unknown"),
    "a missing column": (plan(lambda book: book["Médecins"].delete_cols(1)), 3, "column-missing"),
    "a duplicated id": (row_of("Médecins", Identifiant="EX02", Nom="AUTRE", Secteurs="SECTEUR-EXEMPLE"), 3, "id-twice"),
    "two doctors of one name": (
        row_of("Médecins", Identifiant="EX90", Nom="EXEMPLE", Prénom="Bruno", Secteurs="SECTEUR-EXEMPLE", Modalités="fixe"),
        0, "doctors-alike",
    ),
    "an unknown doctor in a table": (answers("Dr INCONNU;08/04/2027;impossible"), 3, "reference-unknown"),
    "an unknown doctor in a form": (
        filled(lambda book: setattr(next(row for row in book["_origine"] if row[0].value == "doctor")[1], "value", "EX99")),
        3, "doctor-unknown",
    ),
    "a form for another quarter": (other_period, 3, "form-other-period"),
    "an empty form": (filled(lambda book: None), 0, "form-empty"),
    "a formula without a cached value": (filled(formula), 3, "formula"),
    "leave marked by colour alone": (filled(coloured), 3, "colour"),
    "overlapping opening hours": (
        row_of("Horaires", Ligne="MMG-EXEMPLE", Jours="samedi", Début="18h", Fin="22h"), 3, "hours-overlap"),
    "an impossible fixed assignment": (
        row_of("Affectations imposées", Médecin="EX02", Ligne="MMG-EXEMPLE", Date="12/05/2027"), 3, "fixed-duty-unknown"),
    "two fixed assignments for one place": (
        lambda folder: [
            row_of("Affectations imposées", Médecin=doctor, Ligne="MMG-EXEMPLE", Date="08/04/2027")(folder)
            for doctor in ("EX02", "EX04")
        ], 3, "fixed-impossible"),
    "an encrypted xlsx": (file("EX02.xlsx", encrypted), 3, "file-encrypted"),
    "a truncated xlsx": (file("EX02.xlsx", lambda: FORM[0][: len(FORM[0]) // 2]), 3, "file-truncated"),
    "a zip bomb": (file("EX02.xlsx", bomb), 3, "file-bomb"),
    "an empty file": (file("EX02.xlsx", bytes), 3, "file-empty"),
    "a plan that is an empty file": (lambda folder: (folder / "plan.xlsx").write_bytes(b""), 3, "file-empty"),
    "a plan that ends before it starts": (plan(ends_before_it_starts), 3, "row-inconsistent"),
    "a document under a workbook's name": (file("EX02.xlsx", lambda: b"%PDF-1.4"), 3, "file-not-a-workbook"),
}  # fmt: skip
"""Item → how a folder is spoilt, the exit code of `check`, and how the code of the problem begins."""


@pytest.mark.parametrize("item", ITEMS)
def test_what_is_wrong_is_named_in_french_at_its_place_and_nothing_is_changed(rosterplan, sound, tmp_path, item):
    spoil, code, problem = ITEMS[item]
    folder = Path(shutil.copytree(sound, tmp_path / "petit"))
    spoil(folder)
    before = contents(folder)
    said = rosterplan("check", folder, "--out", tmp_path / "out", "--json")
    assert said.code == code, said.out + said.err
    told = [one for one in json.loads(said.out)["problems"] if one["code"].startswith(problem)]
    told = [one for one in told if one["severity"] == ("erreur" if code else one["severity"])]
    assert told, said.out
    assert all(one["file"] and one["found"] and one["wanted"] and one["remedy"] for one in told)
    assert contents(folder) == before


def test_a_period_whose_days_contradict_each_other_shows_both(rosterplan, sound, tmp_path):
    folder = Path(shutil.copytree(sound, tmp_path / "petit"))
    plan(ends_before_it_starts)(folder)
    said = rosterplan("check", folder, "--out", tmp_path / "out")
    assert "Trouvé : du 05/04/2027 au 11/04/2026" in said.out + said.err
    assert "Attendu : une période qui finit après son début" in said.out + said.err


def test_a_list_of_doctors_that_is_missing_foretells_no_shortage_of_every_duty(rosterplan, sound, tmp_path):
    folder = Path(shutil.copytree(sound, tmp_path / "petit"))
    plan(lambda book: book.remove(book["Médecins"]))(folder)
    said = rosterplan("check", folder, "--out", tmp_path / "out", "--json")
    assert json.loads(said.out)["notes"] == []


def ods(*rows: str) -> Callable[[], bytes]:
    """A table of answers saved by LibreOffice."""

    def content() -> bytes:
        lines = ["Médecin;Date;Réponse", *rows]
        cells = "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                for cell in line.split(";")
            )
            + "</table:table-row>"
            for line in lines
        )
        xml = (
            '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
            f'<office:spreadsheet><table:table table:name="Feuille1">{cells}</table:table></office:spreadsheet>'
            "</office:body></office:document-content>"
        )
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", xml)
            archive.writestr("META-INF/manifest.xml", "<manifest/>")
        return buffer.getvalue()

    return content


def serials(*, date1904: bool) -> Callable[[], bytes]:
    """A workbook of answers whose dates are true dates, in one of the two systems of Excel."""

    def content() -> bytes:
        book = openpyxl.Workbook()
        if date1904:
            book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book.active.append(["Médecin", "Date", "Réponse"])
        book.active.append(["EX02", date(2027, 4, 8), "impossible"])
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    return content


NO = "EX02;{};impossible"
ACCEPTED: dict[str, Spoil] = {
    "3 mars 27": answers(NO.format("8 avril 27")),
    "03/03/2027": answers(NO.format("08/04/2027")),
    "3-mars": answers(NO.format("8-avr")),
    "a weekday before the date": answers(NO.format("jeudi 8 avril")),
    "an Excel serial": answers(NO.format("46485")),
    "a true date": file("reponses.xlsx", serials(date1904=False)),
    "the 1904 system": file("reponses.xlsx", serials(date1904=True)),
    "non-breaking spaces": answers(NO.format("8\u00a0avril\u202f2027").replace("EX02", "EX02\u00a0")),
    "decomposed accents": answers(unicodedata.normalize("NFD", "Dr EXEMPLE Bruno;8 avril;impossible"), name="réponses.csv"),
    "a csv in cp1252 with semicolons": answers(NO.format("8 avril"), encoding="cp1252"),
    "a csv in UTF-16": answers(NO.format("8 avril"), encoding="utf-16"),
    "an ods": file("reponses.ods", ods(NO.format("08/04/2027"))),
}  # fmt: skip
"""Ways to refuse Thursday 8 April 2027."""


@pytest.mark.parametrize("way", ACCEPTED)
def test_what_only_looks_odd_is_understood(rosterplan, sound, tmp_path, way):
    folder = Path(shutil.copytree(sound, tmp_path / "petit"))
    ACCEPTED[way](folder)
    said = rosterplan("export", folder, "--json")
    assert said.code == 0, said.out + said.err
    rows = [row for row in json.loads(said.out)["availability"] if row["doctor"] == "EX02"]
    assert [(row["value"], "2027-04-08" in (row["duty"] or row["start"])) for row in rows] == [("impossible", True)]


HOURS = {"midi": "12:00", "24h": "00:00", "minuit": "00:00", "0h": "00:00"}


@pytest.mark.parametrize("typed", HOURS)
def test_hours_are_understood_as_people_type_them(rosterplan, sound, tmp_path, typed):
    folder = Path(shutil.copytree(sound, tmp_path / "petit"))
    first, last = (typed, "20h") if typed == "midi" else ("0h", "8h") if typed == "0h" else ("20h", typed)
    row_of("Horaires", Ligne="NUIT-EXEMPLE", Jours="mardi", Début=first, Fin=last)(folder)
    said = rosterplan("export", folder, "--json")
    assert said.code == 0, said.out + said.err
    added = [
        one for one in json.loads(said.out)["duties"] if one["line"] == "NUIT-EXEMPLE" and one["date"] == "2027-04-06"
    ]
    end = "start" if typed in ("midi", "0h") else "end"
    assert [one[end][11:16] for one in added] == [HOURS[typed]]


def test_cells_merged_over_several_rows_speak_for_each_of_them(rosterplan, sound, tmp_path):
    folder = Path(shutil.copytree(sound, tmp_path / "petit"))
    plan(merged_heads)(folder)
    assert rosterplan("export", folder, "--json").out == rosterplan("export", sound, "--json").out


def test_a_bad_form_set_aside_is_in_the_journal_by_its_hash_never_by_its_name(rosterplan, sound, tmp_path):
    folder = Path(shutil.copytree(sound, tmp_path / "petit"))
    bad = folder / "disponibilites" / "Dr Martin.xlsx"
    bad.write_bytes(b"%PDF-1.4")
    assert rosterplan("solve", folder, "--out", tmp_path / "out", "--workers", 1).code == 3
    said = rosterplan("solve", folder, "--out", tmp_path / "out", "--workers", 1, "--sans", "Dr Martin.xlsx")
    assert said.code == 0, said.out + said.err
    journal = (tmp_path / "out" / "journal.jsonl").read_text("utf-8")
    assert json.loads(journal.splitlines()[0])["set_aside"] == [sha256(b"%PDF-1.4").hexdigest()]
    assert "Martin" not in journal


def test_what_people_type_never_becomes_a_formula_in_any_workbook_written(rosterplan, sound, tmp_path):
    folder = Path(shutil.copytree(sound, tmp_path / "petit"))
    nasty = "=HYPERLINK(1)"
    row_of("Médecins", Identifiant="EX91", Nom=nasty, Prénom="+1+1", Secteurs="SECTEUR-EXEMPLE", Modalités="fixe")(
        folder
    )
    _as_text(folder / "plan.xlsx", nasty)
    answers(f"@SUM(1);{nasty};impossible", f"EX91;8 avril;{nasty}", name="=A1.csv")(folder)
    out = tmp_path / "out"
    assert rosterplan("check", folder, "--out", out).code == 3
    (folder / "disponibilites" / "=A1.csv").unlink()
    assert rosterplan("forms", folder, "--out", out).code == 0
    assert rosterplan("solve", folder, "--out", out, "--workers", 1).code == 0
    written = sorted(out.rglob("*.xlsx"))
    assert len(written) > 15
    holding = 0
    for path in written:
        for sheet in openpyxl.load_workbook(path):
            for row in sheet.iter_rows():
                for cell in row:
                    holding += nasty in str(cell.value)
                    assert cell.data_type != "f" or "HYPERLINK" not in str(cell.value), (
                        path.name,
                        sheet.title,
                        cell.coordinate,
                    )
    assert holding


def _as_text(path: Path, text: str) -> None:
    """The cell of the plan that holds ``text`` as text: openpyxl takes it for a formula."""
    book = openpyxl.load_workbook(path)
    cell = next(cell for row in book["Médecins"].iter_rows() for cell in row if cell.value == text)
    cell.data_type = "s"
    book.save(path)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
