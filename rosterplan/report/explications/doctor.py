"""A doctor explained: the share with its arithmetic, what is held, wishes and why; for the coordinator, and as a letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rosterplan.domain.explanations import MarkExplained
from rosterplan.messages import say
from rosterplan.messages.words import decimal, hours, listed, long_date, of_person, plural, short_date, signed
from rosterplan.report.explications.page import Page, Part
from rosterplan.report.facts import Facts
from rosterplan.report.share_lines import ShareLine, cause_word, share_table
from rosterplan.report.tableau.book import Cell, Column
from rosterplan.report.trade import band_word, period_word

HUNDRED = 100
MOST_MARKS = 8
"""Requests not followed that a letter of one page tells one by one."""


@dataclass(frozen=True)
class DoctorFacts:
    """A doctor, the lines of his or her share, and what became of the marks."""

    facts: Facts
    doctor: str
    lines: tuple[ShareLine, ...]
    marks: tuple[MarkExplained, ...]

    @property
    def name(self) -> str:
        """« Dr NOM Prénom »."""
        return self.facts.name_of[self.doctor]

    @property
    def held(self) -> int:
        """Duties held in all."""
        return len(self.facts.seats_of_doctor[self.doctor])


def doctor_facts(facts: Facts, doctor: str, marks: Sequence[MarkExplained]) -> DoctorFacts:
    """Gather what is said of one doctor."""
    return DoctorFacts(facts, doctor, share_table(facts).of_doctor.get(doctor, ()), tuple(marks))


def doctor_page(one: DoctorFacts, colleague: DoctorFacts | None) -> Page:
    """The coordinator's page: everything, the named comparison marked as reserved."""
    parts = [
        Part(say(fr="La part", en="The share"), share_sentences(one), _share_columns(), share_rows(one)),
        Part(say(fr="Gardes tenues", en="Duties held"), (held_words(one),), _duty_columns(), _duty_rows(one)),
        Part(say(fr="Souhaits et dates à éviter", en="Wishes and dates to avoid"), (marks_words(one),), _mark_columns(),
             tuple(_mark_row(one, mark) for mark in one.marks)),
    ]  # fmt: skip
    if colleague is not None:
        parts.append(_comparison(one, colleague))
    title = say(fr=f"Les gardes {of_person(one.name)}", en=f"Duties of {one.name}")
    return Page(say(fr="Médecin", en="Doctor"), title, period_word(one.facts.instance.period), tuple(parts))


def share_sentences(one: DoctorFacts) -> tuple[str, ...]:
    """The share in three lines: what is due and how, what was carried over and aimed at, what is held and carried on."""
    owed = [line for line in one.lines if not line.renfort]
    if not owed:
        return (
            say(
                fr="Pas de part dans ce tableau : les gardes tenues le sont en renfort.", en="No share in this roster."
            ),
        )
    due, opening, target, closing = (
        sum(getattr(line, name) for line in owed) for name in ("due", "opening", "target", "closing")
    )
    held = sum(line.held for line in owed)
    sums = " + ".join(decimal(line.due) for line in owed)
    return (
        say(fr=f"Part : {sums} = {decimal(due)} gardes, selon le coefficient et les gardes réellement tenues.",
            en=f"Share: {sums} = {decimal(due)} duties, by coefficient and duties really held."),
        say(fr=f"Solde au début : {signed(opening)} ({_ahead(opening)}) ; objectif du trimestre : {decimal(target)}.",
            en=f"Opening balance: {signed(opening)} ({_ahead(opening)}); target of the quarter: {decimal(target)}."),
        say(fr=f"Tenues : {held}. Solde à la fin : {signed(opening)} + {held} − {decimal(due)} = {signed(closing)} ({_ahead(closing)}).",
            en=f"Held: {held}. Closing balance: {signed(opening)} + {held} − {decimal(due)} = {signed(closing)} ({_ahead(closing)})."),
    )  # fmt: skip


