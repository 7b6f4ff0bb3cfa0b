"""The day a workbook was last saved, as written inside it: the same wherever the file is copied, unlike its disk date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

_SAVED: Final = {
    "docProps/core.xml": re.compile(rb"<dcterms:(?:modified|created)[^>]*>(\d{4}-\d{2}-\d{2})"),
    "meta.xml": re.compile(rb"<dc:date>(\d{4}-\d{2}-\d{2})"),
}
_LARGEST_PART_BYTES: Final = 100_000


def saved_on(parts: Mapping[str, bytes]) -> date | None:
    """The latest date in the properties of an .xlsx or .ods, from its unpacked parts; None where none is written."""
    for name, pattern in _SAVED.items():
        part = parts.get(name)
        if part is None or len(part) > _LARGEST_PART_BYTES:
            continue
        try:
            return max((date.fromisoformat(found.decode()) for found in pattern.findall(part)), default=None)
        except ValueError:
            return None
    return None
