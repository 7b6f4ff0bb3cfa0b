"""Folders of paediatric seasons, régulation, SAS psy and a shared agenda. The origin of each figure: instances/README.md."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.folders.files import write
from benchmarks.folders.minds import Mind, mind_of
from benchmarks.folders.past import REST_DAYS, balances_of, history_of
from benchmarks.folders.people import names, phone, rpps
from rosterplan.domain.calendar.choices import Band, CalendarChoices
from rosterplan.domain.calendar.days import EVERY_DAY, WORKING_DAYS, DayName
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.instance import PastDuty, Period, Plan
from rosterplan.domain.people import DateSpan, Doctor, Membership
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Duty, Group, Line, Sector, Site
from rosterplan.rules.book import rule_book
from rosterplan.sheets.folder import read_folder
from rosterplan.sheets.forms.questionnaire import questionnaire
from rosterplan.sheets.plan.assemble import work_of
from rosterplan.sheets.plan.content import DemandHours, PlanContent
from rosterplan.sheets.plan.template import pediatrie, regulation, snp
from rosterplan.sheets.plan.template.regulation import SATURDAY, SUNDAY, a_need, a_shift
from rosterplan.sheets.plan.write import plan_workbook

WINTER: Final = Period(start=date(2027, 1, 1), end=date(2027, 3, 31))


def _plan(period: Period) -> Plan:
    return Plan(answer_deadline=period.start - timedelta(days=70), missing_answers="disponible")


def _people(count: int, random: Random, **same: object) -> list[Doctor]:
    """So many invented doctors, numbered from M001."""
    return [
        Doctor.model_validate({
            "id": f"M{number:03}", "last_name": last, "first_name": first, "phone": phone(random, mobile=True),
            "email": f"m{number:03}@medecins-exemple.invalid", "rpps": rpps(random), **same,
        })
        for number, (last, first) in enumerate(names(count, random), 1)
    ]  # fmt: skip


def pediatrie_nantes() -> PlanContent:
    """Fifteen liberal paediatricians of Nantes, each in his or her own practice: the season of 2024-2025."""
    random, period = Random("44-pediatrie-nantes"), Period(start=date(2024, 10, 26), end=date(2025, 3, 23))
    towns = ("Nantes", "Saint-Herblain", "Rezé", "Orvault", "Vertou", "Carquefou")
    sector = "PEDIATRES-NANTES"
    doctors = _people(15, random, sectors=(Membership(sector=sector),), modalities=("astreinte",))
    sites = tuple(
        Site(id=f"CABINET-{number:02}", name=f"Cabinet du {doctor.name}",
             address=f"{random.randrange(1, 90)} rue de l’Exemple, {towns[number % len(towns)]}",
             phone=phone(random, mobile=False))
        for number, doctor in enumerate(doctors, 1)
    )  # fmt: skip
    doctors = [doctor.model_copy(update={"site": site.id}) for doctor, site in zip(doctors, sites, strict=True)]
    doctors[4] = doctors[4].model_copy(update={"quota": 0.5})
    doctors[9] = doctors[9].model_copy(update={"maximum": 2})
    doctors[12] = doctors[12].model_copy(update={"on_list": DateSpan(start=date(2025, 1, 1))})
    return _season(
        "44-pediatrie-nantes-2024-2025", period, sector, "Pédiatres libéraux de la région nantaise", doctors, sites,
        Line(id="PEDIATRIE-NANTES", name="Astreinte de pédiatrie de Nantes", modality="astreinte", sector=sector,
             site_follows_doctor=True, phone="02 61 91 44 50"),
        {"samedi": (12, 20), "dimanche": (8, 20)}, random,
    )  # fmt: skip


def pediatrie_angers() -> PlanContent:
    """The paediatricians of Angers in one room of the hospital: the season of 2024-2025, no holidays."""
    random, period = Random("49-pediatrie-angers"), Period(start=date(2024, 11, 2), end=date(2025, 2, 8))
    sector = "PEDIATRES-ANGERS"
    doctors = _people(12, random, sectors=(Membership(sector=sector),), modalities=("astreinte",))
    room = Site(id="CHU-PEDIATRIE", name="CHU d’Angers, bâtiment de pédiatrie, 1er étage")
    return _season(
        "49-pediatrie-angers-2024-2025", period, sector, "Pédiatres de la région angevine", doctors, (room,),
        Line(id="PEDIATRIE-ANGERS", name="Consultation de pédiatrie au CHU d’Angers", modality="astreinte",
             sector=sector, site=room.id,
             phone="15", notice="Pour les enfants envoyés par les urgences ou par le médecin régulateur du 15. Aucun accès direct : "
             "appelez d’abord le 15."),
        {"samedi": (14, 20), "dimanche seul": (14, 20)}, random,
    )  # fmt: skip


def _season(
    identifier: str, period: Period, sector: str, name: str, doctors: list[Doctor], sites: tuple[Site, ...], line: Line,
    hours: dict[str, tuple[int, int]], random: Random,
) -> PlanContent:  # fmt: skip
    days: dict[str, frozenset[DayName]] = {
        "samedi": SATURDAY, "dimanche": SUNDAY, "dimanche seul": frozenset(("dimanche",)),
    }  # fmt: skip
    content = PlanContent(
        id=identifier, kinds=("pediatrie",), period=period, plan=_plan(period),
        choices=pediatrie.season_choices("B"), reply_to="pediatres@pediatrie-exemple.invalid", sites=sites,
        sectors=(Sector(id=sector, name=name),), lines=(line,), groups=(Group(id=sector, lines=(line.id,)),),
        doctors=tuple(doctors),
        hours=tuple(
            OpeningHours(line=line.id, days=days[key], start=start * 60, end=end * 60)
            for key, (start, end) in hours.items()
        ),
        rules=pediatrie.season_rules(),
    )  # fmt: skip
    return content.model_copy(
        update={"history": _past_seasons(content, random), "balances": balances_of(content, random)}
    )


def _past_seasons(content: PlanContent, random: Random) -> tuple[PastDuty, ...]:
    """What the same hours made two seasons ago and last season, held by whoever had held least."""
    found: list[PastDuty] = []
    for years in (2, 1):
        start, end = (day.replace(year=day.year - years) for day in (content.period.start, content.period.end))
        then = content.model_copy(update={"period": Period(start=start, end=end)})
        found += _handed_out(content, [(duty, 1) for duty in work_of(then).duties], random)
    return tuple(sorted(found, key=lambda past: (past.start, past.doctor)))


def _handed_out(content: PlanContent, duties: list[tuple[Duty, int]], random: Random) -> list[PastDuty]:
    """Each duty to so many doctors who had held least, rested, of those who may hold its line."""
    count: dict[str, int] = {}
    free_from: dict[str, int] = {}
    line_of = {line.id: line for line in content.lines}
    found: list[PastDuty] = []
    for duty, wanted in sorted(duties, key=lambda one: one[0].start_minute):
        line = line_of[duty.line]
        able = [
            doctor for doctor in content.doctors
            if doctor.on_list.start is None
            and (duty.line in doctor.lines or line.sector in {member.sector for member in doctor.sectors})
            and free_from.get(doctor.id, 0) + REST_DAYS * 1440 <= duty.start_minute
        ]  # fmt: skip
        for doctor in sorted(able, key=lambda one: (count.get(one.id, 0), random.random()))[:wanted]:
            count[doctor.id] = count.get(doctor.id, 0) + 1
            free_from[doctor.id] = duty.end_minute
            found.append(PastDuty(
                doctor=doctor.id, line=duty.line, start=duty.start, end=duty.end, band=duty.band, points=duty.points,
                site=duty.site, feast=duty.feast,
            ))  # fmt: skip
    return found


NIGHTS: Final = ((0, 4), (4, 8))
EVENINGS: Final = ((19, 24), (20, 24))
SATURDAYS: Final = ((12, 16), (12, 18), (14, 20), (16, 20), (18, 24), (20, 24))
SUNDAYS: Final = ((8, 12), (8, 14), (10, 16), (12, 18), (14, 20), (16, 20), (18, 24), (20, 24))


def regulation_44() -> PlanContent:
    """Sixty liberal regulators of Loire-Atlantique: evenings, nights, weekends; remote shifts in the evening and at night."""
    room, remote = "REG-44", "REG-44-DISTANCE"
    return _regulation(
        "44-regulation", "Régulation libérale de Loire-Atlantique", room, remote, 60, 8,
        (
            *(a_shift(room, WORKING_DAYS, *shift, 4) for shift in EVENINGS),
            a_shift(remote, WORKING_DAYS, 20, 24, 2),
            *(a_shift(line, EVERY_DAY, *shift, most) for shift in NIGHTS for line, most in ((room, 2), (remote, 1))),
            *(a_shift(room, SATURDAY, *shift, 5) for shift in SATURDAYS),
            *(a_shift(room, SUNDAY, *shift, 5) for shift in SUNDAYS),
            a_shift(remote, SUNDAY, 20, 24, 2),
        ),
        (
            a_need(room, WORKING_DAYS, 19, 20, 1), a_need(room, WORKING_DAYS, 20, 23, 4),
            a_need(room, WORKING_DAYS, 23, 24, 3), a_need(room, EVERY_DAY, 0, 8, 2), a_need(room, SATURDAY, 12, 14, 4),
            a_need(room, SATURDAY, 14, 20, 5), a_need(room, SATURDAY, 20, 24, 4), a_need(room, SUNDAY, 8, 10, 3),
            a_need(room, SUNDAY, 10, 13, 6), a_need(room, SUNDAY, 13, 16, 5), a_need(room, SUNDAY, 16, 20, 6),
            a_need(room, SUNDAY, 20, 24, 4),
        ),
    )  # fmt: skip


def regulation_85() -> PlanContent:
    """Seventy-five regulators of Vendée, about ten on duty on a weekday, thirteen on a weekend day, remote ones too."""
    room, remote = "REG-85", "REG-85-DISTANCE"
    daytime = ((8, 14), (14, 20))
    return _regulation(
        "85-regulation", "Régulation libérale de Vendée", room, remote, 75, 10,
        (
            *(a_shift(room, WORKING_DAYS, *shift, 3) for shift in daytime),
            a_shift(remote, WORKING_DAYS, 14, 20, 1),
            a_shift(room, WORKING_DAYS, 20, 24, 3), a_shift(remote, EVERY_DAY, 20, 24, 1),
            a_shift(room, EVERY_DAY, 0, 6, 2), a_shift(remote, EVERY_DAY, 0, 6, 1),
            *(a_shift(room, SATURDAY | SUNDAY, *shift, 4) for shift in (*daytime, (10, 16), (12, 18))),
            a_shift(room, SATURDAY | SUNDAY, 20, 24, 4),
        ),
        (
            a_need(room, WORKING_DAYS, 8, 14, 2), a_need(room, WORKING_DAYS, 14, 20, 3),
            a_need(room, WORKING_DAYS, 20, 24, 3), a_need(room, EVERY_DAY, 0, 6, 2),
            a_need(room, SATURDAY | SUNDAY, 8, 10, 3), a_need(room, SATURDAY | SUNDAY, 10, 18, 4),
            a_need(room, SATURDAY | SUNDAY, 18, 20, 3), a_need(room, SATURDAY | SUNDAY, 20, 24, 3),
        ),
    )  # fmt: skip


def _regulation(
    identifier: str, name: str, room: str, remote: str, count: int, beginners: int,
    hours: tuple[OpeningHours, ...], demands: tuple[DemandHours, ...],
) -> PlanContent:  # fmt: skip
    random = Random(identifier)
    doctors = _people(count, random, modalities=("regulation",), lines=(room, remote))
    for number in random.sample(range(count), beginners):
        doctors[number] = doctors[number].model_copy(update={"on_list": DateSpan(start=date(2026, 12, 1))})
    for number, stopped in zip(random.sample(range(count), 2), (date(2026, 10, 1), date(2026, 8, 15)), strict=True):
        doctors[number] = doctors[number].model_copy(update={"practice_ended": stopped, "status": "retraite"})
    for number in random.sample(range(count), count // 5):
        doctors[number] = doctors[number].model_copy(update={"quota": 0.5})
    content = PlanContent(
        id=f"{identifier}-2027T1", kinds=("regulation",), period=WINTER, plan=_plan(WINTER),
        choices=CalendarChoices(school_zone="B"), reply_to="regulation@regulation-exemple.invalid",
        sites=(
            Site(id="CENTRE-15", name="Centre 15, salle de régulation", address="Samu, site invraisemblable",
                 phone=phone(random, mobile=False)),
            Site(id="A-DISTANCE", name="À distance, au domicile du régulateur"),
        ),
        lines=(
            Line(id=room, name=name, modality="regulation", site="CENTRE-15"),
            Line(id=remote, name=f"{name}, à distance", modality="regulation", site="A-DISTANCE", counts_for=room),
        ),
        groups=(Group(id=room, lines=(room, remote)),), doctors=tuple(doctors), hours=hours, demands=demands,
        rules=regulation.regulation_rules(),
    )  # fmt: skip
    autumn = content.model_copy(update={"period": Period(start=date(2026, 10, 1), end=date(2026, 12, 31))})
    held = [(duty, 1) for duty in work_of(autumn).duties if duty.line == room]
    return content.model_copy(update={"history": tuple(_handed_out(content, held, random))})


def sas_psy() -> PlanContent:
    """Fourteen psychiatrists on the platform of the SAMU, every day from 9 h to 21 h."""
    random, line = Random("44-sas-psy"), "SAS-PSY-44"
    doctors = _people(14, random, modalities=("regulation",), lines=(line,), skills=("psychiatrie",), status="PH")
    codes = {"coverage", "volunteers-only", "eligible", "availability", "declared-maximum", "fixed-assignments", "locks",
             "no-overlap", "min-rest", "max-weekends", "dispo-min", "juste-repartition", "feast-rotation", "one-feast",
             "wishes"}  # fmt: skip
    weekly = RuleRow(code="max-per-window", params={"most": 2, "days": 7}, source="usage local")
    content = PlanContent(
        id="44-sas-psy-2027T1", kinds=("regulation",), period=WINTER, plan=_plan(WINTER),
        choices=CalendarChoices(school_zone="B"), reply_to="saspsy@regulation-exemple.invalid",
        sites=(Site(id="CENTRE-15", name="Centre 15, salle de régulation", phone=phone(random, mobile=False)),),
        sectors=(Sector(id=line, name="SAS Psy de Loire-Atlantique"),),
        lines=(
            Line(id=line, name="SAS Psy, régulation spécialisée", modality="regulation", sector=line, site="CENTRE-15",
                 skills=("psychiatrie",)),
        ),
        groups=(Group(id=line, lines=(line,)),),
        doctors=tuple(doctor.model_copy(update={"sectors": (Membership(sector=line),), "lines": ()}) for doctor in doctors),
        hours=tuple(
            OpeningHours(line=line, days=days, start=start * 60, end=(start + 6) * 60, band=band)
            for days, band in ((WORKING_DAYS, "journee"), (SATURDAY, "samedi"), (SUNDAY, "dimanche"))
            for start in (9, 15)
        ),
        rules=(*(row for row in regulation.regulation_rules() if row.code in codes and not row.row), weekly),
    )  # fmt: skip
    return content.model_copy(update={"history": history_of(content, random), "balances": balances_of(content, random)})


COMMUNES: Final = (
    ("CHATEAUBRIANT", "Châteaubriant", 10, (2, 2, 2, 2, 2), (2, 2, 2, 2, 2)),
    ("DERVAL", "Derval", 4, (1, 0, 1, 0, 1), (0, 1, 0, 1, 0)),
    ("MOISDON", "Moisdon-la-Rivière", 3, (0, 1, 0, 1, 0), (1, 0, 1, 0, 1)),
    ("SAINT-JULIEN", "Saint-Julien-de-Vouvantes", 3, (1, 0, 1, 0, 0), (0, 1, 0, 0, 1)),
    ("ERBRAY", "Erbray", 3, (0, 0, 0, 1, 1), (1, 0, 1, 0, 0)),
    ("ROUGE", "Rougé", 2, (0, 1, 0, 0, 0), (0, 0, 0, 1, 0)),
)  # fmt: skip
"""Code, name, doctors, slots wanted each morning and each afternoon from Monday to Friday: eight a day."""

WEEKDAYS: Final[tuple[DayName, ...]] = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")


def snp_chateaubriant() -> PlanContent:
    """Twenty-five doctors around Châteaubriant and 2,001 slots wanted in 2023, as in the year the source tells of."""
    random, period = Random("44-snp-chateaubriant"), Period(start=date(2023, 1, 1), end=date(2023, 12, 31))
    doctors = iter(_people(25, random, modalities=("snp",)))
    kept: list[Doctor] = []
    sites: list[Site] = []
    hours: list[OpeningHours] = []
    demands: list[DemandHours] = []
    for code, name, count, mornings, afternoons in COMMUNES:
        line = f"SNP-{code}"
        for _ in range(count):
            doctor = next(doctors)
            site = Site(id=f"CABINET-{len(kept) + 1:02}", name=f"Cabinet du {doctor.name}",
                        address=f"{random.randrange(1, 60)} rue de l’Exemple, {name}", phone=phone(random, mobile=False))  # fmt: skip
            sites.append(site)
            kept.append(doctor.model_copy(update={"sectors": (Membership(sector=code),), "site": site.id}))
            hours += _offers(line, doctor.id, mornings, afternoons, count, random)
        demands += _half_days(line, mornings, afternoons)
    return PlanContent(
        id="44-snp-chateaubriant-2023", kinds=("snp",), period=period, plan=_plan(period),
        choices=snp.agenda_choices("B").model_copy(update={"bands": (Band(id="creneau", name="Créneau", points=1),)}),
        reply_to="agenda@cpts-exemple.invalid", sites=tuple(sites),
        sectors=tuple(Sector(id=code, name=name) for code, name, *_ in COMMUNES),
        lines=tuple(
            Line(id=f"SNP-{code}", name=f"Soins non programmés, {name}", modality="snp", sector=code,
                 site_follows_doctor=True, phone="02 61 91 03 52")
            for code, name, *_ in COMMUNES
        ),
        groups=tuple(Group(id=code, lines=(f"SNP-{code}",)) for code, *_ in COMMUNES), doctors=tuple(kept),
        hours=tuple(hours), demands=tuple(demands), rules=snp.agenda_rules(),
    )  # fmt: skip


def _offers(
    line: str, doctor: str, mornings: tuple[int, ...], afternoons: tuple[int, ...], count: int, random: Random
) -> Iterator[OpeningHours]:  # fmt: skip
    """The slots a doctor offers every week: in a large commune one half-day a day, in a small one wherever one is wanted."""
    for number, day in enumerate(WEEKDAYS):
        wanted = [half for half, need in ((0, mornings[number]), (1, afternoons[number])) if need]
        if count > 5:
            wanted = [random.randrange(2)] if random.random() < 0.85 else []
        for half in wanted:
            first, last = (8 * 60 + 30, 12 * 60) if half == 0 else (14 * 60, 18 * 60 + 30)
            yield snp.a_slot(line, doctor, day, first + 15 * random.randrange((last - first) // 15))


def _half_days(line: str, mornings: tuple[int, ...], afternoons: tuple[int, ...]) -> Iterator[DemandHours]:
    """What is wanted of a commune; in Châteaubriant one Friday slot less for seven weeks of summer, which makes 2,001."""
    for number, day in enumerate(WEEKDAYS):
        for hours, need in ((snp.MORNING, mornings[number]), (snp.AFTERNOON, afternoons[number])):
            if not need:
                continue
            row = snp.a_half_day(line, (day,), hours, need)
            if line == "SNP-CHATEAUBRIANT" and day == "vendredi" and hours == snp.AFTERNOON:
                spans = (
                    (DateSpan(end=date(2023, 7, 20)), need), (DateSpan(start=date(2023, 9, 8)), need),
                    (DateSpan(start=date(2023, 7, 21), end=date(2023, 9, 7)), need - 1),
                )  # fmt: skip
                yield from (row.model_copy(update={"valid": span, "need": fewer}) for span, fewer in spans)
            else:
                yield row


def _answers(minds: list[Mind], period: Period) -> bytes:
    """One table of everybody's answers, as a French Excel saves it as csv: leaves, refusals, wishes, silence aside."""
    told = period.start - timedelta(days=80)
    lines = ["Médecin;Du;Au;Réponse;Reçu le"]
    for mind in minds:
        doctor = mind.asked.doctor
        who = f"{doctor.last_name.upper()} {doctor.first_name} ({doctor.id})"
        rows = [f"{who};{first:%d/%m/%Y};{min(last, period.end):%d/%m/%Y};impossible" for first, last in mind.leave]
        said = {duty.date: word for duty, word in mind.duties if not mind.refuses(duty) or word == "impossible"}
        rows += [f"{who};{day:%d/%m/%Y};{day:%d/%m/%Y};{word}" for day, word in sorted(said.items())]
        lines += [f"{row};{told:%d/%m/%Y}" for row in rows or [f"{who};;;aucune contrainte"]]
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def write_agenda(made: Callable[[], PlanContent], folder: Path) -> None:
    """Write ``plan.xlsx`` and one table of answers; what stood there is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    plan = made()
    (folder / "plan.xlsx").write_bytes(plan_workbook(plan))
    instance = read_folder(folder).draft
    if instance is None:
        raise SystemExit(f"{folder}: plan.xlsx cannot be read back")
    questions = questionnaire(instance, rule_book(instance), reply_to=plan.reply_to)
    minds = [mind_of(asked, Random(f"{folder.name}/{asked.doctor.id}"), plan.period) for asked in questions.asked]
    if plan.kinds == ("snp",):  # leaves alone: a slot not wanted is simply not offered
        minds = [Mind(mind.asked, mind.leave) for mind in minds]
    write(folder / "disponibilites" / "réponses.csv", _answers(minds[: max(len(minds) * 19 // 20, 1)], plan.period))


AGENDAS: Final[dict[str, Callable[[], PlanContent]]] = {
    "44-pediatrie-nantes": pediatrie_nantes,
    "49-pediatrie-angers": pediatrie_angers,
    "44-regulation": regulation_44,
    "85-regulation": regulation_85,
    "44-sas-psy": sas_psy,
    "44-snp-chateaubriant": snp_chateaubriant,
}
"""Folders of this room and what each holds."""
