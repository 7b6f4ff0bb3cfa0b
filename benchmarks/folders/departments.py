"""What each planning folder is: sectors, places, hours, sizes. The origin of each figure stands in instances/README.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from rosterplan.domain.calendar.choices import Pont


@dataclass(frozen=True)
class Place:
    """A sector with one fixed line: its town, volunteers, and whether the site is isolated or two doctors hold it."""

    code: str
    town: str
    doctors: int
    isolated: bool = False
    weekend_pair: bool = False


@dataclass(frozen=True)
class Zone:
    """A mobile night zone: the sectors its volunteers come from."""

    code: str
    name: str
    doctors: int
    sectors: tuple[str, ...]


@dataclass(frozen=True)
class Department:
    """One planning folder to write; ``evenings_apart``: the evening of a weekend day is a duty of its own."""

    id: str
    word: str
    places: tuple[Place, ...]
    zones: tuple[Zone, ...] = ()
    start: date = date(2027, 1, 1)
    end: date = date(2027, 3, 31)
    ponts: frozenset[Pont] = frozenset()
    evenings_apart: bool = False
    shared: float = 0.15
    seed: int = 1
    forms_of: tuple[str, ...] = field(default=())


ALL_PONTS: frozenset[Pont] = frozenset(("lundi-avant-ferie", "vendredi-apres-ferie", "samedi-apres-ferie"))

MAYENNE = Department(
    "53-pdsa", "MMG",
    (
        Place("LAVAL", "Laval", 26), Place("MAYENNE", "Mayenne", 17), Place("CHATEAU-GONTIER", "Château-Gontier", 16),
        Place("ERNEE", "Ernée", 13, isolated=True), Place("EVRON", "Évron", 14), Place("CRAON", "Craon", 12),
        Place("VILLAINES", "Villaines-la-Juhel", 12, isolated=True),
    ),
    ponts=ALL_PONTS, evenings_apart=True, seed=53, forms_of=("MAYENNE", "ERNEE", "CRAON"),
)  # fmt: skip

SARTHE = Department(
    "72-pdsa", "MMG",
    (
        Place("LE-MANS-NORD", "Le Mans Nord", 62, weekend_pair=True), Place("LE-MANS-SUD", "Le Mans Sud", 58),
        Place("LA-FLECHE", "La Flèche", 34), Place("SABLE", "Sablé-sur-Sarthe", 32), Place("MAMERS", "Mamers", 24),
        Place("LA-FERTE", "La Ferté-Bernard", 30), Place("SAINT-CALAIS", "Saint-Calais", 20, isolated=True),
        Place("SILLE", "Sillé-le-Guillaume", 22, isolated=True),
    ),
    ponts=ALL_PONTS, seed=72, forms_of=("MAMERS", "SILLE"),
)  # fmt: skip

LOIRE_ATLANTIQUE = Department(
    "44-pdsa", "CAPS",
    (
        Place("CHATEAUBRIANT", "Châteaubriant", 24), Place("NOZAY", "Nozay", 18, isolated=True),
        Place("PONTCHATEAU", "Pontchâteau", 30), Place("ANCENIS", "Ancenis", 32), Place("GUERANDE", "Guérande", 36),
        Place("CLISSON", "Clisson", 38), Place("CORCOUE", "Corcoué-sur-Logne", 22, isolated=True),
        Place("BOUAYE", "Bouaye", 34, isolated=True), Place("PORNIC", "Pornic", 34),
        Place("SAINT-HERBLAIN", "Saint-Herblain", 46), Place("NANTES", "Nantes", 78, weekend_pair=True),
        Place("VAL-D-ERDRE", "Val-d’Erdre", 28),
    ),
    (
        Zone("NUIT-NORD", "nord", 21, ("CHATEAUBRIANT", "NOZAY", "VAL-D-ERDRE")),
        Zone("NUIT-OUEST", "ouest", 21, ("PONTCHATEAU", "GUERANDE")),
        Zone("NUIT-EST", "est", 21, ("ANCENIS", "VAL-D-ERDRE")),
        Zone("NUIT-SUD", "vignoble", 20, ("CLISSON", "CORCOUE")),
        Zone("NUIT-RETZ", "pays de Retz", 20, ("PORNIC", "BOUAYE", "CORCOUE")),
    ),
    ponts=ALL_PONTS, evenings_apart=True, seed=44, forms_of=("NOZAY", "CLISSON"),
)  # fmt: skip

FOUR = Department(
    "secteur-4-volontaires", "MMG", (Place("LE-HORPS", "Le Horps", 4, isolated=True),), seed=4, forms_of=("LE-HORPS",)
)
FIFTY_FOUR = Department(
    "secteur-54-volontaires", "MMG", (Place("REZE", "Rezé", 54, weekend_pair=True),), seed=54, forms_of=("REZE",)
)

DEPARTMENTS = {one.id: one for one in (MAYENNE, SARTHE, LOIRE_ATLANTIQUE, FOUR, FIFTY_FOUR)}
