"""What the sheets say becomes dated work: needs cut by the half-hour, turns of houses, groups, shares."""

from datetime import date

from rosterplan.domain.calendar.days import EVERY_DAY
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.calendar.turns import HouseTurn
from rosterplan.domain.instance import Period
from rosterplan.domain.people import DateSpan, Establishment
from rosterplan.domain.work import Line
from rosterplan.sheets.plan.assemble import instance_of, work_of
from rosterplan.sheets.plan.content import DemandHours, PlanContent
from tests.sheets_factory import Editor, errors, example, reading

CLOCKS_CHANGE = date(2027, 3, 28)


def regulation(*demands: DemandHours, day: date = CLOCKS_CHANGE) -> PlanContent:
    return PlanContent(
        id="regulation",
        period=Period(start=day, end=day),
        lines=(Line(id="REG", name="Régulation", modality="regulation"),),
        hours=(
            OpeningHours(line="REG", days=EVERY_DAY, start=0, end=480),
            OpeningHours(line="REG", days=EVERY_DAY, start=240, end=720),
        ),
        demands=demands,
    )


def need(start: int, end: int, number: int, step: int | None = 30) -> DemandHours:
    return DemandHours(line="REG", days=EVERY_DAY, start=start, end=end, need=number, step_minutes=step)


def test_a_need_by_the_half_hour_has_one_demand_per_half_hour() -> None:
    demands = work_of(regulation(need(20 * 60, 24 * 60, 2))).demands
    assert len(demands) == 8 and {demand.need for demand in demands} == {2}
    assert demands[0].id == "REG/2027-03-28T20:00+02:00/30/besoin"


def test_the_night_the_clocks_go_forward_has_two_half_hours_less() -> None:
    assert len(work_of(regulation(need(0, 8 * 60, 1))).demands) == 14
    ordinary = work_of(regulation(need(0, 8 * 60, 1), day=date(2027, 3, 27))).demands
    assert len(ordinary) == 16


def test_needs_at_the_same_moment_add_up_and_the_last_piece_may_be_shorter() -> None:
    demands = work_of(regulation(need(600, 645, 1), need(600, 630, 2), need(600, 645, 1, None))).demands
    assert [(demand.minutes, demand.need) for demand in demands] == [(30, 3), (45, 1), (15, 1)]


def test_shifts_may_overlap_where_a_need_says_what_they_cover_together() -> None:
    assert [remark.kind for remark in work_of(regulation()).remarks] == ["overlap"]
    made = work_of(regulation(need(0, 720, 1)))
    assert made.remarks == () and len(made.duties) == 2


def test_an_exchanged_period_gives_the_line_to_the_house_named_last() -> None:
    houses = (Establishment(id="CH", name="Hôpital"), Establishment(id="CL", name="Clinique"))
    turns = (
        HouseTurn(line="MMG-EXEMPLE", first=date(2027, 1, 4), last=date(2027, 1, 10), establishment="CH"),
        HouseTurn(line="MMG-EXEMPLE", first=date(2027, 1, 10), last=date(2027, 1, 11), establishment="CL"),
    )
    content = example().model_copy(update={"establishments": houses, "turns": turns})
    turn = {
        duty.date.day: duty.establishments
        for duty in instance_of(content).duties
        if duty.line == "MMG-EXEMPLE" and duty.date.month == 1 and 3 <= duty.date.day <= 12
    }
    assert turn[3] == turn[12] == () and turn[4] == turn[9] == ("CH",) and turn[10] == turn[11] == ("CL",)


def test_lines_without_a_group_of_their_own_share_in_their_sector() -> None:
    def groups(editor: Editor, typed: object) -> None:
        editor.set("Lignes", 2, "Groupe de répartition", typed)

    for typed, expected in (
        (None, {"SECTEUR-EXEMPLE": ("MMG-EXEMPLE", "NUIT-EXEMPLE")}),
        ("Nuits", {"SECTEUR-EXEMPLE": ("MMG-EXEMPLE",), "Nuits": ("NUIT-EXEMPLE",)}),
        ("Aucun", {"SECTEUR-EXEMPLE": ("MMG-EXEMPLE",)}),
    ):
        found = reading(lambda editor, typed=typed: groups(editor, typed))
        assert errors(found) == [] and found.draft is not None
        assert {group.id: group.lines for group in found.draft.groups} == expected


def test_coefficients_follow_quota_presence_and_modality() -> None:
    content = example()
    absent = content.doctors[1].model_copy(update={"on_list": DateSpan(start=date(2027, 2, 1))})
    instance = instance_of(content.model_copy(update={"doctors": (content.doctors[0], absent, content.doctors[2])}))
    share = {(one.doctor, one.band): one.coefficient for one in instance.shares}
    assert share["EX01", "soiree"] == 1 and share["EX03", "soiree"] == 0.5
    assert 0.6 < share["EX02", "soiree"] < 0.7
    assert ("EX01", "nuit") not in share and ("EX02", "nuit") in share


def test_a_department_overseas_lives_by_its_own_clock() -> None:
    choices = example().choices.model_copy(update={"territory": "reunion"})
    instance = instance_of(example().model_copy(update={"choices": choices}))
    assert instance.timezone == "Indian/Reunion"
    assert instance.duties[0].start.utcoffset().total_seconds() == 4 * 3600
