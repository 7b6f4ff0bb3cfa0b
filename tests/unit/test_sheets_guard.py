"""A hostile or broken file is a problem in words; it never costs memory, time or a traceback."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from rosterplan.domain.findings import Problem
from rosterplan.messages import speaking
from rosterplan.sheets.cells.guard import LARGEST_RATIO, SafeFile, candidate_files, safe_file
from rosterplan.sheets.cells.workbook import read_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def saved(path: Path, cells: dict[str, object] | None = None) -> Path:
    book = openpyxl.Workbook()
    for where, value in (cells or {"A1": "Nom"}).items():
        book.active[where] = value
    book.save(path)
    return path


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def refusal(path: Path) -> Problem:
    found = safe_file(path)
    assert isinstance(found, Problem)
    assert found.severity == "erreur" and found.file == path.name and found.found and found.wanted
    book = read_workbook(path)
    assert not book.readable and not book.sheets
    return found


def test_an_ordinary_workbook_passes_and_its_hash_is_that_of_the_file(tmp_path: Path) -> None:
    safe = safe_file(saved(tmp_path / "a.xlsx"))
    assert isinstance(safe, SafeFile) and safe.form == "xlsx"
    assert len(safe.sha256) == 64 and safe.sha256 == read_workbook(tmp_path / "a.xlsx").sha256


def test_one_cell_in_the_last_corner_is_refused_instead_of_killing_the_process(tmp_path: Path) -> None:
    problem = refusal(saved(tmp_path / "a.xlsx", {"A1": "x", "XFD1048576": " "}))
    assert (problem.code, problem.sheet, problem.cell) == ("sheet-too-wide", "Sheet", "XFD1048576")


def test_a_far_cell_hidden_by_spaces_or_missing_references_is_seen_too(tmp_path: Path) -> None:
    parts = parts_of(saved(tmp_path / "a.xlsx", {"A1": "x"}))
    sheet = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c' + b" " * 500 + b"r = 'XFD1048576' t=\"n\"><v>1</v></c></row></sheetData>"
    unplaced = b'<row r="1048576">' + b'<c t="n"><v>1</v></c>' * 40 + b"</row></sheetData>"
    for number, rows in enumerate((far, unplaced)):
        changed = parts | {sheet: parts[sheet].replace(b"</sheetData>", rows)}
        assert refusal(zipped(tmp_path / f"{number}.xlsx", changed)).code == "sheet-too-wide"


def test_empty_formatted_cells_down_to_the_last_row_are_not_an_offence(tmp_path: Path) -> None:
    parts = parts_of(saved(tmp_path / "a.xlsx", {"A1": "x"}))
    sheet = "xl/worksheets/sheet1.xml"
    styled = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    path = zipped(tmp_path / "b.xlsx", parts | {sheet: parts[sheet].replace(b"</sheetData>", styled)})
    assert read_workbook(path).sheets["Sheet"].rows == (("x",),)


def test_a_zip_bomb_is_counted_while_it_unpacks_and_left_where_it_is_known_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = zipped(tmp_path / "a.xlsx", {"xl/workbook.xml": b"<workbook/>", "xl/media/x": bytes(200_000_000)})
    unpacked, read = [], zipfile.ZipExtFile.read

    def counted(stream: zipfile.ZipExtFile, size: int) -> bytes:
        unpacked.append(read(stream, size))
        return unpacked[-1]

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    problem = safe_file(bomb)
    assert isinstance(problem, Problem) and problem.code == "file-bomb"
    assert "un fichier de 0,19 Mo" in problem.found
    assert LARGEST_RATIO * bomb.stat().st_size < sum(map(len, unpacked)) < LARGEST_RATIO * bomb.stat().st_size + 100_000
    assert not read_workbook(bomb).readable


def test_a_zip_whose_headers_lie_about_sizes_is_refused(tmp_path: Path) -> None:
    content = bytearray(saved(tmp_path / "a.xlsx").read_bytes())
    entry = content.find(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (1).to_bytes(4, "little")
    (tmp_path / "a.xlsx").write_bytes(bytes(content))
    assert isinstance(safe_file(tmp_path / "a.xlsx"), Problem)


def test_a_pattern_made_to_slow_the_reader_down_is_read_to_its_end(tmp_path: Path) -> None:
    """Quadratic time would be hours, so a minute tells; in a process of its own, which can be ended."""
    code = (
        "import sys; from pathlib import Path; from rosterplan.sheets.cells.workbook import read_workbook;"
        "print(read_workbook(Path(sys.argv[1])).readable)"
    )
    for number, slow in enumerate((b"<c " * 1_000_000, b"<c" + b' r="A1"' * 500_000, b"<row r=" * 500_000)):
        path = zipped(
            tmp_path / f"{number}.xlsx", {"xl/workbook.xml": b"<x/>", "xl/worksheets/s.xml": b"sheetData" + slow}
        )
        ended = subprocess.run([sys.executable, "-c", code, str(path)], timeout=60, capture_output=True, check=False)
        assert (ended.returncode, ended.stdout.strip()) in ((0, b"True"), (0, b"False")), ended.stderr


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "C:\\evil.xml", "xl/..\\..\\evil.xml"])
def test_names_that_lead_out_of_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    parts = parts_of(saved(tmp_path / "a.xlsx"))
    assert refusal(zipped(tmp_path / "b.xlsx", parts | {name: b"x"})).code == "file-suspicious"


def test_a_part_given_twice_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx")
    with pytest.warns(UserWarning), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert refusal(path).code == "file-suspicious"


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.98])
def test_a_truncated_file_is_said_to_be_incomplete(tmp_path: Path, kept: float) -> None:
    path = saved(tmp_path / "a.xlsx")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert refusal(path).code == "file-truncated"


def test_encrypted_files_ask_for_the_password_to_be_removed(tmp_path: Path) -> None:
    office = tmp_path / "a.xlsx"
    office.write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>"
    libre = zipped(
        tmp_path / "a.ods",
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": b"?",
            "META-INF/manifest.xml": manifest,
        },
    )
    flagged = tmp_path / "b.xlsx"
    content = bytearray(saved(flagged).read_bytes())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.find(mark) + offset] |= 1
    flagged.write_bytes(bytes(content))
    for path in (office, libre, flagged):
        problem = refusal(path)
        assert problem.code == "file-encrypted" and "mot de passe" in problem.remedy


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"<html><table></table></html>", "page web"),
        (bytes(100), "classeur"),
        (b"hello", "classeur"),
    ],
)
def test_what_is_not_a_workbook_is_named(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    problem = refusal(path)
    assert problem.code == "file-not-a-workbook" and word in problem.found and ".xlsx" in problem.remedy


def test_archives_that_are_no_workbook_or_binary_ones_are_refused(tmp_path: Path) -> None:
    assert refusal(zipped(tmp_path / "a.xlsx", {"word/document.xml": b"<x/>"})).code == "file-not-a-workbook"
    assert ".xlsb" in refusal(zipped(tmp_path / "b.xlsx", {"xl/workbook.bin": b""})).found


def test_an_old_xls_that_is_only_a_header_is_damaged_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(OLE + bytes(2000))
    book = read_workbook(path)
    assert not book.readable and book.problems[0].code == "file-damaged"


def test_damage_inside_a_sound_archive_is_damage_not_a_crash(tmp_path: Path) -> None:
    parts = parts_of(saved(tmp_path / "a.xlsx"))
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        path = zipped(tmp_path / "b.xlsx", parts | {part: parts[part][:-40] + b"<<&"})
        assert read_workbook(path).problems[0].code == "file-damaged"


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    parts = parts_of(saved(tmp_path / "a.xlsx"))
    laughs = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    sheet = laughs + parts["xl/worksheets/sheet1.xml"].replace(b"Nom", b"&b;")
    book = read_workbook(zipped(tmp_path / "b.xlsx", parts | {"xl/worksheets/sheet1.xml": sheet}))
    assert not book.readable or book.sheets["Sheet"].at(0, 0) in (None, "Nom")


def test_missing_empty_too_large_and_folder_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "vide.xlsx").write_bytes(b"")
    (tmp_path / "dossier.xlsx").mkdir()
    assert refusal(tmp_path / "absent.xlsx").code == "file-missing"
    assert refusal(tmp_path / "vide.xlsx").code == "file-empty"
    assert refusal(tmp_path / "dossier.xlsx").code == "file-is-a-folder"
    found = safe_file(saved(tmp_path / "gros.xlsx"), largest_bytes=1000)
    assert isinstance(found, Problem) and found.code == "file-too-large"


def test_refusals_are_worded_in_english_too(tmp_path: Path) -> None:
    with speaking("en"):
        assert "password" in refusal_of_encrypted(tmp_path).remedy


def refusal_of_encrypted(folder: Path) -> Problem:
    path = folder / "a.xlsx"
    path.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    return refusal(path)


def test_lock_files_and_other_documents_are_not_candidates(tmp_path: Path) -> None:
    for name in ("b.XLSX", "a.ods", "~$b.xlsx", ".~lock.a.ods#", ".cache.xlsx", "notes.docx", "c.csv"):
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in candidate_files(tmp_path)] == ["a.ods", "b.XLSX", "c.csv"]
    assert candidate_files(tmp_path / "absent") == ()


def test_ods_repetitions_are_unrolled_before_reading(tmp_path: Path) -> None:
    def ods(name: str, rows: str) -> Path:
        body = (
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="F">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
        )
        mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
        manifest = (
            b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            b'<manifest:file-entry manifest:full-path="/" manifest:media-type="' + mimetype + b'"/></manifest:manifest>'
        )
        parts = {"mimetype": mimetype, "content.xml": body.encode(), "META-INF/manifest.xml": manifest}
        return zipped(tmp_path / name, parts)

    cell = '<table:table-cell {} office:value-type="string"><text:p>x</text:p></table:table-cell>'
    many = 'table:number-rows-repeated="3000"'
    wide = 'table:number-columns-repeated="3000"'
    bomb = ods("a.ods", f"<table:table-row {many}>{cell.format(wide)}</table:table-row>")
    assert refusal(bomb).code == "sheet-too-wide"
    blank_tail = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    book = read_workbook(ods("b.ods", f"<table:table-row>{cell.format('')}</table:table-row>{blank_tail}"))
    assert book.sheets["F"].rows == (("x",),)


def test_macros_are_data_never_run(tmp_path: Path) -> None:
    parts = parts_of(saved(tmp_path / "a.xlsx"))
    path = zipped(tmp_path / "a.xlsm", parts | {"xl/vbaProject.bin": OLE + bytes(100)})
    assert read_workbook(path).sheets["Sheet"].rows == (("Nom",),)


def test_a_file_is_never_changed_by_reading(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx")
    before = path.read_bytes(), path.stat().st_mtime_ns
    read_workbook(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert zipfile.is_zipfile(io.BytesIO(before[0]))
