"""The notice of a replacement to the SAMU, the CDOM and the ARS: who is listed and stays responsible, who serves."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from rosterplan.domain.instance import Instance
from rosterplan.domain.versions import Change
from rosterplan.messages import say
from rosterplan.messages.trade import modality_word
from rosterplan.messages.words import clock, long_date
from rosterplan.report.changes import doctor_name, duty_words
from rosterplan.report.places import place_of

RECIPIENTS = ("samu", "cdom", "ars")


def notices(instance: Instance, change: Change) -> dict[str, bytes]:
    """Return a text per recipient by file name; the personal phone of who serves goes to the SAMU alone."""
    return {f"avis-{whom}.txt": _notice(instance, change, whom).encode() for whom in RECIPIENTS}


def _notice(instance: Instance, change: Change, whom: str) -> str:
    duty = instance.duty_by_id[change.duty]
    serves = instance.doctor_by_id.get(change.doctor or "")
    place = place_of(instance, duty, serves)
    to = {
        "samu": say(fr="SAMU – Centre 15", en="SAMU – emergency call centre"),
        "cdom": say(fr="Conseil départemental de l’Ordre des médecins", en="Departmental council of the medical order"),
        "ars": say(fr="Agence régionale de santé", en="Regional health agency"),
    }[whom]
    then = change.when.astimezone(ZoneInfo(instance.timezone))
    when = f"{long_date(then.date())}, {clock(then)}"
    lines = [
        say(fr="AVIS DE CHANGEMENT DU TABLEAU DE GARDE (CSP, art. R.6315-2)", en="NOTICE OF A CHANGE OF THE DUTY ROSTER (CSP, art. R.6315-2)"),
        "",
        say(fr=f"À : {to}", en=f"To: {to}"),
        say(fr=f"Tableau : {instance.id}, changement n° {change.number}, noté le {when}", en=f"Roster: {instance.id}, change {change.number}, recorded on {when}"),
        "",
        say(fr=f"Garde : {duty_words(instance, change.duty)}", en=f"Duty: {duty_words(instance, change.duty)}"),
        say(fr=f"Modalité : {modality_word(duty.modality)}", en=f"Modality: {modality_word(duty.modality)}"),
        *([say(fr=f"Lieu : {place}", en=f"Place: {place}")] if place else []),
        *_who(instance, change),
    ]  # fmt: skip
    if whom == "samu" and serves is not None:
        phone = serves.phone or say(fr="non communiqué", en="not given")
        lines.append(say(fr=f"Téléphone : {phone}", en=f"Phone: {phone}"))
    if whom == "cdom" and serves is not None and serves.rpps:
        lines.append(f"RPPS{say(fr=' :', en=':')} {serves.rpps}")
    lines += ["", say(fr=f"Décidé par : {change.who}", en=f"Decided by: {change.who}")]
    if change.why:
        lines.append(say(fr=f"Motif : {change.why}", en=f"Reason: {change.why}"))
    return "\n".join(lines) + "\n"


def _who(instance: Instance, change: Change) -> list[str]:
    """The lines that say who is listed and who serves."""
    taker = doctor_name(instance, change.doctor or "")
    if change.titular is None:
        return [
            say(fr=f"Garde jusque-là non pourvue, tenue par : {taker}", en=f"Duty unfilled until now, held by: {taker}")
        ]
    titular = doctor_name(instance, change.titular)
    return [
        say(fr=f"Médecin inscrit au tableau, qui le reste et demeure responsable de la garde : {titular}",
            en=f"Doctor listed, who stays so and remains responsible for the duty: {titular}"),
        say(fr=f"Remplacé par : {taker}", en=f"Replaced by: {taker}"),
    ]  # fmt: skip
