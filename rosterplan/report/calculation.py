"""`rapport-de-calcul.json`: what the calculation found, what it proved, and how each bound is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

import rosterplan
from rosterplan.domain.fairness import SCALE, figures
from rosterplan.domain.result import StageResult
from rosterplan.report.claim_words import claim_sentence
from rosterplan.report.facts import Facts
from rosterplan.report.indicators import Coverage, asked_of, coverage, coverage_by_family
from rosterplan.report.plain_json import Json, plain_json
from rosterplan.report.proof_words import agreement_sentence, fairness_limit, gap_percent, stage_words

CALCULATION_SCHEMA: Final = 1


def calculation_json(facts: Facts, *, versions: Mapping[str, str] | None = None) -> bytes:
    """The report of a calculation; ``versions`` names what computed it (python, ortools…). Times are in the journal."""
    result = facts.result
    return plain_json(
        {
            "schema": CALCULATION_SCHEMA,
            "instance": facts.instance.id,
            "input_sha256": facts.input_sha256,
            "version": facts.version,
            "versions": {"rosterplan": rosterplan.__version__, **dict(sorted((versions or {}).items()))},
            "seed": result.seed,
            "effort": result.effort,
            "status": result.status,
            "sentence": claim_sentence(facts),
            "agreement": agreement_sentence(facts),
            "stages": [_stage(facts, stage, words) for stage, words in _worded(facts)],
            "levels": [level.model_dump(mode="json") for stage in result.stages for level in stage.levels],
            "fairness": _fairness(facts),
            "cover": _cover(facts),
            "audit": _audit(facts),
        }
    )


def _worded(facts: Facts) -> list[tuple[StageResult, str]]:
    return [(words.stage, words.verdict) for words in stage_words(facts)]


def _stage(facts: Facts, stage: StageResult, verdict: str) -> Json:
    """A stage with its gap; bound, proven and gap concern ``best``, which is the value but for fairness."""
    best = stage.value if stage.best is None else stage.best
    return {
        "name": stage.name,
        "value": stage.value,
        "audited": facts.audit.value(stage.name),
        "best": best,
        "bound": stage.bound,
        "gap_percent": None if stage.bound is None else round(gap_percent(best, stage.bound), 4),
        "proven": stage.proven and stage.bound is not None,
        "how": stage.how,
        "sentence": verdict,
    }


def _fairness(facts: Facts) -> Json:
    """F̂, its bound, F, the dial and what it allowed [squared duties], and the figures measured of every roster."""
    stage = next((one for one in facts.result.stages if one.name == "fairness"), None)
    if stage is None or not facts.roster.dues:
        return {}
    best = stage.value if stage.best is None else stage.best
    tolerance = facts.instance.plan.fairness_tolerance
    limit = fairness_limit(facts.result, tolerance, len(facts.instance.doctors))
    measured = figures(facts.instance, facts.roster)
    return {
        "unit": f"1/{SCALE} garde²",
        "best": best,
        "bound": stage.bound,
        "value": stage.value,
        "tolerance": tolerance,
        "allowed": None if limit is None else round(limit * SCALE),
        "bound_holds_for": "ces gardes non pourvues" if facts.holes else "tout tableau",
        "figures": measured.model_dump(mode="json"),
    }


def _cover(facts: Facts) -> Json:
    families: Json = {
        family: _counts(found) for family, found in coverage_by_family(facts, asked_of(facts)).items() if found.needed
    }
    return {
        **_counts(coverage(facts)),
        "proven_holes": len(facts.result.proven_holes),
        "periods": families,
    }


def _counts(found: Coverage) -> Json:
    return {"needed": found.needed, "filled": found.filled}


def _audit(facts: Facts) -> Json:
    counted = Counter((finding.severity, finding.rule) for finding in facts.audit.findings)
    return {
        "clean": facts.audit.clean,
        "stages": {stage.name: stage.value for stage in facts.audit.stages},
        "findings": [
            {"severity": severity, "rule": rule, "count": count} for (severity, rule), count in sorted(counted.items())
        ],
    }
