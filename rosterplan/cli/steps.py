"""`rosterplan` alone: the steps of the current folder, done, late, next, and the command to type now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rosterplan.cli.backplan import law, standing_words, standings
from rosterplan.cli.exits import Exit
from rosterplan.cli.folders import Opened, open_folder, shown
from rosterplan.cli.life import Life, life_of
from rosterplan.cli.problems import counted
from rosterplan.cli.rosters import last_roster
from rosterplan.cli.voice import answer, tell
from rosterplan.domain.file_names import ANSWERS_FOLDER, CORRECTIONS_FILE, PLAN_FILE, ROSTER_FILE, TABLEAU_FILE
from rosterplan.messages import say
from rosterplan.messages.trade import step_word
from rosterplan.messages.words import long_date, plural

if TYPE_CHECKING:
    from rosterplan.cli.options import Common
    from rosterplan.domain.calendar.deadlines import Standing

STEPS_SCHEMA = 1


@dataclass(frozen=True)
class Evidence:
    """What the files of a folder show: forms written, answers received and wanted, a roster, its unfilled duties.

    ``all_free``: the plan takes those who have not answered to be available.
    """

    forms: bool
    received: int
    asked: int
    roster: Path | None
    unfilled: int
    outdated: bool
    all_free: bool = False

    @property
    def blind(self) -> bool:
        """True if a roster rests on no answer at all: it supposes that everybody is available."""
        return self.roster is not None and self.asked > 0 and self.received == 0 and self.all_free

    @property
    def done(self) -> frozenset[str]:
        """Codes of the steps that are visibly done."""
        steps = {
            "formulaires": self.forms or self.received > 0,
            "reponses": self.asked > 0 and self.received >= self.asked,
        }
        return frozenset(code for code, visible in steps.items() if visible)


def steps(common: Common) -> int:
    """Tell the steps of the current folder; elsewhere, how to begin."""
    from rosterplan.report.trade import period_word

    if not Path(PLAN_FILE).is_file():
        return _elsewhere(common)
    opened = open_folder(common, Path())
    draft = opened.reading.draft
    if draft is None:
        tell(common, say(fr=f"{PLAN_FILE} ne peut pas encore être lu : {counted(opened.reading.errors)}.",
                         en=f"{PLAN_FILE} cannot be read yet: {counted(opened.reading.errors)}."))  # fmt: skip
        _tell_next(common, "rosterplan check")
        if common.json:
            answer({"schema": STEPS_SCHEMA, "steps": [], "next": "rosterplan check"})
        return Exit.DONE
    seen = _evidence(opened)
    deadline = draft.plan.answer_deadline
    chosen = {"reponses": deadline} if deadline else None
    life = life_of(opened, draft.id)
    plan = standings(draft.period, common.today, seen.done | life.done | _filled(opened, life), chosen, draft.kinds)
    if life.closed:  # nothing is late once the quarter is closed
        plan = tuple(one for one in plan if one.state != "late")
    command = _next_command(opened, seen, life, draft.period.end, common.today)
    if common.json:
        answer({"schema": STEPS_SCHEMA, "steps": [_entry(standing) for standing in plan], "next": command})
        return Exit.DONE
    tell(common, f"{draft.id}, {period_word(draft.period)}")
    tell(common)
    for standing in plan:
        tell(common, _line(standing))
    tell(common)
    for line in _state(opened, seen, life):
        tell(common, line)
    if seen.roster is not None or life.last or life.fault:
        tell(common, life.words())
    _tell_next(common, command)
    return Exit.DONE


def _next_command(opened: Opened, seen: Evidence, life: Life, end: date, today: date) -> str | None:
    """Return the command to type now; None where there is nothing to do yet."""
    if life.definitive:
        return "rosterplan replan" if seen.outdated and today <= end and not life.closed else life.command(end, today)
    only_waiting = opened.reading.only_answers_missing
    if opened.reading.errors and not only_waiting:
        return "rosterplan check"
    if not seen.forms and not seen.received and seen.roster is None:
        return "rosterplan forms"
    if only_waiting:
        return "rosterplan check"
    if seen.blind:
        return "rosterplan check" if seen.forms else "rosterplan forms"
    return "rosterplan solve" if seen.roster is None or seen.outdated else life.command(end, today)


def _evidence(opened: Opened) -> Evidence:
    answers = opened.reading.answers
    roster = last_roster(opened.out)
    return Evidence(
        forms=any((opened.out / name).is_dir() for name in ("formulaires", "forms")),
        received=len(answers.doctors) if answers else 0,
        asked=len(answers.questions.asked) if answers else 0,
        roster=roster,
        unfilled=_unfilled(opened.out) or 0,
        outdated=roster is not None and any(file.stat().st_mtime > roster.stat().st_mtime for file in _inputs(opened.path)),
        all_free=opened.reading.draft is not None and opened.reading.draft.plan.missing_answers == "disponible",
    )  # fmt: skip


def _inputs(folder: Path) -> list[Path]:
    """The files a person fills in."""
    answers = folder / ANSWERS_FOLDER
    files = [folder / PLAN_FILE, folder / CORRECTIONS_FILE, *(answers.iterdir() if answers.is_dir() else ())]
    return [file for file in files if file.is_file()]


def _filled(opened: Opened, life: Life) -> frozenset[str]:
    """The step of the last duties, done once the last published version leaves none unfilled."""
    from rosterplan.ledger.folder import VERSIONS_FOLDER

    if life.last is None:
        return frozenset()
    place = opened.out / VERSIONS_FOLDER / f"{life.last.number:03}"
    return frozenset({"derniers-trous"}) if _unfilled(place) == 0 else frozenset()


def _unfilled(out: Path) -> int | None:
    """Positions missing in the roster.json of a folder; None where there is none that can be read."""
    from rosterplan.report.roster_json import UnreadableRoster, read_roster_document

    try:
        document = read_roster_document((out / ROSTER_FILE).read_bytes())
    except (OSError, UnreadableRoster):
        return None
    return sum(hole.missing for hole in document.holes)


def _line(standing: Standing) -> str:
    """« ✓ lundi 2 novembre 2026 : formulaires envoyés aux médecins — fait »."""
    mark = {"done": "✓", "late": "!", "next": "→", "later": " "}[standing.state]
    deadline = standing.deadline
    return f"{mark} {long_date(deadline.due)} : {step_word(deadline.code)}{law(deadline)} — {standing_words(standing)}"


def _state(opened: Opened, seen: Evidence, life: Life) -> list[str]:
    """Where the folder stands, in a few lines."""
    problems = opened.reading.problems
    lines = [
        say(fr=f"Réponses : {seen.received} sur {plural(seen.asked, 'médecin')}.", en=f"Answers: {seen.received} of {plural(seen.asked, 'doctor')}."),
        say(fr=f"Lecture des fichiers : {counted(problems) or 'rien à signaler'}.", en=f"Files read: {counted(problems) or 'nothing to report'}."),
    ]  # fmt: skip
    if seen.blind and not life.definitive:
        lines.append(say(fr="Aucune réponse reçue : le tableau suppose tout le monde disponible. Envoyez les formulaires, puis rangez ceux qui "
                            f"reviennent dans {shown(opened.path / ANSWERS_FOLDER)} avant de publier.",
                         en="No answer received: the roster supposes that everybody is available. Send the forms, then put those that come "
                            f"back in {shown(opened.path / ANSWERS_FOLDER)} before publishing."))  # fmt: skip
    if seen.roster is None:
        lines.append(say(fr="Aucun tableau calculé.", en="No roster computed."))
    else:
        missing = plural(seen.unfilled, say(fr="garde non pourvue", en="unfilled duty"),
                         say(fr="gardes non pourvues", en="unfilled duties"))  # fmt: skip
        lines.append(
            say(
                fr=f"Tableau : {shown(opened.out / TABLEAU_FILE)}, {missing}.",
                en=f"Roster: {shown(opened.out / TABLEAU_FILE)}, {missing}.",
            )
        )
    if seen.outdated:
        lines.append(say(fr="Des fichiers ont changé depuis ce tableau.", en="Files have changed since this roster."))
    return lines


def _entry(standing: Standing) -> dict[str, object]:
    deadline = standing.deadline
    return {"code": deadline.code, "due": deadline.due.isoformat(), "state": standing.state, "days_left": standing.days_left,
            "legal": deadline.step.legal, "text": step_word(deadline.code)}  # fmt: skip


def _tell_next(common: Common, command: str | None) -> None:
    if command is None:
        tell(common, say(fr="Rien à faire pour l’instant.", en="Nothing to do for now."))
        return
    tell(common, say(fr=f"À faire maintenant : {command}", en=f"To do now: {command}"))


def _elsewhere(common: Common) -> int:
    """What to do where there is no planning folder: those found below, or how to begin."""
    found = sorted(path.parent.name for path in Path().glob(f"*/{PLAN_FILE}"))
    if common.json:
        answer({"schema": STEPS_SCHEMA, "steps": [], "next": None, "folders": found})
        return Exit.DONE
    tell(common, say(fr="Le dossier courant n’est pas un dossier de garde : il ne contient pas plan.xlsx.",
                     en="The current folder is no planning folder: it holds no plan.xlsx."))  # fmt: skip
    if found:
        tell(common, say(fr="Dossiers de garde trouvés ici :", en="Planning folders found here:"))
        for name in found:
            tell(common, f"  cd {shown(Path(name))}")
    else:
        tell(
            common, say(fr="Pour commencer : rosterplan new garde-2027T2", en="To begin: rosterplan new duties-2027T2")
        )
        tell(common, say(fr="Pour essayer : rosterplan demo", en="To try: rosterplan demo"))
    tell(common, say(fr="Pour l’aide : rosterplan --help", en="For help: rosterplan --help"))
    return Exit.DONE
