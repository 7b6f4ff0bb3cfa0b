"""Who may hold a duty: place on the list, sector or line, modality, skills, sites, exemptions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from rosterplan.domain.findings import Finding, Note
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Duty, Line
from rosterplan.messages import say
from rosterplan.messages.trade import band_words, modality_word
from rosterplan.messages.words import listed, long_date, plural
from rosterplan.rules.admission import View
from rosterplan.rules.base import BoolArray, Rule
from rosterplan.rules.people import People
from rosterplan.rules.selection import applies, assigned, concerned


class Eligible(Rule):
    """A doctor may hold a duty dated day t of line l if all of this is true.

    1. Belongs: a sector of his or hers is the line's, or his or her establishment is one of the line's, or he or she
       names the line; a line with neither sector nor establishment is open to all, or, once someone names it, to
       those who name it. Nurses and midwives hold only lines they name (décret 2025-152).
    2. Holds the duty's modality, and has every skill of the line.
    3. Does not refuse the site of the duty.
    4. Is on the list on t, licence included, and in no recognised long absence; exempt from its band on t he or she
       may not (the date a duty begins is its date).
    5. Where it is a house's turn, works for it; where the slot is a doctor's own, is that doctor.
    """

    code: ClassVar[str] = "eligible"
    title: ClassVar[str] = "Qui peut tenir la garde"
    title_en: ClassVar[str] = "Who may hold the duty"
    law: ClassVar[str] = "CSP R.6315-2 (liste, modalité, lieu) et R.6315-4 (exemptions accordées par le CDOM)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)
    narrows: ClassVar[bool] = True

    def admit(self, view: View) -> BoolArray | None:
        """Whole doctors first (belonging, skills, modality), then the duties of those who are left."""
        people, number = view.people, view.number
        rows = _belongs(people, view.line)[number]
        for skill in view.line.skills:
            rows = rows & people.skill.get(skill, people.nobody)[number]
        modalities = {duty.modality for duty in view.duties}
        holds = [people.modality.get(modality, people.nobody) for modality in modalities]
        rows = rows & np.any([mask[number] for mask in holds], axis=0) if holds else rows
        mask = np.zeros(view.shape, dtype=bool)
        mask[rows] = _duty_by_duty(view.restricted(rows))
        return concerned(view, self.scope, mask)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Ask of every assignment why the doctor could not hold it."""
        named = {name for doctor in instance.doctors for name in doctor.lines}
        for duty, doctor in assigned(instance, roster, self.scope):
            line = instance.line_by_id[duty.line]
            where = say(
                fr=f"{doctor.name}, garde du {long_date(duty.date)} ({line.name}) : ",
                en=f"{doctor.name}, duty of {long_date(duty.date)} ({line.name}): ",
            )
            for reason in _reasons(instance, doctor, line, duty, named):
                yield self.finding(f"{where}{reason}.", doctors=(doctor.id,), duties=(duty.id,))

    def words(self) -> str:
        """Say who may hold a duty."""
        who = applies(self.scope)
        return say(
            fr="Pour tenir une garde, un médecin figure sur la liste à cette date, appartient au secteur ou est inscrit sur "
            f"la ligne, pratique la modalité et a les compétences demandées{who}. Il ne refuse pas le lieu et n’est pas "
            "exempté de cette catégorie de garde. Infirmiers et sages-femmes ne tiennent que les lignes où ils sont inscrits.",
            en="To hold a duty, a doctor is on the list on that date, is of the sector or entered for the line, practises "
            f"the modality and has the skills asked for{who}. He or she does not refuse the site and is not exempt from "
            "this band. Nurses and midwives hold only the lines they are entered for.",
        )

    def foresee(self, instance: Instance) -> Iterator[Note]:
        """Name the lines without sector or house that only some may hold, since they are the ones who name it."""
        for line in instance.lines:
            naming = [doctor for doctor in instance.doctors if line.id in doctor.lines]
            if naming and not line.sector and not line.establishments and self.scope.covers_line(line):
                yield Note(
                    code="line-by-name",
                    severity="information",
                    line=line.id,
                    supply=len(naming),
                    text=say(
                        fr=f"{line.name} n’a ni secteur ni établissement : seuls la tiennent les "
                        f"{plural(len(naming), 'médecin inscrit', 'médecins inscrits')} sur cette ligne.",
                        en=f"{line.name} has no sector and no establishment: only the "
                        f"{plural(len(naming), 'doctor')} entered for this line may hold it.",
                    ),
                )


