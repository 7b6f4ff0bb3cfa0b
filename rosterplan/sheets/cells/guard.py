"""A file sent by anyone is a workbook of reasonable size, or a problem in words; nothing is parsed before that.

A spreadsheet is a zip of XML: it can unpack to gigabytes, be encrypted, cut short, or put one cell in the last corner
of a sheet so that a dense reader asks for 400 GB and kills the process. All of that is refused here, on bytes in memory.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.messages.words import decimal
from rosterplan.sheets.cells.extent import Corner, address, last_cell_of_xlsx, last_cells_of_ods, too_far
from rosterplan.sheets.cells.text import UTF_16
from rosterplan.sheets.cells.xlsx_parts import part_of_sheet

MEGABYTE = 1_000_000
LARGEST_FILE_BYTES = 20 * MEGABYTE
LARGEST_UNPACKED_BYTES = 150 * MEGABYTE
LARGEST_RATIO = 120
"""Unpacked over packed size; XML of a sheet seldom passes 40. Small archives are not judged by it."""
RATIO_JUDGED_FROM_BYTES = 10 * MEGABYTE
MOST_MEMBERS = 5_000
SUFFIXES = (".xlsx", ".xlsm", ".ods", ".xls", ".csv")

Form = Literal["xlsx", "ods", "xls", "csv"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 16


@dataclass(frozen=True)
class SafeFile:
    """A file fit to be parsed: its bytes, what it is, and its unpacked parts by name (empty for xls and csv)."""

    name: str
    content: bytes
    form: Form
    parts: Mapping[str, bytes]

    @property
    def sha256(self) -> str:
        """The hash of the file as it stands on disk."""
        return hashlib.sha256(self.content).hexdigest()


class _Refused(Exception):
    """A reason to read no further, as the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def candidate_files(folder: Path) -> tuple[Path, ...]:
    """The spreadsheets of a folder, sorted by name, without the lock files of office programs or hidden files."""
    if not folder.is_dir():
        return ()
    return tuple(
        path
        for path in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", ".", "._"))
    )


def safe_file(path: Path, *, largest_bytes: int = LARGEST_FILE_BYTES) -> SafeFile | Problem:
    """The file at ``path`` if it can be parsed without danger, else the problem to show. Never raises for user data."""
    try:
        return _inspected(path.name, _bytes_of(path, largest_bytes))
    except _Refused as refused:
        return refused.problem


def _bytes_of(path: Path, largest_bytes: int) -> bytes:
    try:
        if path.is_dir():
            raise _refusal(path.name, "file-is-a-folder", fr="un dossier", en="a folder")
        size = path.stat().st_size
        if size > largest_bytes:
            raise _too_large(path.name, f"{size / MEGABYTE:.0f} Mo", largest_bytes)
        return path.read_bytes()
    except FileNotFoundError:
        raise _refusal(path.name, "file-missing", fr="fichier introuvable", en="no such file",
                       remedy_fr="Vérifiez le nom et le dossier.", remedy_en="Check the name and the folder.") from None  # fmt: skip
    except OSError as error:
        raise _refusal(
            path.name,
            "file-unreadable",
            fr=f"lecture impossible ({error.strerror or 'erreur du disque'})",
            en=f"cannot be read ({error.strerror or 'disk error'})",
            remedy_fr="Fermez le fichier s’il est ouvert dans un autre programme, puis recommencez.",
            remedy_en="Close the file if another program holds it open, then try again.",
        ) from None


def _inspected(name: str, content: bytes) -> SafeFile:
    if not content:
        raise _refusal(name, "file-empty", fr="un fichier vide (0 octet)", en="an empty file (0 bytes)",
                       remedy_fr="Remplacez-le : reprenez une sauvegarde, ou demandez un nouvel envoi.",
                       remedy_en="Replace it: from a backup, or ask for the file again.")  # fmt: skip
    if content.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in content:
            raise _encrypted(name)
        return SafeFile(name, content, "xls", {})
    if content.startswith(b"PK"):
        parts = _unpacked(name, content)
        return SafeFile(name, content, _form_of_archive(name, parts), parts)
    if _looks_like_text(content) and Path(name).suffix.lower() in (".csv", ".txt"):
        return SafeFile(name, content, "csv", {})
    raise _not_a_workbook(name, content)


