"""Where the rosters of a folder go: who hears of a version and of a replacement, and what is due when.

Other rooms ask the circuit, never the kind: a kind of its own needs a row here, and no change elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Literal

from rosterplan.domain.base import Frozen
from rosterplan.domain.calendar.deadlines import CUSTOM, PDSA_STEPS, Step

Told = Literal["samu", "cdom", "ars", "direction", "partenaires", "secretariat"]
"""Who is told of a duty that another doctor serves."""


class Circuit(Frozen):
    """``steps``: the back-plan; ``told``: who gets a notice of a replacement, ``phones`` those of them who may call.

    ``under_law``: R.6315-2 and R.6315-4 hold, so that the Ordre, the SAMU, the ARS and the public each have their file.
    """

    code: Literal["ordre", "direction", "secretariat"]
    under_law: bool
    steps: tuple[Step, ...]
    told: tuple[Told, ...]
    phones: frozenset[Told]


ORDRE: Final = Circuit(
    code="ordre", under_law=True, steps=PDSA_STEPS, told=("samu", "cdom", "ars"), phones=frozenset({"samu"})
)
"""Out-of-hours care: of towns, of régulation, and of paediatricians whose table is part of it."""

DIRECTION: Final = Circuit(
    code="direction", under_law=False, told=("direction", "partenaires"), phones=frozenset({"partenaires"}),
    steps=(
        Step(code="formulaires", days_before=90, source=CUSTOM),
        Step(code="reponses", days_before=70, source=CUSTOM),
        Step(code="projet", days_before=60, source=CUSTOM),
        Step(code="tableau-de-service", days_before=30, source=CUSTOM),
        Step(code="tableau-definitif", days_before=None, source=CUSTOM),
    ),
)  # fmt: skip
"""Shared hospital lines: the director signs each month's table of service, partners must know whom to call.

No text sets a date (only that the director decides each month); custom is two or three months ahead.
"""

SECRETARIAT: Final = Circuit(
    code="secretariat", under_law=False, told=("secretariat",), phones=frozenset({"secretariat"}),
    steps=(
        Step(code="formulaires", days_before=90, source=CUSTOM),
        Step(code="reponses", days_before=70, source=CUSTOM),
        Step(code="projet", days_before=60, source=CUSTOM),
        Step(code="agenda-transmis", days_before=30, source=CUSTOM),
    ),
)  # fmt: skip
"""Shared agendas of unscheduled care, by day: no part of out-of-hours care; who books the slots must have them."""


def circuit_of(kinds: Collection[str]) -> Circuit:
    """The circuit of a folder: that of the law wherever one of its kinds is under it, else the direction's, else the agenda's."""
    if set(kinds) <= {"snp"}:
        return SECRETARIAT
    return DIRECTION if set(kinds) <= {"pdses", "snp"} else ORDRE
