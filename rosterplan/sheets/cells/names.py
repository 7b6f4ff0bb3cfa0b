"""What a cell may call a thing by: its identifier, its name, a doctor's name in any order; doubt is a problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rosterplan.domain.findings import Problem
from rosterplan.domain.people import Doctor
from rosterplan.messages import say
from rosterplan.messages.words import listed
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.text import bare, clipped, close_to, did_you_mean, fold
from rosterplan.sheets.cells.values import read_list, wrong
from rosterplan.sheets.cells.workbook import CellValue

_TITLE = re.compile(r"^(?:dr|docteure?|pr|mme|m\.|mr)\.? +")
_ID_AT_END = re.compile(r"\(([^()]+)\) *$")


@dataclass(frozen=True)
class Names:
    """The things of one noun, by everything they may be called; ``noun`` is said with its article: « un secteur »."""

    noun_fr: str
    noun_en: str
    ids: frozenset[str]
    called: Mapping[str, tuple[str, ...]]
    shown: tuple[str, ...]

    def find(self, value: CellValue) -> str | Problem:
        """The id of what the cell calls; an identifier goes before a name, a name two things bear is a problem."""
        text = as_text(value)
        if text in self.ids:
            return text
        if (label := _ID_AT_END.search(text)) and label[1].strip() in self.ids:
            return label[1].strip()
        found = self.called.get(bare(_TITLE.sub("", fold(text))), ())
        if len(found) == 1:
            return found[0]
        if found:
            return self._doubt(value, found)
        near = close_to(text, self.shown)
        if near:
            remedy = did_you_mean(clipped(near))
        else:
            some = listed([f"« {clipped(name, 40)} »" for name in self.shown], most=6)
            remedy = say(fr=f"Choisissez parmi : {some}." if some else "", en=f"Choose among: {some}." if some else "")
        return wrong(
            value,
            "reference-unknown",
            say(fr=f"{self.noun_fr} du classeur", en=f"{self.noun_en} of the workbook"),
            remedy,
        )

    def find_all(self, value: CellValue) -> tuple[str, ...] | Problem:
        """The ids of a list of things, in order, each once; the first unknown one is the problem."""
        if not isinstance(whole := self.find(value), Problem):
            return (whole,)
        found: list[str] = []
        for item in read_list(value):
            one = self.find(item)
            if isinstance(one, Problem):
                return one
            found.append(one)
        return tuple(dict.fromkeys(found))

    def _doubt(self, value: CellValue, found: Iterable[str]) -> Problem:
        ids = listed(list(found), most=5)
        return wrong(
            value,
            "reference-in-doubt",
            say(fr=f"{self.noun_fr} sans doute possible", en=f"{self.noun_en} without doubt"),
            say(
                fr=f"Plusieurs portent ce nom ({ids}) : écrivez l’identifiant.",
                en=f"Several bear this name ({ids}): write the identifier.",
            ),
        )


def names_of(noun_fr: str, noun_en: str, named: Iterable[tuple[str, str]]) -> Names:
    """Names of things given as (id, name)."""
    pairs = list(named)
    called: dict[str, dict[str, None]] = {}
    for identifier, name in pairs:
        for word in (identifier, name):
            if bare(word):
                called.setdefault(bare(word), {})[identifier] = None
    shown = tuple(dict.fromkeys(word for pair in pairs for word in pair if word))
    return Names(
        noun_fr, noun_en, frozenset(i for i, _ in pairs), {word: tuple(ids) for word, ids in called.items()}, shown
    )


def names_of_doctors(doctors: Iterable[Doctor]) -> Names:
    """Names of doctors: id, « NOM Prénom », « Prénom Nom », the last name alone where nobody shares it."""
    called: dict[str, dict[str, None]] = {}
    known = list(doctors)
    for doctor in known:
        last, first = doctor.last_name, doctor.first_name
        for word in (doctor.id, f"{last} {first}", f"{first} {last}", last):
            called.setdefault(bare(word), {})[doctor.id] = None
    shown = tuple(doctor.name.removeprefix("Dr ") for doctor in known)
    ids = frozenset(doctor.id for doctor in known)
    return Names("un médecin", "a doctor", ids, {word: tuple(found) for word, found in called.items()}, shown)
