"""What is sent where duties stay unfilled: calls for volunteers at J-45, and the report of R.6315-4 if they remain."""

from __future__ import annotations

from collections.abc import Sequence

from rosterplan.domain.people import Doctor
from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.messages.counted import label_to_fill, remaining
from rosterplan.messages.words import hours, listed, long_date
from rosterplan.report.facts import Facts
from rosterplan.report.holes import Hole
from rosterplan.report.places import place_of
from rosterplan.report.publication.booklet import Page, open_booklet, write_table
from rosterplan.report.publication.edition import Edition
from rosterplan.report.publication.sectors import (
    hole_columns,
    hole_kind,
    hole_rows,
    holes_words,
    sector_of_hole,
    sectors_words,
    unit_of_holes,
)
from rosterplan.report.tableau.book import Column, Row
from rosterplan.report.trade import period_word, status_word


def call_txt(edition: Edition) -> bytes:
    """A message per sector with unfilled duties, the most important first, ready to be copied into a mail."""
    parts = [_call(edition, sector, holes) for sector, holes in _holes_by_sector(edition).items()]
    rule = "\n\n" + "–" * 60 + "\n\n"
    return (rule.join(parts) + "\n").encode()


def report_xlsx(edition: Edition) -> bytes:
    """The report of R.6315-4: what stays unfilled, and the doctors of those sectors who could serve. Restricted."""
    unfilled = say(fr="Gardes non pourvues", en="Unfilled duties")
    people = say(fr="Médecins pouvant les assurer", en="Doctors who could serve")
    booklet = open_booklet(edition, say(fr="Rapport d’incomplétude du tableau", en="Report of an incomplete roster"),
                           _report_said(edition), [Page(unfilled, holes_words(edition.holes)), Page(people)])  # fmt: skip
    write_table(booklet, booklet.sheets[0], unfilled,
                say(fr="Les plus importantes d’abord, d’après les règles du tableau.", en="The most important first, under the rules of the roster."),
                hole_columns(), hole_rows(edition, edition.holes))  # fmt: skip
    write_table(
        booklet, booklet.sheets[1], people,
        say(fr="Médecins des secteurs concernés, volontaires ou non, que le conseil de l’Ordre n’a pas exemptés ; adresse et téléphone du "
               "lieu d’exercice. Document à diffusion restreinte.",
            en="Doctors of the sectors concerned, volunteers or not, whom the council of the Ordre has not exempted; address and phone of "
               "the practice. Restricted document."),
        _people_columns(), _people_rows(edition), nothing=say(fr="Aucun médecin.", en="No doctor."), lines=2,
    )  # fmt: skip
    return booklet.content()


def _holes_by_sector(edition: Edition) -> dict[str, list[Hole]]:
    found: dict[str, list[Hole]] = {}
    for hole in edition.holes:
        found.setdefault(sector_of_hole(edition.facts, hole), []).append(hole)
    return found


def _call(edition: Edition, sector: str, holes: Sequence[Hole]) -> str:
    period = period_word(edition.facts.instance.period)
    count = sum(hole.missing for hole in holes)
    unit = unit_of_holes(holes)
    duties = remaining(count, unit)
    one, that = ("une", "qu’elle") if unit == "duty" else ("un", "qu’il")
    to = edition.reply_to or say(fr="la coordination", en="the coordination")
    lines = [
        say(fr=f"Objet : {label_to_fill(unit)} – {sector} – {period}", en=f"Subject: {label_to_fill(unit)} – {sector} – {period}"),
        "",
        say(fr="Chères consœurs, chers confrères,", en="Dear colleagues,"),
        "",
        say(fr=f"{duties} à pourvoir pour « {sector} » ({period}). Les plus importantes sont données d’abord :",
            en=f"{duties} still to be filled for “{sector}” ({period}). The most important come first:"),
        "",
        *(_line(edition.facts, rank, hole) for rank, hole in enumerate(holes, 1)),
        "",
        say(fr=f"Vous pouvez en prendre {one}, même hors de votre secteur habituel ? Répondez à {to} en donnant la date et l’heure. Nous "
               f"vérifierons {that} respecte les règles du tableau et vous confirmerons.",
            en=f"Can you take one, even outside your usual sector? Answer {to} with date and hour. We shall check that it keeps the "
               "rules of the roster and confirm."),
        "",
        *(_reported() if edition.circuit.under_law else ()),
        say(fr="Merci de votre aide.", en="Thank you for your help."),
    ]  # fmt: skip
    return "\n".join(lines)