def held_words(one: DoctorFacts) -> str:
    """« 8 gardes : 5 Soirée, 2 Samedi, 1 Dimanche et férié. »."""
    seats = one.facts.seats_of_doctor[one.doctor]
    bands = Counter(seat.duty.band for seat in seats)
    kinds = ", ".join(f"{bands[band]} {band_word(band)}" for band in one.facts.bands if bands[band])
    count = plural(len(seats), say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
    return f"{count}{say(fr=' : ', en=': ') + kinds if kinds else ''}."


def marks_words(one: DoctorFacts) -> str:
    """« 6 demandes : 4 suivies, 2 non suivies. »."""
    if not one.marks:
        return say(fr="Aucune demande sur le formulaire.", en="No request on the form.")
    followed = sum(mark.followed for mark in one.marks)
    left = len(one.marks) - followed
    asked = plural(len(one.marks), say(fr="demande", en="request"))
    return say(
        fr=f"{asked} : {plural(followed, 'suivie')}, {plural(left, 'non suivie', 'non suivies')}.",
        en=f"{asked}: {followed} followed, {left} not.",
    )


def why_not(mark: MarkExplained) -> str:
    """Why a mark is not followed and what following it would have cost; no colleague is named."""
    if mark.followed:
        return ""
    if mark.more:
        return say(fr="au-delà du nombre de gardes à tenir", en="beyond the number of duties to hold")
    if not mark.possible:
        rules = listed([f"« {title} »" for title in mark.obstacles])
        if not rules:
            return say(fr="collègues indisponibles", en="colleagues unavailable")
        return say(fr=f"impossible sans enfreindre : {rules}", en=f"impossible without breaking: {rules}")
    costs = _cost_words(mark.change)
    if costs:
        return say(fr=f"aurait coûté : {listed(costs)}", en=f"would have cost: {listed(costs)}")
    return say(
        fr="un simple échange le permettrait : à voir avec le coordinateur",
        en="a simple exchange would do: ask the coordinator",
    )


def _cost_words(change: dict[str, int]) -> list[str]:
    parts = []
    if change.get("coverage", 0) > 0:
        parts.append(say(fr="une garde non pourvue", en="an unfilled duty"))
    if change.get("caps", 0) > 0:
        parts.append(say(fr="un plafond passé", en="a cap passed"))
    if change.get("shares", 0) > 0:
        parts.append(say(fr="un partage moins juste entre établissements", en="a less even split between houses"))
    fairness = round(change.get("fairness", 0) / HUNDRED)
    if fairness > 0:
        parts.append(
            say(fr=f"un partage moins juste (+{decimal(fairness)})", en=f"less fairness (+{decimal(fairness)})")
        )
    if change.get("wishes", 0) > 0:
        parts.append(say(fr="les demandes d’autres médecins", en="the requests of other doctors"))
    if change.get("comfort", 0) > 0:
        parts.append(say(fr="des gardes plus rapprochées", en="duties closer together"))
    return parts


def colleagues_range(one: DoctorFacts, line: ShareLine) -> str:
    """« 11 collègues : de 1 à 3 »: colleagues as a count and a range only."""
    others = [
        other.held
        for other in share_table(one.facts).of_band.get((line.group, line.band), ())
        if other.doctor != one.doctor and not other.renfort
    ]
    if not others:
        return say(fr="aucun collègue", en="no colleague")
    low, high = min(others), max(others)
    count = plural(len(others), say(fr="collègue", en="colleague"))
    if low == high:
        return say(fr=f"{count} : {low} chacun", en=f"{count}: {low} each")
    return say(fr=f"{count} : de {low} à {high}", en=f"{count}: {low} to {high}")


def _comparison(one: DoctorFacts, other: DoctorFacts) -> Part:
    """Why more or fewer than a named colleague: the difference split into share, balance repaid, and the rest."""
    mine, theirs = (_sums(of) for of in (one, other))
    due, repaid, rest = (mine[k] - theirs[k] for k in ("due", "repaid", "rest"))
    total = mine["held"] - theirs["held"]
    sentences = (
        say(fr="Réservé au coordinateur : à ne pas transmettre.", en="Reserved to the coordinator: not to be passed on."),
        say(fr=f"{one.name} : {plural(mine['held'], 'garde')} ; {other.name} : {plural(theirs['held'], 'garde')}. Écart : {_plus(total)}.",
            en=f"{one.name}: {mine['held']}; {other.name}: {theirs['held']}. Difference: {_plus(total)}."),
        say(fr=f"D’où vient l’écart : parts {signed(due)} (coefficients, présence, dispenses), soldes antérieurs {signed(repaid)}, "
               f"arrondi, dates et renforts {signed(rest)}.",
            en=f"Where it comes from: shares {signed(due)} (coefficients, presence, exemptions), earlier balances {signed(repaid)}, "
               f"rounding, dates and help {signed(rest)}."),
    )  # fmt: skip
    keys = list(dict.fromkeys((line.group, line.band) for line in (*one.lines, *other.lines)))
    rows: list[tuple[Cell, ...]] = []
    for key in keys:
        pair = [next((line for line in of.lines if (line.group, line.band) == key), None) for of in (one, other)]
        rows.append((f"{band_word(key[1])} ({one.facts.group_name.get(key[0], key[0])})", *map(_brief, pair)))
    return Part(
        say(
            fr=f"Comparaison avec {_the(other.name)} (réservé au coordinateur)",
            en=f"Beside {other.name} (coordinator only)",
        ),
        sentences,
        (Column(say(fr="Catégorie", en="Kind"), 30), Column(one.name, 44), Column(other.name, 44)),
        tuple(rows),
    )


def _sums(one: DoctorFacts) -> dict[str, int]:
    """Held in duties; due, repaid (target − due) and the rest (held − target) in hundredths; renfort is in the rest."""
    owed = [line for line in one.lines if not line.renfort]
    due, target = sum(line.due for line in owed), sum(line.target for line in owed)
    held = sum(line.held for line in one.lines)
    return {"held": held, "due": due, "repaid": target - due, "rest": HUNDRED * held - target}


def _brief(line: ShareLine | None) -> str:
    if line is None:
        return "–"
    if line.renfort:
        return say(fr=f"{line.held} en renfort", en=f"{line.held} helping out")
    why = f" ({cause_word(line.cause)})" if line.cause else ""
    return say(
        fr=f"part {line.arithmetic} ; solde {signed(line.opening)} ; objectif {decimal(line.target)} ; tenues {line.held}{why}",
        en=f"share {line.arithmetic}; balance {signed(line.opening)}; target {decimal(line.target)}; held {line.held}{why}",
    )


def _share_columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Catégorie", en="Kind"), 26),
        Column(
            say(fr="Coefficient × gardes ÷ coefficients", en="Coefficient × duties ÷ coefficients"), 34, ("shrink",)
        ),
        Column(say(fr="Solde au début", en="Opening"), 11, ("centre",)),
        Column(say(fr="Objectif", en="Target"), 11, ("centre",)),
        Column(say(fr="Tenues", en="Held"), 10, ("whole",)),
        Column(say(fr="Solde à la fin", en="Closing"), 11, ("centre",)),
        Column(say(fr="Collègues", en="Colleagues"), 24, ("shrink",)),
    )


