"""Rule sets by status: a status carries rules, a line never does; each row is one the workbook shows and lets change.

Sources: arrêté du 30 avril 2003 (art. 10, as amended on 8 July 2025), CSP R.6152-27 and R.6152-708, décret 2015-1260.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from pydantic import JsonValue

from rosterplan.domain.people import Status
from rosterplan.domain.rulebook import UNLESS_ACCEPTED, RuleRow, Scope, Strength

PUBLIC: Final[tuple[Status, ...]] = ("PH", "contractuel", "attache", "assistant")
"""Statuses under the working-time articles of public hospitals; HU, interns and junior doctors have their own rows."""

NIGHTS: Final = ("nuit-semaine", "nuit-we")
SUNDAYS: Final = ("dimanche",)
SATURDAYS: Final = ("samedi",)

_CAPS_LAW: Final = "Arrêté du 30 avril 2003, art. 10 (modifié le 8 juillet 2025)"
_REST_LAW: Final = "CSP R.6152-27 et R.6152-708"
_INTERN_LAW: Final = "CSP R.6153-2 et arrêté du 30 juin 2015"


def _row(
    code: str,
    source: str,
    statuses: tuple[Status, ...],
    *,
    modalities: tuple[str, ...] = (),
    bands: tuple[str, ...] = (),
    strength: Strength | None = None,
    **params: JsonValue,
) -> RuleRow:
    scope = Scope(statuses=statuses, modalities=modalities, bands=bands)
    return RuleRow(code=code, scope=scope, strength=strength, params=params, source=source)


def _cap(
    source: str, statuses: tuple[Status, ...], modality: str, bands: tuple[str, ...], most: int, period: str
) -> RuleRow:
    return _row(
        "max-per-period", source, statuses, modalities=(modality,), bands=bands, strength=UNLESS_ACCEPTED,
        most=most, period=period,
    )  # fmt: skip


STATUS_RULES: Final[tuple[RuleRow, ...]] = (
    # PH, contractuels, attachés, assistants
    _cap(_CAPS_LAW, PUBLIC, "astreinte", NIGHTS, 3, "week"),
    _cap(_CAPS_LAW, PUBLIC, "astreinte", SUNDAYS, 2, "month"),
    _cap(_CAPS_LAW, PUBLIC, "astreinte", SATURDAYS, 2, "month"),
    _row("min-rest", _REST_LAW, PUBLIC, modalities=("garde",), hours=11),
    _row("max-stretch", _REST_LAW, (*PUBLIC, "HU"), modalities=("garde",), hours=24),
    # hospitalo-universitaires
    _cap(_CAPS_LAW, ("HU",), "astreinte", NIGHTS, 3, "week"),
    _cap(_CAPS_LAW, ("HU",), "astreinte", (*SATURDAYS, *SUNDAYS), 2, "month"),
    _cap(_CAPS_LAW, ("HU",), "garde", NIGHTS, 1, "week"),
    _cap(_CAPS_LAW, ("HU",), "garde", (*SATURDAYS, *SUNDAYS), 1, "month"),
    # internes, docteurs juniors
    _cap(_INTERN_LAW, ("interne", "docteur-junior"), "garde", NIGHTS, 1, "week"),
    _cap(_INTERN_LAW, ("interne", "docteur-junior"), "garde", SUNDAYS, 1, "month"),
    _row("min-rest", _INTERN_LAW, ("interne", "docteur-junior"), modalities=("garde",), hours=11),
    _row("max-stretch", _INTERN_LAW, ("interne", "docteur-junior"), modalities=("garde",), hours=24),
    # libéraux, salariés: no working-time law of public hospitals; the safety rest the convention chooses
    _row("min-rest", "convention de la ligne (repos de sécurité)", ("liberal", "salarie"), modalities=("garde",), hours=10),
)  # fmt: skip


def rules_of(statuses: Collection[Status]) -> tuple[RuleRow, ...]:
    """The rows that concern at least one of these statuses, in order."""
    return tuple(row for row in STATUS_RULES if set(row.scope.statuses) & set(statuses))
