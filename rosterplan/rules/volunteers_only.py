"""Only volunteers are rostered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.messages import say
from rosterplan.rules.admission import View
from rosterplan.rules.base import BoolArray, Rule
from rosterplan.rules.selection import applies, assigned, concerned


class VolunteersOnly(Rule):
    """A duty is given to volunteers only: nobody is named in his or her place (R.6315-4)."""

    code: ClassVar[str] = "volunteers-only"
    title: ClassVar[str] = "Volontaires seulement"
    title_en: ClassVar[str] = "Volunteers only"
    law: ClassVar[str] = "CSP R.6315-4 (participation sur la base du volontariat)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    def admit(self, view: View) -> BoolArray | None:
        """Volunteers, and whatever is out of scope."""
        return concerned(view, self.scope, view.whole_rows(view.people.volunteer[view.number]))

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Look for duties held by doctors who are no volunteers."""
        for duty, doctor in assigned(instance, roster, self.scope):
            if not doctor.volunteer:
                yield self.finding(
                    say(
                        fr=f"{doctor.name} n’est pas volontaire et tient une garde.",
                        en=f"{doctor.name} is not a volunteer and holds a duty.",
                    ),
                    doctors=(doctor.id,),
                    duties=(duty.id,),
                )

    def words(self) -> str:
        """Say who is rostered."""
        who = applies(self.scope)
        return say(
            fr=f"Seuls les volontaires sont inscrits au tableau{who}.",
            en=f"Only volunteers are put on the roster{who}.",
        )
