"""`replace`: tonight’s replacement, whom to call in what order; with ``--by`` it is recorded and the notices are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.folders import shown
from rosterplan.cli.ledgers import LedgerFile, refusing
from rosterplan.cli.naming import doctor_named, duty_named
from rosterplan.cli.options import Common, Folder
from rosterplan.cli.outputs import write_together
from rosterplan.cli.quickly import Now, now_of
from rosterplan.cli.standing import refuse_closed
from rosterplan.cli.voice import answer, conclude, tell
from rosterplan.messages import say
from rosterplan.messages.words import listed, plural, signed

if TYPE_CHECKING:
    from pathlib import Path

    from rosterplan.domain.versions import Change
    from rosterplan.explain.calls import Call

DutyTyped = Annotated[str | None, typer.Argument(metavar="metavar.duty", help="argument.duty", show_default=False)]
By = Annotated[str | None, typer.Option("--by", metavar="metavar.doctor", help="option.by")]
For = Annotated[str | None, typer.Option("--for", metavar="metavar.doctor", help="option.for")]
Waive = Annotated[list[str], typer.Option("--waive", metavar="metavar.rule", help="option.waive")]
Who = Annotated[str, typer.Option("--who", metavar="metavar.name", help="option.who")]
Why = Annotated[str, typer.Option("--why", metavar="metavar.reason", help="option.why")]
RosterFile = Annotated[str | None, typer.Option("--roster", metavar="metavar.file", help="option.replan_roster")]

REPLACE_SCHEMA = 1
MOST_SHOWN = 15


def replace(
    common: Common,
    folder: Folder = None,
    duty: DutyTyped = None,
    by: By = None,
    for_: For = None,
    waive: Waive = [],  # noqa: B006 (typer's way to say « none »)
    who: Who = "",
    why: Why = "",
    roster: RosterFile = None,
    ledger: LedgerFile = None,
) -> int:
    """Tell whom to call; with ``--by``, record the replacement: the titular stays listed and no other duty moves."""
    from rosterplan.explain.calls import calls

    if duty is None and folder is not None and not folder.exists():
        folder, duty = None, str(folder)
    if duty is None:
        raise Refused(
            say(fr="Il manque GARDE : son identifiant, ou LIGNE@DATE.", en="DUTY is missing: its id, or LINE@DATE.")
        )
    now = now_of(common, folder, roster, ledger)
    if by is not None:
        refuse_closed(now.ledger, now.instance.id)
    name = duty_named(now.instance, duty)
    leaving = _leaving(now, name, for_)
    found = calls(now.instance, now.rules, now.roster, name, leaving, common.seed)
    if by is not None:
        return _record(common, now, name, leaving, found, doctor_named(now.instance, by), waive, who, why)
    if common.json:
        answer(_answer(name, leaving, found))
    else:
        _tell(common, now, name, leaving, found)
    return Exit.DONE if any(call.legal for call in found) else Exit.HOLES


def _leaving(now: Now, duty: str, asked: str | None) -> str | None:
    """Return who is to be replaced: who serves the duty now; None where it is unfilled."""
    from rosterplan.domain.versions import responsible, serving

    there = [one for one in now.roster.assignments if one.duty == duty]
    if asked is not None:
        wanted = doctor_named(now.instance, asked)
        there = [one for one in there if wanted in (serving(one), responsible(one))]
        if not there:
            raise Refused(
                say(
                    fr=f"{_name(now, wanted)} ne tient pas cette garde.",
                    en=f"{_name(now, wanted)} does not hold this duty.",
                )
            )
    if len(there) > 1:
        names = listed([_name(now, serving(one)) for one in there])
        raise Refused(say(fr=f"Cette garde est tenue par {names} : dites qui remplacer, --for MÉDECIN.",
                          en=f"This duty is held by {names}: say whom to replace, --for DOCTOR."))  # fmt: skip
    return serving(there[0]) if there else None


def _record(
    common: Common, now: Now, duty: str, leaving: str | None, found: Sequence[Call], taker: str, waived: Sequence[str],
    who: str, why: str,
) -> int:  # fmt: skip
    """Record the replacement, write the notices, and say what is left to do."""
    from rosterplan.report.notices import notices

    if not who:
        raise Refused(
            say(
                fr="Dites qui décide : --who NOM. Un remplacement est signé.",
                en="Say who decides: --who NAME. A replacement is signed.",
            )
        )
    _refuse_unfit(now, found, taker, waived)
    change = _recorded(common, now, duty, leaving, taker, who, _reason(why, waived))
    place = f"remplacements/{change.number:03}"
    paths = write_together(now.out, {f"{place}/{name}": text for name, text in notices(now.instance, change).items()})
    if common.json:
        answer(
            {
                **_answer(duty, leaving, ()),
                "recorded": change.model_dump(mode="json"),
                "paths": {path.name: str(path) for path in paths},
            }
        )
        return Exit.DONE
    _tell_recorded(common, now, duty, taker, change, paths)
    return Exit.DONE


def _tell_recorded(common: Common, now: Now, duty: str, taker: str, change: Change, paths: Sequence[Path]) -> None:
    """Say who serves and who is paid, and which notices to send to whom."""
    from rosterplan.domain.circuit import circuit_of
    from rosterplan.report.notices import told_words

    circuit = circuit_of(now.instance.kinds)
    serves = _name(now, taker)
    tell(
        common,
        say(
            fr=f"Noté : {serves} tient la garde du {_duty(now, duty)}.",
            en=f"Recorded: {serves} holds the duty of {_duty(now, duty)}.",
        ),
    )
    if change.titular:
        titular = _name(now, change.titular)
        paid = serves.replace("Dr ", "au Dr ", 1) if serves.startswith("Dr ") else f"à {serves}"
        answers = say(fr=" et responsable", en=" and responsible") if circuit.under_law else ""
        tell(common, say(fr=f"{titular} reste inscrit au tableau{answers} ; la garde lui est comptée, le forfait va {paid}.",
                         en=f"{titular} stays listed{answers}; the duty counts as his or hers, the pay goes to {serves}."))  # fmt: skip
    whom = told_words(circuit)
    tell(common, say(fr=f"Aucune autre garde n’a bougé. Avis à envoyer {whom} :", en=f"No other duty has moved. Notices to send to {whom}:"))  # fmt: skip
    for path in paths:
        tell(common, f"  {shown(path)}")


def _reason(why: str, waived: Sequence[str]) -> str:
    """The reason, with the rules waived: they are part of what was decided."""
    if not waived:
        return why
    rules = say(fr=f"règle levée : {listed(list(waived))}", en=f"rule waived: {listed(list(waived))}")
    return f"{why} ; {rules}" if why else rules


def _refuse_unfit(now: Now, found: Sequence[Call], taker: str, waived: Sequence[str]) -> None:
    """Refuse who cannot replace, and who could only if rules are waived that were not."""
    call = next((one for one in found if one.doctor == taker), None)
    if call is None:
        raise Refused(say(fr=f"{_name(now, taker)} ne peut pas tenir cette garde : déjà de garde, ou pas inscrit pour de telles gardes.",
                          en=f"{_name(now, taker)} cannot hold this duty: on duty already, or not entered for such duties."))  # fmt: skip
    left = [one for one in call.obstacles if one.code not in waived]
    if left:
        options = " ".join(f"--waive {code}" for code in dict.fromkeys(one.code for one in left))
        why = listed([one.text for one in left])
        raise Refused(say(fr=f"{_name(now, taker)} : {why}. Si vous levez cette règle, ajoutez {options}.",
                          en=f"{_name(now, taker)}: {why}. If you waive this rule, add {options}."))  # fmt: skip


def _recorded(common: Common, now: Now, duty: str, leaving: str | None, taker: str, who: str, why: str) -> Change:
    from rosterplan.cli.taking import moment
    from rosterplan.domain.versions import Change, responsible, serving
    from rosterplan.ledger import record_changes

    held = next((one for one in now.roster.assignments if one.duty == duty and serving(one) == leaving), None)
    change = Change(
        kind="remplacement" if held else "modification", duty=duty, titular=responsible(held) if held else None,
        doctor=taker, who=who, when=moment(common), why=why,
    )  # fmt: skip
    with refusing():
        return record_changes(now.ledger, now.out, now.instance.id, [change])[0]


def _answer(duty: str, leaving: str | None, found: Sequence[Call]) -> dict[str, object]:
    return {
        "schema": REPLACE_SCHEMA,
        "duty": duty,
        "replaced": leaving,
        "calls": [
            {
                "doctor": call.doctor, "phone": call.phone, "legal": call.legal,
                "obstacles": [{"rule": one.code, "text": one.text, "source": one.source} for one in call.obstacles],
                "balance_hundredths": call.balance, "days_before": call.days_before, "days_after": call.days_after,
                "said": call.said,
            }
            for call in found
        ],
    }  # fmt: skip


def _tell(common: Common, now: Now, duty: str, leaving: str | None, found: Sequence[Call]) -> None:
    tell(
        common,
        say(
            fr=f"Remplacement pour la garde du {_duty(now, duty)}.",
            en=f"Replacement for the duty of {_duty(now, duty)}.",
        ),
    )
    if leaving:
        tell(common, say(fr=f"À remplacer : {_name(now, leaving)}.", en=f"To be replaced: {_name(now, leaving)}."))
    else:
        tell(common, say(fr="Cette garde n’est pas pourvue.", en="This duty is unfilled."))
    tell(common)
    legal, others = [call for call in found if call.legal], [call for call in found if not call.legal]
    for rank, call in enumerate(legal[:MOST_SHOWN], 1):
        tell(common, f"{rank:>2}. {_call_words(now, call)}")
    if len(legal) > MOST_SHOWN:
        rest = len(legal) - MOST_SHOWN
        tell(
            common,
            say(fr=f"    … et {rest} autres (tous avec --json)", en=f"    … and {rest} others (all with --json)"),
        )
    if others:
        if legal:
            tell(common)
        tell(common, say(fr="En levant une règle :", en="By waiving a rule:"))
        for call in others[: max(MOST_SHOWN - len(legal), 5)]:
            tell(common, f"  – {_call_words(now, call)} : {listed(_obstacle_words(call))}")
    tell(common)
    count = plural(len(legal), say(fr="médecin peut tenir cette garde sans lever de règle.", en="doctor can hold this duty without waiving a rule."),
                   say(fr="médecins peuvent tenir cette garde sans lever de règle.", en="doctors can hold this duty without waiving a rule."))  # fmt: skip
    conclude(common, count, good=bool(legal))


def _obstacle_words(call: Call) -> list[str]:
    """Return each rule to waive once: its first obstacle in words, and for how many more runs of duties it is met."""
    texts: dict[str, list[str]] = {}
    for one in call.obstacles:
        texts.setdefault(one.code, []).append(one.text)
    words = []
    for first, *more in texts.values():
        again = plural(len(more), say(fr="autre série de gardes", en="other run of duties"),
                       say(fr="autres séries de gardes", en="other runs of duties"))  # fmt: skip
        words.append(first + (say(fr=f", et de même pour {again}", en=f", and so for {again}") if more else ""))
    return words


def _call_words(now: Now, call: Call) -> str:
    """« Dr X, 06 39 98 00 17, solde −1,20, 6 jours après sa garde précédente, 12 jours avant la suivante »."""
    parts = [_name(now, call.doctor), call.phone or say(fr="pas de téléphone", en="no phone")]
    balance = signed(call.balance)
    parts.append(say(fr=f"solde {balance}", en=f"balance {balance}"))
    if call.days_before is not None:
        days = plural(call.days_before, say(fr="jour", en="day"))
        parts.append(say(fr=f"{days} après sa dernière garde", en=f"{days} after the duty before"))
    if call.days_after is not None:
        days = plural(call.days_after, say(fr="jour", en="day"))
        parts.append(say(fr=f"{days} avant la suivante", en=f"{days} before the next"))
    word = {
        "wish": say(fr="l’avait souhaitée", en="had wished for it"),
        "avoid": say(fr="préfère éviter", en="would rather not"),
    }.get(call.said)
    return ", ".join([*parts, word] if word else parts)


def _name(now: Now, doctor: str) -> str:
    return now.instance.doctor_by_id[doctor].name


def _duty(now: Now, duty: str) -> str:
    from rosterplan.report.changes import duty_words

    return duty_words(now.instance, duty)
