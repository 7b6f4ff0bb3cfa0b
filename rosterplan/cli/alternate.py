"""`alternate`: a calendar of houses proposed for the alternated lines, fair over the years; nothing is overwritten."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.folders import plannable, shown
from rosterplan.cli.options import Common, Folder, whole_number
from rosterplan.cli.outputs import write_together
from rosterplan.cli.voice import answer, tell
from rosterplan.messages import say
from rosterplan.messages.words import listed, plural

if TYPE_CHECKING:
    from rosterplan.domain.calendar.alternation import Held, Proposal
    from rosterplan.domain.work import Line
    from rosterplan.sheets.plan.content import PlanContent

ALTERNATE_SCHEMA = 1
FILE = "alternance"

LineNames = Annotated[list[str], typer.Option("--line", metavar="metavar.line", help="option.line")]
Years = Annotated[Any, typer.Option("--years", parser=whole_number(1), metavar="N", help="option.years")]


def alternate(common: Common, folder: Folder = None, line: LineNames = [], years: Years = 1) -> int:  # noqa: B006
    """Propose turns for the period and the years that follow its first day; write them beside, under a name not taken."""
    from rosterplan.report.hospital.alternance import alternation_xlsx

    plan = plannable(common, folder)
    content = plan.opened.reading.plan.content if plan.opened.reading.plan else None
    if content is None:
        raise Refused(say(fr="« alterner » a besoin du dossier et de ses horaires, pas d’un instance.json.",
                          en="“alternate” needs the folder and its hours, not an instance.json."))  # fmt: skip
    lines = _chosen(content, line)
    held = {one.id: _held(content, one) for one in lines}
    proposals = [_proposed(content, one, held[one.id], years) for one in lines]
    names = {house.id: house.name for house in content.establishments}
    [path] = write_together(plan.out, {_free_name(plan.out): alternation_xlsx(content.id, proposals, names, held)})
    if common.json:
        answer({"schema": ALTERNATE_SCHEMA, "path": str(path), "lines": [_as_json(one) for one in proposals]})
        return Exit.DONE
    for one in proposals:
        _tell(common, one, names)
    tell(common)
    tell(common, say(fr=f"Proposition : {shown(path)}. Rien n’a changé dans plan.xlsx : recopiez-y la feuille « Échanges de périodes ».",
                     en=f"Proposal: {shown(path)}. Nothing changed in plan.xlsx: copy sheet “Échanges de périodes” there."))  # fmt: skip
    return Exit.DONE


def _chosen(content: PlanContent, named: Sequence[str]) -> list[Line]:
    """Return the lines named, or every line that alternates; none is refused in words."""
    shared = [line for line in content.lines if len(line.establishments) > 1]
    if not named:
        found = [line for line in shared if line.mode in ("alternee", "mixte") or line.alternation]
    else:
        known = {key.casefold(): line for line in shared for key in (line.id, line.name)}
        unknown = [name for name in named if name.casefold() not in known]
        if unknown:
            offered = listed([line.id for line in shared], most=12) or "–"
            raise Refused(say(fr=f"Pas de ligne partagée « {unknown[0]} ». Lignes partagées : {offered}.",
                              en=f"No shared line “{unknown[0]}”. Shared lines: {offered}."))  # fmt: skip
        found = list({known[name.casefold()].id: known[name.casefold()] for name in named}.values())
    if not found:
        raise Refused(say(fr="Aucune ligne alternée : écrivez « alternée » dans la colonne Mode de la feuille Lignes, ou nommez une ligne avec --line.",
                          en="No alternated line: write “alternée” in column Mode of sheet Lignes, or name a line with --line."))  # fmt: skip
    return found


def _proposed(content: PlanContent, line: Line, held: Held, years: int) -> Proposal:
    """Return the proposal over ``years`` from the first day of the period, the period included."""
    from rosterplan.domain.calendar.alternation import proposal, with_cycle
    from rosterplan.domain.calendar.duties import duties_of
    from rosterplan.domain.calendar.holidays import TIMEZONES
    from rosterplan.domain.instance import Period

    start = content.period.start
    whole = with_cycle(line, start)
    last = max(content.period.end, _years_after(start, years) - timedelta(days=1))
    hours = [row for row in content.hours if row.line == line.id]
    duties, _ = duties_of(
        [whole], hours, content.special_days, Period(start=start, end=last), content.choices,
        timezone=TIMEZONES[content.choices.territory],
    )  # fmt: skip
    open_to_all = [duty for duty in duties if not duty.establishments]
    if not open_to_all:
        raise Refused(say(fr=f"{line.name} : aucune garde sans établissement à répartir sur la période.",
                          en=f"{line.name}: no duty without a house to share over the period."))  # fmt: skip
    return proposal(whole, open_to_all, _parts(content, line), held)


def _years_after(start: date, years: int) -> date:
    """Return the same day years later; 28 February for a 29th."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def _parts(content: PlanContent, line: Line) -> dict[str, float]:
    """Return the parts the convention gives the houses of a line, equal ones where it says nothing."""
    from rosterplan.domain.fairness.houses import QUOTA_CODE, parts_of_convention

    for row in content.rules:
        if row.code == QUOTA_CODE and row.scope.covers_line(line):
            parts = parts_of_convention(row, [line], content.doctors, content.establishments)
            inside = {house: parts.get(house, 0.0) for house in line.establishments}
            if (total := sum(inside.values())) > 0:
                return {house: part / total for house, part in inside.items()}
    return {house: 1 / len(line.establishments) for house in line.establishments}


