"""instance.json, both ways: the canonical bytes whose hash names an input, and a reading that never raises."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Instance
from rosterplan.messages import say
from rosterplan.rules import BY_CODE
from rosterplan.rules.base import read_rule
from rosterplan.sheets.cells.guard import MEGABYTE
from rosterplan.sheets.cells.text import clipped

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LARGEST_JSON_BYTES = 300 * MEGABYTE
MOST_PROBLEMS = 50


def instance_json(instance: Instance) -> bytes:
    """The canonical instance.json: every key, sorted, no spaces, UTF-8."""
    plain = instance.model_dump(mode="json", by_alias=True)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def input_sha256(instance: Instance) -> str:
    """The SHA-256 of the canonical instance.json: what a roster says it was made from."""
    return hashlib.sha256(instance_json(instance)).hexdigest()


def read_instance_json(path: Path) -> tuple[Instance | None, tuple[Problem, ...]]:
    """The instance a file holds, or every reason why it is none."""
    try:
        if path.stat().st_size > LARGEST_JSON_BYTES:
            return None, (_problem(path, "json-too-large", say(fr="un fichier trop gros", en="a file too large")),)
        content = path.read_bytes()
    except OSError as error:
        return None, (_problem(path, "file-unreadable", error.strerror or str(error)),)
    try:
        instance = Instance.model_validate_json(content)
    except ValidationError as refused:
        return None, _invalid(path, refused.errors(include_url=False))
    problems = tuple(_rule_problems(path, instance))
    return (None if problems else instance), problems


def _invalid(path: Path, errors: Sequence[ErrorDetails]) -> tuple[Problem, ...]:
    """What the schema refuses, said of the field; a roster.json taken for an instance.json is said as such."""
    if {("assignments",), ("stages",)} <= {error["loc"] for error in errors if error["type"] == "extra_forbidden"}:
        found = say(fr="un tableau déjà calculé (roster.json)", en="a roster already computed (roster.json)")
        return (_problem(path, "json-roster", found),)
    return tuple(
        _problem(path, "json-invalid", _said(error), ".".join(map(str, error["loc"])))
        for error in errors[:MOST_PROBLEMS]
    )


def _said(error: ErrorDetails) -> str:
    """The commonest refusals in the reader's language; others as the schema words them."""
    kind, asked = error["type"], error.get("ctx", {})
    if kind in _REFUSALS:
        fr, en = _REFUSALS[kind]
        return say(fr=fr, en=en)
    if kind == "json_invalid":
        return (
            say(fr="un texte qui n’est pas du JSON", en="a text that is not JSON") + f" ({clipped(error['msg'], 200)})"
        )
    typed = clipped(str(error["input"]))
    if kind == "literal_error":
        known = str(asked.get("expected", "")).replace(" or ", say(fr=" ou ", en=" or "))
        return say(
            fr=f"« {typed} », qui n’est pas l’une des valeurs {known}", en=f"“{typed}”, which is none of {known}"
        )
    bounds = [(sign, asked[name]) for name, sign in _BOUNDS.items() if name in asked]
    if bounds and kind.split("_")[0] in ("greater", "less"):
        sign, limit = bounds[0]
        return say(fr=f"{typed}, au lieu d’un nombre {sign} {limit}", en=f"{typed}, instead of a number {sign} {limit}")
    return clipped(error["msg"], 300)


_REFUSALS: Mapping[str, tuple[str, str]] = {
    "missing": ("un champ absent", "a missing field"),
    "extra_forbidden": ("un champ inconnu", "an unknown field"),
    "model_type": ("autre chose qu’un objet { … }", "something that is no object { … }"),
    "dict_type": ("autre chose qu’un objet { … }", "something that is no object { … }"),
    "tuple_type": ("autre chose qu’une liste [ … ]", "something that is no list [ … ]"),
    "list_type": ("autre chose qu’une liste [ … ]", "something that is no list [ … ]"),
    "string_type": ("autre chose qu’un texte", "something that is no text"),
    "int_type": ("autre chose qu’un nombre entier", "something that is no whole number"),
    "int_parsing": ("autre chose qu’un nombre entier", "something that is no whole number"),
    "int_from_float": ("autre chose qu’un nombre entier", "something that is no whole number"),
    "float_type": ("autre chose qu’un nombre", "something that is no number"),
    "float_parsing": ("autre chose qu’un nombre", "something that is no number"),
    "bool_type": ("autre chose que true ou false", "something other than true or false"),
    "bool_parsing": ("autre chose que true ou false", "something other than true or false"),
    "date_type": ("autre chose qu’une date AAAA-MM-JJ", "something that is no date YYYY-MM-DD"),
    "date_parsing": ("autre chose qu’une date AAAA-MM-JJ", "something that is no date YYYY-MM-DD"),
    "date_from_datetime_parsing": ("autre chose qu’une date AAAA-MM-JJ", "something that is no date YYYY-MM-DD"),
    "datetime_type": ("autre chose qu’une date avec son heure", "something that is no date with its time"),
    "datetime_parsing": ("autre chose qu’une date avec son heure", "something that is no date with its time"),
    "datetime_from_date_parsing": ("autre chose qu’une date avec son heure", "something that is no date with its time"),
}

_BOUNDS: Mapping[str, str] = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


def _rule_problems(path: Path, instance: Instance) -> list[Problem]:
    """A problem for each row no rule of the catalogue understands."""
    problems = []
    for number, row in enumerate(instance.rules):
        try:
            read_rule(row, BY_CODE)
        except KeyError:
            found = say(fr=f"règle inconnue « {row.code} »", en=f"unknown rule “{row.code}”")
            problems.append(_problem(path, "rule-unknown", found, f"rules.{number}.code"))
        except ValidationError as refused:
            for error in refused.errors(include_url=False):
                place = ".".join(map(str, ("rules", number, *error["loc"])))
                problems.append(_problem(path, "parameter-refused", _said(error), place))
    return problems


def _problem(path: Path, code: str, found: str, cell: str = "") -> Problem:
    return Problem(
        severity="erreur",
        code=code,
        file=path.name,
        cell=cell,
        found=found,
        wanted=say(fr="un fichier instance.json valide", en="a valid instance.json"),
        remedy=say(
            fr="Comparez-le au schéma (rosterplan schema instance), ou exportez-le de nouveau depuis le dossier.",
            en="Compare it with the schema (rosterplan schema instance), or export it again from the folder.",
        ),
    )
