"""Words for what is to be filled, in the unit a folder counts in: « gardes », « créneaux » of an agenda, « postes » of a need."""

from __future__ import annotations

from typing import Literal

from rosterplan.messages import say
from rosterplan.messages.words import plural

Counted = Literal["duty", "slot", "post"]
"""A duty; a slot wanted among those offered; one doctor wanted during one interval."""


def to_fill(count: int, unit: Counted = "duty") -> str:
    """« 1894 gardes à pourvoir »."""
    one, many = _nouns(unit)
    return plural(
        count, say(fr=f"{one} à pourvoir", en=f"{one} to fill"), say(fr=f"{many} à pourvoir", en=f"{many} to fill")
    )


def filled_of(filled: int, count: int, unit: Counted = "duty") -> str:
    """« 1888 gardes pourvues sur 1894 »."""
    _, many = _nouns(unit)
    return say(fr=f"{filled} {many} {_pourvus(unit)} sur {count}", en=f"{filled} of {count} {many} filled")


def unfilled(count: int, unit: Counted = "duty") -> str:
    """« 3 gardes non pourvues »."""
    one, many = _nouns(unit)
    single = _pourvus(unit).removesuffix("s")
    return plural(
        count,
        say(fr=f"{one} non {single}", en=f"unfilled {one}"),
        say(fr=f"{many} non {_pourvus(unit)}", en=f"unfilled {many}"),
    )


def remaining(count: int, unit: Counted = "duty") -> str:
    """« 3 gardes restent » to be filled, at the head of a sentence."""
    one, many = _nouns(unit)
    return plural(count, say(fr=f"{one} reste", en=f"{one} is"), say(fr=f"{many} restent", en=f"{many} are"))


def some_unfilled(unit: Counted = "duty") -> str:
    """« des gardes non pourvues », in a sentence."""
    _, many = _nouns(unit)
    return say(fr=f"des {many} non {_pourvus(unit)}", en=f"unfilled {many}")


def all_filled(unit: Counted = "duty") -> str:
    """« toutes les gardes sont pourvues »; of needs, « tous les besoins sont couverts »: slots beyond them may stay empty."""
    if unit == "duty":
        return say(fr="toutes les gardes sont pourvues", en="every duty is filled")
    return say(fr="tous les besoins sont couverts", en="every need is met")


def label_filled(unit: Counted = "duty") -> str:
    """« gardes pourvues », a heading."""
    _, many = _nouns(unit)
    return say(fr=f"{many} {_pourvus(unit)}", en=f"{many} filled")


def label_unfilled(unit: Counted = "duty") -> str:
    """« gardes non pourvues », a heading."""
    _, many = _nouns(unit)
    return say(fr=f"{many} non {_pourvus(unit)}", en=f"unfilled {many}")


def label_to_fill(unit: Counted = "duty") -> str:
    """« gardes à pourvoir », a heading."""
    _, many = _nouns(unit)
    return say(fr=f"{many} à pourvoir", en=f"{many} to fill")


def one_of(unit: Counted = "duty") -> str:
    """« garde », « créneau », « poste »."""
    return _nouns(unit)[0]


def many_of(unit: Counted = "duty") -> str:
    """« gardes », « créneaux », « postes »."""
    return _nouns(unit)[1]


def short_of(count: int, unit: Counted = "duty") -> str:
    """What is short: « 3 médecins » where duties want them, « 3 créneaux », « 3 postes » where needs do."""
    if unit == "duty":
        return plural(count, say(fr="médecin", en="doctor"))
    return plural(count, *_nouns(unit))


def begun(sentence: str) -> str:
    """The words with a capital."""
    return sentence[:1].upper() + sentence[1:]


def _nouns(unit: Counted) -> tuple[str, str]:
    """One and many."""
    if unit == "slot":
        return say(fr="créneau", en="slot"), say(fr="créneaux", en="slots")
    if unit == "post":
        return say(fr="poste", en="post"), say(fr="postes", en="posts")
    return say(fr="garde", en="duty"), say(fr="gardes", en="duties")


def _pourvus(unit: Counted) -> str:
    return "pourvues" if unit == "duty" else "pourvus"
