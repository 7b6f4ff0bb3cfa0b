"""Rule sets by status: a status carries rules, a line never does; each row is one the workbook shows and lets change.

Sources: arrêté du 30 avril 2003 (art. 10, as amended on 8 July 2025), CSP R.6152-27 and R.6152-708, décret 2015-1260.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from pydantic import JsonValue

from rosterplan.domain.people import Status
from rosterplan.domain.rulebook import UNLESS_ACCEPTED, RuleRow, Scope, Strength, soft

PUBLIC: Final[tuple[Status, ...]] = ("PH", "contractuel", "attache", "assistant")
"""Statuses under the working-time articles of public hospitals; HU, interns and junior doctors have their own rows."""

NIGHTS: Final = ("nuit-semaine", "nuit-we")
HALF_NIGHTS: Final = ("demi-nuit-semaine", "demi-nuit-we")
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
    modalities_of: tuple[str, ...] = (),
    **params: JsonValue,
) -> RuleRow:
    scope = Scope(statuses=statuses, modalities=modalities, bands=bands)
    if modalities_of:
        params = {**params, "bands": [], "modalities": list(modalities_of)}
    return RuleRow(code=code, scope=scope, strength=strength, params=params, source=source)


def _cap(
    source: str, statuses: tuple[Status, ...], modality: str, bands: tuple[str, ...], most: int, period: str
) -> RuleRow:
    return _row(
        "max-per-period", source, statuses, modalities=(modality,), bands=bands, strength=UNLESS_ACCEPTED,
        most=most, period=period,
    )  # fmt: skip


def _working_time(law: str, statuses: tuple[Status, ...], months: int) -> tuple[RuleRow, ...]:
    """Daily rest, longest stretch, equal rest after a long one, rest after a garde, 48 h on average."""
    on_site = ("garde",)
    return (
        _row("min-rest", law, statuses, modalities=on_site, hours=11),
        _row("max-stretch", law, statuses, modalities=on_site, hours=24),
        _row("equal-rest", law, statuses, modalities=on_site, longer_than=13, most=24),
        _row("rest-after-night", law, statuses, modalities_of=on_site, hours=11),
        _row("average-hours", law, statuses, strength=UNLESS_ACCEPTED, hours=48, months=months),
    )


def light_morning(lines: tuple[str, ...], hours: int = 6, weight: int = 3) -> RuleRow:
    """Nothing the morning after an astreinte of a busy line, where possible."""
    return RuleRow(
        code="rest-after-night", params={"hours": hours, "bands": [], "modalities": ["astreinte"], "lines": list(lines)},
        strength=soft("comfort", weight), source="usage local (ligne souvent appelée ; repos après le dernier déplacement)",
    )  # fmt: skip


INTERNS: Final[tuple[Status, ...]] = ("interne", "docteur-junior")
PRIVATE: Final[tuple[Status, ...]] = ("liberal", "salarie", "remplacant", "retraite")

STATUS_RULES: Final[tuple[RuleRow, ...]] = (
    # PH, contractuels, attachés, assistants
    _cap(_CAPS_LAW, PUBLIC, "astreinte", NIGHTS, 3, "week"),
    _cap(_CAPS_LAW, PUBLIC, "astreinte", SUNDAYS, 2, "month"),
    _cap(_CAPS_LAW, PUBLIC, "astreinte", SATURDAYS, 2, "month"),
    *_working_time(_REST_LAW, PUBLIC, 4),
    # hospitalo-universitaires
    _cap(_CAPS_LAW, ("HU",), "astreinte", NIGHTS, 3, "week"),
    _cap(_CAPS_LAW, ("HU",), "astreinte", (*SATURDAYS, *SUNDAYS), 2, "month"),
    _cap(_CAPS_LAW, ("HU",), "garde", NIGHTS, 1, "week"),
    _cap(_CAPS_LAW, ("HU",), "garde", (*SATURDAYS, *SUNDAYS), 1, "month"),
    _row("max-stretch", _CAPS_LAW, ("HU",), modalities=("garde",), hours=24),
    _row("rest-after-night", _CAPS_LAW, ("HU",), modalities_of=("garde",), hours=11),
    # internes, docteurs juniors
    _cap(_INTERN_LAW, INTERNS, "garde", NIGHTS, 1, "week"),
    _cap(_INTERN_LAW, INTERNS, "garde", SUNDAYS, 1, "month"),
    *_working_time(_INTERN_LAW, INTERNS, 3),
    # libéraux, salariés: the working-time law of public hospitals does not bind them; the convention sets a safety rest
    _row("rest-after-night", "convention de la ligne (repos de sécurité)", PRIVATE, modalities_of=("garde",), hours=11),
    _row("max-stretch", "convention de la ligne (repos de sécurité)", PRIVATE, modalities=("garde",), hours=24),
)  # fmt: skip


def half_night_caps() -> tuple[RuleRow, ...]:
    """The rows for a plan with half nights: two demi-astreintes a week, after two demi-gardes."""
    return (_cap(_CAPS_LAW, (*PUBLIC, "HU"), "astreinte", HALF_NIGHTS, 2, "week"),)


def rules_of(statuses: Collection[Status]) -> tuple[RuleRow, ...]:
    """The rows that concern at least one of these statuses, in order."""
    return tuple(row for row in STATUS_RULES if set(row.scope.statuses) & set(statuses))
