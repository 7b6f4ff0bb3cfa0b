"""A plan as the workbook people fill in: what ``read_plan`` reads back is what was written, to the last value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from zoneinfo import ZoneInfo

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.calendar.holidays import TIMEZONES
from rosterplan.domain.calendar.hours import SpecialDay
from rosterplan.messages.palette import MIST, NAVY
from rosterplan.rules import RULES
from rosterplan.sheets.cells.tables import Column, SheetLayout, as_text
from rosterplan.sheets.plan.assemble import work_of
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.fixed import Duties, fixed_cells
from rosterplan.sheets.plan.guide import write_guide
from rosterplan.sheets.plan.history import balance_cells, past_duty_cells, service_hours_cells, turn_cells
from rosterplan.sheets.plan.layout import FIXED, HISTORY, RULES_SHEET, SERVICE_HOURS, TURNS
from rosterplan.sheets.plan.layout_leaves import LEAVES
from rosterplan.sheets.plan.layout_people import DOCTORS, ESTABLISHMENTS, SECTORS, SITES
from rosterplan.sheets.plan.layout_rates import RATES
from rosterplan.sheets.plan.layout_work import DEMANDS, HOURS, LINES, SPECIAL_DAYS
from rosterplan.sheets.plan.leaves import leave_cells
from rosterplan.sheets.plan.opening_hours import demand_cells, hours_cells, special_day_cells
from rosterplan.sheets.plan.people import Cells, doctor_cells, establishment_cells
from rosterplan.sheets.plan.places import line_cells, sector_cells, site_cells
from rosterplan.sheets.plan.rates import rate_cells
from rosterplan.sheets.plan.rules import idle_rule_cells, rule_cells
from rosterplan.sheets.plan.settings_page import write_settings
from rosterplan.sheets.plan.style import Book, new_book, write_cell

HEADING_ROW = 3
"""Row of the headings [0-based]; a title and what the sheet is for stand above."""

LISTS_NAME = "_listes"
"""A hidden sheet of what drop-downs offer; never read."""

SPARE_ROWS = 60
"""Empty rows ready to be filled, with their drop-downs."""

_ORDER = (
    DOCTORS, SECTORS, ESTABLISHMENTS, SITES, LINES, HOURS, DEMANDS, RULES_SHEET, SPECIAL_DAYS, TURNS, FIXED,
    SERVICE_HOURS, HISTORY, RATES, LEAVES,
)  # fmt: skip
_ONLY_IF_FILLED = frozenset(layout.key for layout in (ESTABLISHMENTS, DEMANDS, TURNS, SERVICE_HOURS, RATES, LEAVES))


@dataclass(frozen=True)
class _Page:
    """A sheet to write: its layout and its rows; drop-downs lead to the other pages by their number of rows."""

    layout: SheetLayout
    rows: Sequence[Cells]

    @property
    def last_row(self) -> int:
        """The last row ready to be filled [0-based]."""
        return HEADING_ROW + len(self.rows) + SPARE_ROWS

    @property
    def identifiers(self) -> str:
        """Where the identifiers of this page stand, for a drop-down."""
        return f"='{self.layout.name}'!{xl_range_abs(HEADING_ROW + 1, 0, self.last_row, 0)}"


def plan_workbook(content: PlanContent) -> bytes:
    """The bytes of the workbook of a plan; the same plan gives the same bytes."""
    book = new_book(content.id, content.period.start)
    write_guide(book, content.id)
    write_settings(book, content)
    pages = {
        layout.key: _Page(layout, rows)
        for layout in _ORDER
        if (rows := _rows(content, layout)) or layout.key not in _ONLY_IF_FILLED
    }
    sources = {key: page.identifiers for key, page in pages.items()} | {"catalogue": _catalogue(len(RULES))}
    for page in pages.values():
        _write_page(book, page, sources)
    _write_catalogue(book)
    return book.content()


def _catalogue(rules: int) -> str:
    """Where the codes of every rule stand: too many to be listed in a drop-down itself."""
    return f"='{LISTS_NAME}'!{xl_range_abs(0, 0, rules - 1, 0)}"


def _write_catalogue(book: Book) -> None:
    sheet = book.workbook.add_worksheet(LISTS_NAME)
    sheet.hide()
    for row, kind in enumerate(RULES):
        sheet.write_string(row, 0, kind.code)


def _rows(content: PlanContent, layout: SheetLayout) -> Sequence[Cells]:
    """The rows of a sheet."""
    group_of = {line: group.id for group in content.groups for line in group.lines}
    makers: dict[str, Callable[[], Sequence[Cells]]] = {
        DOCTORS.key: lambda: [doctor_cells(doctor) for doctor in content.doctors],
        SECTORS.key: lambda: [sector_cells(sector) for sector in content.sectors],
        ESTABLISHMENTS.key: lambda: [establishment_cells(house) for house in content.establishments],
        SITES.key: lambda: [site_cells(site) for site in content.sites],
        LINES.key: lambda: [line_cells(line, group_of) for line in content.lines],
        HOURS.key: lambda: [hours_cells(hours) for hours in content.hours],
        DEMANDS.key: lambda: [demand_cells(demand) for demand in content.demands],
        RULES_SHEET.key: lambda: [*(rule_cells(row) for row in content.rules), *idle_rule_cells(content.rules)],
        SPECIAL_DAYS.key: lambda: [special_day_cells(special) for special in _special_days(content)],
        TURNS.key: lambda: [turn_cells(turn) for turn in content.turns],
        FIXED.key: lambda: _fixed_rows(content),
        SERVICE_HOURS.key: lambda: [service_hours_cells(service) for service in content.service_hours],
        HISTORY.key: lambda: _history_rows(content),
        RATES.key: lambda: [rate_cells(rate) for rate in content.rates],
        LEAVES.key: lambda: [leave_cells(columns) for columns in content.leaves],
    }
    return makers[layout.key]()


def _special_days(content: PlanContent) -> list[SpecialDay]:
    """Special days, local holidays of the calendar choices first: the workbook has one place for both."""
    local = [SpecialDay(kind="ferie", first=day.date, name=day.name) for day in content.choices.local_holidays]
    return [*local, *content.special_days]


def _fixed_rows(content: PlanContent) -> list[Cells]:
    if not content.fixed:
        return []
    duties = Duties(work_of(content).duties)
    return [fixed_cells(fixed, duties) for fixed in content.fixed]


def _history_rows(content: PlanContent) -> list[Cells]:
    zone = ZoneInfo(TIMEZONES[content.choices.territory])
    return [
        *(balance_cells(balance) for balance in content.balances),
        *(past_duty_cells(duty, zone) for duty in content.history),
    ]


def _write_page(book: Book, page: _Page, sources: Mapping[str, str]) -> None:
    layout = page.layout
    sheet = book.sheet(layout.name, NAVY if layout.required else MIST)
    sheet.set_default_row(18)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, layout.name, book.styles["title"])
    sheet.write_string(1, 0, layout.about, book.styles["about"])
    sheet.set_row(HEADING_ROW, 32)
    for offset, row in enumerate(page.rows):
        if (lines := _lines_of(row, layout)) > 1:
            sheet.set_row(HEADING_ROW + 1 + offset, 13 * lines + 5)
    for number, column in enumerate(layout.columns):
        _write_column(book, sheet, page, number, column)
        _offer(sheet, page, number, column, sources)
    sheet.freeze_panes(HEADING_ROW + 1, 2 if layout.columns[0].key == "id" else 1)
    if layout is RULES_SHEET:
        _grey_idle_rules(book, sheet, page)
    sheet.autofilter(HEADING_ROW, 0, max(HEADING_ROW + len(page.rows), HEADING_ROW + 1), len(layout.columns) - 1)
    sheet.repeat_rows(HEADING_ROW)
    sheet.print_area(0, 0, HEADING_ROW + max(len(page.rows), 20), len(layout.columns) - 1)


def _grey_idle_rules(book: Book, sheet: Worksheet, page: _Page) -> None:
    """Rules switched off are grey."""
    last_column = len(page.layout.columns) - 1
    active = next(number for number, column in enumerate(page.layout.columns) if column.key == "active")
    first_cell = xl_rowcol_to_cell(HEADING_ROW + 1, active, col_abs=True)
    options = {"type": "formula", "criteria": f'={first_cell}="non"', "format": book.styles["idle"]}
    sheet.conditional_format(HEADING_ROW + 1, 0, page.last_row, last_column, options)


def _lines_of(row: Cells, layout: SheetLayout) -> int:
    """How many lines of text the tallest cell of a row needs."""
    return max(ceil(len(as_text(row.get(column.key))) * 1.05 / column.width) or 1 for column in layout.columns)


def _write_column(book: Book, sheet: Worksheet, page: _Page, number: int, column: Column) -> None:
    values = [row.get(column.key) for row in page.rows]
    folded = column.rare and not any(value not in (None, "") for value in values)
    options = {"level": 1, "hidden": True} if folded else {}
    sheet.set_column(number, number, column.width, None, options)
    sheet.write_string(HEADING_ROW, number, column.heading, book.styles["heading"])
    if column.help:
        sheet.write_comment(HEADING_ROW, number, column.help, {"x_scale": 2, "y_scale": 0.8, "font_size": 9})
    style = book.styles[_style(column)]
    for offset in range(len(values) + SPARE_ROWS):
        value = values[offset] if offset < len(values) else None
        write_cell(sheet, HEADING_ROW + 1 + offset, number, value, style)


def _style(column: Column) -> str:
    plain = {"text": "text", "date": "date", "number": "figure"}[column.look]
    return plain if not column.required else {"text": "needed"}.get(plain, f"needed{plain}")


def _offer(sheet: Worksheet, page: _Page, number: int, column: Column, sources: Mapping[str, str]) -> None:
    """The drop-down of a column, and its help beside the chosen cell; other words are accepted where a list may be typed."""
    source: object = list(column.choices) or sources.get(column.source)
    options: dict[str, object] = {"validate": "list", "source": source} if source else {"validate": "any"}
    if column.help:
        options |= {"input_title": column.heading[:32], "input_message": column.help[:255]}
    if not source and not column.help:
        return
    options |= {"ignore_blank": True, "show_error": not column.many, "error_type": "warning"}
    options |= {"error_title": "Valeur inattendue", "error_message": "Cette valeur n'est pas dans la liste."}
    sheet.data_validation(HEADING_ROW + 1, number, page.last_row, number, options)
