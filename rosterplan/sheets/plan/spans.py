"""Spans of days, exemptions and parts of a quota as one cell lists them, and the words that say them back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Period
from rosterplan.domain.people import DateSpan, Exemption, Membership
from rosterplan.messages import say
from rosterplan.sheets.cells.dates import read_date, read_days
from rosterplan.sheets.cells.names import Names
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.text import fold
from rosterplan.sheets.cells.values import wrong
from rosterplan.sheets.cells.workbook import CellValue

_SINCE = re.compile(r"^(?:depuis|a partir|des|from|since)(?: du| de| le)* (.+)$")
_UNTIL = re.compile(r"^(?:jusqu'au|jusque|avant|until)(?: du| de| le)* (.+)$")
_DATES_OF_EXEMPTION = re.compile(
    r"^(.*?)[ :]*\b((?:(?:du|le|depuis|a partir|jusqu'?|from|until|since)\b(?=.*\d).*)|\d.*)$", re.DOTALL
)
_ALL_BANDS = frozenset(("", "toutes", "toute", "tout", "all"))
_PART = re.compile(r"^(.+?)[ (:=]+(renfort|backup|\d+(?:[.,]\d+)? ?%)\)?$", re.IGNORECASE)


def read_spans(value: CellValue, period: Period) -> tuple[DateSpan, ...] | Problem:
    """Spans of days separated by « ; »: « du 01/02 au 15/03/2027 », « depuis le 3 mars », « jusqu'au 05/01/2027 », one day."""
    if not isinstance(value, str):
        items: Sequence[CellValue] = (value,)
    else:
        items = [item.strip() for item in re.split(r"[;\n]", value) if item.strip()]
    spans: list[DateSpan] = []
    for item in items:
        span = _span(item, period)
        if isinstance(span, Problem):
            return span
        spans.append(span)
    return tuple(spans)


def _span(item: CellValue, period: Period) -> DateSpan | Problem:
    said = fold(as_text(item))
    for pattern, side in ((_SINCE, "start"), (_UNTIL, "end")):
        if match := pattern.match(said):
            day = read_date(match[1], period)
            return day if isinstance(day, Problem) else DateSpan(**{side: day})
    days = read_days(item, period)
    return days if isinstance(days, Problem) else DateSpan(start=days[0], end=days[1])


def read_exemptions(value: CellValue, period: Period, bands: Names) -> tuple[Exemption, ...] | Problem:
    """Exemptions separated by « ; »: « nuit », « samedi, dimanche : du 01/02 au 28/02/2027 », « toutes jusqu'au 3 mars »."""
    found: list[Exemption] = []
    for item in re.split(r"[;\n]", as_text(value)):
        if not (said := fold(item)):
            continue
        match = _DATES_OF_EXEMPTION.match(said)
        named, dates = (match[1], match[2]) if match else (said, "")
        span = _span(dates, period) if dates else DateSpan()
        if isinstance(span, Problem):
            return span
        exempt = _bands(named.strip(" :"), bands)
        if isinstance(exempt, Problem):
            return exempt
        found.append(Exemption(start=span.start, end=span.end, bands=exempt))
    return tuple(found)


def _bands(named: str, bands: Names) -> tuple[str, ...] | Problem:
    if named in _ALL_BANDS:
        return ()
    found: list[str] = []
    for word in re.split(r",|\+| et ", named):
        band = bands.find(word.strip())
        if isinstance(band, Problem):
            return band
        found.append(band)
    return tuple(dict.fromkeys(found))


def read_memberships(value: CellValue, sectors: Names) -> tuple[Membership, ...] | Problem:
    """Sectors a doctor serves: « Clisson », « Clisson ; Vallet » (renfort at Vallet), « Clisson 70 % ; Vallet 30 % ».

    The first sector without a part takes what the others leave; further ones are renfort.
    """
    if not isinstance(whole := sectors.find(value), Problem):
        return (Membership(sector=whole),)
    text = as_text(value)
    named: list[tuple[str, float | None]] = []
    for item in re.split(r"[;\n]", text) if re.search(r"[;\n]", text) else text.split(","):
        if not item.strip():
            continue
        match = _PART.match(item.strip())
        sector = sectors.find(match[1] if match else item.strip())
        if isinstance(sector, Problem):
            return sector
        named.append((sector, _part(match[2]) if match else None))
    written = sum(part for _, part in named if part is not None)
    if written > 1 + 1e-9 or len({sector for sector, _ in named}) < len(named):
        return wrong(
            value,
            "parts-over-whole",
            say(
                fr="des secteurs différents dont les parts ne dépassent pas 100 %",
                en="different sectors whose parts do not exceed 100 %",
            ),
        )
    return tuple(Membership(sector=sector, participation=part) for sector, part in _completed(named, written))


def _part(said: str) -> float:
    return float(said.replace("%", "").replace(",", ".")) / 100 if "%" in said else 0.0


def _completed(named: Sequence[tuple[str, float | None]], written: float) -> list[tuple[str, float]]:
    rest: float | None = max(0.0, 1 - written)
    found: list[tuple[str, float]] = []
    for sector, part in named:
        if part is None:
            part, rest = rest or 0.0, None  # noqa: PLW2901
        found.append((sector, part))
    return found


def memberships_in_words(members: Sequence[Membership]) -> str:
    """What ``read_memberships`` reads back."""
    if members and members[0].participation == 1 and all(member.participation == 0 for member in members[1:]):
        return " ; ".join(member.sector for member in members)
    return " ; ".join(
        f"{member.sector} {_percent(member.participation)}" if member.participation else f"{member.sector} renfort"
        for member in members
    )


def _percent(part: float) -> str:
    return f"{part * 100:.10g} %".replace(".", ",")


def _span_in_words(span: DateSpan) -> str:
    """« du 01/02/2027 au 15/03/2027 », « depuis le … », « jusqu'au … », one date; "" for all days."""
    if span.start and span.end:
        return _day(span.start) if span.start == span.end else f"du {_day(span.start)} au {_day(span.end)}"
    if span.start:
        return f"depuis le {_day(span.start)}"
    return f"jusqu'au {_day(span.end)}" if span.end else ""


def spans_in_words(spans: Sequence[DateSpan]) -> str:
    """What ``read_spans`` reads back."""
    return " ; ".join(_span_in_words(span) for span in spans)


def exemptions_in_words(exemptions: Sequence[Exemption]) -> str:
    """What ``read_exemptions`` reads back."""
    said = []
    for exemption in exemptions:
        dates = _span_in_words(exemption)
        said.append((", ".join(exemption.bands) or "toutes") + (f" : {dates}" if dates else ""))
    return " ; ".join(said)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
