"""A fabricated department with its roster, result and audit, for the tests of the outputs; no solver involved.

Everything is drawn from a seed: names are invented, RPPS numbers fail the Luhn check on purpose.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

import numpy as np

from rosterplan.domain.fairness import default_groups, shares_of, with_dues
from rosterplan.domain.findings import AuditReport, Finding, StageValue
from rosterplan.domain.instance import Availability, Balance, Instance, Lock, Period
from rosterplan.domain.people import Doctor, Exemption, Membership
from rosterplan.domain.result import Level, Result, StageResult
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.rulebook import soft
from rosterplan.domain.work import Duty, Line, Sector, Share, Site, duty_id
from rosterplan.rules.base import BoolArray, Rule
from rosterplan.rules.declared_maximum import DeclaredMaximum
from rosterplan.rules.selection import in_scope

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas
    from rosterplan.rules.admission import View

PARIS = ZoneInfo("Europe/Paris")
HOLIDAYS = {date(2027, 1, 1), date(2027, 3, 29), date(2027, 5, 1), date(2027, 5, 8)}
POINTS = {"soiree": 2, "samedi": 3, "dimanche": 5, "nuit": 4, "fete": 6}
PRIORITY = {"samedi": 100, "dimanche": 100, "fete": 100, "soiree": 10, "nuit": 1}
LAST = (
    "Abgrall", "Beauvisage", "Coquelin", "Daviau", "Esnault", "Fruchard", "Guéguen", "Hervouët", "Issartel", "Jaunay",
    "Kerdoncuff", "Lebastard", "Ménoret", "Naulleau", "Ouvrard", "Péneau", "Quintin", "Rabreau", "Sauvêtre", "Thébaud",
    "Urvoy", "Viaud", "Wattiez", "Yvonnou", "Zanetti", "d’Arbouville", "Le Goff-Tanguy", "Boësse", "Chéreau", "Drouët",
)  # fmt: skip
BEGINNINGS = (
    "Mer",
    "Bau",
    "Gui",
    "Cor",
    "Tré",
    "Lan",
    "Vil",
    "Per",
    "Dou",
    "Fal",
    "Gre",
    "Hau",
    "Jou",
    "Mau",
    "Nau",
    "Pel",
    "Rou",
    "Sau",
    "Thi",
)
ENDINGS = (
    "nard",
    "teau",
    "vrel",
    "chet",
    "gnon",
    "lard",
    "mont",
    "bert",
    "sson",
    "rault",
    "nière",
    "zeau",
    "dic",
    "guen",
    "lec",
    "meur",
    "rec",
    "vier",
    "ron",
    "tel",
    "cheux",
    "bois",
    "pain",
)
FIRST = ("Anne", "Benoît", "Chloé", "Damien", "Élise", "François", "Gaëlle", "Hugo", "Inès", "Jérôme", "Karine", "Loïc")
TOWNS = (
    "Clairval", "Bois-Hardi", "Pontmorin", "Saint-Aubert-sur-Loue", "Les Herbelles", "Vieilleroche", "Corcelles", "Nozelles",
    "Guérigny-le-Haut", "Ancelle", "Bouaille", "Pornicelles", "Montfaucon", "Chantebise", "Rouvray", "Valençon", "Gralle",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """What every output is made from."""

    instance: Instance
    rules: tuple[Rule, ...]
    roster: Roster
    result: Result
    audit: AuditReport


class Available(Rule):
    """A doctor holds no duty refused on the form."""

    code: ClassVar[str] = "indisponible"
    title: ClassVar[str] = "Indisponibilités"

    def admit(self, view: View) -> BoolArray:
        mask = view.everyone()
        for row, doctor in enumerate(view.doctors):
            for said in view.instance.availability_of.get(doctor.id, ()):
                if said.value == "impossible":
                    mask[row] &= np.array([not _concerns(said, duty) for duty in view.duties])
        return mask

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for held in roster.assignments:
            for said in instance.availability_of.get(held.doctor, ()):
                if said.value == "impossible" and _concerns(said, instance.duty_by_id[held.duty]):
                    yield self.finding("indisponible ce jour-là", doctors=(held.doctor,), duties=(held.duty,))

    def words(self) -> str:
        return "Un médecin n’est jamais de garde quand il s’est dit indisponible."


class OfTheSector(Rule):
    """A doctor serves the lines of the sectors he or she belongs to."""

    code: ClassVar[str] = "eligible"  # who is of no line is in no pool, as for the product’s own rule
    title: ClassVar[str] = "Secteur et modalité"
    law: ClassVar[str] = "art. R.6315-2 CSP"

    def admit(self, view: View) -> BoolArray:
        serves = [
            view.line.id in doctor.lines or view.line.sector in {member.sector for member in doctor.sectors}
            for doctor in view.doctors
        ]
        return np.repeat(np.array(serves)[:, None], len(view.duties), axis=1)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        yield from ()

    def words(self) -> str:
        return "Un médecin garde dans son secteur, et dans ceux où il s’est porté volontaire."


class Rest(Rule):
    """At least ``hours`` between two duties."""

    code: ClassVar[str] = "repos"
    title: ClassVar[str] = "Repos entre deux gardes"
    hours: int = 11

    def post(self, canvas: Canvas) -> None:
        canvas.apart(self.code, in_scope(canvas, self.scope), ("doctor",), "start", "end", self.hours * 60)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for doctor, ids in roster.duties_of.items():
            duties = sorted((instance.duty_by_id[name] for name in ids), key=lambda duty: duty.start_minute)
            for before, after in pairwise(duties):
                rest = (after.start_minute - before.end_minute) / 60
                if rest < self.hours:
                    text = f"{rest:.0f} h de repos seulement entre les gardes du {before.date:%d/%m} et du {after.date:%d/%m}"
                    yield self.finding(text, doctors=(doctor,), duties=(before.id, after.id), amount=self.hours - rest)

    def words(self) -> str:
        return f"Au moins {self.hours} h de repos séparent deux gardes d’un même médecin."


class Spacing(Rule):
    """At least ``days`` from one duty to the next, and no more than the declared maximum."""

    code: ClassVar[str] = "espacement"
    title: ClassVar[str] = "Espacement des gardes"
    days: int = 3

    def post(self, canvas: Canvas) -> None:
        canvas.window(self.code, in_scope(canvas, self.scope), ("doctor",), "day", self.days, 1)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for doctor, ids in roster.duties_of.items():
            duties = sorted((instance.duty_by_id[name] for name in ids), key=lambda duty: duty.start_minute)
            for before, after in pairwise(duties):
                days = (after.date - before.date).days
                if days < self.days:
                    text = f"déjà de garde le {before.date:%d/%m} et le {after.date:%d/%m} : il faut {self.days} jours"
                    yield self.finding(text, doctors=(doctor,), duties=(before.id, after.id), amount=self.days - days)

    def words(self) -> str:
        return f"Au moins {self.days} jours séparent deux gardes d’un même médecin."


class Maximum(Rule):
    """No more duties than a doctor openly declared."""

    code: ClassVar[str] = "maximum"
    title: ClassVar[str] = "Maximum déclaré"

    def post(self, canvas: Canvas) -> None:
        DeclaredMaximum(row=self.row, source=self.source).post(canvas)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for doctor, ids in roster.duties_of.items():
            most = instance.doctor_by_id[doctor].maximum
            if most is not None and len(ids) > most:
                text = f"{len(ids)} gardes pour {most} au plus"
                yield self.finding(text, doctors=(doctor,), duties=tuple(ids), amount=len(ids) - most)

    def words(self) -> str:
        return "Un médecin ne tient pas plus de gardes que le maximum qu’il a déclaré."


class Wishes(Rule):
    """Wishes are followed as far as possible."""

    code: ClassVar[str] = "voeux"
    title: ClassVar[str] = "Vœux"

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        yield from ()

    def words(self) -> str:
        return "Les vœux comptent autant pour chaque médecin, quel que soit leur nombre."


RULES: tuple[Rule, ...] = (
    OfTheSector(row="Règles!4", source=OfTheSector.law),
    Available(row="Règles!5", source="formulaire de disponibilités"),
    Rest(row="Règles!6", source="usage local", hours=11),
    Spacing(row="Règles!7", source="usage local", days=3),
    Maximum(row="Règles!8", source="formulaire de disponibilités"),
    Wishes(row="Règles!9", source="usage local", strength=soft("wishes", 10)),
)


def _concerns(said: Availability, duty: Duty) -> bool:
    if said.duty:
        return said.duty == duty.id
    return bool(said.start and said.end and said.start <= duty.date <= said.end)


def department(
    *, sectors: int = 6, doctors: int = 40, start: date = date(2027, 1, 1), end: date = date(2027, 3, 31), seed: int = 1,
    nights: int = 1, name: str = "99-pdsa-2027T1",
) -> Case:  # fmt: skip
    """A department of ``sectors`` fixed lines and ``nights`` mobile night lines, its doctors, and a plausible roster."""
    draw = random.Random(seed)
    instance = _instance(draw, sectors, doctors, Period(start=start, end=end), nights, name)
    roster = _roster(draw, instance)
    shares = shares_of(instance)
    fields = {field: getattr(instance, field) for field in Instance.model_fields}
    instance = Instance.model_validate({**fields, "shares": shares, "balances": _balances(draw, shares)})
    roster = with_dues(instance, roster)
    audit = _audit(instance, roster)
    return Case(instance, RULES, roster, _result(instance, roster, audit), audit)


def _instance(draw: random.Random, sectors: int, doctors: int, period: Period, nights: int, name: str) -> Instance:
    towns = [(f"S{n + 1:02}", TOWNS[n % len(TOWNS)]) for n in range(sectors)]
    sites = [
        Site(id=f"MMG-{code}", name=f"Maison médicale de garde de {town}", address=f"{n + 2}, rue du Four, {town}")
        for n, (code, town) in enumerate(towns)
    ]
    lines = [Line(id=f"MMG-{code}", name=f"MMG {town}", sector=code, site=f"MMG-{code}") for code, town in towns]
    zones = [
        Line(
            id=f"NUIT-{n + 1}",
            name=f"Nuit mobile zone {n + 1}",
            modality="mobile",
            sector=f"Z{n + 1}",
            site_follows_doctor=True,
        )
        for n in range(nights)
    ]
    duties = [duty for n, line in enumerate(lines) for duty in _day_duties(line, period, split=n % 2 == 0)]
    duties += [duty for line in zones for duty in _night_duties(line, period)]
    people = list(_doctors(draw, doctors, towns, zones))
    return Instance(
        id=name,
        period=period,
        sites=tuple(sites),
        sectors=(
            *(Sector(id=code, name=f"Secteur de {town}") for code, town in towns),
            *(Sector(id=f"Z{n + 1}", name=f"Nuits, zone {n + 1}") for n in range(nights)),
        ),
        lines=(*lines, *zones),
        doctors=tuple(people),
        duties=tuple(duties),
        groups=default_groups((*lines, *zones)),
        availability=tuple(_availability(draw, people, duties, period)),
        answered=tuple(doctor.id for doctor in people[:-2]),
        locks=(
            Lock(duty=duties[3].id, doctor=people[0].id, who="Mme Lorient", why="échange convenu en réunion"),
            Lock(duty=duties[-1].id, doctor=None, who="Mme Lorient", why="laissée au CH"),
        ),
    )


def _days(period: Period) -> list[date]:
    return [period.start + timedelta(days=n) for n in range((period.end - period.start).days + 1)]


def _day_duties(line: Line, period: Period, *, split: bool) -> Iterator[Duty]:
    for day in _days(period):
        if day in HOLIDAYS or day.weekday() == 6:
            band = "fete" if day == date(2027, 1, 1) else "dimanche"
            for first, last in [(8, 16), (16, 24)] if split else [(8, 24)]:
                yield _duty(line, day, first, last, band)
        elif day.weekday() == 5:
            yield _duty(line, day, 12, 24, "samedi")
        else:
            yield _duty(line, day, 20, 24, "soiree")


def _night_duties(line: Line, period: Period) -> Iterator[Duty]:
    for day in _days(period):
        yield _duty(line, day, 20, 32, "nuit")


def _duty(line: Line, day: date, first: int, last: int, band: str) -> Duty:
    start = datetime.combine(day, time(first), PARIS)
    end_day, hour = day + timedelta(days=last // 24), last % 24
    end = datetime.combine(end_day, time(hour), PARIS)
    return Duty(
        id=duty_id(line.id, start, end), line=line.id, start=start, end=end, date=day, band=band, points=POINTS[band],
        site=line.site, modality=line.modality, feast="jour-de-l-an" if band == "fete" else None,
    )  # fmt: skip


def _doctors(draw: random.Random, count: int, towns: list[tuple[str, str]], zones: list[Line]) -> Iterator[Doctor]:
    for n in range(count):
        code = towns[n % len(towns)][0]
        beside = [towns[(n + 1) % len(towns)][0]] if n % 5 == 0 and len(towns) > 1 else []
        mobile = bool(zones) and n % 3 == 0
        yield Doctor(
            id=f"M{n + 1:03}",
            last_name=LAST[n] if n < len(LAST) else BEGINNINGS[n % 19] + ENDINGS[n // 19 % 23],
            first_name=FIRST[(n * 5 + n // len(LAST)) % len(FIRST)],
            status="remplacant" if n % 11 == 10 else "liberal",
            sectors=(
                Membership(sector=code, participation=0.6 if mobile else 1),
                *([Membership(sector=f"Z{n % len(zones) + 1}", participation=0.4)] if mobile else []),
                *(Membership(sector=other, participation=0) for other in beside),
            ),
            modalities=("fixe", "mobile") if mobile else ("fixe",),
            quota=draw.choice([1, 1, 1, 1, 0.8, 0.5]),
            exemptions=(Exemption(bands=("nuit",)),) if n % 13 == 12 else (),
            maximum=3 if n % 17 == 16 else None,
            rpps=_rpps(n),
        )


def _rpps(n: int) -> str:
    """Eleven digits whose Luhn check fails."""
    digits = f"1099{n:06}"
    total = sum(sum(divmod(int(d) * (2 if i % 2 == 0 else 1), 10)) for i, d in enumerate(reversed(digits)))
    return f"{digits}{(10 - total % 10 + 3) % 10}"


def _availability(
    draw: random.Random, people: list[Doctor], duties: list[Duty], period: Period
) -> Iterator[Availability]:
    days = _days(period)
    for doctor in people:
        first = draw.choice(days)
        yield Availability(
            doctor=doctor.id, **{"from": first, "to": min(first + timedelta(days=12), period.end)}, value="impossible"
        )
        sectors = {member.sector for member in doctor.sectors}
        mine = [duty for duty in duties if duty.line.removeprefix("MMG-") in sectors]
        for duty in draw.sample(mine, min(12, len(mine))):
            yield Availability(
                doctor=doctor.id, duty=duty.id, value=draw.choice(["impossible", "avoid", "wish", "impossible"])
            )


def _roster(draw: random.Random, instance: Instance) -> Roster:
    """Each duty to the doctor of the pool with the fewest points for his or her quota, three days apart."""
    pool: dict[str, list[Doctor]] = {line.id: [] for line in instance.lines}
    for doctor in instance.doctors:
        for line in instance.lines:
            if line.sector in {member.sector for member in doctor.sectors} and line.modality in doctor.modalities:
                pool[line.id].append(doctor)
    points: dict[str, float] = defaultdict(float)
    held: dict[str, list[Duty]] = defaultdict(list)
    assignments = []
    locked = {lock.duty: lock.doctor for lock in instance.locks}
    for duty in sorted(instance.duties, key=lambda duty: (-duty.points, draw.random())):
        free = [doctor for doctor in pool[duty.line] if _free(instance, doctor, duty, held[doctor.id])]
        renfort = instance.line_by_id[duty.line].sector
        chosen = min(free, key=lambda one: (_helps(one, renfort), points[one.id] / max(one.quota, 0.25)), default=None)
        doctor_id = locked.get(duty.id, chosen.id if chosen else None)
        if doctor_id is None:
            continue
        points[doctor_id] += duty.points
        held[doctor_id].append(duty)
        assignments.append(Assignment(duty=duty.id, doctor=doctor_id, locked=duty.id in locked))
    return Roster(assignments=tuple(assignments))


def _helps(doctor: Doctor, sector: str | None) -> bool:
    return all(member.participation == 0 for member in doctor.sectors if member.sector == sector)


def _free(instance: Instance, doctor: Doctor, duty: Duty, held: list[Duty]) -> bool:
    if doctor.maximum is not None and len(held) >= doctor.maximum:
        return False
    if any(
        said.value == "impossible" and _concerns(said, duty) for said in instance.availability_of.get(doctor.id, ())
    ):
        return False
    return all(abs(duty.date - other.date).days >= 3 for other in held)


def _balances(draw: random.Random, shares: tuple[Share, ...]) -> tuple[Balance, ...]:
    return tuple(
        Balance(doctor=share.doctor, group=share.group, band=share.band, balance_hundredths=draw.randrange(-90, 91, 5))
        for share in shares
        if share.coefficient > 0
    )


def _audit(instance: Instance, roster: Roster) -> AuditReport:
    findings = []
    for duty in instance.duties:
        missing = duty.need_min - len(roster.doctors_of.get(duty.id, ()))
        if missing > 0:
            findings.append(
                Finding(
                    rule="couverture", row="Règles!3", severity="avertissement", duties=(duty.id,), amount=missing,
                    stage="coverage", cost=missing * PRIORITY[duty.band], text="garde non pourvue",
                )
            )  # fmt: skip
    findings += list(Rest(row="Règles!6").audit(instance, roster))
    value = sum(finding.cost for finding in findings)
    stages = (
        StageValue(name="coverage", value=value), StageValue(name="fairness", value=418_230),
        StageValue(name="blend", value=312), StageValue(name="wishes", value=280), StageValue(name="comfort", value=32),
    )  # fmt: skip
    return AuditReport(clean=True, stages=stages, findings=tuple(findings))


def _result(instance: Instance, roster: Roster, audit: AuditReport) -> Result:
    missing: dict[int, int] = defaultdict(int)
    for finding in audit.findings:
        if finding.stage == "coverage":
            missing[PRIORITY[instance.duty_by_id[finding.duties[0]].band]] += int(finding.amount)
    levels = tuple(
        Level(priority=priority, missing=missing[priority], bound=missing[priority] if priority > 1 else max(0, missing[1] - 2),
              proven=priority > 1 or missing[1] <= 2)
        for priority in sorted(set(PRIORITY.values()), reverse=True)
    )  # fmt: skip
    holes = tuple(f.duties[0] for f in audit.findings if f.stage == "coverage")
    bound = sum(level.bound * level.priority for level in levels if level.bound is not None)
    return Result(
        status="feasible",
        seed=1,
        effort=1,
        stages=(
            StageResult(name="coverage", value=audit.value("coverage"), bound=bound, proven=bound == audit.value("coverage"),
                        how="relaxation linéaire, multiplicateurs arrondis", levels=levels),
            StageResult(name="caps", value=0, bound=0, proven=True, how="valeur nulle"),
            StageResult(name="shares", value=0, bound=0, proven=True, how="valeur nulle"),
            StageResult(name="fairness", value=418_230, best=411_800, bound=409_950, proven=False, how="programme de motifs"),
            StageResult(name="blend", value=312, bound=120, how="relaxation linéaire"),
            StageResult(name="wishes", value=280),
            StageResult(name="comfort", value=32),
        ),
        proven_holes=tuple(sorted(holes)[: len(holes) // 2]),
    )  # fmt: skip


NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
