"""How parameters are read from the workbook: lists, « oui » and « non », pairs of people, periods in French."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from rosterplan.domain.people import Modality

_YES = {"oui": True, "vrai": True, "o": True, "x": True, "non": False, "faux": False, "n": False}
_PERIODS = {
    "semaine": "week", "mois": "month", "trimestre": "quarter", "annee": "year", "année": "year", "an": "year",
}  # fmt: skip
_UNITS = {"garde": "duties", "gardes": "duties", "jour": "days", "jours": "days", "point": "points"}


def folded(names: Mapping[str, str]) -> Callable[[object], object]:
    """Return a reader of French names: « Mois » as month; anything else unchanged."""

    def read(value: object) -> object:
        return names.get(value.strip().casefold(), value) if isinstance(value, str) else value

    return read


def _listed(value: object) -> object:
    """« A ; B » as (A, B); anything else unchanged."""
    return (
        tuple(filter(None, (part.strip() for part in re.split(r"[;,\n]", value)))) if isinstance(value, str) else value
    )


def _yes(value: object) -> object:
    """« oui » as True; anything else unchanged."""
    return _YES.get(value.strip().casefold(), value) if isinstance(value, str) else value


def _couples(value: object) -> object:
    """« M001 + M002 ; M003 + M004 » as pairs; anything else unchanged."""
    if not isinstance(value, str):
        return value
    return tuple(
        tuple(part.strip() for part in couple.split("+")) for couple in re.split(r"[;,\n]", value) if couple.strip()
    )


def _priorities(value: object) -> object:
    """« samedi = 10 ; nuit = 1 » as a table; anything else unchanged."""
    if not isinstance(value, str):
        return value
    parts = [part.partition("=") for part in re.split(r"[;,\n]", value) if part.strip()]
    return {name.strip(): number.strip() for name, _, number in parts}


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""Ids or bands; « a ; b » in a cell."""

YesNo = Annotated[bool, BeforeValidator(_yes)]
"""« oui » or « non » in a cell."""

Couples = Annotated[tuple[tuple[str, str], ...], BeforeValidator(_couples)]
"""Pairs of doctor ids; « M001 + M002 ; M003 + M004 » in a cell."""

Calendar = Annotated[Literal["week", "month", "quarter", "year"], BeforeValidator(folded(_PERIODS))]
"""A calendar period; « mois » in a cell."""

Unit = Annotated[Literal["duties", "days", "points"], BeforeValidator(folded(_UNITS))]
"""What a cap counts; « gardes », « jours » or « points » in a cell."""

Priorities = Annotated[dict[str, Annotated[int, Field(ge=1, le=1000)]], BeforeValidator(_priorities)]
"""A priority per band; « samedi = 10 ; nuit = 1 » in a cell."""

Parts = Annotated[dict[str, Annotated[float, Field(ge=0, le=10_000)]], BeforeValidator(_priorities)]
"""A part per establishment; « CHSN = 50 ; POLE = 50 » in a cell."""

_MODALITIES = {
    "effection fixe": "fixe", "effection mobile": "mobile", "régulation": "regulation", "garde sur place": "garde",
    "consultation snp": "snp",
}  # fmt: skip


def _modalities(value: object) -> object:
    """« Garde ; astreinte » as codes; anything else unchanged."""
    said = _listed(value)
    if isinstance(said, tuple | list):
        return tuple(_MODALITIES.get(str(one).strip().casefold(), str(one).strip().casefold()) for one in said)
    return said


Modalities = Annotated[tuple[Modality, ...], BeforeValidator(_modalities)]
"""Modalities; « garde ; astreinte » in a cell."""
