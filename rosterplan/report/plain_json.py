"""JSON a person can read and compare line by line: an item of a list per line, the same bytes for the same values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeAlias

from pydantic import JsonValue

Json: TypeAlias = dict[str, JsonValue]


def plain_json(value: Mapping[str, JsonValue]) -> bytes:
    """The object as UTF-8, keys in the order given, lists of objects with one object per line, a final newline."""
    fields = ",\n".join(f" {_compact(key)}: {_field(item)}" for key, item in value.items())
    return f"{{\n{fields}\n}}\n".encode()


def _field(value: JsonValue) -> str:
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        items = ",\n".join(f"  {_compact(item)}" for item in value)
        return f"[\n{items}\n ]"
    return _compact(value)


def _compact(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)
