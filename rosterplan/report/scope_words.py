"""To whom and what a rule applies, in words."""

from __future__ import annotations

from collections.abc import Sequence

from rosterplan.domain.instance import Instance
from rosterplan.domain.rulebook import Scope
from rosterplan.messages import say
from rosterplan.messages.words import listed
from rosterplan.report.trade import band_word, modality_word, status_word

_MOST_NAMED = 4


def scope_words(instance: Instance, scope: Scope) -> str:
    """« Secteur de Clairval ; samedi », or « tous » where nothing narrows the rule."""
    sectors = {sector.id: sector.name for sector in instance.sectors}
    houses = {house.id: house.name for house in instance.establishments}
    lines, doctors = instance.line_by_id, instance.doctor_by_id
    parts = [
        _named([lines[name].name if name in lines else name for name in scope.lines]),
        _named([sectors.get(name, name) for name in scope.sectors]),
        _named([band_word(name).lower() for name in scope.bands]),
        _named([modality_word(name) for name in scope.modalities]),
        _named([status_word(name) for name in scope.statuses]),
        _named([houses.get(name, name) for name in scope.establishments]),
        _named([doctors[name].name if name in doctors else name for name in scope.doctors]),
    ]
    return " ; ".join(part for part in parts if part) or say(fr="tous", en="all")


def _named(names: Sequence[str]) -> str:
    return listed(names, most=_MOST_NAMED)
