"""What costs cover, as a page: what no roster can fill, what this one does not, families of rules, months and lines."""

from __future__ import annotations

from collections.abc import Iterator

from rosterplan.domain.asked import unit_of
from rosterplan.domain.explanations import CoverExplained
from rosterplan.messages import say
from rosterplan.messages.counted import Counted, begun, many_of, one_of, short_of, unfilled
from rosterplan.messages.trade import band_words
from rosterplan.messages.words import listed, month_name, plural
from rosterplan.report.explications.page import Page, Part
from rosterplan.report.facts import Facts
from rosterplan.report.proof_words import filled_sentence, least_sentence
from rosterplan.report.tableau.book import Cell, Column


def cover_page(facts: Facts, cover: CoverExplained) -> Page:
    """The sheet `Couverture`."""
    unit = unit_of(facts.instance)
    title = say(fr=f"Ce qui coûte des {many_of(unit)}", en=f"What costs {many_of(unit)}")
    subtitle = say(
        fr="Ce qu’aucun tableau ne peut pourvoir, avec sa preuve ; puis ce que ce tableau laisse et ce qui aiderait le plus.",
        en="What no roster can fill, with its proof; then what this roster leaves and what would help most.",
    )
    return Page(say(fr="Couverture", en="Cover"), title, subtitle, tuple(_parts(facts, cover, unit)))


def _parts(facts: Facts, cover: CoverExplained, unit: Counted) -> Iterator[Part]:
    """Yield the parts of the page; one that has nothing to say is left out."""
    yield Part(
        say(fr="Aucun tableau, ou ce tableau ?", en="No roster, or this roster?"),
        tuple(verdict(cover, unit)),
        *_levels(cover, unit),
    )
    if cover.families and cover.least:
        yield Part(
            say(fr="Ce que coûte chaque famille de règles", en="What each family of rules costs"),
            (_families_said(),),
            *_families(cover, unit),
        )
    if cover.lines:
        yield Part(
            say(fr="Un volontaire de plus, ligne par ligne", en="One more volunteer, line by line"),
            (_lines_said(),),
            *_lines(facts, cover),
        )
    if cover.months:
        yield Part(
            say(
                fr="Mois où une garde de plus par accord en pourvoirait",
                en="Months in which one more duty by consent would fill some",
            ),
            (),
            *_months(facts, cover),
        )


def verdict(cover: CoverExplained, unit: Counted = "duty") -> Iterator[str]:
    """Yield what is proved and what is not, in sentences."""
    if not cover.missing:
        yield filled_sentence(unit)
        return
    left = (
        plural(cover.missing, "place non pourvue", "places non pourvues")
        if unit == "duty"
        else unfilled(cover.missing, unit)
    )
    yield say(fr=f"Ce tableau laisse {left}.", en=f"This roster leaves {short_of(cover.missing, unit)} missing.")
    yield from least_sentence(cover.least, cover.missing - cover.least)
    if cover.least and cover.unavoidable:
        count = len(cover.unavoidable)
        yield say(
            fr=f"{plural(count, one_of(unit), many_of(unit))} {'restent vides' if count > 1 else 'reste vide'} dans tout tableau qui en pourvoit autant que celui-ci.",
            en=f"{plural(count, one_of(unit), many_of(unit))} stay open in every roster that fills as many as this one.",
        )


def _levels(cover: CoverExplained, unit: Counted) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    columns = (
        Column(
            begun(say(fr=f"{many_of(unit)}, des plus graves aux moins graves", en=f"{many_of(unit)}, gravest first")),
            44,
            ("wrap",),
        ),
        Column(say(fr="Non pourvues", en="Unfilled"), 14, ("whole",)),
        Column(say(fr="Au moins, dans tout tableau", en="At least, in any roster"), 24, ("whole",)),
        Column(say(fr="Verdict", en="Verdict"), 44, ("wrap",)),
    )
    rows: list[tuple[Cell, ...]] = []
    for level in cover.levels:
        if level.least is None:
            told = say(fr="rien n’est prouvé", en="nothing is proven")
        elif level.least == level.missing:
            told = say(fr="aucun tableau ne fait mieux", en="no roster does better")
        else:
            told = say(fr="ce tableau pourrait être meilleur", en="this roster might be better")
        kinds = band_words(level.bands) or say(fr="besoins sans catégorie", en="demands without a kind")
        rows.append((kinds, level.missing, level.least, told))
    return columns, tuple(rows)


