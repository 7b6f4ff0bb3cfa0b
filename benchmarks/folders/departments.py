"""What each planning folder is: sectors, places, hours, sizes, habits. The origin of each figure: instances/README.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from rosterplan.domain.calendar.choices import Pont
from rosterplan.domain.calendar.hours import SpecialDay
from rosterplan.domain.instance import MissingAnswers


@dataclass(frozen=True)
class Place:
    """A sector with one fixed line: its town, volunteers, and whether the site is isolated or two doctors hold it.

    ``visits``: at weekends one more doctor goes to patients until 20 h. ``summer``: a second line on the coast, from
    1 July to 31 August.
    """

    code: str
    town: str
    doctors: int
    isolated: bool = False
    weekend_pair: bool = False
    visits: bool = False
    summer: bool = False


@dataclass(frozen=True)
class Zone:
    """A mobile night zone: the sectors its volunteers come from."""

    code: str
    name: str
    doctors: int
    sectors: tuple[str, ...]


@dataclass(frozen=True)
class Answering:
    """How a department answers: sectors asked one by one (the others have one sheet for all), and who is never heard.

    ``present``: where given, doctors of a sector who came to its meeting; of the others, ``few_dates`` gave a few
    dates only and the rest nothing.
    """

    forms_of: tuple[str, ...] = ()
    present: int | None = None
    few_dates: int = 0


@dataclass(frozen=True)
class Department:
    """One planning folder to write; ``evenings_apart``: the evening of a weekend day is a duty of its own.

    Doctors help in the next sector of the list; the last one's in the first where ``ring``.
    """

    id: str
    word: str
    places: tuple[Place, ...]
    zones: tuple[Zone, ...] = ()
    start: date = date(2027, 1, 1)
    end: date = date(2027, 3, 31)
    ponts: frozenset[Pont] = frozenset()
    evenings_apart: bool = False
    shared: float = 0.15
    ring: bool = True
    couples: int = 0
    imposed: int = 0
    rules: tuple[tuple[str, dict[str, JsonValue]], ...] = ()
    special_days: tuple[SpecialDay, ...] = ()
    missing_answers: MissingAnswers = "disponible"
    answering: Answering = Answering()
    seed: int = 1

    def place_of(self, sector: str) -> Place:
        """The place of a sector."""
        return next(place for place in self.places if place.code == sector)

    def fixed_line(self, place: Place) -> str:
        """Id of the fixed line of a place, of its site too."""
        return f"{self.word}-{place.code}"


ALL_PONTS: frozenset[Pont] = frozenset(("lundi-avant-ferie", "vendredi-apres-ferie", "samedi-apres-ferie"))

MAYENNE = Department(
    "53-pdsa", "MMG",
    (
        Place("LAVAL", "Laval", 26), Place("MAYENNE", "Mayenne", 17), Place("CHATEAU-GONTIER", "Château-Gontier", 16),
        Place("ERNEE", "Ernée", 13, isolated=True), Place("EVRON", "Évron", 14), Place("CRAON", "Craon", 12),
        Place("VILLAINES", "Villaines-la-Juhel", 12, isolated=True),
    ),
    ponts=ALL_PONTS, evenings_apart=True, couples=2, imposed=2, seed=53,
    rules=(("same-practice", {}),),
    special_days=(
        SpecialDay(kind="fermeture", first=date(2027, 3, 13), last=date(2027, 3, 14), lines=("MMG-CRAON",),
                   name="Travaux à la maison médicale de Craon"),
    ),
    answering=Answering(forms_of=("MAYENNE", "ERNEE", "CRAON")),
)  # fmt: skip

SARTHE = Department(
    "72-pdsa", "MMG",
    (
        Place("LE-MANS-NORD", "Le Mans Nord", 66, weekend_pair=True), Place("LE-MANS-SUD", "Le Mans Sud", 62),
        Place("LA-FLECHE", "La Flèche", 36), Place("SABLE", "Sablé-sur-Sarthe", 34), Place("MAMERS", "Mamers", 26),
        Place("LA-FERTE", "La Ferté-Bernard", 32), Place("SAINT-CALAIS", "Saint-Calais", 21, isolated=True),
        Place("SILLE", "Sillé-le-Guillaume", 24, isolated=True),
    ),
    ponts=ALL_PONTS, couples=4, imposed=3, seed=72,
    rules=(("max-per-period", {"most": 3, "period": "month", "at_least_share": True}), ("newcomer-ramp", {})),
    answering=Answering(forms_of=("MAMERS", "SILLE")),
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
    ponts=ALL_PONTS, evenings_apart=True, couples=6, imposed=4, seed=44,
    rules=(("same-practice", {}), ("newcomer-ramp", {})),
    special_days=tuple(
        SpecialDay(kind="ouverture", first=date(2027, 1, day), lines=("CAPS-NANTES",), start=8 * 60, end=12 * 60,
                   name="Renfort d’hiver, samedi matin")
        for day in (9, 16, 23, 30)
    ),
    answering=Answering(forms_of=("NOZAY", "CLISSON")),
)  # fmt: skip

FOUR = Department(
    "secteur-4-volontaires", "MMG", (Place("LE-HORPS", "Le Horps", 4, isolated=True),), seed=4,
    answering=Answering(forms_of=("LE-HORPS",)),
)  # fmt: skip

FIFTY_FOUR = Department(
    "secteur-54-volontaires", "MMG", (Place("REZE", "Rezé", 54, visits=True),), couples=1, imposed=1, seed=54,
    rules=(("same-practice", {}),), missing_answers="comme-au-dernier-trimestre",
    answering=Answering(present=25, few_dates=11),
)  # fmt: skip

MAINE_ET_LOIRE = Department(
    "49-pdsa", "MMG",
    (
        Place("SEGRE", "Segré-en-Anjou", 22), Place("CANDE", "Candé", 14, isolated=True),
        Place("ANGERS-SMUGA", "Angers (SMUGA 49)", 64, weekend_pair=True), Place("ANGERS-EST", "Angers Est", 38),
        Place("CHALONNES", "Chalonnes-sur-Loire", 24), Place("BEAUPREAU", "Beaupréau-en-Mauges", 26),
        Place("CHOLET", "Cholet", 46), Place("VIHIERS", "Lys-Haut-Layon", 16, isolated=True),
        Place("DOUE", "Doué-en-Anjou", 18), Place("SAUMUR", "Saumur", 30), Place("BEAUFORT", "Beaufort-en-Anjou", 20),
        Place("BAUGE", "Baugé-en-Anjou", 18, isolated=True),
    ),
    ponts=ALL_PONTS, evenings_apart=True, couples=4, imposed=3, seed=49, rules=(("newcomer-ramp", {}),),
)  # fmt: skip

VENDEE = Department(
    "85-pdsa", "MMG",
    (
        Place("FONTENAY", "Fontenay-le-Comte", 26), Place("LUCON", "Luçon", 22),
        Place("LA-TRANCHE", "La Tranche-sur-Mer", 18, summer=True), Place("LES-SABLES", "Les Sables-d’Olonne", 42, summer=True),
        Place("SAINT-GILLES", "Saint-Gilles-Croix-de-Vie", 34, summer=True),
        Place("SAINT-JEAN", "Saint-Jean-de-Monts", 28, summer=True), Place("CHALLANS", "Challans", 30),
        Place("LA-ROCHE", "La Roche-sur-Yon", 52, weekend_pair=True), Place("LES-HERBIERS", "Les Herbiers", 28),
        Place("MONTAIGU", "Montaigu-Vendée", 30),
    ),
    start=date(2027, 7, 1), end=date(2027, 9, 30), ponts=ALL_PONTS, evenings_apart=True, couples=3, imposed=2, seed=85,
    rules=(("newcomer-ramp", {}),),
)  # fmt: skip


def _from(places: tuple[Place, ...], first: str) -> tuple[Place, ...]:
    """The places of a department, turned so that the list begins with one."""
    start = [place.code for place in places].index(first)
    return places[start:] + places[:start]


REGION = Department(
    "pdl-region", "MMG",
    (
        *VENDEE.places,  # Montaigu stands beside Clisson, the Val-d’Erdre of the list beside Segré, Baugé beside La Flèche…
        *_from(LOIRE_ATLANTIQUE.places, "CLISSON"), *MAINE_ET_LOIRE.places, *_from(SARTHE.places, "LA-FLECHE"),
        *_from(MAYENNE.places, "CHATEAU-GONTIER"),
    ),
    LOIRE_ATLANTIQUE.zones, ponts=ALL_PONTS, evenings_apart=True, couples=15, imposed=8, seed=52, ring=False,
    rules=(("newcomer-ramp", {}),),
)  # fmt: skip
"""The five departments of Pays de la Loire in one plan: doctors at a border help on the other side of it."""

DEPARTMENTS = {one.id: one for one in (MAYENNE, SARTHE, LOIRE_ATLANTIQUE, FOUR, FIFTY_FOUR)}

LARGE = {one.id: one for one in (MAINE_ET_LOIRE, VENDEE, REGION)}
"""Departments that answer on a sheet per sector, and the region; held to their sizes by a test of their own."""
