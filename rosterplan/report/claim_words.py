"""What a whole calculation may claim, in a sentence, with all it had to keep."""

from __future__ import annotations

from rosterplan.domain.result import OPTIMISED, StageResult, Status
from rosterplan.messages import say
from rosterplan.report.facts import Facts
from rosterplan.report.proof_words import proven, stage_name


def claim_sentence(facts: Facts) -> str:
    """What the whole calculation may claim, with what it had to keep: lines left alone, cells a person decided."""
    result = facts.result
    cells = len(facts.instance.locks)
    return status_sentence(result.status, result.stages, rest_kept=result.rest_kept, cells_kept=cells)


def status_sentence(
    status: Status, stages: tuple[StageResult, ...], *, rest_kept: bool = False, cells_kept: int = 0
) -> str:
    """What a calculation may claim; ``rest_kept`` where a part alone was planned, ``cells_kept`` decided by a person."""
    if status == "optimal":
        given = "".join(
            (
                say(fr=", le reste étant gardé tel quel", en=", the rest being kept as it is") if rest_kept else "",
                f", {_given_cells(cells_kept)}" if cells_kept else "",
            )
        )
        keeping = say(fr=" qui le garde", en=" that keeps it") if rest_kept else ""
        return say(
            fr=f"Prouvé{given} : selon les priorités affichées, aucun tableau{keeping} ne peut faire mieux que celui-ci.",
            en=f"Proven{given}: under the priorities shown, no roster{keeping} can do better than this one.",
        )
    unproven = _unproven_sentence(status, stages)
    if not cells_kept or not any(proven(stage) for stage in stages if stage.name in OPTIMISED):
        return unproven
    given = _given_cells(cells_kept)
    return unproven + say(fr=f" Ce qui est prouvé l’est {given}.", en=f" What is proven is so {given}.")


def _given_cells(count: int) -> str:
    """« compte tenu de vos 3 cases gardées »."""
    if count == 1:
        return say(fr="compte tenu de votre case gardée", en="given the cell you kept")
    return say(fr=f"compte tenu de vos {count} cases gardées", en=f"given the {count} cells you kept")


def _unproven_sentence(status: Status, stages: tuple[StageResult, ...]) -> str:
    open_stages = [stage_name(stage.name).lower() for stage in stages if stage.name in OPTIMISED and not proven(stage)]
    which = ", ".join(open_stages)
    if status == "stopped":
        return say(
            fr=f"Calcul interrompu : le meilleur tableau trouvé a été gardé. Non prouvé : {which}. Un nouveau calcul peut donner un autre tableau.",
            en=f"Calculation cut short: the best roster found was kept. Not proven: {which}. Another run may give another roster.",
        )
    return say(
        fr=f"Le calcul est allé au bout de l’effort demandé. Non prouvé : {which} ; les marges restantes sont chiffrées objectif par objectif.",
        en=f"The calculation used all the effort asked for. Not proven: {which}; the remaining margins are given stage by stage.",
    )
