"""The notice of a replacement to whoever the circuit of the folder tells: who is listed, who serves."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from rosterplan.domain.circuit import Circuit, Told, circuit_of
from rosterplan.domain.instance import Instance
from rosterplan.domain.versions import Change
from rosterplan.messages import say
from rosterplan.messages.trade import modality_word
from rosterplan.messages.words import clock, listed, long_date
from rosterplan.report.changes import doctor_name, duty_words
from rosterplan.report.places import place_of


def notices(instance: Instance, change: Change) -> dict[str, bytes]:
    """Return a text per recipient by file name; the personal phone of who serves goes to who may call, alone."""
    circuit = circuit_of(instance.kinds)
    return {f"avis-{whom}.txt": _notice(instance, change, circuit, whom).encode() for whom in circuit.told}


def told_words(circuit: Circuit) -> str:
    """« au SAMU, au CDOM et à l’ARS »."""
    words: dict[Told, str] = {
        "samu": say(fr="au SAMU", en="the SAMU"), "cdom": say(fr="au CDOM", en="the CDOM"), "ars": say(fr="à l’ARS", en="the ARS"),
        "direction": say(fr="à la direction", en="the direction"),
        "partenaires": say(fr="aux établissements partenaires", en="the partner establishments"),
        "secretariat": say(fr="au secrétariat", en="the secretariat"),
    }  # fmt: skip
    return listed([words[whom] for whom in circuit.told])


def _notice(instance: Instance, change: Change, circuit: Circuit, whom: Told) -> str:
    duty = instance.duty_by_id[change.duty]
    serves = instance.doctor_by_id.get(change.doctor or "")
    place = place_of(instance, duty, serves)
    phones = whom in circuit.phones
    then = change.when.astimezone(ZoneInfo(instance.timezone))
    when = f"{long_date(then.date())}, {clock(then)}"
    lines = [
        _title(circuit),
        "",
        say(fr=f"À : {_addressed(whom)}", en=f"To: {_addressed(whom)}"),
        say(fr=f"Tableau : {instance.id}, changement n° {change.number}, noté le {when}", en=f"Roster: {instance.id}, change {change.number}, recorded on {when}"),
        "",
        say(fr=f"Garde : {duty_words(instance, change.duty)}", en=f"Duty: {duty_words(instance, change.duty)}"),
        say(fr=f"Modalité : {modality_word(duty.modality)}", en=f"Modality: {modality_word(duty.modality)}"),
        *([say(fr=f"Lieu : {place}", en=f"Place: {place}")] if place else []),
        *_who(instance, change, circuit),
    ]  # fmt: skip
    if phones and serves is not None:
        phone = serves.phone or say(fr="non communiqué", en="not given")
        lines.append(say(fr=f"Téléphone : {phone}", en=f"Phone: {phone}"))
    if whom == "cdom" and serves is not None and serves.rpps:
        lines.append(f"RPPS{say(fr=' :', en=':')} {serves.rpps}")
    lines += ["", say(fr=f"Décidé par : {change.who}", en=f"Decided by: {change.who}")]
    if change.why:
        lines.append(say(fr=f"Motif : {change.why}", en=f"Reason: {change.why}"))
    return "\n".join(lines) + "\n"


def _title(circuit: Circuit) -> str:
    return {
        "ordre": say(fr="AVIS DE CHANGEMENT DU TABLEAU DE GARDE (CSP, art. R.6315-2)", en="NOTICE OF A CHANGE OF THE DUTY ROSTER (CSP, art. R.6315-2)"),
        "direction": say(fr="AVIS DE CHANGEMENT DU TABLEAU DE SERVICE", en="NOTICE OF A CHANGE OF THE TABLE OF SERVICE"),
        "secretariat": say(fr="AVIS DE CHANGEMENT DE L’AGENDA PARTAGÉ", en="NOTICE OF A CHANGE OF THE SHARED AGENDA"),
    }[circuit.code]  # fmt: skip


def _addressed(whom: Told) -> str:
    return {
        "samu": say(fr="SAMU – Centre 15", en="SAMU – emergency call centre"),
        "cdom": say(fr="Conseil départemental de l’Ordre des médecins", en="Departmental council of the medical order"),
        "ars": say(fr="Agence régionale de santé", en="Regional health agency"),
        "direction": say(fr="Direction et chefferie de pôle (tableau de service)", en="Direction and head of department (table of service)"),
        "partenaires": say(fr="Établissements partenaires de la ligne, standards et régulation", en="Partner establishments of the line, switchboards and regulation"),
        "secretariat": say(fr="Télésecrétariat et régulation", en="Secretariat and regulation"),
    }[whom]  # fmt: skip


def _who(instance: Instance, change: Change, circuit: Circuit) -> list[str]:
    """The lines that say who is listed and who serves."""
    taker = doctor_name(instance, change.doctor or "")
    if change.titular is None:
        return [
            say(fr=f"Garde jusque-là non pourvue, tenue par : {taker}", en=f"Duty unfilled until now, held by: {taker}")
        ]
    titular = doctor_name(instance, change.titular)
    if not circuit.under_law:
        return [
            say(fr=f"Médecin prévu : {titular}", en=f"Doctor planned: {titular}"),
            say(fr=f"Remplacé par : {taker}", en=f"Replaced by: {taker}"),
        ]
    return [
        say(fr=f"Médecin inscrit au tableau, qui le reste et demeure responsable de la garde : {titular}",
            en=f"Doctor listed, who stays so and remains responsible for the duty: {titular}"),
        say(fr=f"Remplacé par : {taker}", en=f"Replaced by: {taker}"),
    ]  # fmt: skip
