"""Doctors as arrays, made once for all lines, so that who may hold a line is answered by the cheapest tests first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rosterplan.domain.instance import Availability, Instance
from rosterplan.domain.people import Doctor

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

ALWAYS = 10**7
"""An ordinal after every date: stands for « no end »."""


@dataclass(frozen=True)
class SaidDays:
    """What doctors said of ranges of days: doctor number, first and last ordinal, and whether the days are refused."""

    doctor: IntArray
    first: IntArray
    last: IntArray
    refused: BoolArray  # False: one of the only dates


@dataclass(frozen=True)
class SaidDuties:
    """What doctors said of duties of one line: doctor number, duty id, and whether it is refused."""

    doctor: IntArray
    duty: tuple[str, ...]
    refused: BoolArray


@dataclass(frozen=True)
class People:
    """Attributes of doctors, by their number in ``doctors``."""

    instance: Instance
    doctors: tuple[Doctor, ...]

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each doctor."""
        return {doctor.id: number for number, doctor in enumerate(self.doctors)}

    @cached_property
    def nobody(self) -> BoolArray:
        """No doctor."""
        return np.zeros(len(self.doctors), dtype=bool)

    @cached_property
    def volunteer(self) -> BoolArray:
        """Who is a volunteer."""
        return np.array([doctor.volunteer for doctor in self.doctors], dtype=bool)

    @cached_property
    def physician(self) -> BoolArray:
        """Who is a doctor by profession, not a nurse or a midwife."""
        return np.array([doctor.profession == "medecin" for doctor in self.doctors], dtype=bool)

    @cached_property
    def modality(self) -> dict[str, BoolArray]:
        """Who holds duties of each modality."""
        return self._having(doctor.modalities for doctor in self.doctors)

    @cached_property
    def skill(self) -> dict[str, BoolArray]:
        """Who has each skill."""
        return self._having(doctor.skills for doctor in self.doctors)

    @cached_property
    def sector(self) -> dict[str, BoolArray]:
        """Who is a member of each sector."""
        return self._having(tuple(member.sector for member in doctor.sectors) for doctor in self.doctors)

    @cached_property
    def named_line(self) -> dict[str, BoolArray]:
        """Who names each line."""
        return self._having(doctor.lines for doctor in self.doctors)

    @cached_property
    def establishment(self) -> dict[str, BoolArray]:
        """Who works for each establishment."""
        return self._having((doctor.establishment,) if doctor.establishment else () for doctor in self.doctors)

    @cached_property
    def refused_site(self) -> dict[str, BoolArray]:
        """Who refuses each site."""
        return self._having(doctor.refused_sites for doctor in self.doctors)

    @cached_property
    def first_day(self) -> IntArray:
        """First day on the list [ordinal]."""
        starts = [doctor.on_list.start for doctor in self.doctors]
        return np.array([start.toordinal() if start else 0 for start in starts], dtype=np.int64)

    @cached_property
    def last_day(self) -> IntArray:
        """Last day on the list, licence included [ordinal]."""
        ends = [[day for day in (doctor.on_list.end, doctor.licence_until) if day] for doctor in self.doctors]
        return np.array([min(days).toordinal() if days else ALWAYS for days in ends], dtype=np.int64)

    @cached_property
    def sometimes_away(self) -> BoolArray:
        """Who has an exemption or a long absence."""
        return np.array([bool(doctor.exemptions or doctor.long_absences) for doctor in self.doctors], dtype=bool)

    @cached_property
    def only_some_dates(self) -> BoolArray:
        """Who gave the only dates he or she may hold."""
        chosen = {row.doctor for row in self.instance.availability if row.value == "only"}
        return np.array([doctor.id in chosen for doctor in self.doctors], dtype=bool)

    @cached_property
    def said_days(self) -> SaidDays:
        """Refused days and only days, in the order of doctors."""
        number = self.number
        rows = [
            (number[row.doctor], row.start.toordinal(), row.end.toordinal(), row.value == "impossible")
            for row in self._binding()
            if row.start and row.end
        ]
        table = np.array(sorted(rows), dtype=np.int64).reshape(len(rows), 4)
        return SaidDays(table[:, 0], table[:, 1], table[:, 2], table[:, 3] == 1)

    @cached_property
    def said_duties(self) -> dict[str, SaidDuties]:
        """Refused duties and only duties of each line."""
        line_of = {duty.id: duty.line for duty in self.instance.duties}
        rows: dict[str, list[Availability]] = defaultdict(list)
        for row in self._binding():
            if row.duty in line_of:
                rows[line_of[row.duty]].append(row)
        return {
            line: SaidDuties(
                np.array([self.number[row.doctor] for row in said], dtype=np.int64),
                tuple(row.duty or "" for row in said),
                np.array([row.value == "impossible" for row in said], dtype=bool),
            )
            for line, said in rows.items()
        }

    def _binding(self) -> list[Availability]:
        """Rows that forbid duties: impossible ones, and only-these."""
        number = self.number
        return [
            row for row in self.instance.availability if row.value in ("impossible", "only") and row.doctor in number
        ]

    def _having(self, names: Iterable[tuple[str, ...]]) -> dict[str, BoolArray]:
        """Return, for each name, which doctors have it among theirs."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, own in enumerate(names):
            for name in own:
                numbers[name].append(number)
        found = {}
        for name, having in numbers.items():
            found[name] = self.nobody.copy()
            found[name][having] = True
        return found
