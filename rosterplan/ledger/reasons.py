"""Reasons of changes: what touches on health is never stored."""

from __future__ import annotations

import re
from typing import Final

from rosterplan.messages.words import unaccented

UNAVAILABLE: Final = "indisponible"

_HEALTH: Final = re.compile(
    r"\b(malad\w*|souffran\w*|sante|medica\w*|hospitalis\w*|hopital|clinique|operation|opere\w*|chirurg\w*|arret|accident\w*|"
    r"grossesse|enceinte|accouch\w*|maternite|cancer\w*|covid\w*|grippe\w*|fievre|gastro\w*|angine|bronchite|migraine\w*|"
    r"depress\w*|burn ?-?out|epuisement|burnout|blesse\w*|blessure|fracture\w*|entorse|lombalgie|sciatique|infarctus|avc|"
    r"chimio\w*|radiotherapie|therapeutique|convalescen\w*|invalid\w*|handicap\w*|sick\w*|ill|illness|pregnan\w*|"
    r"surgery|hospital|injur\w*|flu|disease|leave for health)\b"
)


def without_health(reason: str) -> str:
    """The reason in one line; « indisponible » in place of one that says anything of anybody's health."""
    plain = " ".join(reason.split())
    return UNAVAILABLE if _HEALTH.search(unaccented(plain)) else plain[:200]
