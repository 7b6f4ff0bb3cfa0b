"""The folder of a shared agenda, and the way folders of seasons, régulations and agendas are written. The origin of each figure: instances/README.md."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.folders.files import write
from benchmarks.folders.minds import Mind, mind_of
from benchmarks.folders.people import phone
from benchmarks.folders.regulations import regulation_44, regulation_85, sas_psy
from benchmarks.folders.seasons import pediatrie_angers, pediatrie_nantes
from benchmarks.folders.small_bodies import a_plan, people
from rosterplan.domain.calendar.choices import Band
from rosterplan.domain.calendar.days import DayName
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.instance import Period
from rosterplan.domain.people import DateSpan, Doctor, Membership
from rosterplan.domain.work import Group, Line, Sector, Site
from rosterplan.rules.book import rule_book
from rosterplan.sheets.folder import read_folder
from rosterplan.sheets.forms.questionnaire import questionnaire
from rosterplan.sheets.plan.content import DemandHours, PlanContent
from rosterplan.sheets.plan.template import snp
from rosterplan.sheets.plan.write import plan_workbook

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
    doctors = iter(people(25, random, modalities=("snp",)))
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
        id="44-snp-chateaubriant-2023", kinds=("snp",), period=period, plan=a_plan(period),
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
