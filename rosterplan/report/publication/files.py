"""Every file of a publication, by name; which recipients a state has, and for whom each file is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from rosterplan.domain.file_names import TABLEAU_FILE
from rosterplan.messages import say
from rosterplan.report.agenda.files import agenda_files
from rosterplan.report.agenda.weeks import week_xlsx
from rosterplan.report.hospital.files import FOLDER as HOSPITAL_FOLDER
from rosterplan.report.hospital.files import hospital_files
from rosterplan.report.publication.agenda import doctor_calendars, line_calendars
from rosterplan.report.publication.ars import ars_xlsx
from rosterplan.report.publication.cdom import cdom_xlsx
from rosterplan.report.publication.edition import Edition
from rosterplan.report.publication.leaflets import doctors_xlsx, houses_xlsx, lines_xlsx, personal_xlsx
from rosterplan.report.publication.poster import poster_xlsx
from rosterplan.report.publication.samu import samu_xlsx
from rosterplan.report.publication.slip import slip_txt
from rosterplan.report.publication.volunteers import call_txt, report_xlsx
from rosterplan.report.publication.week import WEEKS_FOLDER, week_file
from rosterplan.report.tableau import tableau_xlsx

SLIP = "bordereau.txt"
DOCTOR_CALENDARS, LINE_CALENDARS = "agendas/medecins", "agendas/lignes"


def publication_files(edition: Edition, *, versions: Mapping[str, str], today: date) -> dict[str, bytes]:
    """The files for people of one publication; equal editions give equal bytes."""
    if edition.week is not None:
        return _week_files(edition, edition.week, today)
    files = {TABLEAU_FILE: tableau_xlsx(edition.facts, versions=versions)}
    files |= {name: content for name, made in _makers(edition).items() if (content := made(edition)) is not None}
    recipients = {name: whom for name, whom in recipients_of().items() if name in files}
    for folder, calendars in ((DOCTOR_CALENDARS, doctor_calendars), (LINE_CALENDARS, line_calendars)):
        found = _named(folder, calendars(edition))
        files |= found
        if found:
            recipients[f"{folder}/"] = recipients_of()[f"{folder}/"]
    hospital = hospital_files(edition.served)
    if hospital:
        files |= hospital
        recipients[f"{HOSPITAL_FOLDER}/"] = recipients_of()[f"{HOSPITAL_FOLDER}/"]
    own = agenda_files(edition.served)
    files |= own
    recipients |= {name: recipients_of()[name] for name in own}
    return {SLIP: slip_txt(edition, recipients, today), **files}


def _week_files(edition: Edition, monday: date, today: date) -> dict[str, bytes]:
    """A week of an agenda published alone: what who books its slots needs, and nothing of the other weeks."""
    folder = f"{WEEKS_FOLDER}/"
    slip = slip_txt(edition, {folder: recipients_of()[folder]}, today)
    return {SLIP: slip, week_file(monday): week_xlsx(edition.served, monday, edition.label)}


def recipients_of() -> dict[str, str]:
    """For whom each file is; a folder ends with a slash."""
    return {
        "medecins.xlsx": say(fr="à tous les médecins", en="to all doctors"),
        "feuilles-medecins.xlsx": say(fr="à chaque médecin, sa feuille", en="to each doctor, his or her sheet"),
        "feuilles-lignes.xlsx": say(fr="aux lieux de garde", en="to the places of duty"),
        "feuilles-etablissements.xlsx": say(fr="aux établissements", en="to the establishments"),
        f"{DOCTOR_CALENDARS}/": say(fr="à chaque médecin, son agenda", en="to each doctor, his or her calendar"),
        f"{LINE_CALENDARS}/": say(fr="aux lieux de garde, un agenda par ligne", en="to the places of duty, a calendar per line"),
        f"{HOSPITAL_FOLDER}/": say(fr="aux directions et aux partenaires ; qui-est-de-garde.xlsx, aux standards et à la régulation : numéros personnels",
                                    en="to the directions and the partners; qui-est-de-garde.xlsx, to switchboards and the regulation: personal numbers"),
        "cdom.xlsx": say(fr="au conseil départemental de l’Ordre", en="to the departmental council of the Ordre"),
        "appel-aux-volontaires.txt": say(fr="aux médecins des secteurs concernés", en="to the doctors of the sectors concerned"),
        "rapport-R6315-4.xlsx": say(fr="au conseil de l’Ordre, diffusion restreinte", en="to the council of the Ordre, restricted"),
        "samu.xlsx": say(fr="au SAMU seul : il contient des numéros personnels", en="to the SAMU alone: it holds personal phone numbers"),
        "ars.xlsx": say(fr="à l’ARS", en="to the ARS"),
        "affiche.xlsx": say(fr="aux cabinets, pour les familles", en="to practices, for families"),
        "vacations-par-semaine.xlsx": say(fr="à la salle de régulation et aux régulateurs : numéros personnels", en="to the regulation room and regulators: personal numbers"),
        "agenda-par-semaine.xlsx": say(fr="au télésecrétariat et à la régulation", en="to the secretariat and the regulation"),
        f"{WEEKS_FOLDER}/": say(fr="au télésecrétariat, à la régulation et aux médecins : les créneaux de la semaine",
                                en="to the secretariat, the regulation and the doctors: the slots of the week"),
        "affiches.xlsx": say(fr="au public", en="to the public"),
        TABLEAU_FILE: say(fr="à garder : le classeur de la coordination", en="to keep: the coordination’s workbook"),
    }  # fmt: skip


def _named(folder: str, calendars: Mapping[str, bytes]) -> dict[str, bytes]:
    """Calendars as files on any system, named after their owner; two ids that would look alike are numbered."""
    found: dict[str, bytes] = {}
    for owner, content in calendars.items():
        plain = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in owner).strip(". ") or "-"
        name, number = f"{folder}/{plain}.ics", 1
        while name.casefold() in {taken.casefold() for taken in found}:
            number += 1
            name = f"{folder}/{plain}-{number}.ics"
        found[name] = content
    return found


def _makers(edition: Edition) -> dict[str, Callable[[Edition], bytes | None]]:
    """A draft goes to doctors; the Ordre is told at J-45, holes and all; the others hear of a definitive roster.

    What is not under that law has no file for the Ordre, the SAMU, the ARS or the public: hospital lines go to the
    direction and the partners (`hopital/`), an agenda to who books its slots.
    """
    makers: dict[str, Callable[[Edition], bytes | None]] = {
        "medecins.xlsx": doctors_xlsx,
        "feuilles-medecins.xlsx": personal_xlsx,
        "feuilles-lignes.xlsx": lines_xlsx,
        "feuilles-etablissements.xlsx": houses_xlsx,
    }
    if edition.state == "projet":
        return makers
    under_law = edition.circuit.under_law
    if under_law:
        makers["cdom.xlsx"] = cdom_xlsx
    if edition.state == "cdom":
        return makers | ({"appel-aux-volontaires.txt": call_txt} if edition.holes else {})
    if not under_law:
        return makers
    makers |= {"samu.xlsx": samu_xlsx, "ars.xlsx": ars_xlsx, "affiches.xlsx": poster_xlsx}
    return makers | ({"rapport-R6315-4.xlsx": report_xlsx} if edition.holes else {})
