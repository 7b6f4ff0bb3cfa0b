"""What users read, in French and in English; imports nothing of ours.

Two ways to word a thing. A sentence that belongs to one place (a rule, a report) is written there with
``say(fr=…, en=…)``. A sentence read before the place is known (the help of the command line) has a key in both
catalogues, ``fr.py`` and ``en.py``, and is read with ``text(key)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

Language = Literal["fr", "en"]

_language: ContextVar[Language] = ContextVar("language", default="fr")


def language() -> Language:
    """Return the language users read now; French unless chosen."""
    return _language.get()


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Within the block, users read ``chosen``."""
    token = _language.set(chosen)
    try:
        yield
    finally:
        _language.reset(token)


def say(*, fr: str, en: str) -> str:
    """Return the sentence in the language users read now."""
    return fr if _language.get() == "fr" else en


def text(key: str) -> str:
    """Return the catalogue's sentence in the language users read now; KeyError for an unknown key."""
    from rosterplan.messages import en, fr

    return fr.TEXTS[key] if _language.get() == "fr" else en.TEXTS[key]
