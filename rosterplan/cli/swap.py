"""`swap`: an exchange checked, found or recorded; a duty given away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.ledgers import LedgerFile, refusing
from rosterplan.cli.naming import doctor_named, duty_named
from rosterplan.cli.options import Common, Folder, whole_number
from rosterplan.cli.quickly import Now, now_of
from rosterplan.cli.standing import refuse_closed
from rosterplan.cli.swap_words import answer_of_check, answer_of_find, tell_check, tell_find
from rosterplan.cli.voice import answer, conclude, tell
from rosterplan.messages import say
from rosterplan.messages.words import listed, unaccented

if TYPE_CHECKING:
    from rosterplan.domain.versions import Change
    from rosterplan.explain.confirmation import Confirmation
    from rosterplan.explain.swaps import Leg

Action = Annotated[str | None, typer.Argument(metavar="metavar.action", help="argument.action", show_default=False)]
Parts = Annotated[list[str] | None, typer.Argument(metavar="metavar.parts", help="argument.parts", show_default=False)]
Longest = Annotated[Any, typer.Option("--chain", parser=whole_number(1), metavar="N", help="option.chain")]
Anyway = Annotated[bool, typer.Option("--anyway", help="option.anyway")]
Who = Annotated[str, typer.Option("--who", metavar="metavar.name", help="option.who")]
Why = Annotated[str, typer.Option("--why", metavar="metavar.reason", help="option.why")]
RosterFile = Annotated[str | None, typer.Option("--roster", metavar="metavar.file", help="option.replan_roster")]

ACTIONS = {
    "check": "check", "controler": "check", "verifier": "check", "find": "find", "trouver": "find", "chercher": "find",
    "apply": "apply", "noter": "apply", "appliquer": "apply", "give": "give", "ceder": "give", "donner": "give",
}  # fmt: skip


def swap(
    common: Common,
    folder: Folder = None,
    action: Action = None,
    parts: Parts = None,
    chain: Longest = 3,
    anyway: Anyway = False,
    who: Who = "",
    why: Why = "",
    roster: RosterFile = None,
    ledger: LedgerFile = None,
) -> int:
    """Check, find or record an exchange of duties, or a duty given away; each is audited again before it is recorded."""
    words = [*([action] if action else []), *(parts or [])]
    if folder is not None and not folder.exists() and unaccented(str(folder)) in ACTIONS:
        folder, words = None, [str(folder), *words]
    if not words or unaccented(words[0]) not in ACTIONS:
        raise Refused(say(fr="Dites que faire : rosterplan swap DOSSIER check MÉDECIN GARDE MÉDECIN GARDE, ou find, apply, give.",
                          en="Say what to do: rosterplan swap FOLDER check DOCTOR DUTY DOCTOR DUTY, or find, apply, give."))  # fmt: skip
    wanted, said = ACTIONS[unaccented(words[0])], words[1:]
    _refuse_wrong_count(wanted, said)
    now = now_of(common, folder, roster, ledger)
    if wanted == "find":
        return _find(common, now, said, chain)
    if wanted in ("apply", "give"):
        refuse_closed(now.ledger, now.instance.id)
    legs = _legs(now, wanted, said)
    if wanted == "check":
        return _check(common, now, legs)
    return _record(common, now, legs, kind=wanted, anyway=anyway, who=who, why=why)


def _refuse_wrong_count(action: str, said: Sequence[str]) -> None:
    """Refuse an action that names too few or too many doctors and duties, and show how it is written."""
    counts = {"find": (2,), "give": (3,), "check": (4, 6), "apply": (4, 6)}[action]
    if len(said) in counts:
        return
    how = {
        "find": say(fr="find MÉDECIN GARDE", en="find DOCTOR DUTY"),
        "give": say(fr="give MÉDECIN GARDE REPRENEUR", en="give DOCTOR DUTY TAKER"),
        "check": say(fr="check MÉDECIN GARDE MÉDECIN GARDE", en="check DOCTOR DUTY DOCTOR DUTY"),
        "apply": say(fr="apply MÉDECIN GARDE MÉDECIN GARDE", en="apply DOCTOR DUTY DOCTOR DUTY"),
    }[action]
    raise Refused(say(fr=f"Écrivez : rosterplan swap DOSSIER {how}", en=f"Write: rosterplan swap FOLDER {how}"))


def _legs(now: Now, action: str, said: Sequence[str]) -> tuple[Leg, ...]:
    """Return what passes from whom to whom; everyone holds what he or she would hand on, and nothing before it."""
    from rosterplan.explain.swaps import Leg, round_of, serving_roster

    held = serving_roster(now.roster).duties_of
    pairs = []
    for place in range(0, len(said) - len(said) % 2, 2):
        doctor = doctor_named(now.instance, said[place])
        pairs.append((doctor, _held_duty(now, said[place + 1], doctor, held.get(doctor, ()))))
    if action == "give":
        doctor, duty = pairs[0]
        return (Leg(duty, doctor, _another(now, doctor_named(now.instance, said[2]), doctor)),)
    if len({doctor for doctor, _ in pairs}) < len(pairs):
        raise Refused(
            say(fr="Un échange se fait entre médecins différents.", en="An exchange is between different doctors.")
        )
    return round_of(pairs)


def _held_duty(now: Now, typed: str, doctor: str, held: Sequence[str]) -> str:
    duty = duty_named(now.instance, typed, held=tuple(held))
    if duty not in held:
        from rosterplan.report.changes import duty_words

        name, what = now.instance.doctor_by_id[doctor].name, duty_words(now.instance, duty)
        holders = [now.instance.doctor_by_id[one].name for one in now.roster.doctors_of.get(duty, ())]
        who = say(fr=f" Tenue par : {listed(holders)}.", en=f" Held by: {listed(holders)}.") if holders else ""
        raise Refused(
            say(fr=f"{name} ne tient pas la garde du {what}.", en=f"{name} does not hold the duty of {what}.") + who
        )
    return duty


def _another(now: Now, taker: str, giver: str) -> str:
    if taker == giver:
        name = now.instance.doctor_by_id[giver].name
        raise Refused(say(fr=f"{name} tient déjà cette garde.", en=f"{name} already holds this duty."))
    return taker


def _audited(now: Now, legs: Sequence[Leg]) -> Confirmation:
    """Return the word of the audit, which shares nothing with the board, and of the conventions on exchanges."""
    from dataclasses import replace

    from rosterplan.explain.confirmation import checked
    from rosterplan.explain.swaps import across_houses, moves_of, serving_roster

    found = checked(now.instance, now.rules, serving_roster(now.roster), moves_of(legs))
    return replace(found, broken=(*found.broken, *across_houses(now.instance, now.rules, legs)))


def _check(common: Common, now: Now, legs: tuple[Leg, ...]) -> Exit:
    from rosterplan.explain.standing_of_doctors import Balances
    from rosterplan.explain.swaps import judged

    verdict, found = judged(now.instance, now.rules, now.roster, legs), _audited(now, legs)
    balances = Balances(now.instance, now.roster, common.seed).after(legs)
    if common.json:
        answer(answer_of_check(legs, found, verdict.costs, balances))
    else:
        tell_check(common, now, legs, found, verdict.costs, balances)
    return Exit.DONE if found.legal else Exit.HOLES


def _find(common: Common, now: Now, said: Sequence[str], longest: int) -> Exit:
    from rosterplan.explain.swaps import chains, serving_roster

    doctor = doctor_named(now.instance, said[0])
    duty = _held_duty(now, said[1], doctor, serving_roster(now.roster).duties_of.get(doctor, ()))
    first_day = max(common.today, now.instance.period.start)
    found = chains(now.instance, now.rules, now.roster, doctor, duty, first_day, longest=min(longest, 3))
    if common.json:
        answer(answer_of_find(doctor, duty, found))
    else:
        tell_find(common, now, doctor, duty, found)
    return Exit.DONE if found else Exit.HOLES


def _record(common: Common, now: Now, legs: tuple[Leg, ...], *, kind: str, anyway: bool, who: str, why: str) -> Exit:
    """Record an exchange, or a duty given away, if the audit finds nothing wrong or the coordinator overrules it."""
    if not who:
        raise Refused(
            say(
                fr="Dites qui décide : --who NOM. Un échange est signé.",
                en="Say who decides: --who NAME. An exchange is signed.",
            )
        )
    found = _audited(now, legs)
    if not found.legal and not anyway:
        reasons = "\n".join(f"– {finding.text}" for finding in found.broken)
        raise Refused(say(fr=f"Rien n’a été noté, car une règle ne serait plus respectée :\n{reasons}\nPour passer outre, en le signant : --anyway",
                          en=f"Nothing was recorded, since a rule would be broken:\n{reasons}\nTo overrule it, signed: --anyway"))  # fmt: skip
    overruled = "" if found.legal else say(fr="règle levée", en="rule waived")
    changes = _changes(common, now, legs, kind, who, " ; ".join(part for part in (why, overruled) if part))
    if common.json:
        answer({"schema": 1, "recorded": [change.model_dump(mode="json") for change in changes]})
        return Exit.DONE
    from rosterplan.report.changes import duty_words

    for leg in legs:
        taker, what = now.instance.doctor_by_id[leg.taker].name, duty_words(now.instance, leg.duty)
        tell(
            common,
            say(fr=f"Noté : {taker} tient la garde du {what}.", en=f"Recorded: {taker} holds the duty of {what}."),
        )
    effect = (
        say(fr="La garde cédée compte pour qui la cède, le forfait va à qui la tient.", en="The duty counts for who gives it, the pay goes to who serves.")
        if kind == "give"
        else say(fr="Chaque garde échangée compte pour qui la tient désormais.", en="Each duty exchanged counts for who holds it from now on.")
    )  # fmt: skip
    conclude(common, effect, good=True)
    return Exit.DONE


def _changes(common: Common, now: Now, legs: Sequence[Leg], kind: str, who: str, why: str) -> tuple[Change, ...]:
    from rosterplan.cli.taking import moment
    from rosterplan.domain.versions import Change, responsible, serving
    from rosterplan.ledger import record_changes

    when, wanted = moment(common), []
    for leg in legs:
        held = next(one for one in now.roster.assignments if one.duty == leg.duty and serving(one) == leg.giver)
        wanted.append(
            Change(kind="don" if kind == "give" else "echange", duty=leg.duty, titular=responsible(held), doctor=leg.taker,
                   who=who, when=when, why=why)
        )  # fmt: skip
    with refusing():
        return record_changes(now.ledger, now.out, now.instance.id, wanted)
