"""A doctor lives near enough to the site of the duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding, Note
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.messages import say
from rosterplan.messages.words import listed, long_date, plural
from rosterplan.rules.admission import View
from rosterplan.rules.base import BoolArray, Rule
from rosterplan.rules.selection import applies, assigned, concerned


class MaxDelay(Rule):
    """A doctor whose stated time to a site is above ``minutes`` holds no duty there; an unstated time keeps nobody out.

    Where the place follows the doctor there is no site to reach, and the rule says nothing.
    """

    code: ClassVar[str] = "max-delay"
    title: ClassVar[str] = "Délai maximal pour rejoindre le lieu"
    title_en: ClassVar[str] = "Longest delay to reach the site"
    law: ClassVar[str] = "convention de la ligne (« dans les plus brefs délais », arrêté du 30 avril 2003)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    minutes: int = Field(default=30, ge=1, le=240, title="minutes", description="longest time to the site [min]")

    def admit(self, view: View) -> BoolArray | None:
        """Doctors near enough, or of whom it is not known."""
        here = [duty.site or view.line.site for duty in view.duties]
        sites = sorted({site for site in here if site})
        if not sites or not any(doctor.travel for doctor in view.doctors):
            return None
        times = [{one.site: one.minutes for one in doctor.travel} for doctor in view.doctors]
        near = np.array([[known.get(site, 0) <= self.minutes for site in sites] for known in times], dtype=bool)
        place = {site: number for number, site in enumerate(sites)}
        column = np.array([place.get(site or "", len(sites)) for site in here], dtype=np.int64)
        mask = np.concatenate((near, np.ones((len(times), 1), dtype=bool)), axis=1)[:, column]
        return concerned(view, self.scope, mask)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Look up the time of each doctor to each duty held."""
        for duty, doctor in assigned(instance, roster, self.scope):
            site = duty.site or instance.line_by_id[duty.line].site
            for known in doctor.travel:
                if known.site == site and known.minutes > self.minutes:
                    where = instance.site_by_id[known.site].name
                    yield self.finding(
                        say(
                            fr=f"{doctor.name} : {known.minutes} minutes pour rejoindre {where} le {long_date(duty.date)}, "
                            f"pour {self.minutes} au plus.",
                            en=f"{doctor.name}: {known.minutes} minutes to reach {where} on {long_date(duty.date)}, "
                            f"{self.minutes} at most.",
                        ),
                        doctors=(doctor.id,),
                        duties=(duty.id,),
                        amount=known.minutes - self.minutes,
                    )

    def foresee(self, instance: Instance) -> Iterator[Note]:
        """Say of whom the time to a site is not known."""
        if not any(doctor.travel for doctor in instance.doctors):
            yield Note(
                code=self.code, severity="information",
                text=say(
                    fr="Délai pour rejoindre le lieu : non vérifié, la colonne « Délais » de la feuille Médecins est vide.",
                    en="Delay to reach the site: not verified, column “Délais” of sheet Médecins is empty.",
                ),
            )  # fmt: skip
            return
        sites = {duty.site: duty for duty in instance.duties if duty.site}
        for site, duty in sites.items():
            line = instance.line_by_id[duty.line]
            if not self.scope.covers_line(line):
                continue
            unknown = [
                doctor.name
                for doctor in instance.doctors
                if self.scope.covers_doctor(doctor)
                and doctor.establishment in line.establishments
                and set(line.skills) <= set(doctor.skills)
                and site not in {one.site for one in doctor.travel}
            ]
            if unknown:
                where = instance.site_by_id[site].name
                yield Note(
                    code=self.code, severity="information", line=line.id, supply=len(unknown),
                    text=say(
                        fr=f"{where} : délai non vérifié pour {listed(unknown, most=6)} (colonne Délais vide).",
                        en=f"{where}: delay not verified for {listed(unknown, most=6)} (column Délais empty).",
                    ),
                )  # fmt: skip

    def words(self) -> str:
        """Say it."""
        who, most = applies(self.scope), plural(self.minutes, "minute")
        return say(
            fr=f"Un médecin d’astreinte rejoint le lieu de la garde en {most} au plus{who}.",
            en=f"A doctor on call reaches the site of the duty within {most}{who}.",
        )
