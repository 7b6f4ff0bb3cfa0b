"""What is odd in answers that were understood one by one: they clash, replace each other, or say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rosterplan.domain.findings import Problem
from rosterplan.domain.people import Doctor
from rosterplan.messages import say
from rosterplan.messages.words import listed, of_person, short_date
from rosterplan.sheets.answers.said import Answer, Statement, source_words
from rosterplan.sheets.cells.place import problem_at
from rosterplan.sheets.forms.words import offered

_DAYS_SHOWN = 4


def clash_problem(doctor: Doctor, pair: tuple[Statement, Statement], days: Sequence[date]) -> Problem:
    """Two statements of one answer that cannot both be meant; the more careful one is kept."""
    kept, other = pair
    return problem_at(
        other.place, "answers-clash", severity="avertissement",
        found=say(fr=f"{doctor.name} : « {other.words()} » et « {kept.words()} » ({_days(days)})",
                  en=f"{doctor.name}: “{other.words()}” and “{kept.words()}” ({_days(days)})"),
        wanted=say(fr="une seule réponse par garde", en="one answer per duty"),
        remedy=say(fr=f"Retenu par prudence : « {offered(kept.value)} » (cellule {kept.place.cell}). Demandez au médecin.",
                   en=f"Kept to be careful: “{offered(kept.value)}” (cell {kept.place.cell}). Ask the doctor."),
    )  # fmt: skip


def exception_problem(doctor: Doctor, pair: tuple[Statement, Statement], days: Sequence[date]) -> Problem:
    """A duty left open on a weekday refused in general: an exception, not a mistake."""
    own, habit = pair
    return problem_at(
        own.place, "answers-exception", severity="information",
        found=say(fr=f"{doctor.name} : « {habit.words()} », mais « {offered(own.value)} » {_days(days)}",
                  en=f"{doctor.name}: “{habit.words()}”, but “{offered(own.value)}” {_days(days)}"),
        wanted=say(fr="une exception voulue", en="an exception that is meant"),
        remedy=say(fr="L’exception est retenue.", en="The exception is kept."),
    )  # fmt: skip


def outdated_problem(doctor: Doctor, pair: tuple[Statement, Statement], days: Sequence[date]) -> Problem:
    """An older answer about the same duties; the latest one is kept."""
    kept, older = pair
    same_day = kept.received == older.received
    return problem_at(
        older.place, "answer-outdated", severity="avertissement" if same_day else "information",
        found=say(fr=f"{doctor.name} : « {offered(older.value)} » ({source_words(older.source)}, {_when(older.received)}) pour {_days(days)}",
                  en=f"{doctor.name}: “{offered(older.value)}” ({source_words(older.source)}, {_when(older.received)}) for {_days(days)}"),
        wanted=say(fr="la réponse la plus récente", en="the latest answer"),
        remedy=say(fr=f"Retenu : « {offered(kept.value)} » ({source_words(kept.source)}, {_when(kept.received)}, {kept.place.file}). L’ancienne est conservée ici.",
                   en=f"Kept: “{offered(kept.value)}” ({source_words(kept.source)}, {_when(kept.received)}, {kept.place.file}). The older one is kept here."),
    )  # fmt: skip


def two_forms(doctor: Doctor, kept: Answer, older: Answer) -> Problem:
    """Two forms of one doctor: the last one replaces the other whole."""
    sure = kept.received is not None and kept.received != older.received
    remedy = say(
        fr=f"Retenu : {kept.place.file} ({_when(kept.received)}), en entier.",
        en=f"Kept: {kept.place.file} ({_when(kept.received)}), whole.",
    )
    if not sure:
        remedy += say(fr=" Les dates ne les départagent pas : remplissez « Formulaire rempli le », ou écartez l’un des deux avec --sans.",
                      en=" Their dates do not settle it: fill in “Form filled in on”, or set one aside with --sans.")  # fmt: skip
    return problem_at(
        older.place, "form-twice", severity="avertissement",
        found=say(fr=f"deux formulaires {of_person(doctor.name)}", en=f"two forms of {doctor.name}"),
        wanted=say(fr="un formulaire par médecin", en="one form per doctor"), remedy=remedy,
    )  # fmt: skip


def maximum_problem(doctor: Doctor, kept: Answer, older: Answer) -> Problem:
    """Two different maxima declared; the last one is kept."""
    return problem_at(
        older.place, "maximum-outdated", severity="information",
        found=say(fr=f"{doctor.name} : maximum de {older.maximum}, puis de {kept.maximum}", en=f"{doctor.name}: maximum of {older.maximum}, then of {kept.maximum}"),
        wanted=say(fr="un seul maximum", en="one maximum"), remedy=say(fr=f"Retenu : {kept.maximum}.", en=f"Kept: {kept.maximum}."),
    )  # fmt: skip


def only_and_wish(doctor: Doctor, outside: Sequence[Statement]) -> list[Problem]:
    """Duties said possible beside « seulement ces dates »: they are added to those dates, and it is said."""
    if not outside:
        return []
    days = [statement.start for statement in outside if statement.start]
    return [problem_at(
        outside[0].place, "only-and-others", severity="avertissement",
        found=say(fr=f"{doctor.name} : « seulement » certaines dates, et aussi « {offered(outside[0].value)} » {_days(days)}",
                  en=f"{doctor.name}: “only” some dates, and also “{offered(outside[0].value)}” {_days(days)}"),
        wanted=say(fr="toutes les dates possibles marquées « seulement »", en="every possible date marked “only”"),
        remedy=say(fr="Ces dates sont ajoutées aux dates possibles ; confirmez auprès du médecin.",
                   en="These dates are added to the possible ones; confirm with the doctor."),
    )]  # fmt: skip


def constraint_doubt(doctor: Doctor, answers: Sequence[Answer]) -> list[Problem]:
    """« aucune contrainte » beside refusals in the same answer: the refusals are kept."""
    found: list[Problem] = []
    for answer in answers:
        refusals = [statement for statement in answer.statements if statement.value in ("impossible", "only")]
        if answer.no_constraint and refusals:
            found.append(problem_at(
                refusals[0].place, "constraint-doubt", severity="avertissement",
                found=say(fr=f"{doctor.name} : « aucune contrainte », mais « {refusals[0].words()} »",
                          en=f"{doctor.name}: “no constraint”, but “{refusals[0].words()}”"),
                wanted=say(fr="l’un ou l’autre", en="one or the other"),
                remedy=say(fr="Les refus sont retenus ; confirmez auprès du médecin.", en="The refusals are kept; confirm with the doctor."),
            ))  # fmt: skip
    return found


def empty_form(doctor: Doctor, answer: Answer, duties: int, days: int) -> Problem:
    """A form that came back without a word: everything is open, unlike a form that never came."""
    return problem_at(
        answer.place, "form-empty", severity="avertissement",
        found=say(fr=f"formulaire {of_person(doctor.name)} revenu vide", en=f"form of {doctor.name} came back empty"),
        wanted=say(fr="au moins une réponse, ou « je n’ai aucune contrainte »", en="at least one answer, or “I have no constraint”"),
        remedy=say(fr=f"Compté disponible pour ses {duties} gardes ({days} jours-médecin) ; confirmez auprès du médecin.",
                   en=f"Counted available for all {duties} duties ({days} doctor-days); confirm with the doctor."),
    )  # fmt: skip


def _days(days: Sequence[date]) -> str:
    return listed([short_date(day) for day in sorted(set(days))], most=_DAYS_SHOWN)


def _when(day: date | None) -> str:
    return (
        say(fr="sans date", en="undated")
        if day is None
        else say(fr=f"reçu le {day:%d/%m/%Y}", en=f"received {day:%d/%m/%Y}")
    )
