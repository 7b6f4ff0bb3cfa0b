"""How sheets print: paper, margins, repeated titles, and on each page what it is, its version and its number."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from rosterplan.report.tableau.book import A3, A4, Book

_MARGIN_SIDE, _MARGIN_TOP, _MARGIN_BOTTOM = 0.45, 0.6, 0.65  # inches
_PAPER = {A4: (8.27, 11.69), A3: (11.69, 16.54)}  # inches, portrait
_MOST_TEXT = 80
_WIDER = 1.07  # LibreOffice draws a column of Arial 10 this much wider than Excel does
_LEAST_SCALE, _FULL_SCALE = 30, 100


def set_page(
    book: Book,
    sheet: Worksheet,
    name: str,
    *,
    paper: int = A4,
    landscape: bool = True,
    repeat: int | None = None,
    across: int = 1,
    one_page: bool = False,
) -> None:
    """``across`` pages wide (and one tall if ``one_page``); row ``repeat`` [0-based] begins every page after its own."""
    _frame(book, sheet, name, paper, landscape)
    sheet.fit_to_pages(across, 1 if one_page else 0)
    if repeat is not None:
        sheet.repeat_rows(repeat)


def page_points(widths: Sequence[float], *, paper: int = A4, landscape: bool = True) -> float:
    """Height of one page at the scale where columns of ``widths`` [characters] fill it, at most full size [points]."""
    across, down = _printable(paper, landscape)
    return 72 * down / min(1.0, across / _inches(widths))


def page_room(widths: Sequence[float], height: float, *, paper: int = A4, landscape: bool = True) -> float:
    """The scale at which columns of ``widths`` [characters] and rows of ``height`` [points] just fill one page."""
    across, down = _printable(paper, landscape)
    return min(across / _inches(widths), down / (height / 72))


def set_cut_pages(
    book: Book,
    sheet: Worksheet,
    name: str,
    *,
    widths: Sequence[float],
    height: float,
    breaks: Sequence[int],
    paper: int = A4,
    landscape: bool = True,
) -> None:
    """Pages cut before each row of ``breaks``, scaled so that columns of ``widths`` [characters] and ``height`` [points] fit.

    A fixed scale, because Excel drops the cuts of a sheet that is fitted to pages.
    """
    _frame(book, sheet, name, paper, landscape)
    scale = int(100 * page_room(widths, height, paper=paper, landscape=landscape))
    sheet.set_print_scale(max(_LEAST_SCALE, min(_FULL_SCALE, scale)))
    sheet.set_h_pagebreaks(list(breaks))


def _frame(book: Book, sheet: Worksheet, name: str, paper: int, landscape: bool) -> None:
    sheet.set_paper(paper)
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(left=_MARGIN_SIDE, right=_MARGIN_SIDE, top=_MARGIN_TOP, bottom=_MARGIN_BOTTOM)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    look = '&"Arial,Regular"&8&K5B6470'
    sheet.set_header(f"&L{look}{_plain(book.title)}&R{look}{_plain(name)}", {"margin": 0.3})
    sheet.set_footer(f"&L{look}{_plain(book.footer)}&R{look}page &P / &N", {"margin": 0.3})


def _plain(text: str) -> str:
    """Text of a header: an ampersand is doubled, and the whole stays under Excel's 255 characters."""
    return text[:_MOST_TEXT].replace("&", "&&")


def _printable(paper: int, landscape: bool) -> tuple[float, float]:
    """Width and height left by the margins [inches]."""
    short, long = _PAPER[paper]
    across, down = (long, short) if landscape else (short, long)
    return across - 2 * _MARGIN_SIDE, down - _MARGIN_TOP - _MARGIN_BOTTOM


def _inches(widths: Sequence[float]) -> float:
    """Width on paper of columns of so many characters: 7 pixels each and 5 beside, 96 to the inch, as LibreOffice draws them."""
    return _WIDER * sum(7 * width + 5 for width in widths) / 96
