"""The slip of a publication: what goes to whom, the legal dates with today's distance, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rosterplan.domain.asked import unit_of
from rosterplan.domain.calendar.deadlines import Deadline, back_plan
from rosterplan.domain.circuit import Circuit, circuit_of
from rosterplan.domain.versions import Change
from rosterplan.messages import say
from rosterplan.messages.trade import step_word
from rosterplan.messages.words import long_date, plural
from rosterplan.report.publication.edition import Edition, state_word
from rosterplan.report.publication.sectors import holes_words
from rosterplan.report.trade import period_word


def slip_txt(edition: Edition, recipients: Mapping[str, str], today: date) -> bytes:
    """The slip as text; ``recipients`` says for whom each file is."""
    instance = edition.facts.instance
    lines = [
        say(fr=f"{instance.id}, {period_word(instance.period)} : {edition.label}", en=f"{instance.id}, {period_word(instance.period)}: {edition.label}"),
        say(fr=f"Publié le {long_date(edition.published_on)} ; {holes_words(edition.holes, unit_of(edition.facts.instance))}.",
            en=f"Published on {long_date(edition.published_on)}; {holes_words(edition.holes, unit_of(edition.facts.instance))}."),
        "",
        say(fr="À envoyer :", en="To send:"),
        *(f"  {name} – {whom}" for name, whom in recipients.items()),
        say(fr="  roster.json, instance.json, version.json – à garder avec cette version : ils contiennent des données personnelles",
            en="  roster.json, instance.json, version.json – to keep with this version: they hold personal data"),
        *([] if edition.circuit.under_law else ["", circuit_words(edition.circuit)]),
    ]  # fmt: skip
    deadlines = deadline_lines(edition, today)
    if deadlines:
        lines += ["", say(fr="Échéances :", en="Deadlines:"), *(f"  {line}" for line in deadlines)]
    if edition.changes:
        lines += ["", say(fr="Changements depuis la version précédente :", en="Changes since the version before:")]
        lines += [f"  {change_line(edition, change)}" for change in edition.changes]
    return ("\n".join(lines) + "\n").encode()


def circuit_words(circuit: Circuit) -> str:
    """Who hears of a roster that is not under the law of out-of-hours care, and why nothing is made for the Ordre."""
    why = say(
        fr=" Rien n’est préparé pour le conseil de l’Ordre, l’ARS ni le public, car l’article R.6315-2 ne s’y applique pas.",
        en=" Nothing is prepared for the council of the Ordre, the ARS or the public, for article R.6315-2 does not apply to it.",
    )  # fmt: skip
    return {
        "ordre": "",
        "direction": say(
            fr="Lignes hospitalières : ce tableau va à la direction et aux établissements partenaires.",
            en="Hospital lines: this roster goes to the direction and the partner establishments.",
        ) + why,
        "secretariat": say(
            fr="Soins non programmés : cet agenda va au télésecrétariat et à la régulation.",
            en="Unscheduled care: this agenda goes to the secretariat and the regulation.",
        ) + why,
    }[circuit.code]  # fmt: skip


def deadline_lines(edition: Edition, today: date) -> list[str]:
    """« J-45, mardi 17 novembre 2026 : tableau transmis au conseil de l’Ordre – dans 12 jours », for each legal date."""
    found = []
    for deadline in back_plan(edition.facts.instance.period, circuit_of(edition.facts.instance.kinds).steps):
        if not deadline.step.legal:
            continue
        before = deadline.step.days_before
        mark = f"J-{before}" if before is not None else say(fr="Un mois après la fin", en="A month after the end")
        found.append(
            f"{mark}, {long_date(deadline.due)}{say(fr=' :', en=':')} {step_word(deadline.code)} – {_stands(edition, deadline, today)}"
        )
    return found


def _stands(edition: Edition, deadline: Deadline, today: date) -> str:
    """How far the day is; of one that has passed, the version published before in which the files were made."""
    state = {"cdom": "cdom", "ars": "definitif"}.get(deadline.code)
    made = next((one.number for one in edition.earlier if one.state == state), None)
    if made is None or today <= deadline.due:
        return distance(deadline.due, today)
    return say(fr=f"fichiers écrits en version {made}", en=f"files written in version {made}")


def distance(day: date, today: date) -> str:
    """« dans 12 jours », « aujourd’hui », « date passée de 3 jours »."""
    days = (day - today).days
    if days == 0:
        return say(fr="aujourd’hui", en="today")
    words = plural(abs(days), say(fr="jour", en="day"))
    return (
        say(fr=f"dans {words}", en=f"in {words}") if days > 0 else say(fr=f"date passée de {words}", en=f"{words} past")
    )


def change_line(edition: Edition, change: Change) -> str:
    """« remplacement : MMG Laval, samedi 2 janvier 2027, 12 h – 24 h : Dr A → Dr B »."""
    from rosterplan.messages.words import hours

    facts = edition.facts
    duty = facts.instance.duty_by_id.get(change.duty)
    nobody = say(fr="personne", en="nobody")
    names = [facts.name_of.get(one, one) if one else nobody for one in (change.titular, change.doctor)]
    what = change.duty
    if duty:
        start, end = duty.start.astimezone(facts.zone), duty.end.astimezone(facts.zone)
        what = f"{facts.instance.line_by_id[duty.line].name}, {long_date(duty.date)}, {hours(start, end)}"
    colon = say(fr=" :", en=":")
    return f"{kind_word(change.kind)}{colon} {what}{colon} {names[0]} → {names[1]}"


def kind_word(kind: str) -> str:
    """« remplacement », « échange », « garde cédée », « modification »."""
    return {
        "remplacement": say(fr="remplacement", en="replacement"),
        "echange": say(fr="échange", en="exchange"),
        "don": say(fr="garde cédée", en="duty given away"),
        "modification": say(fr="modification", en="modification"),
    }[kind]


__all__ = ["change_line", "circuit_words", "deadline_lines", "distance", "kind_word", "slip_txt", "state_word"]
