"""`forms`: what is sent to doctors, printed for those who answer on paper, and typed into for those who phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rosterplan.cli.exits import Exit
from rosterplan.cli.folders import Opened, draft_rules, holidays_of, open_folder, shown
from rosterplan.cli.options import Common, Folder
from rosterplan.cli.outputs import write_together
from rosterplan.cli.voice import answer, tell
from rosterplan.domain.file_names import ANSWERS_FOLDER
from rosterplan.messages import say
from rosterplan.messages.words import plural

if TYPE_CHECKING:
    from rosterplan.sheets.forms.questionnaire import Questionnaire

FORMS_SCHEMA = 1


def forms(common: Common, folder: Folder = None) -> int:
    """Write every form of the period; answers already received, good or bad, change nothing to what is asked."""
    from rosterplan.sheets.forms.all_forms import all_forms

    opened = open_folder(common, folder)
    questions = _questions(common, opened)
    if not questions.asked:
        _tell_nobody(common)
        return Exit.DONE
    people = plural(len(questions.asked), say(fr="médecin", en="doctor"))
    tell(common, say(fr=f"Écriture des formulaires de {people}…", en=f"Writing the forms of {people}…"))
    files = list(all_forms(questions, made_on=common.today))
    paths = write_together(opened.out, {file.path: file.content for file in files})
    if common.json:
        answer({
            "schema": FORMS_SCHEMA,
            "files": [
                {"path": str(path), "doctor": file.doctor} for path, file in zip(paths, files, strict=True)
            ],
        })  # fmt: skip
        return Exit.DONE
    tell(common, say(fr=f"Formulaires, feuilles papier, feuilles de secteur et grille Saisie : {shown(opened.out)}",
                     en=f"Forms, paper sheets, sector sheets and the grid Saisie: {shown(opened.out)}"))  # fmt: skip
    tell(common, say(fr=f"Rangez les réponses, telles quelles, dans {shown(opened.path / ANSWERS_FOLDER)}.",
                     en=f"Put the answers, as they are, into {shown(opened.path / ANSWERS_FOLDER)}."))  # fmt: skip
    return Exit.DONE


def _questions(common: Common, opened: Opened) -> Questionnaire:
    """Return what is asked of whom; errors of the plan forbid it, errors of answers do not."""
    from rosterplan.sheets.forms.questionnaire import questionnaire

    draft, rules = draft_rules(common, opened)
    content = opened.reading.plan.content if opened.reading.plan else None
    return questionnaire(
        draft, rules, holidays=holidays_of(opened), reply_to="" if content is None else content.reply_to
    )


def _tell_nobody(common: Common) -> None:
    if common.json:
        answer({"schema": FORMS_SCHEMA, "files": []})
    tell(common, say(fr="Aucun médecin ne peut tenir de garde selon les règles du dossier : rien à demander.",
                     en="No doctor may hold any duty under the rules of the folder: there is nothing to ask."))  # fmt: skip
