"""`check`: every problem at once, what was understood, whom to remind, what will be short."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from rosterplan.cli.exits import Exit
from rosterplan.cli.folders import Opened, open_folder, shown
from rosterplan.cli.opening import outdated_words
from rosterplan.cli.options import Common, Folder
from rosterplan.cli.outputs import write_together
from rosterplan.cli.problems import check_json, counted, ordered, problem_words
from rosterplan.cli.voice import answer, conclude, tell
from rosterplan.messages import say
from rosterplan.messages.words import plural

if TYPE_CHECKING:
    from rosterplan.domain.findings import Note

Without = Annotated[list[str], typer.Option("--sans", metavar="metavar.file", help="option.sans")]

PROBLEMS_FILE = "points-a-corriger.xlsx"
UNDERSTOOD_FILE = "ce-que-nous-avons-compris.xlsx"
REMINDERS_FILE = "relances.xlsx"


def check(common: Common, folder: Folder = None, sans: Without = []) -> int:  # noqa: B006 (typer's way to say « none »)
    """Tell every problem and write the lists to work from; warnings alone forbid nothing."""
    from rosterplan.sheets.answers.read import MANY_FILES
    from rosterplan.sheets.beside import Beside

    with _uncollected():
        opened = open_folder(common, folder, sans)
        many = opened.reading.answers is not None and len(opened.reading.answers.files) >= MANY_FILES
        lists = Beside(lambda: dict(_lists(common, opened)), worth_it=many)
        refused = _contradictions(opened)
        notes = (*_foreseen(opened), *refused)
    paths = write_together(opened.out, lists.result())
    code = Exit.INPUT if opened.reading.errors else Exit.CONTRADICTION if refused else Exit.DONE
    if common.json:
        answer(check_json(opened.reading, notes))
        return code
    _tell_problems(common, opened)
    _tell_answers(common, opened)
    _tell_notes(common, notes)
    outdated = "" if opened.reading.draft is None else outdated_words(opened, opened.reading.draft)
    if outdated:
        tell(common)
        tell(common, outdated)
    if paths:
        tell(common)
    for path in paths:
        tell(common, say(fr=f"Écrit : {path}", en=f"Written: {path}"))
    _tell_verdict(common, opened, contradicted=bool(refused))
    return code


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is read inside lives to the end: no time is spent looking through it again and again for rubbish."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _foreseen(opened: Opened) -> tuple[Note, ...]:
    """What no roster could mend, foreseen from the best instance that could be made.

    Where the list of doctors could not be read every duty would be a shortage: the error says enough.
    """
    from rosterplan.rules.book import rule_book
    from rosterplan.rules.foresight import foreseen

    draft = opened.reading.draft
    if draft is None or (opened.reading.errors and not draft.doctors):
        return ()
    return foreseen(draft, rule_book(draft))


def _contradictions(opened: Opened) -> tuple[Note, ...]:
    """What `solve` will refuse: imposed assignments that hard rules forbid together; told beside any other error."""
    from rosterplan.domain.findings import Note
    from rosterplan.explain.contradictions import contradictions
    from rosterplan.rules.book import rule_book

    draft = opened.reading.draft
    found = () if draft is None else contradictions(draft, rule_book(draft))
    return tuple(Note(code="contradiction", severity="erreur", text=one.text) for one in found)


def _lists(common: Common, opened: Opened) -> Iterator[tuple[str, bytes]]:
    """Yield the workbooks a coordinator works from: problems, what was understood, reminders."""
    from rosterplan.sheets.checklists import problems_xlsx, relances_xlsx, understood_xlsx

    reading = opened.reading
    if reading.draft is None:
        return
    yield PROBLEMS_FILE, problems_xlsx(reading.problems, reading.draft.period, made_on=common.today)
    if reading.answers is not None:
        yield UNDERSTOOD_FILE, understood_xlsx(reading.answers, made_on=common.today)
        yield REMINDERS_FILE, relances_xlsx(reading.answers, made_on=common.today)


def _tell_problems(common: Common, opened: Opened) -> None:
    """Warnings first, errors last: what must be mended stands nearest the prompt. Remarks stay in the workbook."""
    problems = ordered(opened.reading.problems)
    for problem in problems:
        if problem.severity == "avertissement":
            tell(common, problem_words(problem))
    for problem in problems:
        if problem.severity == "erreur":
            conclude(common, problem_words(problem), good=False)
    if any(problem.severity != "erreur" for problem in problems):  # of errors alone the verdict tells the count
        tell(common)
        unseen = any(problem.severity == "information" for problem in problems) and opened.reading.draft is not None
        where = say(fr=f" Les informations se lisent dans {PROBLEMS_FILE}.", en=f" Remarks are in {PROBLEMS_FILE}.")
        tell(common, counted(problems) + "." + (where if unseen else ""))


def _tell_answers(common: Common, opened: Opened) -> None:
    """How many answered, and what is assumed of the others."""
    from rosterplan.sheets.answers.missing import effect_words, policy_words

    answers = opened.reading.answers
    if answers is None:
        return
    asked = len(answers.questions.asked)
    tell(common, say(fr=f"Réponses : {len(answers.doctors)} sur {plural(asked, 'médecin')}.",
                     en=f"Answers: {len(answers.doctors)} of {plural(asked, 'doctor')}."))  # fmt: skip
    if answers.missing:
        tell(common, f"{effect_words(opened.reading.unanswered)} {policy_words(answers.questions.instance)}")
    if answers.set_aside_files:
        tell(
            common,
            say(
                fr=f"Mis de côté : {', '.join(answers.set_aside_files)}.",
                en=f"Set aside: {', '.join(answers.set_aside_files)}.",
            ),
        )


def _tell_notes(common: Common, notes: Sequence[Note]) -> None:
    serious = [note for note in notes if note.severity != "information"]
    if not serious:
        return
    tell(common)
    tell(common, say(fr="À prévoir :", en="Foreseen:"))
    for note in serious:
        tell(common, f"  – {note.text}")


def _tell_verdict(common: Common, opened: Opened, *, contradicted: bool) -> None:
    tell(common)
    errors = counted(opened.reading.errors)
    refused = say(fr="Le calcul sera refusé : aucun tableau ne peut respecter à la fois ces affectations imposées et ces règles.",
                  en="The computation will be refused: no roster can keep these imposed assignments and these rules at once.")  # fmt: skip
    if contradicted and not errors:
        words = refused
    elif not errors:
        words = say(fr=f"Rien n’empêche de calculer : rosterplan solve {opened.called}",
                    en=f"Nothing forbids to compute: rosterplan solve {opened.called}")  # fmt: skip
    elif opened.reading.only_answers_missing:
        reminders = shown(opened.out / REMINDERS_FILE)
        words = say(fr=f"Il ne manque que des réponses. Les textes de relance sont dans {reminders}.",
                    en=f"Only answers are missing. Reminders to send are in {reminders}.")  # fmt: skip
    else:
        words = say(fr=f"{errors} à corriger avant de calculer.", en=f"{errors} to mend before computing.")
    if contradicted and errors:
        words = f"{words} {refused}"
    conclude(common, words, good=not errors and not contradicted)
