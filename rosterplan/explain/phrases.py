"""What explanations say, in sentences a coordinator can read aloud or send; colleagues are named to the coordinator alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from rosterplan.domain.instance import Instance
from rosterplan.domain.work import Duty
from rosterplan.explain.board import Blocker
from rosterplan.explain.laying import Beside
from rosterplan.messages import say
from rosterplan.messages.words import hours, listed, long_date, short_date

MOST_DATES = 6


def the_duty(instance: Instance, duty: Duty) -> str:
    """« la garde du samedi 6 mars 2027, 12 h – 24 h (CAPS de Clisson) »."""
    line, when = instance.line_by_id[duty.line].name, hours(*local(instance, duty))
    return say(
        fr=f"la garde du {long_date(duty.date)}, {when} ({line})",
        en=f"the duty of {long_date(duty.date)}, {when} ({line})",
    )


def local(instance: Instance, duty: Duty) -> tuple[datetime, datetime]:
    """Return start and end on the wall clock."""
    zone = ZoneInfo(instance.timezone)
    return duty.start.astimezone(zone), duty.end.astimezone(zone)


def person(instance: Instance, doctor: str, *, first: bool = False) -> str:
    """« le Dr AUBRY Hélène », at the head of a sentence « Le Dr AUBRY Hélène »; nurses and midwives by name alone."""
    name = instance.doctor_by_id[doctor].name
    if not name.startswith("Dr "):
        return name
    return say(fr=f"{'Le' if first else 'le'} {name}", en=name)


def beside_words(instance: Instance, beside: Sequence[Beside], doctor: str) -> str:
    """« avec sa garde du sam. 06/03 », « avec ses gardes des 02/03, 05/03 »; nothing where nothing counts with it."""
    own = [one for one in beside if one.doctor == doctor]
    others = [one for one in beside if one.doctor != doctor]
    parts = []
    if len(own) == 1:
        parts.append(
            say(fr=f"avec sa garde du {short_date(own[0].date)}", en=f"with the duty of {short_date(own[0].date)}")
        )
    elif own:
        days = listed([short_date(one.date) for one in own], most=MOST_DATES)
        parts.append(say(fr=f"avec ses {len(own)} gardes : {days}", en=f"with {len(own)} duties: {days}"))
    if others:
        who = listed(sorted({instance.doctor_by_id[one.doctor].name for one in others}), most=3)
        parts.append(say(fr=f"à cause {_of(who)} de garde alors", en=f"because {who} is on duty then"))
    return ", ".join(parts)


def blocker_words(instance: Instance, blocker: Blocker, doctor: str, said: str = "") -> str:
    """One obstacle of a doctor in a sentence: the rule by its name, then what of this roster makes it bite."""
    if blocker.decided:
        return say(fr="Case décidée à la main.", en="Cell decided by hand.")
    if blocker.outsider:
        return say(
            fr="N’est ni de ce secteur ni inscrit sur cette ligne.",
            en="Neither of this sector nor entered for this line.",
        )
    if blocker.rule.code == "availability":
        words = refused_words(refused_as(instance, doctor, instance.duty_by_id[blocker.duties[0]]))
        return f"{words[:1].upper()}{words[1:]}."
    more = said or beside_words(instance, blocker.beside, doctor) + _reach_words(blocker)
    return f"{blocker.rule.named}{say(fr=' : ', en=': ') if more else ''}{more}."


def _reach_words(blocker: Blocker) -> str:
    """« (jusqu’à 4, pour 3 au plus) »: the most of all the windows the duties named stand in."""
    if blocker.reach is None:
        return ""
    there, most = blocker.reach
    return say(fr=f" (jusqu’à {there}, pour {most} au plus)", en=f" (up to {there}, for {most} at most)")


def tail(text: str, name: str) -> str:
    """« 5 gardes en mars, pour 4 au plus » from « Dr X : 5 gardes en mars, pour 4 au plus. »"""
    for mark in (f"{name} : ", f"{name}: "):
        text = text.removeprefix(mark)
    return text.rstrip(". ")


def shown_after(texts: Iterable[str]) -> str:
    """« (a ; b) », or nothing."""
    kept = [text for text in dict.fromkeys(texts) if text]
    return f" ({say(fr=' ; ', en='; ').join(kept)})" if kept else ""


def _of(who: str) -> str:
    return f"du {who}" if who.startswith("Dr ") else f"de {who}"


Refused = Literal["silent", "impossible", "outside"]
"""Why a date is closed: no answer came, the doctor wrote « impossible », or the date is none of those offered."""


def refused_as(instance: Instance, doctor: str, duty: Duty) -> Refused:
    """Return what the doctor said that keeps him or her from a duty by its date."""
    if instance.answered and doctor not in instance.answered:
        return "silent"
    said = any(
        row.value == "impossible"
        and (row.duty == duty.id or bool(row.start and row.end and row.start <= duty.date <= row.end))
        for row in instance.availability_of.get(doctor, ())
    )
    return "impossible" if said else "outside"


def refused_words(refused: Refused) -> str:
    """« date déclarée impossible », said of a doctor to the coordinator; the same words wherever it is said."""
    return {
        "silent": say(fr="n’a pas rendu ses dates, compté indisponible", en="gave no dates, counted as unavailable"),
        "impossible": say(fr="date déclarée impossible", en="date declared impossible"),
        "outside": say(fr="hors des seules dates proposées", en="outside the only dates offered"),
    }[refused]


def refused_to(refused: Refused) -> str:
    """« Vous aviez déclaré cette date impossible », said to the doctor."""
    return {
        "silent": say(fr="Nous n’avons pas reçu vos dates", en="We have not received your dates"),
        "impossible": say(fr="Vous aviez déclaré cette date impossible", en="You had declared this date impossible"),
        "outside": say(fr="Vous n’aviez pas proposé cette date", en="You had not offered this date"),
    }[refused]
