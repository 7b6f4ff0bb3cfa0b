"""Which part of an xlsx archive each sheet is, read from the workbook's own tables."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping


def part_of_sheet(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The zip member of each sheet of an xlsx, by name as calamine gives it."""
    relations = parts.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8", "replace")
    targets: dict[str, str] = {}
    for tag in re.findall(r"<(?:\w+:)?Relationship\s[^<>]*>", relations):
        attributes = _attributes(tag)
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    book = parts.get("xl/workbook.xml", b"").decode("utf-8", "replace")
    found: dict[str, str] = {}
    for tag in re.findall(r"<(?:\w+:)?sheet\s[^<>]*>", book):
        attributes = _attributes(tag)
        relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        found[attributes.get("name", "")] = targets.get(relation, "")
    return found


def _attributes(tag: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, _, value in re.findall(r"([\w:]+)\s*=\s*([\"'])(.*?)\2", tag)}
