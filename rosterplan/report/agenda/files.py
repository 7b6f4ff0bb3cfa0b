"""The files of paediatric seasons, régulation and shared agendas, by name, beside those every roster leaves in."""

from __future__ import annotations

from rosterplan.report.agenda.poster import season_poster_xlsx
from rosterplan.report.agenda.weeks import shifts_xlsx, slots_xlsx
from rosterplan.report.facts import Facts


def agenda_files(facts: Facts) -> dict[str, bytes]:
    """The poster of a season, the shifts of a régulation, the slots of an agenda; none of another kind."""
    kinds = facts.instance.kinds
    made: dict[str, bytes] = {}
    if "pediatrie" in kinds:
        made["affiche.xlsx"] = season_poster_xlsx(facts)
    if "regulation" in kinds:
        made["vacations-par-semaine.xlsx"] = shifts_xlsx(facts)
    if "snp" in kinds:
        made["agenda-par-semaine.xlsx"] = slots_xlsx(facts)
    return made
