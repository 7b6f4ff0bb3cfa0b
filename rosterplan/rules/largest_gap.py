"""No doctor far ahead of another: the largest gap of all costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.rules.base import Rule
from rosterplan.rules.selection import applies, assigned, in_scope

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas

_HUNDRED = 100


class LargestGap(Rule):
    """The largest gap between two doctors in scope costs the weight for each duty of it, rounded up.

    A gap between doctors of quotas q and r who hold n and m duties in scope in this period is |q·m − r·n|: duties a full
    participation is ahead by. Only the largest of all gaps counts: it says nothing of the others. For the fair share of
    everyone see `juste-repartition`.
    """

    code: ClassVar[str] = "largest-gap"
    title: ClassVar[str] = "Écart maximal entre deux médecins"
    title_en: ClassVar[str] = "Largest gap between two doctors"
    default: ClassVar[Strength] = soft("comfort", 10)
    kinds: ClassVar[tuple[str, ...]] = ("soft",)
    law: ClassVar[str] = "usage local"

    strength: Strength = soft("comfort", 10)

    def post(self, canvas: Canvas) -> None:
        """One cost over all doctors in scope, whether they hold something or not."""
        cols = in_scope(canvas, self.scope)
        doctors = canvas.instance.doctors
        who = [number for number, doctor in enumerate(doctors) if self.scope.covers_doctor(doctor)]
        scale = np.array([round(doctors[number].quota * _HUNDRED) for number in who], dtype=np.int64)
        stage, groups = self.strength.stage or "comfort", np.array(who, dtype=np.int64)
        if len(who) >= 2:
            cols = cols.where(cols["past"] == 0)
            canvas.spread(self.code, cols, "doctor", groups, scale, _HUNDRED, stage, self.strength.weight)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Compare every two doctors."""
        count = Counter(doctor.id for _, doctor in assigned(instance, roster, self.scope))
        shown = [doctor for doctor in instance.doctors if self.scope.covers_doctor(doctor)]
        worst, pair = 0, None
        for place, one in enumerate(shown):
            for other in shown[place + 1 :]:
                mine, theirs = round(one.quota * _HUNDRED), round(other.quota * _HUNDRED)
                gap = mine * count[other.id] - theirs * count[one.id]
                if abs(gap) > worst:
                    worst, pair = abs(gap), (other, one) if gap > 0 else (one, other)
        if pair is None:
            return
        duties = -(-worst // _HUNDRED)
        have = [plural(count[one.id], say(fr="garde", en="duty"), say(fr="gardes", en="duties")) for one in pair]
        yield self.finding(
            say(
                fr=f"Plus grand écart : {pair[0].name} ({have[0]}) et {pair[1].name} ({have[1]}).",
                en=f"Largest gap: {pair[0].name} ({have[0]}) and {pair[1].name} ({have[1]}).",
            ),
            doctors=(pair[0].id, pair[1].id), amount=duties, cost=duties * self.strength.weight, severity="information",
        )  # fmt: skip

    def words(self) -> str:
        """Say the gap."""
        who = applies(self.scope)
        return say(
            fr=f"L’écart entre le médecin qui tient le plus de gardes et celui qui en tient le moins, selon leur "
            f"coefficient, est aussi petit que possible{who}.",
            en="The gap between the doctor who holds most duties and the one who holds least, by their coefficients, is as "
            f"small as can be{who}.",
        )
