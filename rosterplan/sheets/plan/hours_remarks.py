"""What is odd about the opening hours, in words, at the row of `Horaires` or `Jours particuliers` it comes from."""

from __future__ import annotations

from collections.abc import Mapping

from rosterplan.domain.calendar.hours import HoursRemark, RemarkKind
from rosterplan.domain.findings import Problem
from rosterplan.domain.work import Line
from rosterplan.messages import say
from rosterplan.messages.words import listed
from rosterplan.sheets.plan.assemble import Made
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.layout_work import HOURS
from rosterplan.sheets.plan.opening_hours import hour_in_words

Words = tuple[str, str]
"""In French, in English."""

_FOUND: Mapping[RemarkKind, Words] = {
    "unknown-line": ("des horaires pour une ligne inconnue", "hours of an unknown line"),
    "overlap": ("deux gardes de la même ligne en même temps", "two duties of one line at the same time"),
    "same-hours-differ": (
        "les mêmes horaires deux fois, avec une catégorie, des points ou un lieu différents",
        "the same hours twice, with another category, points or place",
    ),
    "merged": ("les mêmes horaires deux fois", "the same hours twice"),
    "hours-lost": ("des heures habituelles que d’autres horaires remplacent sans les couvrir", "usual hours that others displace without covering them"),
    "working-hours": ("des heures de journée en semaine", "working hours of a weekday"),
    "holiday-without-day-hours": ("aucune garde dans la journée d’un jour férié", "no duty in the day of a holiday"),
    "vanished": ("une plage supprimée par le changement d’heure", "hours removed by the clock change"),
    "unknown-band": ("une catégorie sans points", "a category without points"),
    "long-without-band": ("une garde de plus de 24 heures sans catégorie", "a duty of more than 24 hours without category"),
    "outside-period": ("des horaires hors de la période", "hours outside the period"),
}  # fmt: skip
_REMEDY: Mapping[RemarkKind, Words] = {
    "unknown-line": ("Corrigez le nom de la ligne.", "Correct the name of the line."),
    "overlap": (
        "Corrigez les heures ; si deux médecins sont voulus ensemble, écrivez 2 dans « Médecins ».",
        "Correct the hours; if two doctors are wanted together, write 2 under “Médecins”.",
    ),
    "same-hours-differ": ("Gardez une seule des deux lignes : la première est retenue.", "Keep one of the two rows: the first one holds."),
    "merged": ("Elles sont réunies en une garde à plusieurs médecins.", "They are one duty with several doctors."),
    "hours-lost": ("Complétez les horaires de ces jours si la ligne doit y rester ouverte.", "Complete the hours of these days if the line must stay open."),
    "working-hours": ("Elles ne s’appliquent pas les jours fériés.", "They do not hold on public holidays."),
    "holiday-without-day-hours": (
        "Si la ligne ouvre les jours fériés, ajoutez « férié » aux jours de la ligne du dimanche.",
        "If the line opens on holidays, add “férié” to the days of the Sunday row.",
    ),
    "vanished": ("Cette garde n’existe pas cette nuit-là.", "This duty does not exist that night."),
    "unknown-band": ("Ajoutez la catégorie et ses points sur la feuille Plan ; 1 point est compté.", "Add the category and its points on sheet Plan; 1 point is counted."),
    "long-without-band": ("Le premier jour décide : écrivez la catégorie si ce n’est pas le bon choix.", "The first day decides: write the category if that is wrong."),
    "outside-period": ("Ces horaires ne donnent aucune garde : vérifiez l’année.", "These hours make no duty: check the year."),
}  # fmt: skip


def problem_of_remark(remark: HoursRemark, file: str) -> Problem:
    """The remark as a problem: which line, which dates, what becomes of it."""
    sheet, _, row = remark.rows[0].partition("!") if remark.rows else ("", "", "")
    fr, en = _FOUND[remark.kind]
    remedy_fr, remedy_en = _REMEDY[remark.kind]
    return Problem(
        severity=remark.severity,
        code=f"hours-{remark.kind}",
        file=file,
        sheet=sheet,
        cell=row,
        found=f"{remark.line} : {say(fr=fr, en=en)}{_details(remark)}",
        wanted=say(fr="des horaires sans doute possible", en="hours without doubt"),
        remedy=say(fr=remedy_fr, en=remedy_en),
    )


def _details(remark: HoursRemark) -> str:
    said = []
    if remark.start is not None and remark.end is not None:
        said.append(f"{hour_in_words(remark.start % 1440)}–{hour_in_words(remark.end % 1440 or 1440)}")
    if remark.band:
        said.append(f"« {remark.band} »")
    if remark.dates:
        said.append(listed([f"{day:%d/%m}" for day in remark.dates], most=4))
    if len(remark.rows) > 1:
        rows = listed([row.partition("!")[2] for row in remark.rows])
        said.append(say(fr=f"lignes {rows} de la feuille", en=f"rows {rows} of the sheet"))
    return f" ({' ; '.join(said)})" if said else ""


def uncovered_lines(content: PlanContent, made: Made, file: str, *, other_errors: bool) -> list[Problem]:
    """A plan without any duty is an error, unless another explains it; a line without any is a warning."""
    covered = {duty.line for duty in made.duties} | {demand.line for demand in made.demands}
    if not covered:
        return [] if other_errors else [_nothing_to_plan(file)]
    return [_line_without_duty(line, file) for line in content.lines if line.id not in covered]


def _nothing_to_plan(file: str) -> Problem:
    return Problem(
        severity="erreur", code="nothing-to-plan", file=file, sheet=HOURS.name,
        found=say(fr="aucune garde dans la période", en="no duty in the period"),
        wanted=say(fr="au moins une ligne de garde et ses horaires d’ouverture", en="at least one line and its opening hours"),
        remedy=say(fr="Remplissez la feuille « Horaires » : une ligne par plage d’ouverture.",
                   en="Fill in sheet “Horaires”: one row per opening."),
    )  # fmt: skip


def _line_without_duty(line: Line, file: str) -> Problem:
    return Problem(
        severity="avertissement", code="line-without-duty", file=file, sheet=HOURS.name,
        found=say(fr=f"aucune garde de la ligne {line.name} dans la période", en=f"no duty of line {line.name} in the period"),
        wanted=say(fr="des horaires pour chaque ligne de garde", en="hours for every line"),
        remedy=say(fr="Ajoutez ses horaires, ou supprimez la ligne de garde si elle est fermée ce trimestre.",
                   en="Add its hours, or delete the line if it is closed this quarter."),
    )  # fmt: skip
