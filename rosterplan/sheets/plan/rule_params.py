"""Parameters of a rule as one cell writes them: « heures = 11 ; fêtes = noel, jour-de-l-an », in French or in English."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import JsonValue
from pydantic.fields import FieldInfo

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.messages.words import listed
from rosterplan.rules.base import Rule
from rosterplan.sheets.cells.dates import read_date
from rosterplan.sheets.cells.names import Names
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.text import bare, close_to, did_you_mean
from rosterplan.sheets.cells.values import read_list, read_number, read_yes_no, wrong
from rosterplan.sheets.cells.workbook import CellValue

COMMON_FIELDS = frozenset(Rule.model_fields)
"""What every rule has beside its own parameters: row, scope, strength, source."""

_SEQUENCES = (tuple, list, set, frozenset)


CODE_WORDS: Final[Mapping[str, str]] = {
    "week": "semaine", "month": "mois", "quarter": "trimestre", "year": "année", "duties": "gardes", "days": "jours",
    "hours": "heures", "duty": "garde", "date": "jour",
}  # fmt: skip
"""Codes rules read in French, as they are written back."""


def parameters_of(kind: type[Rule]) -> dict[str, FieldInfo]:
    """The parameters of a kind of rule by their English name."""
    return {name: about for name, about in kind.model_fields.items() if name not in COMMON_FIELDS}


def french_name(name: str, about: FieldInfo) -> str:
    """The name of a parameter in the workbook."""
    return about.title or name


def assignments_of(value: CellValue, keys: Sequence[str], lists: frozenset[str]) -> list[tuple[str, str]] | Problem:
    """The pairs of « key = value ; key = value »; after a key of ``lists``, items may be separated by « ; » too.

    A name that is no key is a problem, unless it can only be an item of the list before it.
    """
    known = {bare(key): key for key in keys}
    pairs: list[tuple[str, str]] = []
    for segment in re.split(r"[;\n]", as_text(value)):
        if not segment.strip():
            continue
        name, mark, said = segment.partition("=")
        key = known.get(bare(name)) if mark else None
        if key is not None:
            pairs.append((key, said.strip()))
        elif pairs and pairs[-1][0] in lists and not (mark and close_to(name, keys)):
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} ; {segment.strip()}")
        else:
            return _unknown_key(segment, name, keys)
    return pairs


def _unknown_key(segment: str, name: str, keys: Sequence[str]) -> Problem:
    near = close_to(name, keys)
    shown = listed([f"« {key} »" for key in keys])
    return wrong(
        segment.strip(),
        "parameter-unknown",
        say(
            fr=f"« nom = valeur », avec l’un de ces noms : {shown}",
            en=f"“name = value”, with one of these names: {shown}",
        )
        if keys
        else say(fr="aucun paramètre pour cette règle", en="no parameter for this rule"),
        did_you_mean(near),
    )


def read_params(value: CellValue, kind: type[Rule], called: Mapping[str, Names]) -> dict[str, object] | Problem:
    """The parameters written, by English name, close to the type the rule wants; the rule itself has the last word.

    ``called`` are the names of what some parameters speak of (doctors, bands…), by parameter: these become ids.
    """
    fields = parameters_of(kind)
    name_of = {bare(french_name(name, about)): name for name, about in fields.items()} | {
        bare(name): name for name in fields
    }
    keys = tuple(dict.fromkeys([*(french_name(name, about) for name, about in fields.items()), *fields]))
    lists = frozenset(key for key in keys if _is_list(fields[name_of[bare(key)]].annotation))
    pairs = assignments_of(value, keys, lists)
    if isinstance(pairs, Problem):
        return pairs
    params: dict[str, object] = {}
    for key, said in pairs:
        name = name_of[bare(key)]
        meaning = _value(said, fields[name].annotation, called.get(name))
        if isinstance(meaning, Problem):
            return meaning
        params[name] = meaning
    return params


def params_in_words(params: Mapping[str, JsonValue], kind: type[Rule] | None) -> str:
    """What ``read_params`` reads back."""
    fields = parameters_of(kind) if kind else {}
    said = []
    for name, value in params.items():
        shown = french_name(name, fields[name]) if name in fields else name
        coded = name in fields and get_origin(_plain(fields[name].annotation)) is Literal
        said.append(
            f"{shown} = {CODE_WORDS.get(value, value) if coded and isinstance(value, str) else _in_words(value)}"
        )
    return " ; ".join(said)


def _in_words(value: JsonValue) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    if isinstance(value, list):
        return ", ".join(
            " + ".join(map(_in_words, item)) if isinstance(item, list) else _in_words(item) for item in value
        )
    if isinstance(value, dict):
        return ", ".join(f"{name} = {_in_words(item)}" for name, item in value.items())
    return str(value)


def _value(said: str, annotation: Any, called: Names | None = None) -> object:
    """The text as the type wanted where that is plain; else the text itself, which the rule reads."""
    wanted = _plain(annotation)
    origin, inner = get_origin(wanted), get_args(wanted)
    plain: dict[object, Callable[[str], object]] = {bool: read_yes_no, date: read_date, int: _number, float: _number}
    if wanted in plain:
        return plain[wanted](said)
    if origin is dict:
        return _table(said, inner[1], called)
    if origin in _SEQUENCES and get_origin(_plain(inner[0])) is tuple:
        return _groups(said, called)
    if origin in _SEQUENCES:
        return _first_problem_or([_item(item, inner[0], called) for item in read_list(said)])
    return _item(said, str, called)


def _number(said: str) -> object:
    number = read_number(said)
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _item(said: str, annotation: Any, called: Names | None) -> object:
    wanted = _plain(annotation)
    if wanted in (int, float):
        return _number(said)
    return called.find(said) if called else said


def _table(said: str, annotation: Any, called: Names | None) -> object:
    """« samedi = 10, nuit = 1 » or « samedi : 10 ; nuit : 1 »."""
    found: dict[str, object] = {}
    for part in re.split(r"[;,\n]", said):
        name, _, number = re.sub(":", "=", part).partition("=")
        if not part.strip():
            continue
        key, value = _item(name.strip(), str, called), _value(number.strip(), annotation)
        if isinstance(key, Problem) or isinstance(value, Problem):
            return key if isinstance(key, Problem) else value
        found[str(key)] = value
    return found


def _groups(said: str, called: Names | None) -> object:
    """« M001 + M002, M003 + M004 »."""
    groups = [
        _first_problem_or([_item(one.strip(), str, called) for one in item.split("+")]) for item in read_list(said)
    ]
    return _first_problem_or(groups)


def _first_problem_or(items: list[object]) -> object:
    return next((item for item in items if isinstance(item, Problem)), items)


def _is_list(annotation: Any) -> bool:
    return get_origin(_plain(annotation)) in (*_SEQUENCES, dict)


def _plain(annotation: Any) -> Any:
    """The annotation without `| None` and without constraints."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        others = [one for one in get_args(annotation) if one is not type(None)]
        return _plain(others[0]) if len(others) == 1 else annotation
    return annotation
