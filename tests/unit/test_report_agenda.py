"""The poster of a season, shifts and slots week by week: what a reader finds in them, read back as he or she would."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from rosterplan.audit import audit
from rosterplan.cli.kept import with_kept
from rosterplan.domain.explanations import blocking_of
from rosterplan.domain.instance import Availability, Instance, Kind, Period
from rosterplan.model.solve import solve
from rosterplan.report.agenda.files import agenda_files
from rosterplan.report.facts import Facts
from rosterplan.rules.book import rule_book
from rosterplan.sheets.plan.assemble import instance_of
from rosterplan.sheets.plan.template import template


def facts_of(instance: Instance) -> Facts:
    rules = rule_book(instance)
    roster, result = solve(instance, rules, workers=0)
    return Facts(
        instance=instance, rules=rules, roster=roster, result=result, audit=audit(instance, rules, roster),
        input_sha256="0" * 64,
    )  # fmt: skip


def a_plan(kind: Kind, start: date, end: date) -> Instance:
    return instance_of(template(kind, f"essai-{kind}", Period(start=start, end=end)))


def texts(content: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}


@pytest.fixture(scope="module")
def season() -> Facts:
    return facts_of(a_plan("pediatrie", date(2026, 12, 19), date(2027, 1, 3)))


def test_a_poster_is_one_portrait_page_with_when_who_where_whom_to_call_and_who_may_come(season: Facts) -> None:
    files = agenda_files(season)
    assert list(files) == ["affiche.xlsx"]
    page = openpyxl.load_workbook(io.BytesIO(files["affiche.xlsx"])).worksheets[0]
    assert page.page_setup.orientation == "portrait" and page.sheet_properties.pageSetUpPr.fitToPage
    assert {page.page_setup.fitToHeight, page.page_setup.fitToWidth} <= {None, 1, "1"}  # absent: one
    said = [cell for row in texts(files["affiche.xlsx"])["PEDIATRIE-EXEMPLE"] for cell in row if cell]
    assert "Appelez d’abord : 02 61 91 00 00" in said
    assert any("Sur rendez-vous seulement" in str(cell) for cell in said)
    rows = [row for row in texts(files["affiche.xlsx"])["PEDIATRIE-EXEMPLE"] if row[1] in ("8 h – 20 h", "12 h – 20 h")]
    assert len(rows) == len(season.instance.duties) == 8
    christmas = next(row for row in rows if str(row[0]).startswith("vendredi 25 décembre"))
    assert "(Noël)" in str(christmas[0]) and "rue de l’Exemple" in str(christmas[3]) and "02 61 91" in str(christmas[4])


def test_the_poster_says_what_the_coordinator_wrote_of_who_may_come(season: Facts) -> None:
    line = season.instance.lines[0].model_copy(update={"notice": "=Envoyés par le 15 seulement"})
    told = facts_of(season.instance.model_copy(update={"lines": (line,)}))
    said = [cell for row in texts(agenda_files(told)["affiche.xlsx"])["PEDIATRIE-EXEMPLE"] for cell in row if cell]
    assert "=Envoyés par le 15 seulement" in said


def test_shifts_of_a_week_stand_together_with_the_needs_not_met() -> None:
    instance = a_plan("regulation", date(2027, 1, 4), date(2027, 1, 5))
    few = instance.model_copy(update={"doctors": instance.doctors[:2], "shares": ()})
    facts = facts_of(few)
    sheets = texts(agenda_files(facts)["vacations-par-semaine.xlsx"])
    assert list(sheets) == ["Semaine 01 (04-01)"]
    cells = [cell for row in sheets["Semaine 01 (04-01)"] for cell in row if cell]
    assert any("BESOIN NON COUVERT : il manque 2" in str(cell) for cell in cells)
    assert any("EXEMPLE Anne" in str(cell) and "EXEMPLE Bruno" in str(cell) for cell in cells)


def test_slots_of_a_week_say_who_where_and_the_number() -> None:
    facts = facts_of(a_plan("snp", date(2027, 1, 4), date(2027, 1, 17)))
    sheets = texts(agenda_files(facts)["agenda-par-semaine.xlsx"])
    assert list(sheets) == ["Semaine 01 (04-01)", "Semaine 02 (11-01)"]
    slots = [row for row in sheets["Semaine 01 (04-01)"] if row[3] and "EXEMPLE" in str(row[3])]
    assert len(slots) == 12 and all("rue de l’Exemple" in str(row[5]) for row in slots)


def test_a_sector_roster_has_none_of_these(season: Facts) -> None:
    other = season.instance.model_copy(update={"kinds": ("pdsa",)})
    assert agenda_files(facts_of(other)) == {}


def test_a_need_missed_for_hours_is_one_hole_with_what_keeps_each_doctor_from_it() -> None:
    instance = a_plan("regulation", date(2027, 1, 4), date(2027, 1, 4))
    away = Availability(doctor="EX02", start=date(2027, 1, 4), end=date(2027, 1, 4), value="impossible")
    few = instance.model_copy(update={"doctors": instance.doctors[:2], "shares": (), "availability": (away,)})
    facts = facts_of(few)
    holes = {(hole.of.start.hour, hole.of.minutes, hole.missing) for hole in facts.shown_holes}
    assert holes == {(0, 360, 2), (20, 240, 1)}  # nobody may be alone at night; one of two in the evening
    assert len(facts.holes) == 12 + 8
    kept = with_kept(facts).kept
    first = {hole.of.start.hour: facts.hole_duties[hole.of.id][0].id for hole in facts.shown_holes}
    assert kept is not None
    assert dict(blocking_of(kept[first[0]])) == {"Jamais seul la nuit": 1, "Dates impossibles": 1}
    assert dict(blocking_of(kept[first[20]])) == {"Dates impossibles": 1}


def test_a_half_day_short_of_slots_tells_of_every_slot_left() -> None:
    instance = a_plan("snp", date(2027, 1, 4), date(2027, 1, 4))
    away = tuple(
        Availability(doctor=doctor.id, start=date(2027, 1, 4), end=date(2027, 1, 4), value="impossible")
        for doctor in instance.doctors
    )
    facts = facts_of(instance.model_copy(update={"availability": away}))
    kept = with_kept(facts).kept
    assert kept is not None and len(facts.shown_holes) == 4
    for hole in facts.shown_holes:
        slots = facts.hole_duties[hole.of.id]
        assert slots and all(dict(blocking_of(kept[slot.id])) == {"Dates impossibles": 1} for slot in slots)
