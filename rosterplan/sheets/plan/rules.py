"""Rows of the sheet `Règles`, both ways: the rule itself says whether its parameters make sense."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from pydantic import JsonValue, ValidationError
from pydantic_core import to_jsonable_python

from rosterplan.domain.findings import Problem
from rosterplan.domain.rulebook import RuleRow, Scope, Strength
from rosterplan.messages import say
from rosterplan.messages.words import listed
from rosterplan.rules import BY_CODE, RULES
from rosterplan.rules.base import Rule, read_rule
from rosterplan.sheets.cells.names import Names, names_of
from rosterplan.sheets.cells.tables import Record
from rosterplan.sheets.cells.text import bare
from rosterplan.sheets.cells.values import read_choice, read_choices, read_integer, read_text, read_yes_no, wrong
from rosterplan.sheets.cells.vocabulary import MODALITIES, STAGES, STATUSES, STRENGTHS, word_of
from rosterplan.sheets.cells.workbook import CellValue
from rosterplan.sheets.plan.people import Cells, Known
from rosterplan.sheets.plan.rule_params import (
    CODE_WORDS,
    assignments_of,
    french_name,
    parameters_of,
    params_in_words,
    read_params,
)

SCOPE_WORDS: Mapping[str, str] = {
    "lignes": "lines", "secteurs": "sectors", "catégories": "bands", "modalités": "modalities",
    "statuts": "statuses", "établissements": "establishments", "médecins": "doctors",
}  # fmt: skip
_SINGULAR = {bare(word.rstrip("s")): word for word in SCOPE_WORDS} | {"bandes": "catégories", "bande": "catégories"}

_HEAVIEST = 2**31 - 1


def names_of_rules() -> Names:
    """The rules of the catalogue by code and French name."""
    return names_of("une règle du catalogue", "a rule of the catalogue", ((rule.code, rule.title) for rule in RULES))


def read_rule_row(record: Record, known: Known, doctors: Names, problems: list[Problem]) -> RuleRow | None:
    """The rule of a row, its parameters by English name; None if it is switched off or cannot be read."""
    before = len(problems)
    named = "code" if record.value("code") is not None or record.value("title") is None else "title"
    code = record.read(named, known.rules.find, problems, required=True)
    active = record.read("active", read_yes_no, problems)
    if code is None or active is False:
        return None
    kind = BY_CODE[code]
    params = record.read("params", partial(read_params, kind=kind, called=_called(known, doctors)), problems) or {}
    scope = record.read("scope", partial(_read_scope, known=known, doctors=doctors), problems) or Scope()
    row = RuleRow(
        code=code,
        row=record.name,
        scope=scope,
        strength=_strength(record, kind, problems),
        source=record.read("source", read_text, problems) or "",
    )
    if row.strength and row.strength.kind not in kind.kinds:
        problems.append(record.place("strength", _strength_refused(row.strength, kind)))
    if len(problems) > before:
        return None
    checked = _checked_params(row, kind, params, record, problems)
    return None if checked is None else row.model_copy(update={"params": checked})


def _called(known: Known, doctors: Names) -> Mapping[str, Names]:
    """What parameters of these names speak of."""
    return {
        "couples": doctors,
        "doctors": doctors,
        "bands": known.bands,
        "priorities": known.bands,
        "feasts": known.feasts,
        "lines": known.lines,
        "lines_together": known.lines,
        "parts": known.establishments,
        "sectors": known.sectors,
        "sites": known.sites,
    }


def _strength_refused(strength: Strength, kind: type[Rule]) -> Problem:
    words = listed([f"« {word_of(code, STRENGTHS)} »" for code in kind.kinds])
    return wrong(
        word_of(strength.kind, STRENGTHS),
        "strength-refused",
        say(fr=f"pour « {kind.title} » : {words}", en=f"for “{kind.title}”: {words}"),
        say(fr="Laissez la case vide pour la force usuelle.", en="Leave the cell empty for the usual strength."),
    )


def _checked_params(
    row: RuleRow, kind: type[Rule], params: dict[str, object], record: Record, problems: list[Problem]
) -> dict[str, JsonValue] | None:
    """The parameters written as the rule understands them, in JSON terms; None, with problems, if it refuses them."""
    try:
        rule = read_rule(row.model_copy(update={"params": params}), BY_CODE)
    except ValidationError as refused:
        problems += [record.place(_column(error["loc"]), _refused(dict(error), kind)) for error in refused.errors()]
        return None
    dumped: dict[str, JsonValue] = rule.model_dump(mode="json", include=set(params))
    return {name: dumped[name] for name in params}


def _column(place: tuple[int | str, ...]) -> str:
    if not place:
        return "code"
    return str(place[0]) if place[0] in ("strength", "scope") else "params"


def _refused(error: Mapping[str, object], kind: type[Rule]) -> Problem:
    """What a rule said of a parameter, or of the row as a whole, in words."""
    place = error.get("loc")
    name = str(place[0]) if isinstance(place, tuple) and place else ""
    said = str(error.get("msg", "")).removeprefix("Value error, ")
    if not name:
        return wrong(
            kind.title, "rule-refused", say(fr="une ligne que cette règle accepte", en="a row this rule accepts"), said
        )
    fields = parameters_of(kind)
    shown = french_name(name, fields[name]) if name in fields else kind.title
    wanted = _wanted(error)
    return wrong(
        _found(error.get("input")),
        "parameter-refused",
        say(
            fr=f"« {shown} » : {wanted or 'une valeur que cette règle accepte'}",
            en=f"“{shown}”: {wanted or 'a value this rule accepts'}",
        ),
        "" if wanted else said,
    )


def _wanted(error: Mapping[str, object]) -> str:
    context = error.get("ctx")
    bounds = context if isinstance(context, Mapping) else {}
    for key, (fr, en) in _BOUNDS.items():
        if key in bounds:
            return say(fr=fr, en=en).format(**{key: _in_french(bounds[key])})
    return next((say(fr=fr, en=en) for part, (fr, en) in _TYPES.items() if part in str(error.get("type"))), "")


def _in_french(bound: object) -> str:
    """A bound as people read it; codes between quotes become the words the workbook takes."""
    return re.sub(r"'(\w+)'", lambda code: f"« {CODE_WORDS.get(code[1], code[1])} »", str(bound)).replace(
        " or ", say(fr=" ou ", en=" or ")
    )


def _found(value: object) -> CellValue:
    return value if isinstance(value, str | int | float) else str(value)


_BOUNDS: Mapping[str, tuple[str, str]] = {
    "ge": ("au moins {ge}", "at least {ge}"),
    "gt": ("plus de {gt}", "more than {gt}"),
    "le": ("au plus {le}", "at most {le}"),
    "lt": ("moins de {lt}", "less than {lt}"),
    "expected": ("l’une de ces valeurs : {expected}", "one of: {expected}"),
    "min_length": ("au moins {min_length} valeurs", "at least {min_length} values"),
}
_TYPES: Mapping[str, tuple[str, str]] = {
    "int": ("un nombre entier", "a whole number"),
    "float": ("un nombre", "a number"),
    "bool": ("oui ou non", "yes or no"),
    "tuple": ("une liste séparée par des virgules", "a list separated by commas"),
}


def _read_scope(value: CellValue, known: Known, doctors: Names) -> Scope | Problem:
    """To whom a rule applies: « lignes = A, B ; secteurs = Clisson ; catégories = nuit »."""
    keys = tuple(SCOPE_WORDS)
    every = {
        **{bare(word): word for word in keys},
        **_SINGULAR,
        **{bare(code): word for word, code in SCOPE_WORDS.items()},
    }
    pairs = assignments_of(value, tuple(dict.fromkeys((*keys, *every))), frozenset((*keys, *every)))
    if isinstance(pairs, Problem):
        return pairs
    readers: dict[str, Callable[[CellValue], tuple[str, ...] | Problem]] = {
        "lines": known.lines.find_all,
        "sectors": known.sectors.find_all,
        "bands": known.bands.find_all,
        "establishments": known.establishments.find_all,
        "doctors": doctors.find_all,
        "modalities": partial(read_choices, choices=MODALITIES),
        "statuses": partial(read_choices, choices=STATUSES),
    }
    fields: dict[str, tuple[str, ...]] = {}
    for key, said in pairs:
        code = SCOPE_WORDS[every[bare(key)]]
        found = readers[code](said)
        if isinstance(found, Problem):
            return found
        fields[code] = (*fields.get(code, ()), *found)
    return Scope.model_validate(fields)


def _scope_in_words(scope: Scope) -> str:
    """What ``_read_scope`` reads back."""
    words = {"modalities": MODALITIES, "statuses": STATUSES}
    said = []
    for word, code in SCOPE_WORDS.items():
        items: tuple[str, ...] = getattr(scope, code)
        if items:
            said.append(
                f"{word} = {', '.join(word_of(item, words[code]) if code in words else item for item in items)}"
            )
    return " ; ".join(said)


def _strength(record: Record, kind: type[Rule], problems: list[Problem]) -> Strength | None:
    """The strength written; what a row leaves out is that of the kind of rule; None if it says nothing."""
    force = record.read("strength", partial(read_choice, choices=STRENGTHS), problems)
    stage = record.read("stage", partial(read_choice, choices=STAGES), problems)
    weight = record.read("weight", partial(read_integer, lowest=0, highest=_HEAVIEST), problems)
    if force is None and stage is None and weight is None:
        return None
    chosen = force or ("soft" if stage else kind.default.kind)
    if chosen == "hard":
        return Strength()
    fallback = "caps" if chosen == "hard-unless-accepted" else "comfort"
    return Strength.model_validate(
        {
            "kind": chosen,
            "stage": stage or kind.default.stage or fallback,
            "weight": weight if weight is not None else kind.default.weight or 1,
        }
    )


def rule_cells(row: RuleRow) -> Cells:
    """The row of a rule."""
    strength = row.strength
    return {
        "code": row.code,
        "title": BY_CODE[row.code].title if row.code in BY_CODE else None,
        "active": "oui",
        "params": params_in_words(row.params, BY_CODE.get(row.code)),
        "scope": _scope_in_words(row.scope),
        "strength": word_of(strength.kind, STRENGTHS) if strength else None,
        "stage": word_of(strength.stage, STAGES) if strength and strength.stage else None,
        "weight": strength.weight if strength and strength.kind != "hard" else None,
        "source": row.source,
    }


def idle_rule_cells(rows: Sequence[RuleRow]) -> list[Cells]:
    """A row, switched off, for each rule of the catalogue that no row asks for: what else could be chosen."""
    asked = {row.code for row in rows}
    return [
        {
            "code": kind.code,
            "title": kind.title,
            "active": "non",
            "params": params_in_words(usual_params(kind), kind),
        }
        for kind in RULES
        if kind.code not in asked
    ]


def usual_params(kind: type[Rule]) -> dict[str, JsonValue]:
    """The parameters of a kind of rule as it holds by itself, in JSON terms, without those it leaves empty."""
    params: dict[str, JsonValue] = {}
    for name, about in parameters_of(kind).items():
        value = about.get_default(call_default_factory=True)
        if value not in (None, (), "", {}):
            params[name] = to_jsonable_python(value)
    return params
