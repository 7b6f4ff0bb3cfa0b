"""What hospitals read: tables of service a house at a time, contributions, 48 hours never claimed, forfaits, lists, who is on call."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from functools import cache

import openpyxl
import pytest

from rosterplan.audit import audit
from rosterplan.domain.instance import Instance, Period, ServiceHours
from rosterplan.domain.people import Exemption
from rosterplan.domain.result import Result, StageResult
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.worktime import Window, half_days, service_in, windows_of
from rosterplan.report.facts import Facts
from rosterplan.report.hospital.files import definitive_files, hospital_files
from rosterplan.report.hospital.people import average_word
from rosterplan.rules.book import rule_book
from rosterplan.sheets.plan.assemble import instance_of
from rosterplan.sheets.plan.template import template
from tests.exact.harness import a_duty
from tests.workbook_text import workbook_text

MONTH = Period(start=date(2027, 3, 1), end=date(2027, 3, 31))


def an_instance() -> Instance:
    content = template("pdses", "essai", MONTH)
    service = ServiceHours.model_validate(
        {"doctor": "EX01", "from": date(2026, 12, 1), "to": date(2027, 3, 31), "hours": 680}
    )
    spared = content.doctors[1].model_copy(update={"exemptions": (Exemption(bands=("samedi",)),)})
    doctors = (content.doctors[0], spared, *content.doctors[2:])
    return instance_of(content.model_copy(update={"service_hours": (service,), "doctors": doctors}))


@cache
def facts() -> Facts:
    """Duties given by turns to all but EX02; the last one is a hole."""
    instance = an_instance()
    people = [doctor.id for doctor in instance.doctors if doctor.id != "EX02"]
    roster = Roster(
        assignments=tuple(
            Assignment(duty=duty.id, doctor=people[number % len(people)])
            for number, duty in enumerate(instance.duties[:-1])
        )
    )
    rules = rule_book(instance)
    report = audit(instance, rules, roster)
    stages = tuple(StageResult(name=stage.name, value=stage.value) for stage in report.stages)
    result = Result(status="feasible", seed=1, effort=1, stages=stages)
    return Facts(instance=instance, rules=rules, roster=roster, result=result, audit=report, input_sha256="0" * 64,
                 rates=template("pdses", "essai", MONTH).rates)  # fmt: skip


@cache
def files() -> dict[str, bytes]:
    return hospital_files(facts())


def text_of(name: str) -> str:
    return workbook_text(files()[f"hopital/{name}"])


def rows_of(name: str, sheet: str) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(files()[f"hopital/{name}"]))
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


@pytest.mark.parametrize(("start", "hours", "count"), [
    ("2027-03-01 18:00", 14, 2), ("2027-03-01 20:00", 12, 2), ("2027-03-06 13:00", 7, 1), ("2027-03-07 08:00", 12, 2),
    ("2027-03-07 08:00", 24, 4), ("2027-03-06 08:00", 24, 4), ("2027-03-01 20:00", 4, 1), ("2027-03-02 00:00", 8, 2),
    ("2027-03-01 18:30", 14, 2), ("2027-03-27 20:00", 11, 2), ("2027-03-01 18:00", 2, 0),
])  # fmt: skip
def test_half_days_count_as_hospitals_count_them(start, hours, count):
    assert half_days(a_duty(start, hours)) == count


def test_windows_slide_month_by_month_and_service_must_cover_their_every_day():
    quarter = Period(start=date(2027, 1, 1), end=date(2027, 3, 31))
    assert [(one.first, one.last) for one in windows_of(quarter, 4)] == [
        (date(2026, 10, 1), date(2027, 1, 31)), (date(2026, 11, 1), date(2027, 2, 28)), (date(2026, 12, 1), date(2027, 3, 31)),
    ]  # fmt: skip
    assert windows_of(Period(start=date(2027, 1, 1), end=date(2027, 1, 30)), 4) == ()
    window = Window(first=date(2026, 12, 1), last=date(2027, 3, 31))
    assert service_in(an_instance(), "EX01", window) == pytest.approx(680)
    assert service_in(an_instance(), "EX01", Window(first=date(2026, 11, 30), last=date(2027, 3, 31))) is None
    assert service_in(an_instance(), "EX02", window) is None


def test_each_house_sees_its_own_doctors_alone_and_two_people_sign():
    hospital, clinic = (
        text_of("tableau-de-service-CH-EXEMPLE.xlsx"),
        text_of("tableau-de-service-CLINIQUE-EXEMPLE.xlsx"),
    )
    assert "EXEMPLE Anne" in hospital and "EXEMPLE Gaëlle" not in hospital
    assert "EXEMPLE Gaëlle" in clinic and "EXEMPLE Anne" not in clinic
    assert "Tableau de service prévisionnel" in hospital and "État récapitulatif" in hospital
    assert (
        "Le chef de pôle – Centre hospitalier (exemple)" in hospital
        and "Le directeur – Centre hospitalier (exemple)" in hospital
    )
    assert "Tableau de service définitif" in workbook_text(
        hospital_files(facts(), definitive=True)["hopital/tableau-de-service-CH-EXEMPLE.xlsx"]
    )


def test_once_the_period_is_over_the_same_files_tell_what_was_served_and_claim_no_more():
    closed = definitive_files(replace(facts(), rules=(), rates=()), facts().rates)
    assert set(closed) == set(files())
    assert "Tableau de service définitif" in workbook_text(closed["hopital/tableau-de-service-CH-EXEMPLE.xlsx"])
    assert "Gardes et astreintes effectuées" in workbook_text(closed["hopital/listes-liberaux.xlsx"])
    loads = workbook_text(closed["hopital/pilotage.xlsx"])
    assert "(respecté)" in loads and "non vérifié" in loads
    assert definitive_files(replace(facts(), instance=facts().instance.changed(kinds=("pdsa",))), ()) == {}


def test_no_file_tells_an_exemption_or_its_reason():
    for content in files().values():
        told = workbook_text(content).casefold()
        assert "exempt" not in told and "dispens" not in told and "santé" not in told


def test_without_service_hours_nothing_is_claimed_of_the_48_hours():
    named = {doctor.id: average_word(facts(), doctor) for doctor in facts().instance.doctors}
    assert "(respecté)" in named["EX01"] and named["EX02"] == "non vérifié" and named["EX07"] == "sans objet"
    rows = {row[0]: row[-1] for row in rows_of("pilotage.xlsx", "Charge par médecin")}
    assert rows["EXEMPLE Bruno"] == "non vérifié"


def test_contributions_stand_against_the_convention_and_give_the_load_per_equivalent():
    rows = rows_of("pilotage.xlsx", "Contribution des établissements")
    whole = {row[0]: row for row in rows if row[1] == "Toutes"}
    hospital, clinic = whole["Centre hospitalier (exemple)"], whole["Clinique (exemple)"]
    assert hospital[2] + clinic[2] == len(facts().roster.assignments)
    assert hospital[4] == pytest.approx(5 / 9.5) and hospital[7] == 5 and clinic[7] == 4.5
    assert hospital[8] == pytest.approx(hospital[2] / 5)
    assert hospital[6] + clinic[6] == pytest.approx(-1)


def test_the_dashboard_counts_the_hole_and_prices_duties_by_dated_rates():
    rows = rows_of("pilotage.xlsx", "Tableau de bord")
    (line,) = [row for row in rows if row[0] == "Astreinte partagée (exemple)"]
    assert line[1] == line[2] + 1 and line[3] == 1
    unpaid = sum(
        doctor.status == "salarie"
        for duty in facts().roster.assignments
        for doctor in [facts().instance.doctor_by_id[duty.doctor]]
    )
    assert line[5] == unpaid and line[6] > 0


def test_liberals_get_their_months_to_sign_and_partners_who_is_on_call():
    listed = text_of("listes-liberaux.xlsx")
    assert "EXEMPLE Gaëlle" in listed and "EXEMPLE Anne" not in listed and "Date et signature du médecin" in listed
    rows = rows_of("qui-est-de-garde.xlsx", "ASTREINTE-EXEMPLE")
    assert len([row for row in rows if isinstance(row[1], str) and " h" in row[1]]) == len(facts().instance.duties)
    assert rows[-1][2] == "NON POURVUE" and rows[5][5] == "Plateau technique (exemple)"


def test_other_kinds_have_none_of_these_and_equal_facts_give_equal_bytes():
    assert hospital_files(facts()) == files()
    other = facts().instance.changed(kinds=("pdsa",))
    assert (
        hospital_files(
            Facts(
                instance=other, rules=(), roster=Roster(), result=facts().result, audit=facts().audit, input_sha256=""
            )
        )
        == {}
    )
