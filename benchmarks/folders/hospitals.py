"""What each folder of shared hospital lines is: houses, lines, teams, conventions. Origins: instances/README.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from rosterplan.domain.calendar.turns import HouseTurn
from rosterplan.domain.people import Modality, Status
from rosterplan.domain.rulebook import RuleRow, Scope, Strength, soft
from rosterplan.domain.work import Alternation, LineMode
from rosterplan.rules.statuses import light_morning


@dataclass(frozen=True)
class House:
    """A partner: its town, and the minutes it takes to reach it from the other towns."""

    id: str
    name: str
    town: str
    status: str = "public"


@dataclass(frozen=True)
class Crew:
    """The doctors of one house on one line: a status each; ``half`` of them work half time."""

    house: str
    statuses: tuple[Status, ...]
    half: int = 0


@dataclass(frozen=True)
class SharedLine:
    """A line and who holds it; ``saturday`` None: no Saturday afternoon; ``whole_days``: Saturdays and Sundays last 24 h."""

    id: str
    name: str
    skill: str
    crews: tuple[Crew, ...]
    modality: Modality = "astreinte"
    mode: LineMode = "mutualisee"
    alternation: Alternation | None = None
    site: str | None = None
    follows_doctor: bool = False
    evening: int = 20
    morning: int = 8
    saturday: int | None = 13
    whole_days: bool = False

    @property
    def houses(self) -> tuple[str, ...]:
        """The houses in the order of their turns."""
        return tuple(dict.fromkeys(crew.house for crew in self.crews))


@dataclass(frozen=True)
class Hospitals:
    """One folder: ``also`` names lines some doctors of a line hold beside it, ``beyond`` how many accept to pass caps."""

    id: str
    start: date
    end: date
    houses: tuple[House, ...]
    lines: tuple[SharedLine, ...]
    rules: tuple[RuleRow, ...] = ()
    changes: tuple[tuple[str, dict[str, JsonValue]], ...] = ()
    turns: tuple[HouseTurn, ...] = ()
    also: tuple[tuple[str, str, int], ...] = ()
    unskilled: int = 0
    beyond: int = 0
    service_weekly: float | None = None
    shared_team: bool = False
    """True: the lines are held by one team, that of the first line."""
    together: str = ""
    seed: int = 1


def quota(parts: dict[str, float], lines: tuple[str, ...], *, tolerance: int = 1, in_house: float = 1.0) -> RuleRow:
    """The convention of some lines: part of each house, per band."""
    params: dict[str, JsonValue] = {"parts": dict(parts), "tolerance": tolerance, "in_house": in_house}
    return RuleRow(
        code="house-quota", scope=Scope(lines=lines), params=params, source="convention de la ligne partagée"
    )


ONE_OF_EACH = RuleRow(
    code="one-of-each", scope=Scope(lines=("BLOC", "MATERNITE")), params={"most": 1}, strength=Strength(),
    source="convention (chaque jour un anesthésiste de chaque établissement)",
)  # fmt: skip

ANAESTHESIA = Hospitals(
    "pdses-saint-nazaire-anesthesie", date(2027, 1, 1), date(2027, 3, 31),
    (House("CHSN", "Centre hospitalier de Saint-Nazaire", "Saint-Nazaire"),
     House("ESTUAIRE", "Clinique mutualiste de l’Estuaire", "Saint-Nazaire", "espic")),
    tuple(
        SharedLine(
            name, title, "anesthésie",
            (Crew("CHSN", (*["PH"] * 7, *["contractuel"] * 3, "assistant", "HU", "attache"), half=1),
             Crew("ESTUAIRE", (*["liberal"] * 10, *["salarie"] * 3), half=1)),
            modality="garde", site="CITE-SANITAIRE", evening=18, saturday=None, whole_days=True,
        )
        for name, title in (("BLOC", "Garde d’anesthésie, bloc opératoire"), ("MATERNITE", "Garde d’anesthésie, maternité"))
    ),
    rules=(ONE_OF_EACH, quota({"CHSN": 50, "ESTUAIRE": 50}, ("BLOC",)), quota({"CHSN": 50, "ESTUAIRE": 50}, ("MATERNITE",))),
    changes=(("spacing", {"days": 6}),),
    shared_team=True, service_weekly=34.0, beyond=3, seed=11,
)  # fmt: skip

CARDIOLOGY = Hospitals(
    "pdses-saint-nazaire-cardiologie", date(2027, 4, 1), date(2027, 6, 30),
    (House("CHSN", "Centre hospitalier de Saint-Nazaire", "Saint-Nazaire"),
     House("EUROPE", "Polyclinique de l’Europe", "Saint-Nazaire", "prive")),
    (SharedLine(
        "CARDIO-INTER", "Astreinte de cardiologie interventionnelle", "cardiologie interventionnelle",
        (Crew("CHSN", ("PH", "PH", "PH", "contractuel")), Crew("EUROPE", ("liberal",) * 5, half=1)), follows_doctor=True,
    ),),
    rules=(quota({"CHSN": 50, "EUROPE": 50}, ("CARDIO-INTER",)), light_morning(("CARDIO-INTER",))),
    unskilled=3, beyond=1, service_weekly=38.0, seed=12,
)  # fmt: skip

PAIRED = Hospitals(
    "pdses-alternee", date(2027, 1, 1), date(2027, 3, 31),
    (House("CH-NORD", "Centre hospitalier du Nord", "Nordville"), House("CH-SUD", "Centre hospitalier du Sud", "Sudville")),
    (SharedLine(
        "ORL", "Astreinte d’ORL", "ORL", (Crew("CH-NORD", ("PH",) * 4), Crew("CH-SUD", ("PH", "PH", "PH", "contractuel"))),
        mode="alternee", alternation=Alternation(rhythm="week", anchor=date(2026, 12, 28)),
    ),),
    turns=(
        HouseTurn(line="ORL", feast="jour-de-l-an", year=2026, establishment="CH-SUD"),
        HouseTurn(line="ORL", first=date(2027, 2, 8), last=date(2027, 2, 14), establishment="CH-NORD"),
        HouseTurn(line="ORL", first=date(2027, 2, 15), last=date(2027, 2, 21), establishment="CH-SUD"),
    ),
    beyond=1, seed=13,
)  # fmt: skip

_THREE = (
    House("CHAL", "Centre hospitalier Alpes Léman", "Contamine-sur-Arve"),
    House("HDL", "Hôpitaux du Léman", "Thonon-les-Bains"),
    House("HPMB", "Hôpitaux du Pays du Mont-Blanc", "Sallanches"),
)


def _ph(house: str, count: int, *others: Status, half: int = 0) -> Crew:
    return Crew(house, (*["PH"] * (count - len(others)), *others), half)  # type: ignore[arg-type]


LEMAN = Hospitals(
    "pdses-leman-mont-blanc", date(2027, 1, 1), date(2027, 3, 31), _THREE,
    (
        SharedLine("ORL", "Astreinte d’ORL", "ORL", (_ph("HDL", 4, "contractuel"), _ph("CHAL", 4, "liberal")),
                   mode="alternee", alternation=Alternation(rhythm="week", anchor=date(2027, 1, 4))),
        SharedLine("OPHTALMO", "Astreinte d’ophtalmologie", "ophtalmologie",
                   (_ph("CHAL", 4, "attache"), _ph("HPMB", 4, "liberal", "liberal")),
                   mode="alternee", alternation=Alternation(rhythm="weekend", anchor=date(2027, 1, 4))),
        SharedLine("UROLOGIE", "Astreinte d’urologie", "urologie",
                   (_ph("CHAL", 3), _ph("HDL", 3, "contractuel"), _ph("HPMB", 3, "assistant")), mode="mixte",
                   alternation=Alternation(rhythm="week", anchor=date(2027, 1, 4), bands=("nuit-semaine",)), follows_doctor=True),
        SharedLine("GASTRO", "Astreinte d’endoscopie digestive", "gastro-entérologie",
                   (_ph("CHAL", 4, "contractuel"), _ph("HDL", 3), _ph("HPMB", 2, "attache")), follows_doctor=True),
        SharedLine("CARDIO", "Astreinte de cardiologie", "cardiologie",
                   (_ph("CHAL", 3), _ph("HDL", 3, "contractuel"), _ph("HPMB", 2)), follows_doctor=True),
        SharedLine("NEPHRO", "Astreinte de néphrologie", "néphrologie", (_ph("CHAL", 4, half=1), _ph("HPMB", 2, "contractuel")),
                   follows_doctor=True),
        SharedLine("RADIO", "Astreinte de radiologie interventionnelle", "radiologie interventionnelle",
                   (_ph("CHAL", 3, "liberal"), _ph("HDL", 2, "liberal"), _ph("HPMB", 2)), follows_doctor=True),
        SharedLine("VISCERAL-CHAL", "Astreinte de chirurgie viscérale, Alpes Léman", "chirurgie viscérale",
                   (_ph("CHAL", 6, "contractuel", "assistant"),), mode="simple", site="CHAL"),
        SharedLine("VISCERAL-HDL", "Astreinte de chirurgie viscérale, Léman", "chirurgie viscérale",
                   (_ph("HDL", 6, "contractuel"),), mode="simple", site="HDL"),
        SharedLine("ORTHO", "Astreinte de chirurgie orthopédique", "orthopédie",
                   (_ph("HDL", 4, "liberal"), _ph("HPMB", 4, "contractuel", half=1)), follows_doctor=True),
        SharedLine("REANIMATION", "Garde de réanimation", "réanimation",
                   (_ph("CHAL", 9, "contractuel", "contractuel", "assistant", "docteur-junior"),), modality="garde", mode="simple",
                   site="CHAL", evening=18, saturday=13),
        SharedLine("PEDIATRIE", "Astreinte de pédiatrie", "pédiatrie", (_ph("HDL", 3, "contractuel"), _ph("CHAL", 3)),
                   follows_doctor=True),
    ),
    rules=(
        quota({"CHAL": 40, "HDL": 35, "HPMB": 25}, ("GASTRO",)), quota({}, ("CARDIO",), in_house=0.5),
        quota({"CHAL": 60, "HPMB": 40}, ("NEPHRO",)), quota({}, ("RADIO",)), quota({"HDL": 50, "HPMB": 50}, ("ORTHO",)),
        quota({}, ("PEDIATRIE",), in_house=0.0), light_morning(("CARDIO", "GASTRO")),
        RuleRow(code="max-delay", scope=Scope(lines=("VISCERAL-CHAL", "VISCERAL-HDL")), params={"minutes": 45},
                source="convention de territoire (délai d’arrivée au bloc)"),
        RuleRow(code="max-per-period", scope=Scope(statuses=("PH", "contractuel", "assistant"), modalities=("garde",)),
                params={"most": 6, "period": "month", "unit": "duties"}, strength=soft("comfort", 5),
                source="usage local (4 à 5 gardes par mois)"),
    ),
    also=(("VISCERAL-CHAL", "VISCERAL-HDL", 3), ("VISCERAL-HDL", "VISCERAL-CHAL", 3), ("UROLOGIE", "NEPHRO", 3),
          ("CARDIO", "REANIMATION", 3), ("GASTRO", "RADIO", 3), ("ORTHO", "VISCERAL-HDL", 0), ("PEDIATRIE", "REANIMATION", 3)),
    together="UROLOGIE + NEPHRO", beyond=8, seed=14,
)  # fmt: skip

HOSPITALS: dict[str, Hospitals] = {one.id: one for one in (ANAESTHESIA, CARDIOLOGY, LEMAN, PAIRED)}
