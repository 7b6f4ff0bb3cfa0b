"""What `swap` says: legal or not and why, the effect on balances, and the ways to hand a duty on, best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rosterplan.cli.voice import conclude, tell
from rosterplan.messages import say
from rosterplan.messages.words import plural, signed

if TYPE_CHECKING:
    from rosterplan.cli.options import Common
    from rosterplan.cli.quickly import Now
    from rosterplan.domain.result import Stage
    from rosterplan.explain.confirmation import Confirmation
    from rosterplan.explain.standing_of_doctors import BalanceChange
    from rosterplan.explain.swaps import Chain, Leg

SWAP_SCHEMA = 1
MOST_SHOWN = 6
"""Ways shown of each length; --json holds all."""


def answer_of_check(
    legs: Sequence[Leg], found: Confirmation, costs: Mapping[Stage, int], balances: Sequence[BalanceChange]
) -> dict[str, object]:
    """Return what `swap check --json` prints."""
    return {
        "schema": SWAP_SCHEMA,
        "legal": found.legal,
        "moves": _moves(legs),
        "broken": [finding.model_dump(mode="json") for finding in found.broken],
        "costs": dict(costs),
        "balances": [
            {"doctor": one.doctor, "group": one.group, "band": one.band, "before_hundredths": one.before, "after_hundredths": one.after}
            for one in balances
        ],
    }  # fmt: skip


def answer_of_find(doctor: str, duty: str, found: Sequence[Chain]) -> dict[str, object]:
    """Return what `swap find --json` prints: every way, best first."""
    return {
        "schema": SWAP_SCHEMA,
        "doctor": doctor,
        "duty": duty,
        "ways": [{"moves": _moves(chain.legs), "people": chain.people, "costs": dict(chain.costs)} for chain in found],
    }


def tell_check(
    common: Common,
    now: Now,
    legs: Sequence[Leg],
    found: Confirmation,
    costs: Mapping[Stage, int],
    balances: Sequence[BalanceChange],
) -> None:
    """Tell whether an exchange is legal and why not, then both balances before and after."""
    from rosterplan.messages.trade import band_word

    for leg in legs:
        tell(common, f"  – {_leg_words(now, leg)}")
    tell(common)
    for finding in found.broken:
        tell(common, f"  – {finding.text}")
    if found.broken:
        tell(common)
    for one in balances:
        name = now.instance.doctor_by_id[one.doctor].name
        before, after = signed(one.before), signed(one.after)
        tell(
            common,
            say(
                fr=f"{name}, {band_word(one.band)} : solde {before} → {after}",
                en=f"{name}, {band_word(one.band)}: balance {before} → {after}",
            ),
        )
    if costs:
        tell(common, _fairness_words(costs["fairness"]))
    verdict = (
        say(fr="Échange possible : toutes les règles sont respectées.", en="The exchange is possible: every rule is kept.")
        if found.legal
        else say(fr="Échange impossible en l’état : une règle ne serait plus respectée.", en="The exchange is not possible as it is: a rule would be broken.")
    )  # fmt: skip
    conclude(common, verdict, good=found.legal)


def tell_find(common: Common, now: Now, doctor: str, duty: str, found: Sequence[Chain]) -> None:
    """Tell the ways to free a doctor of a duty: given away, exchanged, in a round of three."""
    from rosterplan.report.changes import duty_words

    name, what = now.instance.doctor_by_id[doctor].name, duty_words(now.instance, duty)
    tell(
        common,
        say(fr=f"Qui peut prendre la garde du {what} ({name}) ?", en=f"Who can take the duty of {what} ({name})?"),
    )
    titles = {
        1: say(fr="La prendre sans contrepartie :", en="Take it, nothing in return:"),
        2: say(fr="L’échanger contre une autre :", en="Exchange it for another:"),
        3: say(fr="En faisant tourner trois gardes :", en="By passing three duties round:"),
    }
    for length, title in titles.items():
        ways = [chain for chain in found if len(chain.legs) == length]
        if not ways:
            continue
        tell(common)
        tell(common, f"{title} {plural(len(ways), say(fr='possibilité', en='way'))}")
        for chain in ways[:MOST_SHOWN]:
            tell(common, f"  – {_chain_words(now, chain)}")
        if len(ways) > MOST_SHOWN:
            tell(common, say(fr="  – … les autres avec --json", en="  – … the others with --json"))
    tell(common)
    count = plural(len(found), say(fr="possibilité, toutes les règles respectées.", en="way, every rule kept."),
                   say(fr="possibilités, toutes les règles respectées.", en="ways, every rule kept."))  # fmt: skip
    conclude(common, count, good=bool(found))


def _chain_words(now: Now, chain: Chain) -> str:
    """« Dr B, contre sa garde du samedi 9 janvier… »; of three, « Dr B, qui donne sa garde du … au Dr C, qui donne sa garde du … »."""
    from rosterplan.report.changes import duty_words

    words = now.instance.doctor_by_id[chain.legs[0].taker].name
    theirs = [duty_words(now.instance, leg.duty) for leg in chain.legs[1:]]
    if len(theirs) == 1:
        words += say(fr=f", contre sa garde du {theirs[0]}", en=f", for the duty of {theirs[0]}")
    elif theirs:
        second = now.instance.doctor_by_id[chain.legs[1].taker].name
        to = f"au {second}" if second.startswith("Dr ") else f"à {second}"
        words += say(fr=f", qui donne sa garde du {theirs[0]} {to}, qui donne sa garde du {theirs[1]}",
                     en=f", who gives the duty of {theirs[0]} to {second}, who gives that of {theirs[1]}")  # fmt: skip
    return f"{words} ({_fairness_words(chain.costs['fairness']).rstrip('.').lower()})"


def _fairness_words(change: int) -> str:
    """« Répartition inchangée. », « Répartition un peu moins juste (+0,43). »"""
    from rosterplan.report.proof_words import squared

    if change == 0:
        return say(fr="Répartition inchangée.", en="Fairness unchanged.")
    size = squared(abs(change))
    if change > 0:
        return say(fr=f"Répartition moins juste de {size}.", en=f"Less fair by {size}.")
    return say(fr=f"Répartition plus juste de {size}.", en=f"Fairer by {size}.")


def _leg_words(now: Now, leg: Leg) -> str:
    from rosterplan.report.changes import duty_words

    giver, taker = (now.instance.doctor_by_id[name].name for name in (leg.giver, leg.taker))
    what = duty_words(now.instance, leg.duty)
    return say(fr=f"{taker} prend la garde du {what}, à la place de {giver}" if not giver.startswith("Dr ") else f"{taker} prend la garde du {what}, à la place du {giver}",
               en=f"{taker} takes the duty of {what}, in place of {giver}")  # fmt: skip


def _moves(legs: Sequence[Leg]) -> list[dict[str, str]]:
    return [{"duty": leg.duty, "giver": leg.giver, "taker": leg.taker} for leg in legs]