def _unpacked(name: str, content: bytes) -> dict[str, bytes]:
    """The parts of a zip, counted while they unpack: the sizes written in its headers can lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_members(name, members)
            parts: dict[str, bytes] = {}
            total = 0
            for member in members:
                parts[member.filename] = part = _part(name, archive, member, total, len(content))
                total += len(part)
            return parts
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, UnicodeDecodeError, ValueError):
        raise _refusal(
            name,
            "file-truncated",
            fr="un fichier incomplet ou abîmé",
            en="an incomplete or damaged file",
            remedy_fr="La copie ou l’envoi a sans doute été interrompu : reprenez une sauvegarde, ou demandez un nouvel envoi.",
            remedy_en="The copy or the mail was probably cut: take a backup, or ask for the file again.",
        ) from None


def _check_members(name: str, members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if any(member.flag_bits & 0x1 for member in members):
        raise _encrypted(name)
    odd = next((entry for entry in names if _leads_out(entry)), None)
    if odd is not None or len(set(names)) < len(names) or len(names) > MOST_MEMBERS:
        raise _refusal(
            name,
            "file-suspicious",
            fr="une archive construite de façon anormale" + (f" ({odd[:60]})" if odd else ""),
            en="an archive built in an abnormal way" + (f" ({odd[:60]})" if odd else ""),
            remedy_fr="Ne l’ouvrez pas ; demandez à son auteur un fichier enregistré par Excel ou LibreOffice.",
            remedy_en="Do not open it; ask its author for a file saved by Excel or LibreOffice.",
        )


def _leads_out(entry: str) -> bool:
    path = PurePosixPath(entry.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in entry


def _part(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, before: int, packed: int) -> bytes:
    pieces: list[bytes] = []
    size = before
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST_UNPACKED_BYTES or (size > RATIO_JUDGED_FROM_BYTES and size > LARGEST_RATIO * packed):
                raise _refusal(
                    name,
                    "file-bomb",
                    fr=f"un fichier de {decimal(round(100 * packed / MEGABYTE))} Mo qui en occupe plus de {size / MEGABYTE:.0f} une fois déplié",
                    en=f"a file of {packed / MEGABYTE:.2f} MB that unpacks to more than {size / MEGABYTE:.0f} MB",
                    remedy_fr="Copiez les cellules utiles dans un classeur neuf et enregistrez-le.",
                    remedy_en="Copy the useful cells into a new workbook and save it.",
                )
    return b"".join(pieces)


def _form_of_archive(name: str, parts: Mapping[str, bytes]) -> Form:
    if "xl/workbook.xml" in parts:
        for part, xml in parts.items():
            if b"sheetData" in xml and too_far(corner := last_cell_of_xlsx(xml)):
                names = {place: sheet for sheet, place in part_of_sheet(parts).items()}
                raise _too_wide(name, names.get(part, ""), corner)
        return "xlsx"
    if b"opendocument.spreadsheet" in parts.get("mimetype", b""):
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise _encrypted(name)
        for corner in last_cells_of_ods(parts.get("content.xml", b"")):
            if too_far(corner):
                raise _too_wide(name, "", corner)
        return "ods"
    binary = "xl/workbook.bin" in parts
    raise _refusal(
        name,
        "file-not-a-workbook",
        fr="un classeur binaire (.xlsb)" if binary else "une archive qui n’est pas un classeur",
        en="a binary workbook (.xlsb)" if binary else "an archive that is not a workbook",
        remedy_fr="Enregistrez-le au format « Classeur Excel (.xlsx) ».",
        remedy_en="Save it as “Excel workbook (.xlsx)”.",
    )


def _too_wide(name: str, sheet: str, corner: Corner) -> _Refused:
    cell = address(corner[0] - 1, corner[1] - 1)
    refused = _refusal(
        name,
        "sheet-too-wide",
        fr=f"une feuille qui va jusqu’à la cellule {cell}",
        en=f"a sheet that reaches as far as cell {cell}",
        remedy_fr="Supprimez les lignes et les colonnes qui suivent vos données (même d’apparence vide), puis enregistrez.",
        remedy_en="Delete the rows and columns after your data, even if they look empty, then save.",
    )
    return _Refused(refused.problem.model_copy(update={"sheet": sheet, "cell": cell}))


def _looks_like_text(content: bytes) -> bool:
    if content.startswith(UTF_16):
        return True
    return b"\x00" not in content[:4096] and content.lstrip()[:1] != b"<"


def _not_a_workbook(name: str, content: bytes) -> _Refused:
    start = content.lstrip()[:5].lower()
    if start.startswith(b"%pdf"):
        found_fr, found_en = "un document PDF", "a PDF document"
    elif start.startswith(b"<"):
        found_fr, found_en = (
            "une page web (HTML ou XML) sous un nom de classeur",
            "a web page (HTML or XML) named as a workbook",
        )
    else:
        found_fr, found_en = "un contenu qui n’est pas celui d’un classeur", "contents that are not a workbook"
    return _refusal(name, "file-not-a-workbook", fr=found_fr, en=found_en,
                    remedy_fr="Ouvrez-le dans Excel ou LibreOffice et enregistrez-le au format .xlsx ; s’il ne s’ouvre pas, reprenez une sauvegarde ou redemandez-le.",
                    remedy_en="Open it in Excel or LibreOffice and save it as .xlsx; if it does not open, take a backup or ask for it again.")  # fmt: skip


def _encrypted(name: str) -> _Refused:
    return _refusal(
        name,
        "file-encrypted",
        fr="un fichier protégé par un mot de passe",
        en="a file protected by a password",
        remedy_fr="Retirez le mot de passe (Fichier › Informations › Protéger), puis enregistrez.",
        remedy_en="Remove the password (File › Info › Protect), then save.",
    )


def _too_large(name: str, size: str, largest_bytes: int) -> _Refused:
    limit = largest_bytes // MEGABYTE
    return _refusal(
        name,
        "file-too-large",
        fr=f"un fichier de {size}",
        en=f"a file of {size}",
        remedy_fr=f"La limite est de {limit} Mo : retirez images et feuilles inutiles.",
        remedy_en=f"The limit is {limit} MB: remove pictures and sheets you do not need.",
    )


def _refusal(name: str, code: str, *, fr: str, en: str, remedy_fr: str = "", remedy_en: str = "") -> _Refused:
    return _Refused(
        Problem(
            severity="erreur",
            code=code,
            file=name,
            found=say(fr=fr, en=en),
            wanted=say(
                fr="un classeur .xlsx, .ods, .xls ou .csv lisible", en="a readable .xlsx, .ods, .xls or .csv workbook"
            ),
            remedy=say(fr=remedy_fr, en=remedy_en),
        )
    )