def _held(content: PlanContent, line: Line) -> Held:
    """Return what the houses held of a line in `Historique`, and the years of their feasts."""
    from rosterplan.domain.calendar.alternation import Held
    from rosterplan.domain.calendar.turns import feast_year

    house_of = {doctor.id: doctor.establishment for doctor in content.doctors}
    duties: Counter[tuple[str, str]] = Counter()
    feasts: dict[tuple[str, str], set[int]] = defaultdict(set)
    for past in content.history:
        house = house_of.get(past.doctor)
        if past.line == line.id and house:
            duties[house, past.band] += 1
            if past.feast:
                feasts[house, past.feast].add(feast_year(past.start.date()))
    return Held(dict(duties), {key: tuple(sorted(years)) for key, years in feasts.items()})


def _free_name(out: Path) -> str:
    """Return alternance.xlsx, or the first alternance-2.xlsx, -3… that no file bears."""
    number, name = 2, f"{FILE}.xlsx"
    while (out / name).exists():
        number, name = number + 1, f"{FILE}-{number}.xlsx"
    return name


def _as_json(one: Proposal) -> dict[str, object]:
    return {
        "line": one.line.id,
        "turns": [turn.model_dump(mode="json", exclude_none=True) for turn in one.turns],
        "calendar": [{"first": first.isoformat(), "last": last.isoformat(), "establishment": house}
                     for first, last, house in one.calendar],
        "balance": [{"establishment": house, "band": band, "duties": count} for (house, band), count in sorted(one.counts.items())],
    }  # fmt: skip


def _tell(common: Common, one: Proposal, names: dict[str, str]) -> None:
    """Say how many rows, and what each house would hold."""
    totals: Counter[str] = Counter()
    for (house, _), count in one.counts.items():
        totals[house] += count
    rows = plural(
        len(one.turns), say(fr="ligne à recopier", en="row to copy"), say(fr="lignes à recopier", en="rows to copy")
    )
    each = " ; ".join(f"{names.get(house, house)} {totals[house]}" for house in one.line.establishments)
    tell(common, say(fr=f"{one.line.name} : {each} gardes ; {rows}.", en=f"{one.line.name}: {each} duties; {rows}."))
