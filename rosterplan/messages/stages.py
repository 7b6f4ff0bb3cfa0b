"""The stages of the objective and their values, as people read them."""

from __future__ import annotations

from rosterplan.messages import say
from rosterplan.messages.words import decimal


def stage_word(stage: str) -> str:
    """« juste répartition » for `fairness`; a stage we do not know is shown as it is named."""
    words = {
        "coverage": ("gardes non pourvues, selon leur priorité", "unfilled duties, by priority"),
        "caps": ("plafonds dépassés par accord", "caps exceeded by consent"),
        "shares": ("écarts entre établissements", "gaps between establishments"),
        "fairness": ("juste répartition : écart", "fair shares: gap"),
        "blend": ("souhaits et confort", "wishes and comfort"),
        "wishes": ("souhaits", "wishes"),
        "comfort": ("confort", "comfort"),
    }
    fr, en = words.get(stage, (stage, stage))
    return say(fr=fr, en=en)


def stage_value(stage: str, value: int) -> str:
    """« 12,35 » squared duties for `fairness`, kept in ten-thousandths; a whole number for the others."""
    return decimal(round(value / 100)) if stage == "fairness" else str(value)
