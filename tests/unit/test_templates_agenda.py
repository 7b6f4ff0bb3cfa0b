"""Seasons of paediatricians, régulation and shared agendas: what their examples and their sheets hold."""

from collections import Counter
from datetime import date, timedelta

from rosterplan.domain.instance import Period
from rosterplan.sheets.plan.assemble import instance_of, work_of
from rosterplan.sheets.plan.read import read_plan
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.template.pediatrie import next_season
from rosterplan.sheets.plan.write import plan_workbook


def season(start: date, end: date) -> Counter[tuple[str, float]]:
    """Duties of the season in Nantes by band and hours."""
    duties = work_of(template("pediatrie", "saison", Period(start=start, end=end))).duties
    return Counter((duty.band, duty.minutes / 60) for duty in duties)


def test_the_season_of_nantes_2024_2025_has_48_duties_of_488_hours():
    found = season(date(2024, 10, 26), date(2025, 3, 23))
    assert found == {("samedi", 8.0): 22, ("dimanche", 12.0): 26}
    assert sum(hours * count for (_, hours), count in found.items()) == 488


def test_a_holiday_on_a_saturday_takes_the_hours_of_a_holiday():
    assert season(date(2025, 10, 26), date(2026, 3, 23)) == {("samedi", 8.0): 20, ("dimanche", 12.0): 26}
    all_saints = work_of(template("pediatrie", "saison", Period(start=date(2025, 11, 1), end=date(2025, 11, 1)))).duties
    assert [(duty.start.hour, duty.end.hour, duty.band) for duty in all_saints] == [(8, 20, "dimanche")]


def test_a_quarter_without_an_open_day_becomes_the_season_that_follows():
    spring = template("pediatrie", "saison", Period(start=date(2027, 4, 1), end=date(2027, 6, 30)))
    assert (spring.period.start, spring.period.end) == (date(2027, 10, 26), date(2028, 3, 23))
    assert next_season(date(2027, 7, 28)).start == date(2027, 10, 26)
    assert next_season(date(2027, 7, 29)).start == date(2028, 10, 26)


def test_what_new_sheets_say_is_read_back_to_the_last_value(tmp_path):
    for kind in ("pediatrie", "regulation", "snp"):
        content = template(kind, f"essai-{kind}", Period(start=date(2027, 1, 1), end=date(2027, 3, 31)))
        (tmp_path / "plan.xlsx").write_bytes(plan_workbook(content))
        found = read_plan(tmp_path / "plan.xlsx")
        assert {problem.severity for problem in found.problems} <= {"information"} and found.content is not None
        bare = {"rules": (), "demands": (), "hours": ()}
        assert found.content.model_copy(update=bare) == content.model_copy(update=bare)
        assert (work_of(found.content).duties, work_of(found.content).demands) == (
            work_of(content).duties,
            work_of(content).demands,
        )


def test_a_slot_is_its_doctors_own_and_bears_the_doctors_name():
    instance = instance_of(template("snp", "agenda", Period(start=date(2027, 1, 4), end=date(2027, 1, 10))))
    assert all(duty.doctor and duty.id.endswith(f"/{duty.doctor}") for duty in instance.duties)
    assert {(duty.need_min, duty.need_max) for duty in instance.duties} == {(0, 1)}
    half_days = [demand for demand in instance.demands if demand.in_all]
    assert len(half_days) == len(instance.demands) == 2 * (4 + 2)
    assert instance.wanted == instance.demands


def test_no_slot_of_a_working_day_is_made_on_a_holiday():
    easter_monday = date(2027, 3, 29)
    week = Period(start=easter_monday, end=easter_monday + timedelta(days=4))
    instance = instance_of(template("snp", "agenda", week))
    assert easter_monday not in {duty.date for duty in instance.duties}
    assert easter_monday not in {demand.start.date() for demand in instance.demands}
