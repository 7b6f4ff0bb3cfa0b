"""The rule book of generated instances: ordinary rows, as a template would write them."""

from __future__ import annotations

from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.rulebook import RuleRow, Scope, Strength, soft

PRIORITIES = {"ferie": 10, "dimanche": 10, "samedi": 10, "soiree": 5, "semaine": 5, "nuit": 1}

# a hole, a duty one would rather avoid, a missed wish, a window of 5 days with two duties; 10 per squared duty
HOLE, AVOID, MISSED_WISH, CLOSE = 20_000, 40, 20, 15
BLEND_UNIT = 1_000
"""Fairness counts 10,000 per squared duty: the weights of the blended objective times this are in the same unit."""

QUOTAS = (1.0, 0.75, 0.5, 0.25)
MONTH_CAP = {1.0: 6, 0.75: 5, 0.5: 3, 0.25: 2}
QUARTER_CAP = {1.0: 15, 0.75: 12, 0.5: 8, 0.25: 4}


def rule_rows(doctors: tuple[Doctor, ...], rest_hours: int) -> tuple[RuleRow, ...]:
    """Return cover, who may, availability, rest, caps by quota, spacing, wishes and fairness."""
    return (
        RuleRow(code="coverage", params={"priorities": dict(PRIORITIES)}),
        RuleRow(code="volunteers-only"),
        RuleRow(code="eligible"),
        RuleRow(code="availability"),
        RuleRow(code="no-overlap"),
        RuleRow(code="min-rest", params={"hours": rest_hours}),
        *_caps(doctors),
        RuleRow(code="spacing", params={"days": 5, "adapt": False}, strength=soft("comfort", CLOSE)),
        RuleRow(
            code="wishes", params={"each_avoided": AVOID, "each_missed": MISSED_WISH}, strength=soft("wishes", 1)
        ),
        RuleRow(code="juste-repartition"),
    )  # fmt: skip


def blended(instance: Instance) -> Instance:
    """Return the instance with cover, fairness, wishes and comfort as one sum in the stage `blend`."""
    level = dict.fromkeys(PRIORITIES, 1)
    flat = {"each_avoided": AVOID * BLEND_UNIT, "each_missed": MISSED_WISH * BLEND_UNIT}
    changed: dict[str, dict[str, object]] = {
        "coverage": {"params": {"priorities": level}, "strength": soft("blend", HOLE * BLEND_UNIT)},
        "spacing": {"strength": soft("blend", CLOSE * BLEND_UNIT)},
        "wishes": {"params": flat, "strength": soft("blend", 1)},
        "juste-repartition": {"strength": soft("blend", 1)},
    }
    rows = tuple(row.model_copy(update=changed.get(row.code, {})) for row in instance.rules)
    return instance.model_copy(update={"id": f"{instance.id}-blend", "rules": rows})


def _caps(doctors: tuple[Doctor, ...]) -> tuple[RuleRow, ...]:
    """Return one cap per month and one per quarter for each quota."""
    rows = []
    for quota in QUOTAS:
        scope = Scope(doctors=tuple(doctor.id for doctor in doctors if doctor.quota == quota))
        if not scope.doctors:
            continue
        for period, cap in (("month", MONTH_CAP[quota]), ("quarter", QUARTER_CAP[quota])):
            rows.append(
                RuleRow(
                    code="max-per-period", row=f"max-per-period/{period}/{quota}", scope=scope,
                    strength=Strength(), params={"period": period, "most": cap},
                )
            )  # fmt: skip
    return tuple(rows)
