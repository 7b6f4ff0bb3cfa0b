"""The workbook of a planning folder as one plan: every sheet read, every problem collected, nothing guessed silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from rosterplan.domain.calendar.holidays import TIMEZONES
from rosterplan.domain.fairness import WISHES
from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Balance, Instance, PastDuty
from rosterplan.domain.people import Doctor, Establishment
from rosterplan.domain.work import Group, Line, Sector, Site
from rosterplan.messages import say
from rosterplan.sheets.cells.names import Names, names_of, names_of_doctors
from rosterplan.sheets.cells.sheets import find_sheet
from rosterplan.sheets.cells.tables import Record, read_table
from rosterplan.sheets.cells.workbook import Workbook, read_workbook
from rosterplan.sheets.plan.alternation import alternating, lines_without_turns
from rosterplan.sheets.plan.assemble import Made, instance_of, work_of
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.desk import Desk, missing_sheet, rest_unread, unread_sheets
from rosterplan.sheets.plan.fixed import Duties, impossible_fixed, read_fixed
from rosterplan.sheets.plan.history import is_balance, read_balance, read_past_duty, read_service_hours, read_turn
from rosterplan.sheets.plan.hours_remarks import problem_of_remark, uncovered_lines
from rosterplan.sheets.plan.layout import FIXED, HISTORY, RULES_SHEET, SERVICE_HOURS, TURNS
from rosterplan.sheets.plan.layout_leaves import LEAVES
from rosterplan.sheets.plan.layout_people import DOCTORS, ESTABLISHMENTS, SECTORS, SITES
from rosterplan.sheets.plan.layout_plan import PLAN_NAME, PLAN_NAMES
from rosterplan.sheets.plan.layout_rates import RATES
from rosterplan.sheets.plan.layout_work import DEMANDS, HOURS, LINES, SPECIAL_DAYS
from rosterplan.sheets.plan.leaves import read_leave_columns
from rosterplan.sheets.plan.opening_hours import read_demand_hours, read_opening_hours, read_special_day
from rosterplan.sheets.plan.people import Known, namesakes, read_doctor, read_establishment
from rosterplan.sheets.plan.period_remarks import period_remarks
from rosterplan.sheets.plan.places import counting, read_groups, read_line, read_sector, read_site, skills_of
from rosterplan.sheets.plan.rates import read_rate
from rosterplan.sheets.plan.rules import names_of_rules, read_rule_row
from rosterplan.sheets.plan.settings import read_settings

T = TypeVar("T")


@dataclass(frozen=True)
class PlanReading:
    """What a workbook says. ``content`` and ``draft`` are the best that could be read, None where there is no period.

    ``draft`` may stand beside errors, so that everything else can still be checked against it; it is fit to be planned
    only if no problem is an `erreur`.
    """

    workbook: Workbook
    content: PlanContent | None
    draft: Instance | None
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """True if nothing forbids to plan."""
        return self.draft is not None and not any(problem.severity == "erreur" for problem in self.problems)


def read_plan(path: Path) -> PlanReading:
    """The plan of a workbook; user data never raises."""
    return plan_of(read_workbook(path), path.stem)


def plan_of(workbook: Workbook, name: str) -> PlanReading:
    """The plan a workbook holds; ``name`` stands for a plan that has none of its own."""
    if not workbook.readable:
        return PlanReading(workbook, None, None, workbook.problems)
    problems: list[Problem] = [*workbook.problems, *unread_sheets(workbook)]
    sheet = find_sheet(workbook, PLAN_NAMES)
    if sheet is None:
        return PlanReading(workbook, None, None, (*problems, missing_sheet(workbook, PLAN_NAME)))
    settings = read_settings(sheet, problems)
    if settings.period is None:
        return PlanReading(workbook, None, None, (*problems, rest_unread(workbook)))
    content, made = _content(Desk(workbook, settings, settings.period, problems), name)
    problems += period_remarks(content, workbook.file)
    problems += lines_without_turns(content.lines, made.duties, workbook.file)
    other_errors = any(problem.severity == "erreur" for problem in problems)
    problems += uncovered_lines(content, made, workbook.file, other_errors=other_errors)
    return PlanReading(workbook, content, _draft(content, made, workbook.file, problems), tuple(problems))


@dataclass(frozen=True)
class _Places:
    """What doctors and hours refer to."""

    establishments: tuple[Establishment, ...]
    sites: tuple[Site, ...]
    sectors: tuple[Sector, ...]
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    known: Known


def _places(desk: Desk) -> _Places:
    sites = _second(desk.unique(SITES, read_site, "lieu", "site"))
    known_sites = names_of("un lieu", "a site", ((site.id, site.name) for site in sites))
    houses = _second(
        desk.unique(
            ESTABLISHMENTS,
            lambda record, problems: read_establishment(record, known_sites, problems),
            "établissement",
            "establishment",
        )
    )
    sectors = _second(desk.unique(SECTORS, read_sector, "secteur", "sector")) or _implied_sectors(desk)
    known_houses = names_of("un établissement", "an establishment", ((house.id, house.name) for house in houses))
    known_sectors = names_of("un secteur", "a sector", ((sector.id, sector.name) for sector in sectors))
    rows = desk.unique(
        LINES,
        lambda record, problems: read_line(record, known_sectors, known_houses, known_sites, problems),
        "ligne de garde",
        "line",
    )
    known_lines = names_of("une ligne", "a line", ((line.id, line.name) for _, line in rows))
    rows = [(record, counting(record, line, known_lines, desk.problems)) for record, line in rows]
    bands = desk.settings.bands
    rows = [(record, alternating(record, line, bands, desk.period, desk.problems)) for record, line in rows]
    lines = _second(rows)
    known = Known(
        period=desk.period,
        establishments=known_houses,
        sites=known_sites,
        sectors=known_sectors,
        lines=known_lines,
        bands=desk.settings.bands,
        feasts=desk.settings.feasts,
        rules=names_of_rules(),
        skills=skills_of(lines),
    )
    return _Places(houses, sites, sectors, lines, read_groups(rows), known)


def _implied_sectors(desk: Desk) -> tuple[Sector, ...]:
    """The sectors lines name, where no sheet lists them."""
    sheet = find_sheet(desk.workbook, LINES.names)
    records = read_table(sheet, LINES.columns).records if sheet and not sheet.empty else ()
    named = dict.fromkeys(text for record in records if (text := record.text("sector")))
    return tuple(Sector(id=name, name=name) for name in named)


def _doctors(desk: Desk, known: Known) -> tuple[Doctor, ...]:
    read = desk.unique(DOCTORS, lambda record, problems: read_doctor(record, known, problems), "médecin", "doctor")
    desk.problems.extend(namesakes(read))
    return _second(read)


def _content(desk: Desk, default_id: str) -> tuple[PlanContent, Made]:
    """Everything the workbook says, sheets read in the order in which they refer to each other."""
    places = _places(desk)
    known = places.known
    doctors = _doctors(desk, known)
    people = names_of_doctors(doctors)
    settings = desk.settings
    history, balances = _history(desk, known, people, places.groups)
    content = PlanContent(
        id=settings.id or default_id,
        kinds=settings.kinds,
        period=desk.period,
        plan=settings.plan,
        choices=settings.choices,
        reply_to=settings.reply_to,
        establishments=places.establishments,
        sites=places.sites,
        sectors=places.sectors,
        lines=places.lines,
        groups=places.groups,
        doctors=doctors,
        hours=desk.nouns(HOURS, lambda record, problems: read_opening_hours(record, known, people, problems)),
        demands=desk.nouns(DEMANDS, lambda record, problems: read_demand_hours(record, known, problems)),
        special_days=desk.nouns(SPECIAL_DAYS, lambda record, problems: read_special_day(record, known, problems)),
        turns=desk.nouns(TURNS, lambda record, problems: read_turn(record, known, problems)),
        service_hours=desk.nouns(
            SERVICE_HOURS, lambda record, problems: read_service_hours(record, known, people, problems)
        ),
        history=history,
        balances=balances,
        rates=desk.nouns(RATES, lambda record, problems: read_rate(record, known, problems)),
        leaves=desk.nouns(LEAVES, lambda record, problems: read_leave_columns(record, known, problems)),
        rules=desk.nouns(RULES_SHEET, lambda record, problems: read_rule_row(record, known, people, problems)),
    )
    return _with_fixed(desk, content, known, people)


def _history(
    desk: Desk, known: Known, people: Names, groups: Sequence[Group]
) -> tuple[tuple[PastDuty, ...], tuple[Balance, ...]]:
    """Past duties and opening balances: one sheet holds both kinds of row."""
    choices = desk.settings.choices
    zone = ZoneInfo(TIMEZONES[choices.territory])
    known_groups = names_of("un groupe de répartition", "a fairness group", _accounts(groups))

    def reader(record: Record, problems: list[Problem]) -> PastDuty | Balance | None:
        if is_balance(record, problems):
            return read_balance(record, known, people, known_groups, problems)
        return read_past_duty(record, known, people, choices, zone, problems)

    rows = desk.nouns(HISTORY, reader)
    return (
        tuple(row for row in rows if isinstance(row, PastDuty)),
        tuple(row for row in rows if isinstance(row, Balance)),
    )


def _accounts(groups: Sequence[Group]) -> list[tuple[str, str]]:
    """What a balance may be of: a fairness group, or the wishes."""
    return [*((group.id, "") for group in groups), (WISHES, "vœux")]


def _with_fixed(desk: Desk, content: PlanContent, known: Known, people: Names) -> tuple[PlanContent, Made]:
    """The plan with its duties made, remarks on its hours told, and the assignments that name these duties."""
    made = work_of(content)
    desk.problems.extend(problem_of_remark(remark, desk.workbook.file) for remark in made.remarks)
    duties = Duties(made.duties)
    rows = desk.read(FIXED, lambda record, problems: read_fixed(record, known, people, duties, problems))
    desk.problems.extend(impossible_fixed(rows, content.doctors, content.lines, duties))
    return content.model_copy(update={"fixed": tuple(dict.fromkeys(_second(rows)))}), made


def _draft(content: PlanContent, made: Made, file: str, problems: list[Problem]) -> Instance | None:
    try:
        return instance_of(content, made)
    except ValidationError as refused:
        problems.append(
            Problem(
                severity="erreur",
                code="plan-inconsistent",
                file=file,
                found=str(refused.errors()[0]["msg"]),
                wanted=say(fr="un planning dont les feuilles s’accordent", en="a plan whose sheets agree"),
                remedy=say(fr="Corrigez d’abord les autres erreurs.", en="Correct the other errors first."),
            )
        )
        return None


def _second(rows: Sequence[tuple[Record, T]]) -> tuple[T, ...]:
    return tuple(noun for _, noun in rows)
