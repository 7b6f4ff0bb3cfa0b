"""A filling checked by the audit and worded: what the coordinator decides, and what he may send to each doctor asked."""

from __future__ import annotations

from collections.abc import Sequence

from rosterplan.domain.explanations import Concession, ConcessionKind, Remedy, Request, Step
from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.work import Duty
from rosterplan.explain.board import Blocker, Board
from rosterplan.explain.concessions import concession_of
from rosterplan.explain.confirmation import Confirmation, checked
from rosterplan.explain.phrases import (
    beside_words,
    person,
    refused_as,
    refused_to,
    refused_words,
    shown_after,
    tail,
    the_duty,
)
from rosterplan.explain.remedies import Filling
from rosterplan.messages import say
from rosterplan.messages.words import listed, of_person
from rosterplan.rules import BY_CODE


def remedy_of(board: Board, hole: Duty, filling: Filling) -> Remedy:
    """Return a filling as people read it; ``checked`` only if the audit breaks no other row than those conceded."""
    instance, verdict = board.instance, filling.verdict
    said = checked(instance, board.rules, board.roster, verdict.moves)
    conceded = _concessions(instance, verdict.blockers, said)
    rows = {(one.rule, one.row) for one in conceded}
    filled = (filling.taker, hole.id) in {(move.doctor, move.duty) for move in verdict.moves if move.gives}
    return Remedy(
        steps=tuple(Step(doctor=move.doctor, duty=move.duty, gives=move.gives) for move in verdict.moves),
        concessions=conceded, price=filling.price, change={stage: by for stage, by in verdict.costs.items() if by},
        text=_text(instance, hole, filling, conceded), requests=_requests(instance, hole, filling, conceded),
        checked=filled and verdict.costs["coverage"] < 0 and all((one.rule, one.row) in rows for one in said.broken),
    )  # fmt: skip


def _concessions(instance: Instance, blockers: Sequence[Blocker], said: Confirmation) -> tuple[Concession, ...]:
    """Return one concession per rule and doctor, in the audit's words where it has some."""
    found: dict[tuple[str, str, str], Concession] = {}
    for blocker in blockers:
        kind = concession_of(instance, blocker)
        for doctor in blocker.doctors:
            key = blocker.rule.code, blocker.rule.row, doctor
            if kind is not None and key not in found:
                text = _audited(instance, said.broken, blocker, doctor)
                found[key] = Concession(
                    kind=kind, rule=blocker.rule.code, row=blocker.rule.row, doctor=doctor, text=text
                )
    return tuple(found.values())


def _audited(instance: Instance, broken: Sequence[Finding], blocker: Blocker, doctor: str) -> str:
    for finding in broken:
        if (finding.rule, finding.row) == (blocker.rule.code, blocker.rule.row) and doctor in finding.doctors:
            return tail(finding.text, instance.doctor_by_id[doctor].name)
    return beside_words(instance, blocker.beside, doctor)


def _text(instance: Instance, hole: Duty, filling: Filling, conceded: Sequence[Concession]) -> str:
    """« Le Dr A prend la garde … et accepte … ; le Dr B reprend la sienne du … »."""
    taker = filling.taker
    takes = say(fr="prend", en="takes")
    terms = _terms(instance, conceded, taker, hole)
    parts = [f"{person(instance, taker, first=True)} {takes} {the_duty(instance, hole)}{terms}"]
    for duty, giver, receiver in _handed(filling):
        taken = instance.duty_by_id[duty]
        which = the_duty(instance, taken)
        who = person(instance, receiver)
        whose = say(fr="à sa place", en="in his or her place")
        if giver != taker:
            whose = say(
                fr=f"à la place {of_person(instance.doctor_by_id[giver].name)}",
                en=f"in the place of {person(instance, giver)}",
            )
        parts.append(
            say(
                fr=f"{who} reprend {whose} {which}",
                en=f"{who} takes over {which}" + (f" {whose}" if giver != taker else ""),
            )
            + _terms(instance, conceded, receiver, taken)
        )
    end = "" if conceded else say(fr=" : aucune règle ne s’y oppose", en=": no rule stands in the way")
    return say(fr=" ; ", en="; ").join(parts) + end + "."


def _terms(instance: Instance, conceded: Sequence[Concession], doctor: str, taken: Duty) -> str:
    """« et accepte de passer son plafond (4 gardes en mars 2027, pour 3 au plus) »; concessions of one kind are told together."""
    kinds: dict[ConcessionKind, list[Concession]] = {}
    for one in conceded:
        if one.doctor == doctor:
            kinds.setdefault(one.kind, []).append(one)
    return "".join(_term(instance, kind, alike, taken) for kind, alike in kinds.items())


