"""The first rows of the hidden sheet of every form: what it is, of which period, and where its answers stand."""

from __future__ import annotations

from rosterplan.messages import language
from rosterplan.sheets.forms.questionnaire import Questionnaire
from rosterplan.sheets.forms.words import FORM_SCHEMA

OriginRow = tuple[str, str, str, str]
"""What the row is of, its name (a duty id…), its cell, the text printed beside it."""


def origin_head(questions: Questionnaire, form: str, *, sheet: str, **about: str) -> list[OriginRow]:
    """Rows by which a returned form is recognised; ``form`` is `doctor`, `sector` or `entry`, ``sheet`` holds its answers."""
    instance = questions.instance
    head = {
        "form": form, "schema": FORM_SCHEMA, "instance": instance.id,
        "start": instance.period.start.isoformat(), "end": instance.period.end.isoformat(),
        **about, "sheet": sheet, "language": language(),
    }  # fmt: skip
    return [(name, value, "", "") for name, value in head.items()]
