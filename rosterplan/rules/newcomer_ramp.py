"""A newcomer's first weeks: no feast, not alone on an isolated site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.messages.words import long_date
from rosterplan.rules.admission import View
from rosterplan.rules.base import BoolArray, Rule
from rosterplan.rules.params import YesNo
from rosterplan.rules.selection import applies, assigned, concerned


class NewcomerRamp(Rule):
    """In the first ``days`` on the list, a doctor holds no feast, and no duty at an isolated site.

    Counted from the doctor's first day on the list; who has none is no newcomer. A lighter share at first is a quota,
    not a rule.
    """

    code: ClassVar[str] = "newcomer-ramp"
    title: ClassVar[str] = "Premières gardes d’un nouveau"
    title_en: ClassVar[str] = "First duties of a newcomer"
    law: ClassVar[str] = "usage local (sécurité des lieux isolés ; pas de fête pour commencer)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    days: int = Field(default=90, ge=1, le=730, title="jours", description="how long one is a newcomer [days]")
    feasts: YesNo = Field(default=True, title="sans fête", description="no duty of a feast")
    isolated: YesNo = Field(default=True, title="hors lieu isolé", description="no duty at an isolated site")

    def admit(self, view: View) -> BoolArray | None:
        """Hard duties for who is no newcomer any more."""
        sites = view.instance.site_by_id
        hard = np.zeros(len(view.duties), dtype=bool)
        for column, duty in enumerate(view.duties):
            site = sites.get(duty.site or view.line.site or "")
            lonely = self.isolated and site is not None and site.isolated
            hard[column] = lonely or (self.feasts and duty.feast is not None)
        first = view.people.first_day[view.number][:, None]
        new = (first > 0) & (view.dates < first + self.days)
        return concerned(view, self.scope, ~(new & hard))

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Look at each duty of a newcomer."""
        for duty, doctor in assigned(instance, roster, self.scope):
            start = doctor.on_list.start
            if start is None or duty.date >= start + timedelta(days=self.days):
                continue
            if self.feasts and duty.feast is not None:
                yield self._found(doctor, duty, say(fr="de fête", en="on a feast"))
            place = duty.site or instance.line_by_id[duty.line].site
            if self.isolated and place is not None and instance.site_by_id[place].isolated:
                yield self._found(doctor, duty, say(fr="dans un lieu isolé", en="at an isolated site"))

    def _found(self, doctor: Doctor, duty: Duty, what: str) -> Finding:
        """Return what is said of one duty."""
        return self.finding(
            say(
                fr=f"{doctor.name}, nouveau : garde {what}, {long_date(duty.date)}.",
                en=f"{doctor.name}, a newcomer: duty {what}, {long_date(duty.date)}.",
            ),
            doctors=(doctor.id,),
            duties=(duty.id,),
        )

    def words(self) -> str:
        """Say what a newcomer is spared."""
        spared_fr, spared_en = [], []
        if self.feasts:
            spared_fr.append("de fête")
            spared_en.append("on a feast")
        if self.isolated:
            spared_fr.append("dans un lieu isolé")
            spared_en.append("at an isolated site")
        who = applies(self.scope)
        return say(
            fr=f"Pendant ses {self.days} premiers jours sur la liste, un médecin n’a pas de garde "
            f"{' ni '.join(spared_fr)}{who}.",
            en=f"In the first {self.days} days on the list, a doctor has no duty {' or '.join(spared_en)}{who}.",
        )