def _term(instance: Instance, kind: ConcessionKind, alike: Sequence[Concession], taken: Duty) -> str:
    more = shown_after(one.text for one in alike)
    several = len(alike) > 1
    sectors = {sector.id: sector.name for sector in instance.sectors}
    own = ", ".join(sectors[member.sector] for member in instance.doctor_by_id[alike[0].doctor].sectors)
    from_where = f" ({own})" if own else ""
    refused = refused_words(refused_as(instance, alike[0].doctor, taken))
    titles = listed([f"« {_title(one)} »" for one in alike])
    french: dict[ConcessionKind, str] = {
        "reponse": " ; ses dates ne sont pas connues, il faut les lui demander",
        "accord": f" et accepte de passer {'ses plafonds' if several else 'son plafond'}{more}",
        "maximum": f" et accepte plus que son maximum déclaré{more}",
        "renfort": f", en renfort d’un autre secteur{from_where}",
        "date": f" et se libère ({refused})",
        "regle": f", si une exception est admise {'aux règles' if several else 'à la règle'} {titles}{more}",
    }
    english: dict[ConcessionKind, str] = {
        "reponse": "; his or her dates are not known and must be asked for",
        "accord": f" and agrees to pass {'caps' if several else 'a cap'}{more}",
        "maximum": f" and agrees to more than the declared maximum{more}",
        "renfort": f", helping out from another sector{from_where}",
        "date": f" and frees the date ({refused})",
        "regle": f", if an exception is made to {titles}{more}",
    }
    return say(fr=french[kind], en=english[kind])


def _title(one: Concession) -> str:
    rule = BY_CODE[one.rule]
    return say(fr=rule.title, en=rule.title_en or rule.title)


def _handed(filling: Filling) -> list[tuple[str, str, str]]:
    """Return (duty, giver, receiver) of what changes hands, the taker's own first."""
    freed = {move.duty: move.doctor for move in filling.verdict.moves if not move.gives}
    given = [move for move in filling.verdict.moves if move.gives and move.duty in freed]
    return [(move.duty, freed[move.duty], move.doctor) for move in given]


def _requests(instance: Instance, hole: Duty, filling: Filling, conceded: Sequence[Concession]) -> tuple[Request, ...]:
    """Return a message per doctor asked; no colleague is named in it."""
    handed = _handed(filling)
    which = the_duty(instance, hole)
    first = say(
        fr=f"Bonjour, {which} n’est pas pourvue. Pourriez-vous la prendre ?",
        en=f"Hello, nobody holds {which} yet. Could you take it?",
    )
    freed_of = {giver: the_duty(instance, instance.duty_by_id[duty]) for duty, giver, _ in handed}

    def freed(doctor: str) -> str:
        if doctor not in freed_of:
            return ""
        return say(
            fr=f" Un collègue reprendrait {freed_of[doctor]}, que vous tenez.",
            en=f" A colleague would take over {freed_of[doctor]} of yours.",
        )

    asked = [
        Request(
            doctor=filling.taker, text=first + freed(filling.taker) + _asking(instance, conceded, filling.taker, hole)
        )
    ]
    for duty, _, receiver in handed:
        taken = instance.duty_by_id[duty]
        named = the_duty(instance, taken)
        text = say(
            fr=f"Bonjour, pour pourvoir une garde vacante, pourriez-vous reprendre {named} ?",
            en=f"Hello, so that a vacant duty is filled, could you take over {named}?",
        )
        asked.append(
            Request(doctor=receiver, text=text + freed(receiver) + _asking(instance, conceded, receiver, taken))
        )
    return tuple(asked)


def _asking(instance: Instance, conceded: Sequence[Concession], doctor: str, taken: Duty) -> str:
    """« Cela vous ferait passer votre plafond : 4 gardes en mars 2027, pour 3 au plus. »"""
    refused, parts = refused_to(refused_as(instance, doctor, taken)), []
    for one in conceded:
        if one.doctor != doctor:
            continue
        more = f" : {one.text}" if one.text else ""
        parts.append({
            "reponse": f" {refused}.",
            "accord": say(fr=f" Il faut votre accord pour passer un plafond{more}.", en=f" It takes your consent to pass a cap{more}."),
            "maximum": say(fr=f" C’est plus que le maximum que vous aviez déclaré{more}.", en=f" It is more than the maximum you declared{more}."),
            "renfort": say(fr=" Ce serait en renfort, hors de votre secteur.", en=" It would be to help out, outside your sector."),
            "date": say(fr=f" {refused} : il faut votre accord.", en=f" {refused}: it takes your consent."),
            "regle": say(fr=f" L’association admettrait une exception à une règle{more}.", en=f" The association would make an exception to a rule{more}."),
        }[one.kind])  # fmt: skip
    return "".join(parts)
