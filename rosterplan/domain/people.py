"""Doctors, and the houses, places and practices they belong to."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from rosterplan.domain.base import Frozen, Id

Profession = Literal["medecin", "infirmier", "sage-femme"]
"""Décret 2025-152 lets nurses and midwives contribute to the PDSA."""

Status = Literal[
    "liberal", "salarie", "remplacant", "retraite",
    "PH", "HU", "contractuel", "attache", "assistant", "interne", "docteur-junior",
]  # fmt: skip
"""The statute a doctor works under; it carries a rule set, a line never does."""

Modality = Literal["fixe", "mobile", "regulation", "garde", "astreinte", "snp"]
"""How a duty is held (R.6315-2 asks for it in the published roster)."""


class DateSpan(Frozen):
    """Days from ``start`` to ``end``, both included; an open side is None."""

    start: date | None = None
    end: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> DateSpan:
        if self.start and self.end and self.end < self.start:
            raise ValueError("end before start")
        return self

    def covers(self, day: date) -> bool:
        """True if ``day`` lies inside the span."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Exemption(DateSpan):
    """Bands a doctor is exempt from within dates; no bands means all. The reason is never stored."""

    bands: tuple[str, ...] = ()

    def frees(self, band: str, day: date) -> bool:
        """True if the doctor is exempt from ``band`` on ``day``."""
        return (not self.bands or band in self.bands) and self.covers(day)


class Membership(Frozen):
    """A sector a doctor serves; ``participation`` is the part of the quota given there, 0 = renfort."""

    sector: Id
    participation: float = Field(default=1.0, ge=0.0, le=1.0)


class Establishment(Frozen):
    """A hospital or clinic, partner of a shared line."""

    id: Id
    name: str
    status: Literal["public", "prive", "espic"] = "public"
    full_time_equivalents: float | None = Field(default=None, ge=0)
    site: Id | None = Field(default=None, description="where it holds the turns of lines without a site of their own")


class Travel(Frozen):
    """The time a doctor states to reach a site from home [minutes]."""

    site: Id
    minutes: int = Field(ge=0, le=600)


class Doctor(Frozen):
    """A person who may hold duties."""

    id: Id
    last_name: str
    first_name: str = ""
    profession: Profession = "medecin"
    status: Status = "liberal"
    establishment: Id | None = None
    sectors: tuple[Membership, ...] = ()
    lines: tuple[Id, ...] = Field(
        default=(), description="lines held beside those of the sectors; they give no share by themselves"
    )
    modalities: tuple[Modality, ...] = ("fixe",)
    skills: tuple[str, ...] = ()
    refused_sites: tuple[Id, ...] = ()
    travel: tuple[Travel, ...] = Field(default=(), description="time from home to sites, where stated")
    quota: float = Field(default=1.0, ge=0.0, le=2.0, description="part of a full participation")
    on_list: DateSpan = DateSpan()
    long_absences: tuple[DateSpan, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    licence_until: date | None = Field(default=None, description="remplaçants: last day of the licence")
    practice_ended: date | None = Field(default=None, description="first day without practice (cessation d’activité)")
    maximum: int | None = Field(default=None, ge=0, description="openly declared maximum of duties in the period")
    practice: str | None = Field(default=None, description="cabinet shared with colleagues")
    volunteer: bool = True
    accepts_beyond_cap: bool = Field(default=False, description="accepte au-delà du plafond")
    consents: tuple[str, ...] = Field(default=(), description="codes of rules the doctor lifts for himself")
    site: Id | None = Field(default=None, description="own cabinet, where the place follows the doctor")
    phone: str = ""
    email: str = ""
    rpps: str = ""

    @property
    def name(self) -> str:
        """The name as printed in a roster: « Dr NOM Prénom »."""
        title = "Dr " if self.profession == "medecin" else ""
        return f"{title}{self.directory_name}".strip()

    @property
    def directory_name(self) -> str:
        """« NOM Prénom », as in a directory."""
        return f"{self.last_name.upper()} {self.first_name}".strip()

    @property
    def label(self) -> str:
        """« NOM Prénom (M017) »: what stands in a cell a person may choose, without doubt between two of one name."""
        return f"{self.directory_name} ({self.id})"

    def on_the_list(self, day: date) -> bool:
        """True if the doctor is on the list that day, licence included."""
        return self.on_list.covers(day) and (self.licence_until is None or day <= self.licence_until)

    def present(self, day: date) -> bool:
        """True if on the list and in no recognised long absence that day."""
        return self.on_the_list(day) and not any(span.covers(day) for span in self.long_absences)

    def exempt(self, band: str, day: date) -> bool:
        """True if exempt from ``band`` on ``day``."""
        return any(exemption.frees(band, day) for exemption in self.exemptions)