def share_rows(one: DoctorFacts) -> tuple[tuple[Cell, ...], ...]:
    """A row per group and band."""
    rows: list[tuple[Cell, ...]] = []
    several = len({line.group for line in one.lines}) > 1
    for line in one.lines:
        where = f" ({one.facts.group_name.get(line.group, line.group)})" if several else ""
        if line.renfort:
            rows.append((band_word(line.band) + where, line.arithmetic, "", "", line.held, "", ""))
            continue
        cause = f" ({cause_word(line.cause)})" if line.notable else ""
        rows.append(
            (band_word(line.band) + where, line.arithmetic, signed(line.opening), decimal(line.target), line.held,
             signed(line.closing) + cause, colleagues_range(one, line))
        )  # fmt: skip
    return tuple(rows)


def _duty_columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Date", en="Date"), 26),
        Column(say(fr="Horaires et ligne", en="Hours and line"), 34, ("shrink",)),
        Column(say(fr="Catégorie", en="Kind"), 11, ("shrink",)),
    )


def _duty_rows(one: DoctorFacts) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (long_date(seat.duty.date), f"{seat.hours}, {seat.line.name}", band_word(seat.duty.band))
        for seat in one.facts.seats_of_doctor[one.doctor]
    )


def _mark_columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Garde", en="Duty"), 26, ("wrap",)),
        Column(say(fr="Pourquoi, et à quel prix", en="Why, and at what price"), 34, ("wrap",)),
        Column(say(fr="Demande", en="Request"), 11),
        Column(say(fr="Réponse", en="Answer"), 11),
    )


def _mark_row(one: DoctorFacts, mark: MarkExplained) -> tuple[Cell, ...]:
    kind = say(fr="souhaitée", en="wished") if mark.value == "wish" else say(fr="à éviter", en="to avoid")
    answer = say(fr="suivie", en="followed") if mark.followed else say(fr="non suivie", en="not followed")
    return mark_words(one, mark), why_not(mark), kind, answer


def mark_words(one: DoctorFacts, mark: MarkExplained) -> str:
    """« sam. 06/03, 12 h – 24 h, CAPS de Clisson »."""
    duty = one.facts.instance.duty_by_id[mark.duty]
    when = hours(duty.start.astimezone(one.facts.zone), duty.end.astimezone(one.facts.zone))
    return f"{short_date(duty.date)}, {when}, {one.facts.instance.line_by_id[duty.line].name}"


def _plus(count: int) -> str:
    return f"{count:+d}".replace("-", "−") if count else "0"


def _the(name: str) -> str:
    return f"le {name}" if name.startswith("Dr ") else name


def _ahead(balance: int) -> str:
    if balance == 0:
        return say(fr="à jour", en="even")
    return say(fr="d’avance", en="ahead") if balance > 0 else say(fr="en retard", en="behind")
