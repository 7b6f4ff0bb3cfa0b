"""What is to be said of a period itself: too short for a PDSA roster, or beyond the published school calendar."""

from __future__ import annotations

from datetime import date

from rosterplan.domain.calendar.deadlines import lasts_three_months
from rosterplan.domain.calendar.school import school_calendar
from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.messages.words import listed
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.layout_plan import PLAN_NAME


def period_remarks(content: PlanContent, file: str) -> list[Problem]:
    """A warning for a PDSA shorter than three months, a word where school holidays are not known."""
    remarks = []
    if "pdsa" in content.kinds and not lasts_three_months(content.period):
        remarks.append(_short_period(content, file))
    zone = content.choices.school_zone
    if zone:
        calendar = school_calendar(content.period.start, content.period.end, zone, content.choices.school_dates)
        if calendar.unpublished:
            remarks.append(_unpublished(zone, calendar.unpublished, file))
    return remarks


def _short_period(content: PlanContent, file: str) -> Problem:
    period = content.period
    return Problem(
        severity="avertissement",
        code="period-short",
        file=file,
        sheet=PLAN_NAME,
        found=say(fr=f"du {period.start:%d/%m/%Y} au {period.end:%d/%m/%Y}", en=f"from {period.start:%d/%m/%Y} to {period.end:%d/%m/%Y}"),
        wanted=say(fr="au moins trois mois pour une PDSA (CSP R.6315-2)", en="at least three months for a PDSA (CSP R.6315-2)"),
        remedy=say(fr="Vérifiez le premier et le dernier jour.", en="Check the first and last day."),
    )  # fmt: skip


def _unpublished(zone: str, spans: tuple[tuple[date, date], ...], file: str) -> Problem:
    shown = listed([f"{first:%d/%m/%Y} – {last:%d/%m/%Y}" for first, last in spans], most=3)
    return Problem(
        severity="information",
        code="school-unpublished",
        file=file,
        sheet=PLAN_NAME,
        found=say(fr=f"zone {zone}, {shown} : calendrier scolaire non publié", en=f"zone {zone}, {shown}: school calendar not published"),
        wanted=say(fr="les vacances scolaires de la période", en="the school holidays of the period"),
        remedy=say(
            fr="Ajoutez les dates sur la feuille Plan, sous le titre « Vacances scolaires ajoutées », si vous en avez besoin.",
            en="Add the dates on sheet Plan, under the heading “Vacances scolaires ajoutées”, if you need them.",
        ),
    )  # fmt: skip
