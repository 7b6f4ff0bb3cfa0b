"""What each house holds against the convention, line by line and band by band, and the load it means per full-time equivalent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rosterplan.domain.fairness.houses import people_of_lines
from rosterplan.domain.work import Line
from rosterplan.messages import say
from rosterplan.report.facts import Facts
from rosterplan.report.hospital.page import new_page
from rosterplan.report.tableau.book import Book, Column, Row, section, table
from rosterplan.report.trade import band_word
from rosterplan.rules.house_quota import HouseQuota


def write_contribution(book: Book, facts: Facts) -> None:
    """A table per shared line."""
    columns = (
        Column(say(fr="Établissement", en="House"), 34, ("strong",)), Column(say(fr="Catégorie", en="Band"), 22),
        Column(say(fr="Gardes\ntenues", en="Duties\nheld"), 10, ("whole",)), Column(say(fr="Part\ntenue", en="Part\nheld"), 10, ("percent",)),
        Column(say(fr="Part de la\nconvention", en="Part of the\nconvention"), 12, ("percent",)),
        Column(say(fr="Gardes\nprévues", en="Duties\ndue"), 10, ("hundredths",)), Column(say(fr="Écart", en="Gap"), 9, ("signed",)),
        Column(say(fr="ETP sur\nla ligne", en="FTE on\nthe line"), 10, ("hundredths",)), Column(say(fr="Gardes\npar ETP", en="Duties\nper FTE"), 10, ("hundredths",)),
    )  # fmt: skip
    title = say(fr="Contribution des établissements", en="Contribution of the houses")
    about = say(
        fr="Ce que chaque établissement tient, et ce que la convention lui donne. Sur une ligne alternée, la convention est le calendrier des "
        "tours. Les gardes par ETP disent ce que la convention pèse sur chacun : à parts égales, la plus petite équipe porte davantage.",
        en="What each house holds, and what the convention gives it. On an alternated line the convention is the calendar of turns. "
        "Duties per FTE tell what the convention weighs on each: with equal parts the smaller team carries more.",
    )  # fmt: skip
    sheet, row = new_page(book, title, title, about, columns)
    for line in facts.instance.lines:
        if len(line.establishments) < 2:
            continue
        row = section(book, sheet, row, line.name, last_column=len(columns) - 1)
        row = table(book, sheet, row, columns, list(_rows(facts, line))) + 1


def _rows(facts: Facts, line: Line) -> Iterator[Row]:
    """A row per house and band, then the house's total."""
    instance = facts.instance
    seats = facts.seats_of_line[line.id]
    held = Counter((seat.doctor.establishment, seat.duty.band) for seat in seats if seat.doctor)
    all_held = Counter(seat.duty.band for seat in seats if seat.doctor)
    names = {house.id: house.name for house in instance.establishments}
    people = people_of_lines([line], instance.doctors, instance.establishments)
    bands = [band for band in facts.bands if all_held[band]]
    for house in line.establishments:
        due = {band: _due(facts, line, house, band) for band in bands}
        for band in (*bands, None):
            mine = [one for one in bands if band in (None, one)]
            have, total = sum(held[house, one] for one in mine), sum(all_held[one] for one in mine)
            known = [value for one in mine if (value := due[one]) is not None]
            wanted = sum(known) if len(known) == len(mine) else None
            needed = sum(_needed(facts, line, one) for one in mine)
            yield Row(
                (
                    names[house] if band == (bands[0] if bands else None) or band is None else "",
                    say(fr="Toutes", en="All") if band is None else band_word(band), have,
                    have / total if total else None, None if wanted is None or not needed else wanted / needed, wanted,
                    None if wanted is None else have - wanted, people[house] if band is None else None,
                    have / people[house] if band is None and people[house] else None,
                ),
                ("total",) if band is None else (),
            )  # fmt: skip


def _needed(facts: Facts, line: Line, band: str) -> int:
    return sum(duty.need_min for duty in facts.instance.duties if duty.line == line.id and duty.band == band)


def _due(facts: Facts, line: Line, house: str, band: str) -> float | None:
    """Duties of a band the turns and the convention give a house; None where nothing sets its part."""
    own = pooled = 0
    for duty in facts.instance.duties:
        if duty.line == line.id and duty.band == band:
            if len(duty.establishments) == 1:
                own += duty.need_min * (duty.establishments[0] == house)
            else:
                pooled += duty.need_min
    if not pooled:
        return float(own)
    for rule in facts.rules:
        if isinstance(rule, HouseQuota) and rule.scope.covers_line(line) and rule.scope.covers_band(band):
            return own + pooled * rule.quotas(facts.instance).get(house, 0.0)
    return None
