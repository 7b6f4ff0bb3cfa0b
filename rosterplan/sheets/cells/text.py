"""Text as people type it, made comparable: composed accents, ordinary spaces, and a folded form for matching."""

from __future__ import annotations

import codecs
import difflib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rosterplan.messages import say

UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""How a text in UTF-16 begins; without these marks no program writes one."""

_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\t"), " ")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), None)
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})


def decoded(content: bytes) -> str:
    """The text of a csv: UTF-16 where it says so (« texte Unicode » of Excel), UTF-8, or else the cp1252 of French Excel."""
    if content.startswith(UTF_16):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def clean_text(text: str) -> str:
    """The text in composed form (NFC), with ordinary spaces, nothing invisible, no space at either end."""
    if text.isascii():
        return text.replace("\t", " ").strip() if text else text
    return _composed(text)


@lru_cache(maxsize=8192)
def _composed(text: str) -> str:
    """The text beyond ASCII, cleaned: forms repeat a few hundred such words thousands of times."""
    return unicodedata.normalize("NFC", text).translate(_SPACES).translate(_INVISIBLE).strip()


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text for matching: no accent, no case, single spaces, plain hyphens and apostrophes, « œ » as « oe »."""
    cleaned = clean_text(text).casefold()
    if not cleaned.isascii():
        decomposed = unicodedata.normalize("NFD", cleaned.translate(_LETTERS))
        cleaned = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(cleaned.split())


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """The folded text without anything but letters and digits: « Nb. max » and « nb max » are the same heading."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def close_to(text: str, known: Iterable[str]) -> str | None:
    """The known word most like ``text``, None if none is near."""
    by_folded = {fold(word): word for word in known}
    near = difflib.get_close_matches(fold(text), by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else None


def did_you_mean(near: str | None) -> str:
    """« Vouliez-vous dire « Samedi » ? », nothing where no known word is near."""
    return say(fr=f"Vouliez-vous dire « {near} » ?", en=f"Did you mean “{near}”?") if near else ""


def clipped(text: str, most: int = 80) -> str:
    """The text short enough to be quoted in a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
