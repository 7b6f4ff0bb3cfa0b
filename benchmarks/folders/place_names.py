"""« MMG de Laval », « du Horps », « des Herbiers », « d’Ancenis »: what stands before the name of a French commune."""

from __future__ import annotations

import unicodedata

ELIDED_H = frozenset(
    ("hazebrouck", "hendaye", "henin", "hennebont", "herbignac", "heric", "hericourt", "herouville", "hyeres")
)
"""Communes whose h is mute by usage (first word, no accents). No rule tells them from Hirel or Houilles: others keep « de »."""


def of_place(name: str) -> str:
    """The name with its preposition, as people of the country say it: « d’Évron », « du Mans Nord », « de La Flèche »."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return ("d’" if _elides(name) else "de ") + name


def _elides(name: str) -> bool:
    """True before a vowel that is heard as one: not the « oui » of Ouistreham nor the « ya » of Yaoundé."""
    plain = "".join(one for one in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(one))
    plain = plain.replace("œ", "oe").replace("æ", "ae")
    if plain.startswith("h"):
        return plain.replace("-", " ").split()[0] in ELIDED_H
    if plain.startswith(("oua", "oue", "oui", "ya", "yo", "yu")):
        return False
    return plain.startswith(("a", "e", "i", "o", "u", "y"))