def _families_said() -> str:
    return say(
        fr="Chaque famille est levée seule, tout le reste demeurant ; les deux nombres sont des minimums prouvés, pour tout tableau. "
        "Deux familles peuvent partager la même cause : lever l’une ne suffit pas toujours.",
        en="Each family is lifted alone, all else staying; both numbers are proven minima, for any roster. Two families may share one "
        "cause: lifting one is not always enough.",
    )


def _families(cover: CoverExplained, unit: Counted) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    columns = (
        Column(say(fr="Famille et règles", en="Family and rules"), 44, ("wrap",)),
        Column(begun(say(fr=f"{many_of(unit)} qu’elle coûte", en=f"{many_of(unit)} it costs")), 14, ("whole",)),
        Column(say(fr="Vides sans elle, au moins", en="Open without it, at least"), 24, ("whole",)),
    )
    rows = tuple((f"{family_word(one.family)} : {listed(one.rules)}", one.cost, one.least) for one in cover.families)
    return columns, rows


def family_word(family: str) -> str:
    """« Dates refusées »."""
    return {
        "dates": say(fr="Dates refusées", en="Dates refused"),
        "maxima": say(fr="Maxima déclarés", en="Declared maxima"),
        "plafonds": say(fr="Plafonds", en="Caps"),
        "repos": say(fr="Repos", en="Rest"),
        "rythme": say(fr="Rythme et week-ends", en="Rhythm and weekends"),
        "personnes": say(fr="Règles entre personnes", en="Rules between people"),
    }.get(family, family)


def _lines_said() -> str:
    return say(
        fr="Un médecin de plus sur la ligne, libre à toutes les dates et soumis aux mêmes règles, les autres gardant leurs gardes : ce qu’il pourvoirait au moins. "
        "C’est le médecin qu’ajoute « simuler --with » : les parts sont recalculées avec lui, et un plafond relevé à la part l’est à la sienne. "
        "« simuler », lui, replanifie le secteur : la part des autres étant plus petite, leurs plafonds relevés à la part baissent aussi.",
        en="One more doctor on the line, free on all dates and under the same rules, the others keeping their duties: what he or she would fill at least. "
        "It is the doctor `whatif --with` adds: shares are worked out again, and a cap raised to the share is raised to his or hers. "
        "`whatif` plans the sector anew: as the share of the others is smaller, their caps raised to the share are lower too.",
    )


def _lines(facts: Facts, cover: CoverExplained) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    columns = (
        Column(say(fr="Ligne", en="Line"), 44, ("shrink",)),
        Column(say(fr="Non pourvues", en="Unfilled"), 14, ("whole",)),
        Column(say(fr="Un volontaire de plus en pourvoirait au moins", en="One more volunteer would fill at least"), 24, ("whole",)),
        Column(say(fr="Places, médecins, dates possibles", en="Positions, doctors, possible dates"), 44),
    )  # fmt: skip
    rows = tuple(
        (
            facts.instance.line_by_id[one.line].name, one.unfilled, one.volunteer_fills,
            say(fr=f"{plural(one.duties, 'place')}, {plural(one.doctors, 'médecin')}, {one.offered} dates proposées en tout",
                en=f"{one.duties} positions, {plural(one.doctors, 'doctor')}, {one.offered} dates offered in all"),
        )
        for one in cover.lines
    )  # fmt: skip
    return columns, rows


def _months(facts: Facts, cover: CoverExplained) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    columns = (
        Column(say(fr="Médecin", en="Doctor"), 44, ("strong",)),
        Column(say(fr="Gardes vacantes", en="Open duties"), 14, ("whole",)),
        Column(say(fr="Mois", en="Month"), 24),
        Column(say(fr="Plafonds à passer", en="Caps to pass"), 44, ("wrap",)),
    )
    rows = tuple(
        (facts.name_of[one.doctor], one.holes, month_name(one.month, year=True), listed(one.rules))
        for one in cover.months
    )
    return columns, rows
