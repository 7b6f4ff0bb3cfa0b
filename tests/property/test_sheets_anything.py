"""Whatever is typed in a planning workbook, or happens to its bytes, reading it ends in problems, never in an exception."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Period
from rosterplan.sheets.cells.dates import read_date, read_days
from rosterplan.sheets.cells.hours import read_hour, read_hours
from rosterplan.sheets.cells.values import read_integer, read_number, read_percent, read_rpps, read_yes_no
from rosterplan.sheets.cells.vocabulary import read_days_of_week
from rosterplan.sheets.cells.workbook import read_workbook
from rosterplan.sheets.plan.spans import read_spans
from rosterplan.sheets.plan.write import plan_workbook
from tests.sheets_factory import WINTER, Editor, example, written

NASTY = st.sampled_from(
    ("", " ", ";", "=", "=;=", "a = b = c ; d", "%", "100000000000 %", "1e400", "-", "—", "12h30h", "31/02", "0/0/0000",
     "99/99/9999", "du au", "du 3 au", "- - -", "nuit : : :", "toutes toutes", "M001 + ", "+", "( )", "()", "(EX01)", "²", "٣", "½",
     "1er", "Pâques + 99999", "Pâques - 61", "lundi à", "à", ",", "\n", "x" * 5000, "é" * 200, "🩺", "\u202e", "#N/A", "=A1", "NaN", "inf")
)  # fmt: skip
VALUES = st.one_of(
    NASTY,
    st.text(max_size=20),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
QUICK = {"deadline": None, "phases": (Phase.explicit, Phase.reuse, Phase.generate)}
SHEETS = sorted(name for name in written().sheets if name not in ("Mode d’emploi", "_listes"))


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, int, int, object]]:
    found = []
    for _ in range(draw(st.integers(1, 8))):
        sheet = draw(st.sampled_from(SHEETS))
        widest = max(map(len, written().sheets[sheet].rows), default=1)
        found.append((sheet, draw(st.integers(2, 12)), draw(st.integers(0, widest)), draw(VALUES)))
    return found


@settings(max_examples=60, **QUICK)
@given(edits())
def test_whatever_is_typed_nothing_raises(typed: list[tuple[str, int, int, object]]) -> None:
    editor = Editor()
    for sheet, row, column, value in typed:
        editor.put(sheet, row, column, value)
    found = editor.read()
    for problem in found.problems:
        assert (
            problem.code
            and problem.found
            and problem.wanted
            and max(map(len, (problem.found, problem.wanted, problem.remedy))) < 800
        )
    assert found.sound == (found.draft is not None and all(problem.severity != "erreur" for problem in found.problems))


@settings(max_examples=300, **QUICK)
@given(VALUES)
def test_every_reader_of_a_cell_gives_a_value_or_a_problem(value: object) -> None:
    for read, kinds in (
        (lambda cell: read_date(cell, WINTER), date),
        (lambda cell: read_days(cell, WINTER), tuple),
        (lambda cell: read_spans(cell, WINTER), tuple),
        (read_hour, int),
        (read_hours, tuple),
        (read_number, float),
        (read_integer, int),
        (read_percent, float),
        (read_yes_no, bool),
        (read_days_of_week, frozenset),
        (lambda cell: read_rpps(cell)[0], str),
    ):
        assert isinstance(read(value), (kinds, Problem))


@settings(max_examples=60, **QUICK)
@given(st.data())
def test_damaged_bytes_are_refused_or_read_never_raised(data: st.DataObject) -> None:
    content = bytearray(PLAN)
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        path.write_bytes(bytes(content))
        found = read_workbook(path)
    assert found.readable or found.problems


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from(("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%y", "%d-%m-%Y", "%d %m %Y")),
)
def test_a_date_written_out_is_read_back(day: date, form: str) -> None:
    if "%y" in form and day.year == 2100:
        return
    assert read_date(day.strftime(form)) == day


@given(st.integers(0, 1439))
def test_an_hour_written_out_is_read_back(minutes: int) -> None:
    hour, minute = divmod(minutes, 60)
    for form in (f"{hour}h{minute:02}", f"{hour:02}:{minute:02}", f"{hour} h {minute:02}", f"{hour:02}{minute:02}"):
        assert read_hour(form) == minutes
    assert read_hour(time(hour, minute)) == read_hour(timedelta(minutes=minutes)) == minutes
    assert read_hour(datetime(2027, 1, 1, hour, minute)) == minutes


@given(st.dates(date(2026, 6, 1), date(2028, 6, 1)), st.integers(27, 300))
def test_a_date_without_year_falls_in_the_period_where_it_can(start: date, length: int) -> None:
    period = Period(start=start, end=start + timedelta(days=length))
    for day in (period.start, period.end):
        assert read_date(f"{day.day}/{day.month}", period) in (
            day,
            day.replace(year=start.year) if day.day != 29 else day,
        )


PLAN = plan_workbook(example())
