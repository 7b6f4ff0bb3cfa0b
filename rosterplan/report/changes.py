"""A change of roster in words: a line per duty, and a message ready to send per doctor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rosterplan.domain.differences import Difference, by_doctor
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.messages import say
from rosterplan.messages.words import hours, listed, long_date, of_person


@dataclass(frozen=True)
class Message:
    """What one doctor is told, and where to send it."""

    doctor: str
    name: str
    email: str
    phone: str
    text: str


def duty_words(instance: Instance, name: str) -> str:
    """« samedi 2 janvier 2027, 12 h – 24 h, CAPS de Clisson »; the id of a duty that is no longer known."""
    duty = instance.duty_by_id.get(name)
    if duty is None:
        return name
    zone = ZoneInfo(instance.timezone)
    when = hours(duty.start.astimezone(zone), duty.end.astimezone(zone))
    return f"{long_date(duty.date)}, {when}, {instance.line_by_id[duty.line].name}"


def doctor_name(instance: Instance, name: str) -> str:
    """« Dr NOM Prénom »; the id of a doctor that is no longer known."""
    doctor = instance.doctor_by_id.get(name)
    return doctor.name if doctor else name


def difference_line(instance: Instance, one: Difference) -> str:
    """« samedi 2 janvier 2027, 12 h – 24 h, CAPS de Clisson : Dr B à la place du Dr A »."""
    where = duty_words(instance, one.duty) + say(fr=" :", en=":")
    gone, come = ([doctor_name(instance, name) for name in names] for names in (one.gone, one.come))
    if gone and come:
        before = listed([of_person(name) for name in gone])
        return f"{where} {say(fr=f'{listed(come)} à la place {before}', en=f'{listed(come)} in place {before}')}"
    if come:
        return f"{where} {say(fr=f'{listed(come)} (garde non pourvue jusque-là)', en=f'{listed(come)} (unfilled until now)')}"
    return f"{where} {say(fr=f'plus personne à la place {_of(gone)}', en=f'nobody any more in place {_of(gone)}')}"


def messages(instance: Instance, changed: Sequence[Difference]) -> tuple[Message, ...]:
    """Return a message per doctor concerned, in the order of their names; nobody else’s reasons are in it."""
    found = []
    for name, (lost, won) in by_doctor(changed).items():
        doctor = instance.doctor_by_id.get(name)
        if doctor is not None:
            found.append(Message(name, doctor.name, doctor.email, doctor.phone, _text(instance, doctor, lost, won)))
    return tuple(sorted(found, key=lambda one: (one.name, one.doctor)))


def _of(names: Sequence[str]) -> str:
    return listed([of_person(name) for name in names])


def _text(instance: Instance, doctor: Doctor, lost: Sequence[str], won: Sequence[str]) -> str:
    """The whole message: greeting, what is no longer served, what is from now on, and that the rest stands."""
    lines = [
        say(fr=f"Bonjour {doctor.name},", en=f"Dear {doctor.name},"),
        "",
        say(fr="Le tableau de garde a changé. Pour vous :", en="The roster has changed. For you:"),
    ]
    lines += [say(fr=f"– vous ne tenez plus la garde du {duty_words(instance, duty)} ;",
                  en=f"– you no longer hold the duty of {duty_words(instance, duty)};") for duty in lost]  # fmt: skip
    lines += [say(fr=f"– vous tenez désormais la garde du {duty_words(instance, duty)} ;",
                  en=f"– you now hold the duty of {duty_words(instance, duty)};") for duty in won]  # fmt: skip
    lines[-1] = lines[-1].rstrip(" ;") + "."
    lines += [
        "",
        say(fr="Vos autres gardes ne changent pas.", en="Your other duties do not change."),
        say(fr="Merci de signaler sans attendre tout empêchement.", en="Please report any hindrance without delay."),
    ]
    return "\n".join(lines)
