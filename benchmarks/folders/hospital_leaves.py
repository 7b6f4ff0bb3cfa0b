"""What comes back for hospital lines: the leave export of each house, and the wishes doctors sent to the secretariat."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.folders.hospitals import Hospitals
from benchmarks.folders.minds import mind_of
from rosterplan.sheets.forms.questionnaire import Questionnaire
from rosterplan.sheets.plan.content import LeaveColumns

EXPORTS = (
    LeaveColumns(establishment="-", doctor="Matricule", first="Début d’absence", last="Fin d’absence"),
    LeaveColumns(establishment="-", doctor="Agent", first="Date départ", last="Date retour"),
    LeaveColumns(establishment="-", doctor="NOM Prénom", first="du jour", last="au jour"),
)
"""How three programs name the columns of their leaves; reasons and days stand beside and are never read."""

STRANGER = "SECRÉTARIAT Médical"

TOLD = 30
"""Days after the forms were due to leave."""


def leave_columns(folder: Hospitals) -> tuple[LeaveColumns, ...]:
    """The rows of sheet `Congés`: one per house."""
    return tuple(
        EXPORTS[rank % len(EXPORTS)].model_copy(update={"establishment": house.id, "file": f"congés {house.id}"})
        for rank, house in enumerate(folder.houses)
    )


def leave_files(folder: Hospitals, questions: Questionnaire) -> dict[str, bytes]:
    """A csv of leaves per house, as its own program writes it, and one of wishes and refusals."""
    period = questions.instance.period
    minds = {
        asked.doctor.id: mind_of(asked, Random(f"{folder.id}/{asked.doctor.id}"), period) for asked in questions.asked
    }
    sent = period.start - timedelta(days=90 - TOLD)
    files = {}
    for rank, house in enumerate(folder.houses):
        columns = EXPORTS[rank % len(EXPORTS)]
        rows = [";".join((columns.doctor, columns.first, columns.last, "Motif", "Jours"))]
        for asked in questions.asked:
            if asked.doctor.establishment == house.id:
                for first, last in minds[asked.doctor.id].leave:
                    days = (last - first).days + 1
                    name = asked.doctor.directory_name if rank % 2 else asked.doctor.id
                    rows.append(
                        f"{name};{first:%d/%m/%Y};{last:%d/%m/%Y};{('CA', 'RTT', 'Formation')[days % 3]};{days}"
                    )
        rows.append(f"{STRANGER};{period.start:%d/%m/%Y};{period.start:%d/%m/%Y};CA;1")
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