def _belongs(people: People, line: Line) -> BoolArray:
    """Return which doctors belong to a line."""
    named = people.named_line.get(line.id, people.nobody)
    if line.sector is None and not line.establishments:
        return named if named.any() else people.physician
    inside = people.sector.get(line.sector or "", people.nobody).copy()
    for house in line.establishments:
        inside |= people.establishment.get(house, people.nobody)
    return named | (inside & people.physician)


def _duty_by_duty(view: View) -> BoolArray:
    """Return what doctors who belong to the line may hold: dates, modality, site, turn, own slots, exemptions."""
    people, number, dates = view.people, view.number, view.dates
    mask = (dates >= people.first_day[number][:, None]) & (dates <= people.last_day[number][:, None])
    for modality in {duty.modality for duty in view.duties}:
        columns = np.array([duty.modality == modality for duty in view.duties], dtype=bool)
        mask &= people.modality.get(modality, people.nobody)[number][:, None] | ~columns
    for site in {duty.site or view.line.site for duty in view.duties} - {None}:
        columns = np.array([(duty.site or view.line.site) == site for duty in view.duties], dtype=bool)
        mask &= ~(people.refused_site.get(site or "", people.nobody)[number][:, None] & columns)
    for houses in {duty.establishments for duty in view.duties} - {()}:
        columns = np.array([duty.establishments == houses for duty in view.duties], dtype=bool)
        theirs = np.any([people.establishment.get(house, people.nobody)[number] for house in houses], axis=0)
        mask &= theirs[:, None] | ~columns
    if any(duty.doctor for duty in view.duties):
        own = np.array([people.number.get(duty.doctor, -2) if duty.doctor else -1 for duty in view.duties])
        mask &= (own == -1) | (own == number[:, None])
    for row in np.flatnonzero(people.sometimes_away[number]).tolist():
        mask[row] &= _not_away(view, view.doctors[row])
    return np.asarray(mask, dtype=bool)


def _not_away(view: View, doctor: Doctor) -> BoolArray:
    """Return the duties on which a doctor is neither exempt nor in a long absence."""
    kept = np.ones(len(view.duties), dtype=bool)
    spans = [(span, ()) for span in doctor.long_absences] + [(one, one.bands) for one in doctor.exemptions]
    for span, bands in spans:
        inside = np.ones(len(view.duties), dtype=bool)
        if span.start:
            inside &= view.dates >= span.start.toordinal()
        if span.end:
            inside &= view.dates <= span.end.toordinal()
        if bands:
            inside &= np.isin(view.bands, bands)
        kept &= ~inside
    return kept


def _reasons(instance: Instance, doctor: Doctor, line: Line, duty: Duty, named: set[str]) -> Iterator[str]:
    """Yield why a doctor may not hold a duty."""
    if duty.doctor is not None and duty.doctor != doctor.id:
        yield say(fr="ce créneau est celui d’un autre médecin", en="this slot is another doctor's own")
    if not _is_of(doctor, line, named):
        yield say(
            fr="ni de ce secteur, ni inscrit sur cette ligne", en="neither of this sector nor entered for this line"
        )
    if duty.modality not in doctor.modalities:
        yield say(
            fr=f"ne pratique pas la modalité « {modality_word(duty.modality)} »",
            en=f"does not practise “{modality_word(duty.modality)}”",
        )
    lacking = [skill for skill in line.skills if skill not in doctor.skills]
    if lacking:
        yield say(fr=f"compétence manquante : {listed(lacking)}", en=f"skill missing: {listed(lacking)}")
    site = duty.site or line.site
    if site is not None and site in doctor.refused_sites:
        place = instance.site_by_id[site].name
        yield say(fr=f"refuse ce lieu ({place})", en=f"refuses this site ({place})")
    if duty.establishments and doctor.establishment not in duty.establishments:
        yield say(fr="ce n’est pas le tour de son établissement", en="it is not the turn of his or her establishment")
    if not doctor.on_the_list(duty.date):
        yield say(fr="absent de la liste à cette date", en="not on the list on that date")
    elif not doctor.present(duty.date):
        yield say(fr="absence longue à cette date", en="long absence on that date")
    if doctor.exempt(duty.band, duty.date):
        band = band_words((duty.band,))
        yield say(fr=f"exempté de la catégorie {band}", en=f"exempt from the band {band}")


def _is_of(doctor: Doctor, line: Line, named: set[str]) -> bool:
    """True if a doctor belongs to a line; ``named`` are the lines someone names."""
    if line.id in doctor.lines:
        return True
    if doctor.profession != "medecin":
        return False
    if line.sector is None and not line.establishments:
        return line.id not in named
    if any(member.sector == line.sector for member in doctor.sectors):
        return True
    return doctor.establishment is not None and doctor.establishment in line.establishments
