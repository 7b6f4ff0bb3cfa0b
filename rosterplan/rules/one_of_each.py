"""The duties of a day are held by doctors of different houses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.messages.words import long_date, plural
from rosterplan.rules.base import Rule, soft_of
from rosterplan.rules.selection import applies, assigned, in_scope, leniency

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class OneOfEach(Rule):
    """On one date and in one band, a house holds at most ``most`` of the duties of the lines in scope.

    With two lines and two houses that is one doctor of each house every day. Doctors without a house are not
    concerned. Soft: each duty above costs the weight.
    """

    code: ClassVar[str] = "one-of-each"
    title: ClassVar[str] = "Un médecin de chaque établissement"
    title_en: ClassVar[str] = "One doctor of each house"
    law: ClassVar[str] = "convention de la ligne partagée"
    kinds: ClassVar[tuple[str, ...]] = ("hard", "soft")

    most: int = Field(default=1, ge=1, le=20, title="maximum", description="most duties of one house that day")

    def post(self, canvas: Canvas) -> None:
        """One cap per date, band and house."""
        cols = in_scope(canvas, self.scope)
        cols = cols.where((cols["past"] == 0) & (cols["establishment"] >= 0))
        canvas.limit(self.code, cols, ("day", "band", "establishment"), hi=self.most, over=soft_of(self.strength))

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count the duties of each house, date by date."""
        held: dict[tuple[object, ...], list[tuple[Duty, str]]] = defaultdict(list)
        for duty, doctor in assigned(instance, roster, self.scope):
            if doctor.establishment is not None:
                held[duty.date, duty.band, doctor.establishment].append((duty, doctor.id))
        names = {house.id: house.name for house in instance.establishments}
        for (_, _, house), pairs in held.items():
            beyond = len(pairs) - self.most
            if beyond <= 0:
                continue
            duty, name = pairs[0][0], names.get(str(house), str(house))
            count = plural(len(pairs), say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
            yield self.finding(
                say(
                    fr=f"{name} : {count} à la fois le {long_date(duty.date)}, pour {self.most} au plus.",
                    en=f"{name}: {count} at once on {long_date(duty.date)}, {self.most} at most.",
                ),
                doctors=tuple(dict.fromkeys(doctor for _, doctor in pairs)),
                duties=tuple(dict.fromkeys(one.id for one, _ in pairs)),
                amount=beyond,
                cost=self.strength.weight * beyond if self.strength.kind == "soft" else 0,
            )

    def words(self) -> str:
        """Say it."""
        rest = f"{leniency(self)}{applies(self.scope)}"
        return say(
            fr=f"Le même jour, un établissement ne tient pas plus de {plural(self.most, 'garde')}{rest}.",
            en=f"On one day a house holds no more than {plural(self.most, 'duty', 'duties')}{rest}.",
        )
