"""What the calculation proved and what it did not, in sentences a doctor understands; never prettified.

A lower bound is said as « aucun tableau ne peut faire moins que »; no bound is said as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rosterplan.domain.asked import unit_of
from rosterplan.domain.fairness import SCALE
from rosterplan.domain.result import Level, Result, Stage, StageResult
from rosterplan.messages import say
from rosterplan.messages.counted import Counted, all_filled, begun, label_unfilled, many_of, short_of
from rosterplan.report.facts import Facts
from rosterplan.report.trade import thousands


@dataclass(frozen=True)
class StageWords:
    """A stage in words: its name, what it measures, and what is known of it."""

    stage: StageResult
    name: str
    measures: str
    verdict: str


def stage_words(facts: Facts) -> tuple[StageWords, ...]:
    """Every stage of the result, in order."""
    return tuple(
        StageWords(stage, stage_name(stage.name), _measures(stage.name), _verdict(facts, stage))
        for stage in facts.result.stages
    )


def stage_name(stage: Stage) -> str:
    """« Juste répartition »."""
    return {
        "coverage": say(fr="Couverture", en="Coverage"),
        "caps": say(fr="Plafonds dépassés par accord", en="Caps exceeded by consent"),
        "shares": say(fr="Parts des établissements", en="Shares of establishments"),
        "fairness": say(fr="Juste répartition", en="Fair sharing"),
        "blend": say(fr="Vœux et confort", en="Wishes and comfort"),
        "wishes": say(fr="dont vœux", en="of which wishes"),
        "comfort": say(fr="dont confort", en="of which comfort"),
    }[stage]


def scale_words() -> str:
    """Which way is better for the figures of fair sharing, wishes and comfort, and what they count."""
    return say(
        fr="(Plus petit = mieux. Juste répartition : carrés des écarts à la part due, en gardes² ; vœux et confort : vœux non suivis et inconforts, pondérés.)",
        en="(Smaller = better. Fair sharing: squared gaps to the share due, in duties²; wishes and comfort: wishes not followed and discomforts, weighted.)",
    )


def agreement_sentence(facts: Facts) -> str:
    """Whether the independent check finds the same values; a difference is our bug and says so."""
    apart = [stage for stage in facts.result.stages if stage.value != facts.audit.value(stage.name)]
    if not apart:
        return say(
            fr="Un contrôle indépendant du calcul a retrouvé toutes ces valeurs, à l’unité près.",
            en="A check independent of the calculation found all these values again, to the unit.",
        )
    listed = ", ".join(f"{stage_name(one.name)} : {one.value} / {facts.audit.value(one.name)}" for one in apart)
    return say(
        fr=f"ERREUR DU PROGRAMME : le contrôle indépendant trouve d’autres valeurs ({listed}). Ne publiez pas ce tableau ; signalez-le.",
        en=f"PROGRAM ERROR: the independent check finds other values ({listed}). Do not publish this roster; report it.",
    )


def filled_sentence(unit: Counted) -> str:
    """« Toutes les gardes sont pourvues. »"""
    return f"{begun(all_filled(unit))}."


def least_sentence(least: int, left: int) -> Iterator[str]:
    """Yield what no roster can go below, and that nothing is proven of the rest."""
    if not least:
        yield say(
            fr="Rien ne prouve qu’il doive en rester : un calcul plus long, ou une concession, pourrait tout pourvoir.",
            en="Nothing proves that any must stay open: a longer computation, or a concession, might fill them all.",
        )
        return
    yield say(
        fr=f"Aucun tableau ne peut en laisser moins de {least}, avec ces règles et ces dates : c’est prouvé.",
        en=f"No roster can leave fewer than {least} under these rules and dates: it is proven.",
    )
    if left:
        yield say(
            fr=f"Pour {'l’autre' if left == 1 else f'les {left} autres'}, rien n’est prouvé : un calcul plus long pourrait en pourvoir.",
            en=f"Of the other {left} nothing is proven: a longer computation might fill some.",
        )


def level_sentence(level: Level, unit: Counted = "duty") -> str:
    """What is known of the misses of one priority."""
    missing = short_of(level.missing, unit)
    if level.missing == 0:
        return say(fr="tout est pourvu", en="all filled")
    if level.proven:
        return say(
            fr=f"{missing} : prouvé, aucun tableau n’en laisse moins sans découvrir des {many_of(unit)} plus prioritaires",
            en=f"{missing}: proven, no roster leaves fewer without uncovering {many_of(unit)} of higher priority",
        )
    if level.bound:
        return say(
            fr=f"{missing}, dont {level.bound} au moins sont inévitables ; le reste n’est pas prouvé",
            en=f"{missing}, of which at least {level.bound} cannot be avoided; the rest is not proven",
        )
    return say(fr=f"{missing} ; rien n’est prouvé", en=f"{missing}; nothing is proven")


def fairness_limit(result: Result, tolerance: float, doctors: int) -> float | None:
    """F̂ + max(tolerance · F̂, τ · doctors), the most the blend may leave to F [squared duties]; None without fairness."""
    stage = next((one for one in result.stages if one.name == "fairness"), None)
    if stage is None:
        return None
    best = (stage.value if stage.best is None else stage.best) / SCALE
    return best + max(tolerance * best, LEAST_SLACK * doctors)


LEAST_SLACK = 0.02
"""What wishes and comfort may always cost fairness, beside the tolerance of the plan [squared duties per doctor]."""


def gap_percent(best: int, bound: int) -> float:
    """(best − bound) ÷ best [percent]; 0 where best is 0."""
    return 100 * (best - bound) / best if best else 0.0


def squared(value: int) -> str:
    """« 41,82 » from ten-thousandths of a squared duty."""
    return _dot(f"{value / SCALE:.2f}")


def _verdict(facts: Facts, stage: StageResult) -> str:
    said = _alone(facts, stage)
    if not facts.result.rest_kept or stage.bound is None:
        return said
    return said + say(
        fr=" Ceci vaut en gardant tel quel ce qui devait l’être ; sans cela, un autre tableau pourrait faire mieux.",
        en=" This holds with the kept lines unchanged: reopening them, another roster might do better.",
    )


def _alone(facts: Facts, stage: StageResult) -> str:
    if stage.name == "coverage":
        return _coverage(stage, unit_of(facts.instance))
    if stage.name == "fairness":
        return _fairness(facts, stage)
    if stage.name in ("wishes", "comfort"):
        return say(
            fr="Donné à titre d’information : c’est leur total qui est optimisé.",
            en="For information: their total is optimised.",
        )
    return _plain(stage)


def _coverage(stage: StageResult, unit: Counted) -> str:
    if stage.value == 0:
        return filled_sentence(unit)
    missing = short_of(sum(level.missing for level in stage.levels), unit)
    if proven(stage):
        return say(
            fr=f"Il manque {missing}. C’est prouvé : selon l’ordre des priorités, aucun tableau conforme aux règles ne peut faire mieux.",
            en=f"{missing} missing. This is proven: in the order of priorities, no roster within the rules can do better.",
        )
    return say(
        fr=f"Il manque {missing}. Il n’est pas prouvé que tous soient inévitables : voyez chaque priorité ci-dessous.",
        en=f"{missing} missing. It is not proven that none could be avoided: see each priority below.",
    )


def _fairness(facts: Facts, stage: StageResult) -> str:
    best = stage.value if stage.best is None else stage.best
    holes = bool(facts.holes)
    given = f" {given_holes(unit_of(facts.instance))}," if holes else ""
    if stage.bound is None:
        first = say(
            fr=f"Le meilleur équilibre trouvé vaut {squared(best)} ; on ne sait pas jusqu’où il pourrait descendre.",
            en=f"The best balance found is {squared(best)}; how far down it could go is not known.",
        )
    elif proven(stage):
        first = say(
            fr=f"Le meilleur équilibre possible vaut {squared(best)} : c’est prouvé,{given} aucun tableau n’est mieux réparti.",
            en=f"The best possible balance is {squared(best)}: proven,{given} no roster is shared better.",
        )
    else:
        gap = _dot(f"{gap_percent(best, stage.bound):.2f}")
        first = say(
            fr=f"Le meilleur équilibre trouvé vaut {squared(best)} ;{given} aucun tableau ne peut descendre sous {squared(stage.bound)} : il reste au plus {gap} % à gagner.",
            en=f"The best balance found is {squared(best)};{given} no roster can go below {squared(stage.bound)}: at most {gap} % is left to gain.",
        )
    return first + " " + _kept(facts, stage, best)


def given_holes(unit: Counted) -> str:
    """« à nombre de gardes non pourvues donné »: what a bound of fairness supposes."""
    left = label_unfilled(unit)
    return say(fr=f"à nombre de {left} donné", en=f"for this number of {left}")


def _kept(facts: Facts, stage: StageResult, best: int) -> str:
    """How far the roster stands from the best balance, and the dial that allowed it."""
    if stage.value <= best:
        return say(fr="Le tableau retenu l’atteint.", en="The roster reaches it.")
    dial = _dot(f"{100 * facts.instance.plan.fairness_tolerance:g}")
    return say(
        fr=f"Le tableau retenu vaut {squared(stage.value)} : on a cédé cet écart, dans la marge de {dial} % choisie, au profit des vœux et du confort.",
        en=f"The roster kept is at {squared(stage.value)}: this was given up, within the chosen margin of {dial} %, for wishes and comfort.",
    )


def _plain(stage: StageResult) -> str:
    if stage.value == 0:
        return say(fr="Rien à signaler : la valeur est nulle.", en="Nothing to report: the value is nil.")
    if proven(stage):
        return say(
            fr=f"{thousands(stage.value)} : c’est le minimum, prouvé.",
            en=f"{thousands(stage.value)}: the minimum, proven.",
        )
    if stage.bound is None:
        return say(
            fr=f"{thousands(stage.value)} ; aucune limite inférieure n’est connue.",
            en=f"{thousands(stage.value)}; no lower limit is known.",
        )
    gap = _dot(f"{gap_percent(stage.value, stage.bound):.0f}")
    return say(
        fr=f"{thousands(stage.value)} ; aucun tableau ne peut descendre sous {thousands(stage.bound)} (il reste au plus {gap} %). Non prouvé au-delà.",
        en=f"{thousands(stage.value)}; no roster can go below {thousands(stage.bound)} (at most {gap} % left). Not proven beyond.",
    )


def _measures(stage: Stage) -> str:
    return {
        "coverage": say(fr="médecins manquants × priorité de la garde", en="missing doctors × priority of the duty"),
        "caps": say(
            fr="gardes au-delà des plafonds, acceptées par le médecin", en="duties beyond caps, accepted by the doctor"
        ),
        "shares": say(
            fr="écarts aux parts convenues entre établissements", en="gaps to the shares agreed between establishments"
        ),
        "fairness": say(
            fr="somme des carrés des écarts entre gardes tenues et part due, en gardes²",
            en="sum of squared gaps between duties held and due, in duties²",
        ),
        "blend": say(fr="vœux non suivis et inconforts, pondérés", en="wishes not followed and discomforts, weighted"),
        "wishes": say(fr="vœux non suivis, pondérés", en="wishes not followed, weighted"),
        "comfort": say(fr="espacement, week-ends, stabilité, pondérés", en="spacing, weekends, stability, weighted"),
    }[stage]


def proven(stage: StageResult) -> bool:
    """True if a bound proves the value of a stage, or the best found for it."""
    return stage.proven and stage.bound is not None


def _dot(number: str) -> str:
    return number.replace(".", say(fr=",", en="."))
