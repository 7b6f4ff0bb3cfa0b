"""What `replan` says: the events, what was lost, what changes, what is proved of it, what it costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from rosterplan.cli.folders import Plannable, shown
from rosterplan.cli.replanning import Prepared
from rosterplan.cli.standing import Standing
from rosterplan.cli.voice import conclude, tell
from rosterplan.messages import say
from rosterplan.messages.words import listed, long_date, plural

if TYPE_CHECKING:
    from rosterplan.cli.options import Common
    from rosterplan.domain.events import Event
    from rosterplan.domain.findings import AuditReport
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.result import Stage
    from rosterplan.model.repair_case import Repaired
    from rosterplan.report.changes_book import ChangeSheet


def event_words(instance: Instance, event: Event) -> str:
    """« Dr X : absent du 3 au 10 février 2027. »."""
    name = instance.doctor_by_id[event.doctor].name
    start = long_date(event.start)
    if event.kind == "absence" and event.end:
        end = long_date(event.end)
        length = (
            say(fr=" (longue absence : sa part diminue)", en=" (long absence: the due goes down)") if event.long else ""
        )
        return say(
            fr=f"{name} : indisponible du {start} au {end}{length}.", en=f"{name}: away from {start} to {end}{length}."
        )
    if event.kind == "arrivee":
        return say(fr=f"{name} : sur la liste à partir du {start}.", en=f"{name}: on the list from {start}.")
    return say(fr=f"{name} : quitte la liste le {start}.", en=f"{name}: leaves the list on {start}.")


def tell_repair(
    common: Common, standing: Standing, ready: Prepared, found: Repaired, sheet: ChangeSheet, seconds: float
) -> None:
    """Tell the whole repair: why, what, how well proved, at what cost."""
    from rosterplan.report.changes import difference_line, duty_words

    tell(common, say(fr=f"À modifier : {standing.called}, à partir du {long_date(ready.case.first_day)}.",
                     en=f"To be changed: {standing.called}, from {long_date(ready.case.first_day)} on."))  # fmt: skip
    for sentence in sheet.said:
        tell(common, sentence)
    for one in ready.void:
        tell(common, say(fr=f"Décision à la main devenue impossible, laissée de côté : {duty_words(ready.instance, one.duty)}.",
                         en=f"Decision by hand now impossible, set aside: {duty_words(ready.instance, one.duty)}."))  # fmt: skip
    if ready.renewed:
        tell(common, say(fr="Les parts des secteurs concernés sont calculées de nouveau ; les autres ne changent pas.",
                         en="The dues of the sectors concerned are computed anew; the others do not change."))  # fmt: skip
    tell(common)
    tell(common, _lost_words(ready))
    if ready.case.lost or found.changes:
        tell(common, proof_words(ready.instance, found))
    for change in sheet.changed:
        tell(common, f"  – {difference_line(ready.instance, change)}")
    for name in found.unfilled:
        tell(common, say(fr=f"  – reste non pourvue : {duty_words(ready.instance, name)}", en=f"  – stays unfilled: {duty_words(ready.instance, name)}"))  # fmt: skip
    tell(common)
    _tell_figures(common, sheet)
    tell(common, say(fr=f"Calculé en {seconds:.1f} s.".replace(".", ",", 1), en=f"Computed in {seconds:.1f} s."))


def _lost_words(ready: Prepared) -> str:
    lost = len(ready.case.lost)
    if lost == 0:
        return say(fr="Aucune garde n’est à repourvoir.", en="No duty has to be filled again.")
    return plural(lost, say(fr="garde est à repourvoir.", en="duty has to be filled again."),
                  say(fr="gardes sont à repourvoir.", en="duties have to be filled again."))  # fmt: skip


def proof_words(instance: Instance, found: Repaired) -> str:
    """« 4 changements, et aucun tableau qui pourvoit autant n’en demande moins (prouvé). »."""
    count = plural(found.changes, say(fr="changement", en="change"))
    if found.least == "everywhere":
        return say(fr=f"{count} : aucun tableau qui pourvoit ces gardes n’en demande moins (prouvé).",
                   en=f"{count}: no roster that fills these duties needs fewer (proven).")  # fmt: skip
    names = {sector.id: sector.name for sector in instance.sectors} | {
        line.id: line.name for line in instance.lines if not line.sector
    }
    where = listed([names.get(area, area) for area in found.opened], most=5)
    if found.least == "scope" and found.opened:
        return say(fr=f"{count} : le moins possible en ne touchant qu’à {where} (prouvé).",
                   en=f"{count}: the least possible touching {where} only (proven).")  # fmt: skip
    if found.least == "scope":
        return say(fr=f"{count} : le moins possible sans déplacer d’autre garde (prouvé).",
                   en=f"{count}: the least possible without moving any other duty (proven).")  # fmt: skip
    return say(fr=f"{count} : le moins trouvé ; que ce soit le minimum n’est pas prouvé.",
               en=f"{count}: the fewest found; that none needs fewer is not proven.")  # fmt: skip


_DIAL_STAGES: Final[tuple[Stage, ...]] = ("fairness", "wishes", "comfort")


def _tell_figures(common: Common, sheet: ChangeSheet) -> None:
    """The values before and after, then the dial."""
    from rosterplan.report.changes_book import figures, proven_words, value_words

    before, after = figures(sheet.before), figures(sheet.after)
    width = max(len(name) for name, _ in after)
    tell(common, f"{'':{width}}  {say(fr='avant', en='before'):>12}  {say(fr='après', en='after'):>12}")
    for (name, old), (_, value) in zip(before, after, strict=True):
        tell(common, f"{name:{width}}  {old:>12}  {value:>12}")
    if sheet.dial:
        tell(common)
        tell(
            common,
            say(
                fr="Cadran de stabilité : avec tant de changements au plus,",
                en="Stability dial: with so many changes at most,",
            ),
        )
        names = [say(fr="changements", en="changes"), say(fr="non pourvues", en="unfilled"), say(fr="répartition", en="fairness"),
                 say(fr="vœux", en="wishes"), say(fr="confort", en="comfort")]  # fmt: skip
        tell(common, "  ".join(f"{name:>12}" for name in names) + say(fr="  prouvé le meilleur", en="  proven best"))
        for row in sheet.dial:
            stages = row.reached.stages
            told = [value_words(stage, stages.get(stage, 0)) for stage in _DIAL_STAGES]
            cells = [str(row.changes), str(row.reached.unfilled), *told]
            tell(common, "  ".join(f"{cell:>12}" for cell in cells) + f"  {proven_words(row.best)}")
    tell(common)


def broken_lines(report: AuditReport) -> list[str]:
    """Return the rules broken in the roster proposed: what was so before, since a repair breaks none."""
    return [f"  – {finding.text}" for finding in report.findings if finding.severity == "erreur"]


def tell_end(common: Common, plan: Plannable, standing: Standing, paths: dict[str, str], *, take: bool) -> None:
    """Tell where the files are, and that nothing is changed yet, or where it was taken to."""
    where = shown(Path(paths["modifications.xlsx"]))
    tell(
        common,
        say(
            fr=f"Les changements et les messages à envoyer : {where}",
            en=f"The changes and the messages to send: {where}",
        ),
    )
    if not take:
        conclude(common, say(fr="Rien n’est encore changé. Pour l’adopter, la même commande avec --take.",
                             en="Nothing is changed yet. To take it, the same command with --take."), good=True)  # fmt: skip
        return
    tell(common, say(fr="Notez aussi ces absences, arrivées ou départs dans le dossier (plan.xlsx ou disponibilites/) : le prochain calcul les lira là.",
                     en="Note these absences, arrivals or departures in the folder too (plan.xlsx or disponibilites/): the next computation reads them there."))  # fmt: skip
    if standing.published:
        conclude(common, say(fr=f"Noté au registre. Pour l’envoyer à tous : rosterplan publish {plan.opened.called}",
                             en=f"Recorded in the ledger. To send it to everyone: rosterplan publish {plan.opened.called}"), good=True)  # fmt: skip
    else:
        conclude(common, say(fr=f"Adopté : {shown(plan.out)} contient le nouveau tableau.", en=f"Taken: {shown(plan.out)} holds the new roster."), good=True)  # fmt: skip
