"""What several recipients' files share: the sheets of sectors, and the tables of holes and of doctors."""

from __future__ import annotations

from collections.abc import Sequence

from rosterplan.domain.people import Doctor
from rosterplan.domain.work import Demand, Duty
from rosterplan.messages import say
from rosterplan.messages.counted import Counted, all_filled, unfilled
from rosterplan.messages.words import day_name, hours, listed
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.holes import Hole
from rosterplan.report.places import place_of
from rosterplan.report.publication.edition import Edition, in_sector_order
from rosterplan.report.tableau.book import Cell, Column, Row
from rosterplan.report.trade import band_word, modality_word, status_word


def by_sector(edition: Edition) -> dict[str, list[Seat]]:
    """Positions held or needed of each sector with any, in the constant order; lines of no sector stand each alone."""
    found: dict[str, list[Seat]] = {}
    for seat in in_sector_order(edition.facts, edition.facts.needed_seats):
        found.setdefault(seat.sector_name or seat.line.name, []).append(seat)
    return found


def hole_columns() -> tuple[Column, ...]:
    """Columns of a table of holes, the most urgent first."""
    return (
        Column(say(fr="Rang", en="Rank"), 7, ("whole",)),
        Column(say(fr="Date", en="Date"), 12, ("date", "strong")),
        Column(say(fr="Jour", en="Day"), 10),
        Column(say(fr="Horaires", en="Hours"), 14),
        Column(say(fr="Secteur", en="Sector"), 26, ("shrink",)),
        Column(say(fr="Ligne", en="Line"), 28, ("shrink",)),
        Column(say(fr="Lieu", en="Place"), 32, ("shrink",)),
        Column(say(fr="Catégorie", en="Kind"), 20),
        Column(say(fr="Médecins manquants", en="Doctors missing"), 11, ("whole",)),
    )


def hole_rows(edition: Edition, holes: Sequence[Hole]) -> list[Row]:
    """A row per hole, in the order given."""
    return [Row(_hole_cells(edition.facts, rank, hole)) for rank, hole in enumerate(holes, 1)]


def sector_of_hole(facts: Facts, hole: Hole) -> str:
    """The sector of a hole, or its line where it has none."""
    line = facts.instance.line_by_id[hole.of.line]
    return facts.sector_name.get(line.sector or "", line.name)


def hole_kind(hole: Hole) -> str:
    """« Dimanche et férié »; for a demand, that it is a number of doctors wanted."""
    return band_word(hole.of.band) if isinstance(hole.of, Duty) else say(fr="Effectif demandé", en="Number wanted")


def _hole_cells(facts: Facts, rank: int, hole: Hole) -> tuple[Cell, ...]:
    start, end = hole.of.start.astimezone(facts.zone), hole.of.end.astimezone(facts.zone)
    line = facts.instance.line_by_id[hole.of.line]
    day = start.date()
    place = place_of(facts.instance, hole.duty, None) if hole.duty else ""
    return (rank, day, day_name(day), hours(start, end), sector_of_hole(facts, hole), line.name, place, hole_kind(hole),
            hole.missing)  # fmt: skip


def participants(facts: Facts) -> list[Doctor]:
    """Doctors likely to take part: volunteers on the list at some moment of the period, in directory order."""
    period = facts.instance.period
    return [
        doctor
        for doctor in facts.directory
        if doctor.volunteer
        and (doctor.on_list.start is None or doctor.on_list.start <= period.end)
        and (doctor.on_list.end is None or doctor.on_list.end >= period.start)
    ]


def participant_columns() -> tuple[Column, ...]:
    """Columns of the list of doctors likely to take part."""
    return (
        Column(say(fr="Médecin", en="Doctor"), 32, ("strong",)),
        Column(say(fr="N° RPPS", en="RPPS no."), 14, ("centre",)),
        Column(say(fr="Exercice", en="Practice"), 15),
        Column(say(fr="Secteurs", en="Sectors"), 44, ("shrink",)),
        Column(say(fr="Modalités", en="Modalities"), 34, ("shrink",)),
        Column(say(fr="Gardes au tableau", en="Duties listed"), 11, ("whole",)),
    )


def participant_rows(facts: Facts) -> list[Row]:
    """A row per doctor likely to take part; no phone, no address of a person."""
    return [
        Row((
            facts.name_of[doctor.id], doctor.rpps, status_word(doctor.status), sectors_words(facts, doctor),
            listed([modality_word(one) for one in doctor.modalities]), len(facts.seats_of_doctor[doctor.id]),
        ))
        for doctor in participants(facts)
    ]  # fmt: skip


def sectors_words(facts: Facts, doctor: Doctor) -> str:
    """The sectors a doctor serves, by name; the lines named where there is no sector."""
    names = [facts.sector_name.get(member.sector, member.sector) for member in doctor.sectors]
    names += [facts.instance.line_by_id[line].name for line in doctor.lines]
    return listed(names)


def holes_words(holes: Sequence[Hole], unit: Counted = "duty") -> str:
    """« 3 gardes non pourvues », or that all of ``unit`` are filled."""
    count = sum(hole.missing for hole in holes)
    return unfilled(count, unit_of_holes(holes)) if count else all_filled(unit)


def unit_of_holes(holes: Sequence[Hole]) -> Counted:
    """What holes are counted in: duties, slots of an agenda, or posts where a number of doctors is wanted."""
    demands = [hole.of for hole in holes if isinstance(hole.of, Demand)]
    if not demands:
        return "duty"
    return "slot" if len(demands) == len(holes) and all(demand.in_all for demand in demands) else "post"
