"""What makes Excel offer a repair is in no workbook we write; Excel itself is not at hand, its published limits are.

Limits: « Excel specifications and limits » of its vendor, and ECMA-376 part 1 (18.3.1.32 data validation, 18.3.1.46
header and footer, 18.3.1.55 merged cells, 18.2.19 sheet names).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from rosterplan.domain.instance import Period
from rosterplan.report.facts import Facts
from rosterplan.report.tableau.workbook import tableau_xlsx
from rosterplan.rules.book import rule_book
from rosterplan.sheets.checklists import problems_xlsx, relances_xlsx, understood_xlsx
from rosterplan.sheets.forms.all_forms import all_forms
from rosterplan.sheets.plan.template import KINDS_WITH_TEMPLATE, template
from rosterplan.sheets.plan.write import plan_workbook
from tests.forms_factory import MADE_ON, asking, reading_of
from tests.report_factory import department as reported

QUARTER = Period(start=date(2027, 4, 1), end=date(2027, 6, 30))
SHEET_NAME, TEXT, LIST, TITLE, MESSAGE, HEADER = 31, 32_767, 255, 32, 255, 255


def workbooks() -> Iterator[tuple[str, bytes]]:
    """Every kind of workbook: plan, forms, lists of `check`, tableau."""
    for kind in KINDS_WITH_TEMPLATE:
        yield f"plan {kind}", plan_workbook(template(kind, "essai", QUARTER))
    for file in islice(all_forms(asking(), made_on=MADE_ON), 8):
        yield file.path, file.content
    reading = reading_of(Path("nowhere"))
    yield "problems", problems_xlsx(reading.problems, reading.questions.instance.period, made_on=MADE_ON)
    yield "understood", understood_xlsx(reading, made_on=MADE_ON)
    yield "relances", relances_xlsx(reading, made_on=MADE_ON)
    case = reported(sectors=3, doctors=20, start=date(2027, 1, 1), end=date(2027, 1, 31))
    yield "tableau", tableau_xlsx(Facts(case.instance, case.rules, case.roster, case.result, case.audit, "abc"))


@pytest.fixture(scope="module")
def books() -> dict[str, bytes]:
    return dict(workbooks())


def test_names_texts_lists_and_headers_keep_to_the_limits_of_excel(books: dict[str, bytes]) -> None:
    for name, content in books.items():
        book = openpyxl.load_workbook(io.BytesIO(content))
        names = [sheet.title.casefold() for sheet in book]
        assert len(names) == len(set(names)), name
        assert all(0 < len(one) <= SHEET_NAME and not re.search(r"[\[\]:*?/\\]|^'|'$", one) for one in names)
        for sheet in book:
            assert not [
                cell.coordinate for row in sheet.iter_rows() for cell in row if len(str(cell.value or "")) > TEXT
            ]
            for rule in sheet.data_validations.dataValidation:
                if rule.type == "list" and str(rule.formula1).startswith('"'):
                    assert len(rule.formula1) <= LIST + 2, (name, sheet.title, rule.sqref)
                assert max(len(rule.promptTitle or ""), len(rule.errorTitle or "")) <= TITLE
                assert max(len(rule.prompt or ""), len(rule.error or "")) <= MESSAGE
            assert all(size <= HEADER for size in _header_sizes(sheet))


def test_merged_ranges_never_overlap(books: dict[str, bytes]) -> None:
    for name, content in books.items():
        for sheet in openpyxl.load_workbook(io.BytesIO(content)):
            seen: set[tuple[int, int]] = set()
            for area in sheet.merged_cells.ranges:
                cells = {(row, column) for row, column in area.cells}
                assert not seen & cells, (name, sheet.title, str(area))
                seen |= cells


def test_the_parts_of_the_file_hold_together(books: dict[str, bytes]) -> None:
    """Every part is typed, every relation leads somewhere, no character XML forbids, each style exists."""
    for name, content in books.items():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {one: archive.read(one) for one in archive.namelist()}
        types = parts["[Content_Types].xml"].decode()
        for part, xml in parts.items():
            extension = part.rpartition(".")[2]
            assert f'PartName="/{part}"' in types or f'Extension="{extension}"' in types, (name, part)
            assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#x?0*(?:[0-8bcef]|1[0-9a-f]);", xml, re.I), (
                name,
                part,
            )
            if part.endswith(".rels"):
                home = part.replace("_rels/", "").rpartition("/")[0]
                for target, mode in re.findall(r'Target="([^"]+)"( TargetMode="External")?', xml.decode()):
                    assert mode or _joined(home, target) in parts, (name, part, target)
        looks = parts["xl/styles.xml"].decode()
        count = int(re.search(r"<cellXfs count=\"(\d+)\"", looks)[1])
        used = [
            int(one) for part, xml in parts.items() if "worksheets/" in part for one in re.findall(rb' s="(\d+)"', xml)
        ]
        assert max(used, default=0) < count, name


def _joined(home: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    place = [*home.split("/")] if home else []
    for step in target.split("/"):
        if step == "..":
            place.pop()
        else:
            place.append(step)
    return "/".join(place)


def _header_sizes(sheet: Worksheet) -> Iterator[int]:
    for side in (sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter):
        yield sum(len(part.text or "") for part in (side.left, side.center, side.right))


def test_the_rule_book_of_the_template_is_read(tmp_path, books) -> None:
    """The workbooks above are real ones: the plan reads back with rules."""
    from rosterplan.sheets.plan.read import read_plan

    (tmp_path / "plan.xlsx").write_bytes(books["plan pdsa"])
    draft = read_plan(tmp_path / "plan.xlsx").draft
    assert draft is not None
    assert len(rule_book(draft)) > 10
