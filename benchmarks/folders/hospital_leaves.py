"""What comes back for hospital lines: the leave export of each house, and the wishes doctors sent to the secretariat."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.folders.hospitals import Hospitals
from benchmarks.folders.minds import mind_of
from rosterplan.sheets.forms.questionnaire import Questionnaire

TOLD = 30
"""Days after the forms were due to leave."""


def leave_files(folder: Hospitals, questions: Questionnaire) -> dict[str, bytes]:
    """A csv of leaves per house, as its own program writes it, and one of wishes and refusals."""
    period = questions.instance.period
    minds = {
        asked.doctor.id: mind_of(asked, Random(f"{folder.id}/{asked.doctor.id}"), period) for asked in questions.asked
    }
    sent = period.start - timedelta(days=90 - TOLD)
    files = {}
    for house in folder.houses:
        rows = ["Médecin;Du;Au;Réponse;Reçu le"]
        for asked in questions.asked:
            if asked.doctor.establishment == house.id:
                for first, last in minds[asked.doctor.id].leave:
                    rows.append(_row(asked.doctor.id, first, last, "impossible", sent))
        files[f"congés {house.id}.csv"] = _csv(rows)
    wishes = ["Médecin;Du;Au;Réponse;Reçu le"]
    for doctor, mind in minds.items():
        for duty, word in mind.duties:
            if word in ("souhaité", "à éviter"):
                wishes.append(_row(doctor, duty.date, duty.date, word, sent))
    files["souhaits.csv"] = _csv(wishes)
    return files


def _row(doctor: str, first: date, last: date, word: str, sent: date) -> str:
    return f"{doctor};{first:%d/%m/%Y};{last:%d/%m/%Y};{word};{sent:%d/%m/%Y}"


def _csv(rows: list[str]) -> bytes:
    return ("\r\n".join(rows) + "\r\n").encode("cp1252")
