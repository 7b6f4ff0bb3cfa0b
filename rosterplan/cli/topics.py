"""The topics of `explain`: each adds its pages, its lines and its part of the JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.naming import doctor_named, duty_named
from rosterplan.domain.asked import unit_of
from rosterplan.messages import say

if TYPE_CHECKING:
    from datetime import date

    from rosterplan.report.explications.page import Page
    from rosterplan.report.facts import Facts


@dataclass
class Told:
    """What the topics asked for add up to: pages by workbook, lines of the screen, the JSON, files, the exit code."""

    books: dict[str, list[Page]] = field(default_factory=dict)
    """One workbook per question, its name says which: no question takes the answer of another away."""
    lines: list[str] = field(default_factory=list)
    payload: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    code: Exit = Exit.DONE


def tell_holes(told: Told, facts: Facts, asked: str) -> None:
    """All holes, or the one typed."""
    from rosterplan.explain.holes import explained_holes, short_duties
    from rosterplan.report.explications.holes import hole_lines, hole_pages
    from rosterplan.report.holes import proven_totals
    from rosterplan.report.proof_words import filled_sentence

    short = short_duties(facts.instance, facts.audit)
    every = asked.strip().casefold() in ("all", "tout", "toutes", "tous")
    only = None if every else {_hole_named(facts, asked, short)}
    holes = explained_holes(
        facts.instance, facts.rules, facts.roster, report=facts.audit, only=only, proven=facts.result.proven_holes,
        least=proven_totals(facts.result),
    )  # fmt: skip
    told.payload["holes"] = [hole.model_dump(mode="json") for hole in holes]
    if not holes:
        told.lines.append(filled_sentence(unit_of(facts.instance)))
        return
    told.lines += hole_lines(facts, holes, whole=len(holes) == 1)
    which = (
        say(fr="non-pourvues", en="unfilled") if only is None else f"{say(fr='non-pourvue', en='unfilled')}-{min(only)}"
    )
    told.books[book_name(which)] = [*hole_pages(facts, holes)]
    told.code = Exit.HOLES


def _hole_named(facts: Facts, asked: str, short: Iterable[str]) -> str:
    """Return the hole typed; a duty that has its doctors is refused with their names."""
    holes = tuple(short)
    duty = duty_named(facts.instance, asked, held=holes)
    if duty not in holes:
        held = ", ".join(facts.name_of[doctor] for doctor in facts.roster.doctors_of.get(duty, ()))
        raise Refused(
            say(fr=f"Cette garde n’est pas vacante{f' : {held} la tient' if held else ''}. Pour savoir qui pourrait la prendre : --duty {duty}",
                en=f"This duty is not vacant{f': {held} holds it' if held else ''}. To know who could take it: --duty {duty}")
        )  # fmt: skip
    return duty


def tell_cover(told: Told, facts: Facts) -> None:
    """What costs cover at large."""
    from rosterplan.explain.cover import explained_cover
    from rosterplan.report.explications.cover import cover_page
    from rosterplan.report.explications.page import screen_lines

    cover = explained_cover(facts.instance, facts.rules, facts.roster, facts.audit)
    page = cover_page(facts, cover)
    told.books[book_name(say(fr="couverture", en="cover"))] = [page]
    told.lines += [*screen_lines(page), ""]
    told.payload["cover"] = cover.model_dump(mode="json")
    if cover.missing:
        told.code = Exit.HOLES


def tell_doctor(told: Told, facts: Facts, asked: str, compared: str | None, letter_of: date | None) -> None:
    """One doctor, beside a colleague if asked; of a letter dated ``letter_of`` alone, a line and the letter."""
    from rosterplan.explain.board import lay
    from rosterplan.explain.marks import marked_duties
    from rosterplan.report.explications.doctor import doctor_facts, doctor_page, held_words, marks_words
    from rosterplan.report.explications.letter import letter_html
    from rosterplan.report.explications.page import screen_lines

    doctor = doctor_named(facts.instance, asked)
    other = doctor_named(facts.instance, compared) if compared else None
    if other == doctor:
        raise Refused(
            say(fr="--compare-to attend un autre médecin que --doctor.", en="--compare-to takes another doctor.")
        )
    marks = marked_duties(lay(facts.instance, facts.rules, facts.roster), doctor)
    one = doctor_facts(facts, doctor, marks)
    if letter_of is not None and other is None:
        told.lines.append(f"{one.name}{say(fr=' :', en=':')} {held_words(one)} {marks_words(one)}")
    else:
        page = doctor_page(one, doctor_facts(facts, other, ()) if other else None)
        beside = say(fr=f"-et-{other}", en=f"-and-{other}") if other else ""
        told.books[book_name(f"{say(fr='medecin', en='doctor')}-{doctor}{beside}")] = [page]
        told.lines += [*screen_lines(page), ""]
    told.payload["doctor"] = {
        "doctor": doctor,
        "compared_to": other,
        "shares": [
            {
                "group": line.group, "band": line.band, "coefficient": line.coefficient, "positions": line.positions,
                "due_hundredths": line.due, "opening_hundredths": line.opening, "target_hundredths": line.target,
                "held": line.held, "closing_hundredths": line.closing, "cause": line.cause,
            }
            for line in one.lines
        ],
        "marks": [mark.model_dump(mode="json") for mark in marks],
    }  # fmt: skip
    if letter_of is not None:
        told.files[f"{say(fr='lettre', en='letter')}-{_safe(doctor)}.html"] = letter_html(one, letter_of)


def tell_duty(told: Told, facts: Facts, asked: str) -> None:
    """One duty: who holds it, who could."""
    from rosterplan.explain.duties import explained_duty
    from rosterplan.report.explications.duty import duty_page
    from rosterplan.report.explications.page import screen_lines

    duty = duty_named(facts.instance, asked)
    found = explained_duty(facts.instance, facts.rules, facts.roster, duty)
    page = duty_page(facts, found)
    told.books[book_name(f"{say(fr='garde', en='duty')}-{duty}")] = [page]
    told.lines += [*screen_lines(page), ""]
    told.payload["duty"] = [one.model_dump(mode="json") for one in found]


def book_name(topic: str) -> str:
    """« explications-medecin-M017.xlsx »: the name of the workbook that answers one question."""
    return f"{say(fr='explications', en='explanations')}-{_safe(topic)}.xlsx"


def _safe(name: str) -> str:
    """An id of a doctor or of a duty as part of a file's name."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)
