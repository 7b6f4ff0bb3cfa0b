"""What is proven of holes, in words: of one by itself, or of their number, which duties stay open being a choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rosterplan.messages import say
from rosterplan.messages.words import plural


class Proof(Protocol):
    """What is known of a hole: ``proven`` by itself; else ``one_of`` so many doctors every roster lacks, 0 if unknown."""

    @property
    def proven(self) -> bool:
        """True if no roster as well covered fills this very hole."""

    @property
    def one_of(self) -> int:
        """Doctors of its priority that every roster lacks in all, where that is proven; else 0."""


def proof_cell(hole: Proof) -> str:
    """« oui : inévitable », « 3 en tout, pas forcément celle-ci » or « non »."""
    if hole.proven:
        return say(fr="oui : inévitable", en="yes: unavoidable")
    if hole.one_of:
        return say(fr=f"{hole.one_of} en tout, pas forcément celle-ci", en=f"{hole.one_of} in all, not always this one")
    return say(fr="non", en="no")


def proof_clause(hole: Proof) -> str:
    """What is added to the line of a hole: « ; inévitable, c’est prouvé »; empty where nothing is."""
    if hole.proven:
        return say(fr=" ; inévitable, c’est prouvé", en="; unavoidable, proven")
    if not hole.one_of:
        return ""
    french = plural(hole.one_of, "médecin manquera", "médecins manqueront")
    english = plural(hole.one_of, "doctor", "doctors")
    return say(
        fr=f" ; {french} en tout, ici ou à une autre date de même priorité : c’est prouvé",
        en=f"; {english} missing in all, here or on another date of the same priority: proven",
    )


def proofs_told(holes: Sequence[Proof]) -> str:
    """What is proven of all holes together, for the head of their sheet."""
    alone, counted = sum(hole.proven for hole in holes), sum(not hole.proven and hole.one_of > 0 for hole in holes)
    parts = []
    if alone or not counted:
        parts.append(
            say(fr=f"pour {alone}, il est prouvé qu’aucun tableau ne peut mieux les pourvoir",
                en=f"for {alone} it is proven that no roster can fill them better")
        )  # fmt: skip
    if counted:
        parts.append(
            say(fr=f"pour {counted}, il est prouvé qu’il en restera autant, mais pas forcément à ces dates",
                en=f"for {counted} it is proven that as many stay open, though not always on these dates")
        )  # fmt: skip
    return say(fr=" ; ", en="; ").join(parts)
