"""« Voici ce que nous avons compris »: a letter to each doctor, in his or her own terms, ready to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rosterplan.domain.instance import Instance
from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.messages.words import listed, long_date, plural, short_date
from rosterplan.sheets.answers.merge import DoctorAnswer
from rosterplan.sheets.answers.resolve import Resolved
from rosterplan.sheets.answers.said import Statement, source_words
from rosterplan.sheets.forms.questionnaire import Asked
from rosterplan.sheets.forms.words import Value, duty_hours, offered

_ORDER: tuple[Value, ...] = ("impossible", "only", "avoid", "wish", "neutral")


def understood_text(answer: DoctorAnswer, instance: Instance) -> str:
    """The letter to one doctor: what was understood, what is left open, how to correct it."""
    parts = [
        _greeting(answer.asked),
        say(
            fr=f"Voici ce que nous avons compris de vos disponibilités pour les gardes du {_period(instance)}{_received(answer)} :",
            en=f"Here is what we understood of your availability for the duties of {_period(instance)}{_received(answer)}:",
        ),
        "\n".join(f"– {line}" for line in understood_lines(answer, instance)),
        _unread(answer),
        _left(answer),
        _please_confirm(answer, instance),
        say(
            fr="Si quelque chose n’est pas exact, répondez à ce message.",
            en="If anything is not right, reply to this message.",
        ),
        say(fr="Bien cordialement,", en="Kind regards,"),
    ]
    return "\n\n".join(part for part in parts if part)


def understood_lines(answer: DoctorAnswer, instance: Instance) -> list[str]:
    """What a doctor said, a line per thing said: days in words, how many duties they reach."""
    if answer.empty:
        return [say(fr="votre formulaire est revenu vide : vous êtes compté disponible pour toutes vos gardes",
                    en="your form came back empty: you are counted available for all your duties")]  # fmt: skip
    lines = [
        line
        for value in _ORDER
        for line in _lines_of([one for one in answer.statements if one.value == value], answer, instance)
    ]
    if any(one.no_constraint for one in answer.answers):
        lines.append(
            say(fr="aucune contrainte", en="no constraint")
            if not lines
            else say(fr="aucune autre contrainte", en="no other constraint")
        )
    if answer.maximum is not None:
        lines.append(
            say(
                fr=f"au plus {plural(answer.maximum, 'garde')} sur la période",
                en=f"at most {plural(answer.maximum, 'duty', 'duties')} in the period",
            )
        )
    if answer.phone:
        lines.append(
            say(fr=f"téléphone pendant vos gardes : {answer.phone}", en=f"phone during your duties: {answer.phone}")
        )
    return lines


def _lines_of(said: Sequence[Statement], answer: DoctorAnswer, instance: Instance) -> Iterable[str]:
    """Lines for statements of one value: periods and weekdays one by one, single duties together."""
    singles = [duty for one in said if one.reach == "duty" for duty in one.duties if _holds(answer.resolved[duty], one)]
    for one in said:
        if one.reach != "duty":
            count = len(one.duties)
            reach = plural(count, say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
            yield f"{_statement_words(one)} ({reach}{_how(one)})"
    if singles:
        value = said[0].value
        duties = [instance.duty_by_id[duty] for duty in dict.fromkeys(singles)]
        yield f"{offered(value)} : {_duties(duties, answer, instance)}"


def _statement_words(said: Statement) -> str:
    """« impossible du mercredi 10 février au samedi 20 février 2027 »."""
    if said.start is None or said.end is None or said.weekdays:
        return said.words()
    first, last = long_date(said.start, year=said.start.year != said.end.year), long_date(said.end)
    if said.start == said.end:
        days = say(fr=f"le {last}", en=f"on {last}")
    else:
        days = say(fr=f"du {first} au {last}", en=f"from {first} to {last}")
    return f"{offered(said.value)} {days}" + (f" ({said.which})" if said.which else "")


def _holds(found: Resolved, said: Statement) -> bool:
    """True if the statement is the one kept for its duty."""
    return found.kept.value == said.value


def _duties(duties: Sequence[Duty], answer: DoctorAnswer, instance: Instance) -> str:
    """« sam. 09/01 12 h – 24 h, lun. 11/01 20 h – 24 h », with the line where the doctor has several."""
    several = len(answer.asked.lines) > 1
    ordered = sorted(duties, key=lambda duty: (duty.start_minute, duty.line))
    return listed([
        f"{short_date(duty.date)} {duty_hours(duty)}" + (f" ({instance.line_by_id[duty.line].name})" if several else "") for duty in ordered
    ])  # fmt: skip


def _how(said: Statement) -> str:
    return "" if said.source == "form" else f", {source_words(said.source)}"


def _greeting(asked: Asked) -> str:
    name = asked.doctor.last_name.upper()
    title = (
        say(fr="Docteur", en="Dr") if asked.doctor.profession == "medecin" else say(fr="Madame, Monsieur", en="Dear")
    )
    return f"{title} {name},"


def _period(instance: Instance) -> str:
    first, last = instance.period.start, instance.period.end
    return say(
        fr=f"{long_date(first, year=first.year != last.year)} au {long_date(last)}",
        en=f"{long_date(first, year=first.year != last.year)} to {long_date(last)}",
    )


def _received(answer: DoctorAnswer) -> str:
    if answer.received is None:
        return ""
    sources = listed(list(dict.fromkeys(source_words(one.source) for one in answer.answers)))
    return say(
        fr=f" ({sources}, reçu le {answer.received:%d/%m/%Y})", en=f" ({sources}, received {answer.received:%d/%m/%Y})"
    )


def _unread(answer: DoctorAnswer) -> str:
    if not any(one.unclear for one in answer.answers):
        return ""
    return say(
        fr="Une partie de votre réponse n’a pas pu être lue : nous revenons vers vous à ce sujet.",
        en="Part of your answer could not be read: we will come back to you about it.",
    )


def _left(answer: DoctorAnswer) -> str:
    left, total = len(answer.open_duties()), len(answer.asked.duties)
    return say(
        fr=f"Il vous reste {plural(left, 'garde possible', 'gardes possibles')} sur {total}.",
        en=f"{plural(left, 'duty', 'duties')} of {total} remain possible for you.",
    )


def _please_confirm(answer: DoctorAnswer, instance: Instance) -> str:
    """The duties about which the doctor said two things, with the reading kept."""
    doubtful = [(instance.duty_by_id[duty], found) for duty, found in answer.resolved.items() if found.clash]
    if not doubtful:
        return ""
    doubtful.sort(key=lambda pair: pair[0].start_minute)
    said = listed([f"{short_date(duty.date)} « {offered(found.value)} »" for duty, found in doubtful], most=12)
    return say(
        fr=f"Deux de vos réponses se contredisent ; par prudence nous avons retenu : {said}. Merci de nous le confirmer.",
        en=f"Two of your answers contradict each other; to be careful we kept: {said}. Please confirm.",
    )


def reminder_text(asked: Asked, instance: Instance) -> str:
    """The message to a doctor from whom no answer came."""
    deadline = instance.plan.answer_deadline
    by = (
        ""
        if deadline is None
        else say(fr=f" La date limite est le {long_date(deadline)}.", en=f" The deadline is {long_date(deadline)}.")
    )
    return "\n\n".join((
        _greeting(asked),
        say(fr=f"Nous n’avons pas encore reçu vos disponibilités pour les gardes du {_period(instance)}.{by}",
            en=f"We have not yet received your availability for the duties of {_period(instance)}.{by}"),
        say(fr="Vous pouvez renvoyer le formulaire rempli, la feuille papier, ou nous répondre par téléphone ou par courriel. "
               "Si vous n’avez aucune contrainte, un mot suffit.",
            en="You may send back the form, the paper sheet, or answer by phone or mail. If you have no constraint, one word is enough."),
        _what_happens(instance),
        say(fr="Bien cordialement,", en="Kind regards,"),
    ))  # fmt: skip


def _what_happens(instance: Instance) -> str:
    return {
        "a-relancer": say(fr="Le tableau de garde ne peut pas être établi sans votre réponse.", en="The roster cannot be made without your answer."),
        "indisponible": say(fr="Sans réponse, vous serez compté indisponible, et vos collègues tiendront ces gardes.",
                            en="Without an answer you will be counted unavailable, and your colleagues will hold these duties."),
        "disponible": say(fr="Sans réponse, vous serez compté disponible pour toutes vos gardes.", en="Without an answer you will be counted available for every duty."),
        "comme-au-dernier-trimestre": say(fr="Sans réponse, vous serez compté comme au dernier trimestre.", en="Without an answer you will be counted as in the last quarter."),
    }[instance.plan.missing_answers]  # fmt: skip
