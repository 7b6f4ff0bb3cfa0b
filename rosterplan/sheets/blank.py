"""An empty workbook to write into, in memory; what users typed is written in it as text, never as a formula or a link."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook

_AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def blank_workbook(
    title: str, made_on: date, *, default_format: Mapping[str, Any] | None = None
) -> tuple[Workbook, io.BytesIO]:
    """The workbook, and where its bytes go once it is closed; dated ``made_on``, so that equal contents give equal bytes."""
    buffer = io.BytesIO()
    look = {"default_format_properties": dict(default_format)} if default_format else {}
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, **_AS_TYPED, **look})
    created = datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC).replace(tzinfo=None)
    workbook.set_properties({"title": title, "author": "rosterplan", "created": created})
    return workbook, buffer
