"""Sheet `Juste répartition`: what is measured of the sharing, then every doctor in every group and band."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.fairness import FairnessFigures, figures
from rosterplan.messages import say
from rosterplan.messages.palette import BLUE, FONT, GRID, NAVY, SKY, SLATE
from rosterplan.report.facts import Facts
from rosterplan.report.share_lines import ONE_DUTY, ShareLine, ShareTable, cause_word
from rosterplan.report.tableau.book import Book, Column, Row, head, paragraph, put, section, set_columns, table
from rosterplan.report.tableau.doctor_pages import said_to_doctors
from rosterplan.report.tableau.names import SHARES
from rosterplan.report.tableau.page import set_cut_pages, set_page
from rosterplan.report.trade import band_word

_BUCKETS: Final = ((None, -1.5), (-1.5, -0.5), (-0.5, 0.5), (0.5, 1.5), (1.5, None))
"""Gaps held − target counted together, lower bound included [duties]."""

_CHART_ROWS: Final = 17

_ANY_HEIGHT: Final = 1.0
"""The width alone sets the scale: what is long goes on over as many pages as it takes [points]."""


def write_shares(book: Book, facts: Facts, shares: ShareTable) -> None:
    """Write the figures, the chart of gaps, and one row per doctor, group and band."""
    sheet = book.workbook.get_worksheet_by_name(SHARES)
    columns = _columns()
    last = len(columns) - 1
    title = say(fr="Juste répartition", en="Fair sharing")
    row = head(book, sheet, title, said_to_doctors(), last_column=last, lines=2)
    set_columns(sheet, columns)
    if not shares.lines:
        none = say(fr="Aucune part n’a été calculée pour ce tableau.", en="No share was computed for this roster.")
        paragraph(book, sheet, row, none, last_column=last, width=180)
        set_page(book, sheet, title)
        return
    row = _figures(book, sheet, row, figures(facts.instance, facts.roster), last)
    row = _gaps(book, sheet, row + 1, facts, shares, last)
    row = section(book, sheet, row + 1, say(fr="Par groupe et catégorie", en="By group and kind"), last_column=last)
    row = _bands(book, sheet, row, facts, shares)
    page = row + 1
    row = section(book, sheet, page, say(fr="Par médecin", en="By doctor"), last_column=last)
    end = table(book, sheet, row, columns, [_row(facts, line) for line in shares.lines])
    sheet.autofilter(row, 0, end - 1, last)
    sheet.repeat_rows(row)
    widths = [column.width for column in columns]
    set_cut_pages(book, sheet, title, widths=widths, height=_ANY_HEIGHT, breaks=(page,))


def _columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Groupe", en="Group"), 26),
        Column(say(fr="Catégorie", en="Kind"), 17),
        Column(say(fr="Médecin", en="Doctor"), 29, ("strong",)),
        Column(say(fr="Coeffi-\ncient", en="Coeffi-\ncient"), 9, ("hundredths",)),
        Column(say(fr="Part, en une ligne", en="Share, in one line"), 38),
        Column(say(fr="Solde\nd’ouverture", en="Opening\nbalance"), 11, ("signed",)),
        Column(say(fr="Cible", en="Target"), 9, ("hundredths",)),
        Column(say(fr="Gardes\ntenues", en="Duties\nheld"), 9, ("whole", "strong")),
        Column(say(fr="Écart à\nla cible", en="Gap to\ntarget"), 9, ("signed",)),
        Column(say(fr="Solde de\nclôture", en="Closing\nbalance"), 11, ("signed",)),
        Column(say(fr="Cause de l’écart", en="Cause of the gap"), 18),
    )


def _row(facts: Facts, line: ShareLine) -> Row:
    return Row(
        (
            facts.group_name.get(line.group, line.group), band_word(line.band), facts.name_of.get(line.doctor, line.doctor), line.coefficient or None,
            line.arithmetic, line.opening / ONE_DUTY, None if line.renfort else line.target / ONE_DUTY, line.held,
            None if line.renfort else line.gap / ONE_DUTY, None if line.renfort else line.closing / ONE_DUTY,
            cause_word(line.cause),
        ),
        ("holiday",) if line.notable else (),
    )  # fmt: skip


def _figures(book: Book, sheet: Worksheet, row: int, found: FairnessFigures, last: int) -> int:
    """The figures measured of every roster, a line each: what it is, its value, how to read it."""
    row = section(book, sheet, row, say(fr="Ce qui est mesuré", en="What is measured"), last_column=last)
    measured = (
        (
            found.outside_target, "percent",
            say(fr="des parts s’écartent d’une garde ou plus de leur cible", en="of shares are one duty or more off their target"),
        ),
        (found.mean_deviation, "hundredths", say(fr="garde d’écart en moyenne", en="of a duty, mean gap")),
        (
            found.largest_deviation, "hundredths",
            say(fr="garde : plus grand écart, rapporté au coefficient", en="duties: largest gap over coefficient"),
        ),
        (
            max((spread.spread for spread in found.spreads), default=0.0), "hundredths",
            say(fr="gardes entre le plus et le moins servi d’une même catégorie", en="duties between most and least in one kind"),
        ),
        (found.jain, "thousandths", say(fr="indice de Jain des points (1 : tous égaux)", en="Jain’s index of points (1: all equal)")),
        (found.cost, "hundredths", say(fr="gardes² : la somme que le calcul rend minimale", en="duties²: the sum the calculation minimises")),
    )  # fmt: skip
    for value, look, words in measured:
        put(book, sheet, row, 0, value, book.pen("value", look, "left"))
        put(book, sheet, row, 1, words, book.pen("label"))
        row += 1
    return row


def _gaps(book: Book, sheet: Worksheet, row: int, facts: Facts, shares: ShareTable, last: int) -> int:
    """How many shares miss their target by how much, per band: a small table and its chart."""
    row = section(book, sheet, row, say(fr="Écarts à la cible", en="Gaps to the target"), last_column=last)
    labels = _bucket_labels()
    bands = [band for band in facts.bands if any(line.band == band and not line.renfort for line in shares.lines)]
    columns = (Column(say(fr="Écart", en="Gap"), 0), *(Column(band_word(band), 0, ("whole",)) for band in bands))
    counted = [[_in_bucket(shares.lines, band, bucket) for band in bands] for bucket in range(len(_BUCKETS))]
    first = row
    rows = [Row((label, *counts)) for label, counts in zip(labels, counted, strict=True)]
    table(book, sheet, row, columns, rows)
    chart = book.workbook.add_chart({"type": "column", "subtype": "stacked"})
    colours = (SKY, BLUE, NAVY, "#C9A24B", "#8C5A3C", "#6B7785", "#A7B8A0")
    for number in range(len(bands)):
        chart.add_series(
            {
                "name": [SHARES, first, 1 + number],
                "categories": [SHARES, first + 1, 0, first + len(labels), 0],
                "values": [SHARES, first + 1, 1 + number, first + len(labels), 1 + number],
                "fill": {"color": colours[number % len(colours)]},
                "gap": 60,
            }
        )
    plain = {"name": FONT, "size": 9, "bold": False, "color": SLATE}
    chart.set_title(
        {
            "name": say(fr="Médecins selon leur écart à la cible", en="Doctors by gap to target"),
            "name_font": {**plain, "bold": True},
        }
    )
    chart.set_x_axis({"num_font": plain})
    chart.set_y_axis({"num_font": plain, "major_gridlines": {"visible": True, "line": {"color": GRID}}})
    chart.set_legend({"position": "bottom", "font": plain})
    chart.set_size({"width": 900, "height": 300})
    sheet.insert_chart(first + len(rows) + 1, 0, chart, {"object_position": 1, "x_offset": 4, "y_offset": 8})
    return first + len(rows) + 1 + _CHART_ROWS


def _bucket_labels() -> tuple[str, ...]:
    return (
        say(fr="2 de moins ou plus", en="2 fewer or more"),
        say(fr="environ 1 de moins", en="about 1 fewer"),
        say(fr="à la cible", en="on target"),
        say(fr="environ 1 de plus", en="about 1 more"),
        say(fr="2 de plus ou davantage", en="2 more or above"),
    )


def _in_bucket(lines: Sequence[ShareLine], band: str, bucket: int) -> int:
    low, high = _BUCKETS[bucket]
    gaps = (line.gap / ONE_DUTY for line in lines if line.band == band and not line.renfort)
    return sum(1 for gap in gaps if (low is None or gap >= low) and (high is None or gap < high))


def _bands(book: Book, sheet: Worksheet, row: int, facts: Facts, shares: ShareTable) -> int:
    """Per group and band: duties to share, doctors, smallest and largest, spread of the gaps."""
    columns = (
        Column(say(fr="Groupe", en="Group"), 0),
        Column(say(fr="Catégorie", en="Kind"), 0),
        Column(say(fr="Gardes à partager ÷ somme des coefficients", en="Duties to share ÷ sum of coefficients"), 0),
        Column(say(fr="Méde-\ncins", en="Doctors"), 0, ("whole",)),
        Column(say(fr="Gardes par médecin", en="Duties per doctor"), 0, ("centre",)),
        Column(say(fr="Étendue\ndes écarts", en="Spread\nof gaps"), 0, ("hundredths",)),
        Column(say(fr="En\nrenfort", en="Helping\nout"), 0, ("whole",)),
    )
    rows = [_band(facts.group_name.get(group, group), band, lines) for (group, band), lines in shares.of_band.items()]
    return table(book, sheet, row, columns, rows)


def _band(group: str, band: str, lines: Sequence[ShareLine]) -> Row:
    owing = [line for line in lines if not line.renfort]
    held = [line.held for line in owing]
    gaps = [line.gap for line in owing]
    helped = sum(line.held for line in lines if line.renfort)
    if not owing:
        return Row((group, band_word(band), "", 0, "", None, helped))
    total = f"{owing[0].positions} ÷ {owing[0].total_weight:.2f}".replace(".", say(fr=",", en="."))
    span = say(fr=f"de {min(held)} à {max(held)}", en=f"from {min(held)} to {max(held)}")
    return Row((group, band_word(band), total, len(owing), span, (max(gaps) - min(gaps)) / ONE_DUTY, helped or None))
