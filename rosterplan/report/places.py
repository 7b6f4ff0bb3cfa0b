"""Where a duty is held, in words: the site of the duty, of its line, or the doctor's own."""

from __future__ import annotations

from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.work import Duty, Site

OWN_PRACTICE = "cabinet du médecin"
HOME_VISITS = "visites à domicile"
"""Said where no site is known; French in every language, as sent to the Ordre."""


def _site_of(instance: Instance, duty: Duty, doctor: Doctor | None) -> Site | None:
    """The site of a duty; on a line whose place follows the doctor, the doctor's own, None while nobody holds it."""
    line = instance.line_by_id[duty.line]
    if line.site_follows_doctor:
        return instance.site_by_id.get(doctor.site) if doctor and doctor.site else None
    site = duty.site or line.site
    return instance.site_by_id[site] if site else None


def place_of(instance: Instance, duty: Duty, doctor: Doctor | None) -> str:
    """« MMG de Laval », « cabinet du médecin »; empty where nobody said (R.6315-2 asks for the place of care)."""
    site = _site_of(instance, duty, doctor)
    if site:
        return site.name
    if duty.modality == "mobile":
        return HOME_VISITS
    return OWN_PRACTICE if instance.line_by_id[duty.line].site_follows_doctor else ""
