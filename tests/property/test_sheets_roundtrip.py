"""A plan written as a workbook and read back is the same plan; an instance written as JSON is the same instance."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from rosterplan.domain.calendar.choices import DEFAULT_BANDS, Band, CalendarChoices, Feast, FeastDay
from rosterplan.domain.calendar.clock import moment
from rosterplan.domain.calendar.days import WEEKDAY_NAMES
from rosterplan.domain.calendar.holidays import TIMEZONES
from rosterplan.domain.calendar.hours import OpeningHours, SpecialDay, YearlySeason
from rosterplan.domain.calendar.school import SchoolHoliday
from rosterplan.domain.calendar.turns import HouseTurn
from rosterplan.domain.instance import Balance, FixedAssignment, PastDuty, Period, Plan, ServiceHours
from rosterplan.domain.people import DateSpan, Doctor, Establishment, Exemption, Membership
from rosterplan.domain.rulebook import RuleRow, Scope, Strength
from rosterplan.domain.work import Group, Line, Sector, Site
from rosterplan.rules import BY_CODE, RULES
from rosterplan.rules.base import read_rule
from rosterplan.sheets.cells.text import clean_text
from rosterplan.sheets.instance_json import input_sha256, instance_json, read_instance_json
from rosterplan.sheets.plan.assemble import instance_of, work_of
from rosterplan.sheets.plan.content import DemandHours, PlanContent
from rosterplan.sheets.plan.read import read_plan
from rosterplan.sheets.plan.rules import usual_params
from rosterplan.sheets.plan.write import plan_workbook

START = date(2027, 1, 1)
IDS = st.from_regex(r"[A-Z][A-Za-z0-9\-]{0,8}", fullmatch=True)
DAYS = st.integers(-40, 130).map(lambda offset: START + timedelta(days=offset))
SKILLS = st.lists(st.sampled_from(("urgences", "pédiatrie", "coronarographie")), unique=True, max_size=2).map(tuple)


QUICK = {
    "deadline": None,
    "phases": (Phase.explicit, Phase.reuse, Phase.generate),  # a plan is large: shrinking one takes minutes
    "suppress_health_check": (HealthCheck.too_slow, HealthCheck.data_too_large),
}


def typed(text: str) -> bool:
    return clean_text(text) == text and " ".join(text.split()) == text and bool(text) and "_x" not in text


TEXTS = st.one_of(
    st.sampled_from(
        ("=1+1", "+33 6", "@SOMME(A1)", "-1", "Le Guén", "D'Œuvre", "12", "oui", "3 mars", "#N/A", "a ; b, c")
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12).filter(typed),
)


def span(start: st.SearchStrategy[date] = DAYS) -> st.SearchStrategy[DateSpan]:
    def build(first: date, length: int, sides: str) -> DateSpan:
        last = first + timedelta(days=length)
        return DateSpan(start=first if "s" in sides else None, end=last if "e" in sides else None)

    return st.builds(build, start, st.integers(0, 60), st.sampled_from(("se", "s", "e")))


SPANS = span()
OPEN_SPANS = st.one_of(st.just(DateSpan()), SPANS)


@st.composite
def _choices(draw: st.DrawFn) -> CalendarChoices:
    bands = tuple(Band(id=band.id, name=band.name, points=draw(st.integers(0, 100))) for band in DEFAULT_BANDS)
    days = st.one_of(
        st.builds(lambda offset: FeastDay(after_easter=offset), st.integers(-60, 120)),
        st.builds(lambda day, start: FeastDay(month=day.month, day=day.day, start=start, points=6), st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.integers(0, 1439)),
    )  # fmt: skip
    feasts = [
        Feast(id=name, name=draw(TEXTS), days=tuple(draw(st.lists(days, min_size=1, max_size=3))), band=draw(st.sampled_from((None, "fete"))))
        for name in ("noel", "jour-de-l-an", *draw(st.lists(st.sampled_from(("paques", "ete")), unique=True)))
    ]  # fmt: skip
    zone = draw(st.sampled_from((None, "A", "Corse")))
    school = (
        [SchoolHoliday(zone=zone, start=START, end=draw(DAYS.filter(lambda day: day >= START)), name=draw(TEXTS))]
        if zone
        else []
    )
    pont = draw(st.integers(0, 1300))
    return CalendarChoices(
        territory=draw(st.sampled_from(("metropole", "reunion", "alsace-moselle"))),
        saturday_from_noon=draw(st.booleans()),
        pont_friday_after=draw(st.booleans()),
        pont_saturday_after_thursday=draw(st.booleans()),
        pont_start=pont,
        pont_end=draw(st.integers(pont + 1, 1440)),
        school_zone=zone,
        school_dates=tuple(school),
        bands=bands,
        pont_band=draw(st.sampled_from([band.id for band in bands])),
        feasts=tuple(feasts),
    )


@st.composite
def _doctor(draw: st.DrawFn, name: str, refer: dict[str, list[str]]) -> Doctor:
    some = {noun: st.lists(st.sampled_from(ids), unique=True, max_size=2).map(tuple) for noun, ids in refer.items()}
    sectors = draw(some["sectors"])
    parts = draw(st.sampled_from(([1.0, 0.0], [0.7, 0.3], [0.29, 0.0], [0.0, 0.0], [0.0, 1.0])))
    exemption = st.builds(
        lambda days, bands: Exemption(start=days.start, end=days.end, bands=bands), OPEN_SPANS, some["bands"]
    )
    return Doctor(
        id=name,
        last_name=draw(TEXTS),
        first_name=draw(st.one_of(st.just(""), TEXTS)),
        profession=draw(st.sampled_from(("medecin", "infirmier", "sage-femme"))),
        status=draw(st.sampled_from(("liberal", "PH", "docteur-junior", "remplacant"))),
        establishment=draw(st.one_of(st.none(), st.sampled_from(refer["establishments"]))),
        sectors=tuple(
            Membership(sector=sector, participation=part) for sector, part in zip(sectors, parts, strict=False)
        ),
        lines=draw(some["lines"]),
        modalities=tuple(draw(st.lists(st.sampled_from(("fixe", "mobile", "snp", "garde")), unique=True, min_size=1))),
        skills=draw(SKILLS),
        refused_sites=draw(some["sites"]),
        quota=draw(st.integers(0, 200)) / 100,
        on_list=draw(OPEN_SPANS),
        long_absences=tuple(draw(st.lists(SPANS, max_size=2))),
        exemptions=tuple(draw(st.lists(exemption, max_size=2))),
        licence_until=draw(st.one_of(st.none(), DAYS)),
        maximum=draw(st.one_of(st.none(), st.integers(0, 99))),
        practice=draw(st.one_of(st.none(), TEXTS)),
        volunteer=draw(st.booleans()),
        accepts_beyond_cap=draw(st.booleans()),
        consents=draw(st.lists(st.sampled_from([rule.code for rule in RULES]), unique=True, max_size=2).map(tuple)),
        site=draw(st.one_of(st.none(), st.sampled_from(refer["sites"]))),
        phone=draw(st.sampled_from(("", "0612345678", "02 40 00 00 00"))),
        rpps=draw(st.sampled_from(("", "10101234567"))),
    )


@st.composite
def _shift(draw: st.DrawFn, refer: dict[str, list[str]]) -> dict[str, object]:
    start, end = draw(st.integers(0, 1439)), draw(st.integers(1, 1440))
    least = draw(st.integers(0, 3))
    later = draw(st.sampled_from((None, 1, 3) if end <= start else (None, 0, 1)))
    return {
        "start": start,
        "end": end,
        "days_later": later,
        "need_min": least,
        "need_max": draw(st.one_of(st.none(), st.integers(least, 5))),
        "band": draw(st.one_of(st.none(), st.sampled_from(refer["bands"]))),
        "points": draw(st.one_of(st.none(), st.integers(0, 100))),
        "site": draw(st.one_of(st.none(), st.sampled_from(refer["sites"]))),
        "establishments": draw(st.lists(st.sampled_from(refer["establishments"]), unique=True, max_size=2).map(tuple)),
    }


@st.composite
def _hours(draw: st.DrawFn, refer: dict[str, list[str]]) -> OpeningHours:
    names = (*WEEKDAY_NAMES, "ferie", "veille-de-ferie", "pont", "pont-lundi", "pont-samedi")
    day = st.dates(date(2024, 1, 1), date(2024, 12, 31))
    season = st.builds(
        lambda a, b: YearlySeason(start_month=a.month, start_day=a.day, end_month=b.month, end_day=b.day), day, day
    )
    return OpeningHours(
        line=draw(st.sampled_from(refer["lines"])),
        days=frozenset(draw(st.sets(st.sampled_from(names), min_size=1))),
        valid=draw(OPEN_SPANS),
        season=draw(st.one_of(st.none(), season)),
        **draw(_shift(refer)),
    )


@st.composite
def _special(draw: st.DrawFn, refer: dict[str, list[str]]) -> SpecialDay:
    kind = draw(st.sampled_from(("fermeture", "ouverture", "ferie", "comme-dimanche")))
    shift = draw(_shift(refer)) if kind in ("ouverture", "fermeture") else {}
    first = draw(DAYS)
    return SpecialDay(
        kind=kind,
        first=first,
        last=draw(st.one_of(st.none(), st.integers(0, 9).map(lambda days: first + timedelta(days=days)))),
        lines=draw(st.lists(st.sampled_from(refer["lines"]), unique=True, max_size=2).map(tuple)),
        name=draw(st.one_of(st.just(""), TEXTS)),
        **shift,
    )


@st.composite
def _rule(draw: st.DrawFn, refer: dict[str, list[str]]) -> RuleRow:
    kind = draw(
        st.sampled_from(
            [rule for rule in RULES if rule.code not in ("juste-repartition", "pairs-apart", "pairs-together")]
        )
    )
    some = {
        noun: draw(st.lists(st.sampled_from(ids), unique=True, max_size=2).map(tuple)) for noun, ids in refer.items()
    }
    strength = None
    if draw(st.booleans()):
        name = draw(st.sampled_from(kind.kinds))
        weight = draw(st.integers(1, 2**31 - 1))
        strength = (
            Strength()
            if name == "hard"
            else Strength(kind=name, stage=draw(st.sampled_from(("caps", "comfort", "blend"))), weight=weight)
        )
    row = RuleRow(
        code=kind.code,
        params=usual_params(kind) if draw(st.booleans()) else {},
        scope=Scope(
            lines=some["lines"],
            sectors=some["sectors"],
            bands=some["bands"],
            establishments=some["establishments"],
            statuses=draw(st.sampled_from(((), ("PH", "HU")))),
            modalities=draw(st.sampled_from(((), ("fixe",)))),
            doctors=some["doctors"],
        ),
        strength=strength,
        source=draw(st.one_of(st.just(""), TEXTS)),
    )
    try:
        read_rule(row, BY_CODE)
    except ValidationError:
        return row.model_copy(update={"scope": Scope()})
    return row


@st.composite
def _past(draw: st.DrawFn, refer: dict[str, list[str]], choices: CalendarChoices) -> PastDuty:
    zone = ZoneInfo(TIMEZONES[choices.territory])
    day, start = START - timedelta(days=draw(st.integers(1, 800))), draw(st.integers(0, 1439))
    begins, ends = moment(day, start, zone), moment(day, start + draw(st.integers(90, 2880)), zone)
    return PastDuty(
        doctor=draw(st.sampled_from(refer["doctors"])),
        line=draw(st.one_of(st.sampled_from(refer["lines"]), st.just("ANCIENNE"))),
        start=begins,
        end=ends,
        band=draw(st.sampled_from(refer["bands"])),
        points=draw(st.integers(0, 100)),
        site=draw(st.one_of(st.none(), st.sampled_from(refer["sites"]))),
        feast=draw(st.one_of(st.none(), st.sampled_from([feast.id for feast in choices.feasts]))),
    )


@st.composite
def _lines(draw: st.DrawFn, names: list[str], refer: dict[str, list[str]]) -> tuple[Line, ...]:
    return tuple(
        Line(
            id=name,
            name=draw(TEXTS),
            modality=draw(st.sampled_from(("fixe", "mobile", "astreinte"))),
            sector=draw(st.one_of(st.none(), st.sampled_from(refer["sectors"]))),
            establishments=draw(st.lists(st.sampled_from(refer["establishments"]), unique=True, max_size=2).map(tuple)),
            site=draw(st.one_of(st.none(), st.sampled_from(refer["sites"]))),
            site_follows_doctor=draw(st.booleans()),
            skills=draw(SKILLS),
            mode=draw(st.sampled_from(("simple", "alternee", "mutualisee", "mixte"))),
            phone=draw(st.sampled_from(("", "02 40 00 00 00"))),
        )
        for name in names
    )


@st.composite
def plans(draw: st.DrawFn) -> PlanContent:
    choices = draw(_choices())
    names = draw(st.lists(IDS, min_size=8, max_size=12, unique_by=str.casefold))
    refer = {
        "establishments": names[:2],
        "sites": names[2:4],
        "sectors": names[4:6],
        "bands": [band.id for band in choices.bands],
    }
    lines = draw(_lines(names[6:], refer))
    refer |= {
        "lines": [line.id for line in lines],
        "doctors": [f"M{number:03}" for number in range(draw(st.integers(1, 3)))],
    }
    grouped: dict[str, list[str]] = {}
    for line in lines:
        if group := draw(st.sampled_from((line.sector, "commun", None))):
            grouped.setdefault(group, []).append(line.id)
    many = {"max_size": 3}
    first = draw(DAYS)
    content = PlanContent(
        id=draw(IDS),
        kinds=draw(st.sampled_from((("pdsa",), ("pdses", "regulation")))),
        period=Period(start=START, end=date(2027, 1, 31)),
        plan=Plan(
            answer_deadline=draw(st.one_of(st.none(), DAYS.filter(lambda day: day < START))),
            missing_answers=draw(st.sampled_from(("a-relancer", "disponible", "comme-au-dernier-trimestre"))),
            fairness_tolerance=draw(st.integers(0, 1000)) / 1000,
        ),
        choices=choices,
        reply_to=draw(st.one_of(st.just(""), TEXTS)),
        establishments=tuple(Establishment(id=name, name=draw(TEXTS), status="espic", full_time_equivalents=12.5) for name in refer["establishments"]),
        sites=tuple(Site(id=name, name=draw(TEXTS), address=draw(TEXTS), isolated=draw(st.booleans())) for name in refer["sites"]),
        sectors=tuple(Sector(id=name, name=draw(TEXTS)) for name in refer["sectors"]),
        lines=lines,
        groups=tuple(Group(id=group, lines=tuple(found)) for group, found in grouped.items()),
        doctors=tuple(draw(_doctor(name, refer)) for name in refer["doctors"]),
        hours=tuple(draw(st.lists(_hours(refer), **many))),
        special_days=tuple(draw(st.lists(_special(refer), **many))),
        demands=tuple(
            DemandHours(line=refer["lines"][0], days=frozenset(("lundi",)), start=start, end=1440, need=2, step_minutes=30)
            for start in draw(st.lists(st.integers(0, 1400), max_size=2, unique=True))
        ),
        turns=(HouseTurn(line=refer["lines"][0], first=first, last=first + timedelta(days=7), establishment=names[0]),),
        service_hours=(ServiceHours(doctor="M000", start=START, end=START + timedelta(days=30), hours=draw(st.integers(0, 4000)) / 10),),
        history=tuple(draw(st.lists(_past(refer, choices), **many))),
        balances=tuple(
            Balance(doctor="M000", group=group, band=draw(st.sampled_from(refer["bands"])), balance_hundredths=draw(st.integers(-9999, 9999)))
            for group in grouped
        ),
        rules=tuple(draw(st.lists(_rule(refer), **many))),
    )  # fmt: skip
    duties = work_of(content).duties
    fixed = draw(st.lists(st.sampled_from(duties), max_size=2, unique_by=lambda duty: duty.id)) if duties else []
    return content.model_copy(update={"fixed": tuple(FixedAssignment(doctor="M000", duty=duty.id) for duty in fixed)})


def without_rows(content: PlanContent) -> PlanContent:
    """Where rows stand is not part of what was written."""
    update = {}
    for field in ("hours", "special_days", "demands", "rules"):
        update[field] = tuple(item.model_copy(update={"row": ""}) for item in getattr(content, field))
    return content.model_copy(update=update)


@settings(max_examples=25, **QUICK)
@given(plans())
def test_read_after_write_is_the_identity(content: PlanContent) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        path.write_bytes(plan_workbook(content))
        found = read_plan(path)
    unexpected = [
        problem
        for problem in found.problems
        if problem.severity == "erreur" and not problem.code.startswith(("hours-", "fixed-", "nothing-to-plan"))
    ]
    assert unexpected == []
    assert found.content is not None
    read = without_rows(found.content)
    for field in PlanContent.model_fields:
        assert getattr(read, field) == getattr(without_rows(content), field), field
    assert found.draft == instance_of(found.content)


@settings(max_examples=15, **QUICK)
@given(plans())
def test_an_instance_is_the_same_through_json(content: PlanContent) -> None:
    instance = instance_of(content)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "instance.json"
        path.write_bytes(instance_json(instance))
        read, problems = read_instance_json(path)
    assert problems == () and read == instance
    assert instance_json(read) == instance_json(instance) and input_sha256(read) == input_sha256(instance)
