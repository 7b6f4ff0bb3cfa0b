"""What doctors said, as it was read: statements with their place, source and date, one answer per doctor and file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.messages.words import DAYS_EN, DAYS_FR, listed
from rosterplan.sheets.cells.place import Place
from rosterplan.sheets.forms.words import Value, offered

Source = Literal["form", "sector", "phone", "paper", "mail", "spoken", "table"]
"""How an answer came: the doctor's own form, the sheet of a sector, the coordinator's typing, another table."""

Reach = Literal["duty", "period", "weekday", "all"]
"""What a statement speaks of: one duty, days in a row, a day of the week, everything."""

_SOURCES: Final[dict[Source, tuple[str, str]]] = {
    "form": ("formulaire", "form"),
    "sector": ("feuille de secteur", "sector sheet"),
    "phone": ("téléphone", "phone"),
    "paper": ("papier", "paper"),
    "mail": ("courriel", "mail"),
    "spoken": ("oral", "spoken"),
    "table": ("tableau", "table"),
}


def source_words(source: Source) -> str:
    """« téléphone »."""
    french, english = _SOURCES[source]
    return say(fr=french, en=english)


@dataclass(frozen=True)
class Statement:
    """One thing a doctor said. ``duties`` are those it reaches among the ones he or she may hold; maybe none."""

    doctor: str
    value: Value
    reach: Reach
    duties: tuple[str, ...]
    place: Place
    source: Source
    received: date | None
    start: date | None = None
    end: date | None = None
    weekdays: tuple[int, ...] = ()
    which: str = ""
    """« samedi », « CAPS de Clisson »: what the statement was limited to, as typed; empty = every duty."""

    def words(self) -> str:
        """« impossible du 10/02/2027 au 20/02/2027 »; for a single duty the value alone."""
        said = offered(self.value)
        if self.weekdays:
            days = listed([say(fr=f"{DAYS_FR[day]}s", en=DAYS_EN[day]) for day in self.weekdays])
            said += say(fr=f" tous les {days}", en=f" every {days}")
        if self.start and self.end:
            same = self.start == self.end
            said += say(
                fr=f" le {self.start:%d/%m/%Y}" if same else f" du {self.start:%d/%m/%Y} au {self.end:%d/%m/%Y}",
                en=f" on {self.start:%d/%m/%Y}" if same else f" from {self.start:%d/%m/%Y} to {self.end:%d/%m/%Y}",
            )
        return f"{said} ({self.which})" if self.which else said


@dataclass(frozen=True)
class Answer:
    """What one doctor answered in one file; ``full`` for his or her own form, which replaces earlier ones whole."""

    doctor: str
    place: Place
    source: Source
    received: date | None
    statements: tuple[Statement, ...] = ()
    maximum: int | None = None
    phone: str = ""
    no_constraint: bool = False
    full: bool = False
    unclear: bool = False
    """True if something was written that could not be understood: the answer is not empty then."""

    @property
    def empty(self) -> bool:
        """True if nothing was answered: no statement, no maximum, no « aucune contrainte », nothing unreadable."""
        return not (self.statements or self.no_constraint or self.unclear) and self.maximum is None


@dataclass(frozen=True)
class FileReading:
    """What one file gave. ``kind`` says what it was taken for; unreadable and foreign files give problems only."""

    file: str
    kind: Literal["doctor", "sector", "entry", "table", "unread"]
    answers: tuple[Answer, ...] = ()
    problems: tuple[Problem, ...] = ()
    sha256: str = ""