def _reported() -> tuple[str, str]:
    """Who hears of what stays unfilled, and an empty line."""
    said = say(fr="Ce qui restera non pourvu sera signalé à l’ARS par le conseil de l’Ordre (code de la santé publique, R.6315-4).",
               en="What remains unfilled is reported to the ARS by the council of the Ordre (code de la santé publique, R.6315-4).")  # fmt: skip
    return said, ""


def _line(facts: Facts, rank: int, hole: Hole) -> str:
    """« 1. dimanche 3 janvier 2027, 8 h – 20 h, MMG de Laval (Dimanche et férié) »."""
    start, end = hole.of.start.astimezone(facts.zone), hole.of.end.astimezone(facts.zone)
    line = facts.instance.line_by_id[hole.of.line]
    place = place_of(facts.instance, hole.of, None) if isinstance(hole.of, Duty) else ""
    where = place if place and place != line.name else ""
    missing = say(fr=f" : {hole.missing} médecins", en=f": {hole.missing} doctors") if hole.missing > 1 else ""
    parts = [long_date(start.date()), hours(start, end), line.name, where]
    return f"{rank}. {', '.join(part for part in parts if part)} ({hole_kind(hole)}){missing}"


def _report_said(edition: Edition) -> tuple[str, ...]:
    sectors = listed(list(_holes_by_sector(edition)))
    return (
        say(fr=f"À la date de cette version, {holes_words(edition.holes)} ({sectors}), après l’appel aux volontaires.",
            en=f"At the date of this version, {holes_words(edition.holes)} ({sectors}), after the call for volunteers."),
        say(fr="L’article R.6315-4 du code de la santé publique prévoit que le conseil départemental de l’Ordre consulte l’URPS, les "
               "représentants des centres de santé et les associations de permanence des soins, puis, si le tableau reste incomplet, "
               "transmette à l’ARS un rapport avec la liste des médecins pouvant assurer ces gardes.",
            en="Article R.6315-4 of the code de la santé publique has the departmental council of the Ordre consult the URPS, the "
               "health centres and the associations, then, if the roster stays incomplete, send the ARS a report with the list of "
               "doctors who could serve."),
        say(fr="Ce classeur prépare ce rapport ; il n’inscrit personne d’office.",
            en="This workbook prepares that report; it lists nobody for duty by itself."),
    )  # fmt: skip


def _people_columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Médecin", en="Doctor"), 32, ("strong",)),
        Column(say(fr="N° RPPS", en="RPPS no."), 14, ("centre",)),
        Column(say(fr="Exercice", en="Practice"), 15),
        Column(say(fr="Secteurs", en="Sectors"), 36, ("shrink",)),
        Column(say(fr="Adresse professionnelle", en="Address of the practice"), 44, ("shrink",)),
        Column(say(fr="Téléphone du cabinet", en="Phone of the practice"), 18, ("centre",)),
        Column(say(fr="Volontaire", en="Volunteer"), 12, ("centre",)),
        Column(say(fr="Gardes au tableau", en="Duties listed"), 11, ("whole",)),
    )


def _people_rows(edition: Edition) -> list[Row]:
    facts = edition.facts
    sites = facts.instance.site_by_id
    rows = []
    for doctor in facts.directory:
        if not any(_could(facts, doctor, hole) for hole in edition.holes):
            continue
        site = sites.get(doctor.site or "")
        rows.append(
            Row((
                facts.name_of[doctor.id], doctor.rpps, status_word(doctor.status), sectors_words(facts, doctor),
                ", ".join(part for part in (site.name, site.address) if part) if site else "", site.phone if site else "",
                say(fr="oui", en="yes") if doctor.volunteer else say(fr="non", en="no"),
                len(facts.seats_of_doctor[doctor.id]),
            ))
        )  # fmt: skip
    return rows


def _could(facts: Facts, doctor: Doctor, hole: Hole) -> bool:
    """True for a doctor of the hole's sector or line, on the list that day and not exempt."""
    line = facts.instance.line_by_id[hole.of.line]
    day = hole.of.start.astimezone(facts.zone).date()
    band = hole.of.band if isinstance(hole.of, Duty) else ""
    inside = line.id in doctor.lines or any(member.sector == line.sector for member in doctor.sectors)
    inside |= doctor.establishment is not None and doctor.establishment in line.establishments
    return inside and doctor.present(day) and not doctor.exempt(band, day)
