"""A folder with five hundred forms come back, to see how long `check` reads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks.folders.__main__ import write_folder
from benchmarks.folders.departments import LOIRE_ATLANTIQUE, Answering, Department

FEWEST_FORMS = 500
SPOKEN_FOR = 4
"""Doctors of each sector who answer another way than by their own form, or not at all."""


def department_of_forms(forms: int = FEWEST_FORMS) -> Department:
    """The Loire-Atlantique grown until so many of its doctors answer by their own form, every sector by forms."""
    places = LOIRE_ATLANTIQUE.places
    known = sum(place.doctors for place in places)
    wanted = forms + (SPOKEN_FOR + 1) * len(places)
    grown = tuple(replace(place, doctors=-(-place.doctors * wanted // known)) for place in places)
    zones = tuple(replace(zone, doctors=zone.doctors * wanted // known) for zone in LOIRE_ATLANTIQUE.zones)
    answering = Answering(forms_of=tuple(place.code for place in places))
    return replace(LOIRE_ATLANTIQUE, id=f"{forms}-formulaires", places=grown, zones=zones, answering=answering)


def write_forms(folder: Path, forms: int = FEWEST_FORMS) -> int:
    """Write the folder; return how many forms came back in it."""
    write_folder(department_of_forms(forms), folder)
    return len(list((folder / "disponibilites").glob("*(M*).xlsx")))
