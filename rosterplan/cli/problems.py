"""Problems of what was read, as people and programs read them; the gravest stand last, next to the prompt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.voice import answer
from rosterplan.messages import say

if TYPE_CHECKING:
    from rosterplan.cli.options import Common
    from rosterplan.domain.findings import Note, Problem, Severity
    from rosterplan.sheets.folder import FolderReading

CHECK_SCHEMA = 1


def check_json(reading: FolderReading, notes: Iterable[Note] = ()) -> dict[str, Any]:
    """Return what `check --json` prints: every problem, who has not answered, what is foreseen."""
    return {
        "schema": CHECK_SCHEMA,
        "problems": [problem.model_dump(mode="json") for problem in ordered(reading.problems)],
        "unanswered": [
            {
                "doctor": one.doctor.id, "assumed": one.assumed, "duties": len(one.asked.duties),
                "doctor_days": one.asked.doctor_days, "refused_days": one.refused_days, "maximum": one.maximum,
            }
            for one in reading.unanswered
        ],
        "notes": [note.model_dump(mode="json") for note in notes],
    }  # fmt: skip


def ordered(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems by file, sheet and cell."""
    from rosterplan.sheets.checklists import in_reading_order

    return in_reading_order(problems)


def problem_words(problem: Problem) -> str:
    """Return a problem on its lines: where, what was found, what was wanted, what to do."""
    sheet = say(fr=f"feuille « {problem.sheet} »", en=f"sheet “{problem.sheet}”") if problem.sheet else ""
    place = " · ".join(part for part in (problem.file, sheet, problem.cell) if part)
    lines = [f"{_severity(problem.severity)} · {place}" if place else _severity(problem.severity)]
    said = (
        (say(fr="Trouvé : ", en="Found: "), problem.found),
        (say(fr="Attendu : ", en="Wanted: "), problem.wanted),
        (say(fr="À faire : ", en="To do: "), problem.remedy),
    )
    return "\n".join([*lines, *(f"    {label}{text}" for label, text in said if text)])


def counted(problems: Sequence[Problem]) -> str:
    """« 3 erreurs, 12 avertissements et 40 informations »."""
    from rosterplan.messages.words import listed
    from rosterplan.sheets.checklists import SEVERITIES, severity_words

    counts = {severity: sum(problem.severity == severity for problem in problems) for severity in SEVERITIES}
    return listed([severity_words(severity, count) for severity, count in counts.items() if count])


def refuse_errors(common: Common, reading: FolderReading, called: str) -> Refused:
    """Return the refusal of the folder ``called`` so, with errors: all of them for people, the answer of `check` for programs."""
    if common.json:
        answer(check_json(reading))
    errors = [problem for problem in ordered(reading.problems) if problem.severity == "erreur"]
    after = say(
        fr=f"Rien n’a été fait : {counted(errors)} à corriger. Tout est dit par : rosterplan check {called}",
        en=f"Nothing was done: {counted(errors)} to mend. All is told by: rosterplan check {called}",
    )
    return Refused("\n".join([*(problem_words(problem) for problem in errors), "", after]), Exit.INPUT)


def _severity(severity: Severity) -> str:
    return {
        "erreur": say(fr="Erreur", en="Error"),
        "avertissement": say(fr="Avertissement", en="Warning"),
        "information": say(fr="Information", en="Remark"),
    }[severity]
