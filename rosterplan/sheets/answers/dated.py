"""The day a workbook was last saved, as written inside it: the same wherever the file is copied, unlike its disk date."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Final

_SAVED: Final = {
    "docProps/core.xml": re.compile(rb"<dcterms:(?:modified|created)[^>]*>(\d{4}-\d{2}-\d{2})"),
    "meta.xml": re.compile(rb"<dc:date>(\d{4}-\d{2}-\d{2})"),
}
_LARGEST_PART_BYTES: Final = 100_000


def saved_on(path: Path) -> date | None:
    """The latest date in the properties of an .xlsx or .ods; None for other files or where none is written."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name, pattern in _SAVED.items():
                if name in archive.NameToInfo and archive.getinfo(name).file_size <= _LARGEST_PART_BYTES:
                    with archive.open(name) as part:
                        days = [
                            date.fromisoformat(found.decode())
                            for found in pattern.findall(part.read(_LARGEST_PART_BYTES))
                        ]
                    return max(days, default=None)
    except (OSError, ValueError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return None
    return None
