"""Bytes that depend on nothing but their content: no clock, no machine; and the files people's other programs write."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

_EPOCH = (1980, 1, 1, 0, 0, 0)
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_ODS = "urn:oasis:names:tc:opendocument:xmlns:"
_MIME = "application/vnd.oasis.opendocument.spreadsheet"

Cell = str | date | int | None


def saved(book: openpyxl.Workbook, day: date) -> bytes:
    """The workbook as saved on ``day`` at noon, whenever this runs: the day an answer counts from, if it bears none."""
    buffer = io.BytesIO()
    book.save(buffer)
    stamp = f"{day:%Y-%m-%d}T12:00:00Z".encode()
    parts: list[tuple[str, bytes]] = []
    with zipfile.ZipFile(buffer) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "docProps/core.xml":
                content = _DATES.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            parts.append((name, content))
    return zipped(parts)


def zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """An archive without any clock; a part named `mimetype` is stored as it is, as OpenDocument wants it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def ods(title: str, rows: Sequence[Sequence[Cell]], day: date) -> bytes:
    """An OpenDocument spreadsheet of one sheet, saved on ``day``."""
    cells = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    names = "".join(f' xmlns:{name}="{_ODS}{name}:1.0"' for name in ("office", "table", "text", "meta"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="{escape(title)}">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    meta = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-meta{names} xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' office:version="1.2"><office:meta><dc:date>{day:%Y-%m-%d}T12:00:00</dc:date></office:meta></office:document-meta>'
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _MIME), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{_ODS}manifest:1.0"'
        f' manifest:version="1.2">{entries}</manifest:manifest>'
    )
    parts = {"mimetype": _MIME, "content.xml": content, "meta.xml": meta, "META-INF/manifest.xml": manifest}
    return zipped([(name, text.encode()) for name, text in parts.items()])


def _ods_cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}">'
            f"<text:p>{value:%d/%m/%Y}</text:p></table:table-cell>"
        )
    kind = f'float" office:value="{value}' if isinstance(value, int) else "string"
    return f'<table:table-cell office:value-type="{kind}"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def write(path: Path, content: bytes) -> None:
    """Write a file, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
