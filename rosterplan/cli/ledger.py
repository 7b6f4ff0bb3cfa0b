"""`ledger`: what each doctor held and was due over the years; shown, exported, imported, verified."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.ledgers import LedgerFile, refusing
from rosterplan.cli.options import Common
from rosterplan.cli.outputs import write_together
from rosterplan.cli.rosters import refuse_roster
from rosterplan.cli.voice import answer, conclude, tell
from rosterplan.domain.file_names import PLAN_FILE
from rosterplan.messages import say
from rosterplan.messages.words import plural, signed, unaccented

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rosterplan.ledger import Ledger

Action = Annotated[str, typer.Argument(metavar="metavar.action", help="argument.ledger_action")]
What = Annotated[str | None, typer.Argument(metavar="metavar.what", help="argument.ledger_what")]

LEDGER_SCHEMA: Final = 1

_FRENCH: Final = {
    "montrer": "show", "medecin": "doctor", "exporter": "export", "importer": "import", "verifier": "verify", "oubli": "decay",
}  # fmt: skip


def ledger(common: Common, action: Action, what: What = None, ledger: LedgerFile = None) -> int:
    """Show, export, import or verify the ledger, or choose what fades of balances; a doubt is never passed over."""
    from rosterplan.ledger import open_ledger

    asked = _FRENCH.get(unaccented(action), unaccented(action))
    actions: Mapping[str, Callable[[Common, Ledger, str | None], int]] = {
        "show": _show, "doctor": _doctor, "export": _export, "verify": _verify, "decay": _decay,
    }  # fmt: skip
    if asked not in actions and asked != "import":
        raise Refused(say(fr=f"« {action} » n’est pas une action du registre : montrer, médecin, exporter, importer, vérifier ou oubli.",
                          en=f"“{action}” is no action of the ledger: show, doctor, export, import, verify or decay."))  # fmt: skip
    path = _path(ledger)
    with refusing():
        if asked == "import":
            return _import(common, path, what)
        with open_ledger(path, create=False) as opened:
            return actions[asked](common, opened, what)


def _path(asked: Path | None) -> Path:
    """The ledger asked for, else the one here, or beside the planning folder one stands in."""
    from rosterplan.ledger import LEDGER_FILE

    if asked is not None:
        return asked
    return Path("..") / LEDGER_FILE if Path(PLAN_FILE).is_file() else Path(LEDGER_FILE)


def _show(common: Common, ledger: Ledger, what: str | None) -> int:
    """The plans, their state, and everyone's balances (of one group, if named)."""
    from rosterplan.ledger.accounts import balances, decay, names
    from rosterplan.ledger.rosters import group_names
    from rosterplan.ledger.verify import closed_plans, known_plans

    groups = group_names(ledger)
    amounts = {
        key: amount
        for key, amount in balances(ledger, _after_last(ledger)).items()
        if what is None or unaccented(what) in (unaccented(key[1]), unaccented(groups.get(key[1], key[1])))
    }
    closed = closed_plans(ledger)
    if common.json:
        answer({
            "schema": LEDGER_SCHEMA, "ledger": str(ledger.path), "decay_hundredths": decay(ledger),
            "plans": [{"plan": plan, "closed": plan in closed} for plan in known_plans(ledger)],
            "balances": [_entry(key, amount) for key, amount in sorted(amounts.items())],
        })  # fmt: skip
        return Exit.DONE
    for plan in known_plans(ledger):
        state = (
            say(fr="clos", en="closed")
            if plan in closed
            else say(fr="publié, pas encore clos", en="published, not closed yet")
        )
        tell(common, f"{plan}{say(fr=' :', en=':')} {state}")
    called = names(ledger)
    rows = [(_account(groups, key[1], key[2]), called.get(key[0], key[0]), amount) for key, amount in amounts.items()]
    _tell_balances(common, rows)
    return Exit.DONE


def _tell_balances(common: Common, rows: Sequence[tuple[str, str, int]]) -> None:
    """Each account with the doctors' balances under it, from (account, doctor, hundredths of a duty)."""
    if not rows:
        tell(common, say(fr="Aucun solde : tous sont à zéro.", en="No balance: all are nil."))
    for account, its_rows in groupby(sorted(rows), key=itemgetter(0)):
        tell(common, account)
        for _, name, amount in its_rows:
            tell(common, f"  {name}{say(fr=' :', en=':')} {signed(amount)}")


def _account(groups: Mapping[str, str], group: str, band: str) -> str:
    """« Laval, Soirée »; of the account of wishes, what it counts."""
    from rosterplan.domain.fairness import WISHES
    from rosterplan.messages.trade import band_word

    if group == WISHES:
        return say(fr="Vœux refusés", en="Wishes refused")
    return f"{groups.get(group, group)}, {band_word(band)}"


def _doctor(common: Common, ledger: Ledger, what: str | None) -> int:
    """Every entry of a doctor's accounts, quarter by quarter, and the balances they make."""
    from rosterplan.ledger.accounts import balances, entries
    from rosterplan.ledger.rosters import group_names

    doctor = _who(ledger, what)
    lines = entries(ledger, doctor)
    amounts = {key: amount for key, amount in balances(ledger, _after_last(ledger)).items() if key[0] == doctor}
    if common.json:
        answer({
            "schema": LEDGER_SCHEMA, "doctor": doctor,
            "entries": [
                {"plan": one.plan, "group": one.group, "band": one.band, "kind": one.kind, "hundredths": one.hundredths}
                for one in lines
            ],
            "balances": [_entry(key, amount) for key, amount in sorted(amounts.items())],
        })  # fmt: skip
        return Exit.DONE
    called = group_names(ledger)
    plan = ""
    for one in lines:
        if one.plan != plan:
            plan = one.plan
            tell(common, plan)
        tell(
            common,
            f"  {_account(called, one.group, one.band)}, {_kind_word(one.kind)}{say(fr=' :', en=':')} {signed(one.hundredths)}",
        )
    tell(common, say(fr="Soldes :", en="Balances:") if amounts else say(fr="Aucun solde.", en="No balance."))
    for key, amount in sorted(amounts.items()):
        tell(common, f"  {_account(called, key[1], key[2])}{say(fr=' :', en=':')} {signed(amount)}")
    return Exit.DONE


def _export(common: Common, ledger: Ledger, what: str | None) -> int:
    """The whole ledger in a workbook, from which it can be made again."""
    from rosterplan.ledger.accounts import balances, names
    from rosterplan.ledger.exchange import tables_of
    from rosterplan.ledger.rosters import group_names
    from rosterplan.report.ledger_book import ledger_xlsx

    target = Path(what) if what else ledger.path.with_suffix(".xlsx")
    content = ledger_xlsx(
        balances(ledger, _after_last(ledger)), names(ledger), tables_of(ledger), groups=group_names(ledger)
    )
    write_together(target.parent, {target.name: content})
    if common.json:
        answer({"schema": LEDGER_SCHEMA, "path": str(target)})
    tell(
        common,
        say(
            fr=f"Registre exporté : {target}. Il contient des données personnelles.",
            en=f"Ledger exported: {target}. It holds personal data.",
        ),
    )
    return Exit.DONE


def _import(common: Common, path: Path, what: str | None) -> int:
    """A ledger made from an exported workbook, where there is none."""
    from rosterplan.ledger.exchange import make_ledger
    from rosterplan.sheets.ledger_book import read_ledger_book

    if what is None or not Path(what).is_file():
        raise Refused(say(fr="Donnez le classeur à importer : rosterplan ledger import registre.xlsx --ledger registre.sqlite",
                          en="Give the workbook to import: rosterplan ledger import registre.xlsx --ledger registre.sqlite"))  # fmt: skip
    tables, problems = read_ledger_book(Path(what))
    if any(problem.severity == "erreur" for problem in problems):
        raise refuse_roster(Path(what), problems)
    make_ledger(path, tables)
    if common.json:
        answer({"schema": LEDGER_SCHEMA, "ledger": str(path)})
    tell(common, say(fr=f"Registre importé et vérifié : {path}", en=f"Ledger imported and verified: {path}"))
    return Exit.DONE


def _verify(common: Common, ledger: Ledger, _what: str | None) -> int:
    """Every hash, every chain, every balance worked out again from the rosters; exit 1 where anything differs."""
    from rosterplan.ledger.verify import closed_plans, faults

    wrong = faults(ledger)
    closed = len(closed_plans(ledger)) if not wrong else 0
    if common.json:
        answer({"schema": LEDGER_SCHEMA, "ledger": str(ledger.path), "sound": not wrong, "faults": list(wrong)})
        return Exit.HOLES if wrong else Exit.DONE
    for fault in wrong:
        tell(common, f"– {fault}")
    quarters = plural(
        closed, say(fr="trimestre clos", en="closed quarter"), say(fr="trimestres clos", en="closed quarters")
    )
    conclude(
        common,
        say(fr=f"{ledger.path} n’est pas sain : {plural(len(wrong), 'défaut')}.", en=f"{ledger.path} is not sound: {plural(len(wrong), 'fault')}.")
        if wrong
        else say(fr=f"{ledger.path} est sain ; {quarters}, tous les soldes se retrouvent.", en=f"{ledger.path} is sound; {quarters}, every balance is found again."),
        good=not wrong,
    )  # fmt: skip
    return Exit.HOLES if wrong else Exit.DONE


def _decay(common: Common, ledger: Ledger, what: str | None) -> int:
    """Tell, or choose, the part of every balance that fades at each closing, feasts apart."""
    from rosterplan.ledger.accounts import choose_decay, decay

    if what is not None:
        chosen = what.strip().removesuffix("%").strip()
        if not chosen.isdecimal() or not 0 <= int(chosen) <= 100:
            raise Refused(
                say(
                    fr=f"« {what} » n’est pas une part entre 0 et 100 %.",
                    en=f"“{what}” is not a part between 0 and 100 %.",
                )
            )
        choose_decay(ledger, int(chosen), datetime.now(UTC).isoformat())
    now = decay(ledger)
    if common.json:
        answer({"schema": LEDGER_SCHEMA, "decay_hundredths": now})
    tell(common, say(fr=f"À chaque clôture, {now} % de chaque solde s’efface, fêtes à part." if now else "Aucun solde ne s’efface avec le temps.",
                     en=f"At each closing {now} % of every balance fades, feasts apart." if now else "No balance fades with time."))  # fmt: skip
    return Exit.DONE


def _who(ledger: Ledger, typed: str | None) -> str:
    """The doctor typed, by id or by name; a name two bear is refused."""
    from rosterplan.ledger.accounts import names

    known = names(ledger)
    if typed is None:
        raise Refused(
            say(
                fr="Donnez un médecin : rosterplan ledger doctor M017",
                en="Give a doctor: rosterplan ledger doctor M017",
            )
        )
    if typed in known:
        return typed
    plain = unaccented(typed).removeprefix("dr ")
    found = [doctor for doctor, name in known.items() if plain in unaccented(name)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(f"{known[one]} ({one})" for one in found[:8])
        raise Refused(
            say(
                fr=f"Plusieurs médecins répondent à « {typed} » : {ids}.",
                en=f"Several doctors answer to “{typed}”: {ids}.",
            )
        )
    raise Refused(
        say(fr=f"Le registre ne connaît pas de médecin « {typed} ».", en=f"The ledger knows no doctor “{typed}”.")
    )


def _after_last(ledger: Ledger) -> date:
    """The day after the last period closed: what counts then is what the next quarter opens with."""
    row = ledger.connection.execute(
        "SELECT max(period_end) FROM plans WHERE plan IN (SELECT plan FROM closings)"
    ).fetchone()
    return date.fromisoformat(row[0]) + timedelta(days=1) if row[0] else date.max


def _entry(key: tuple[str, str, str], amount: int) -> dict[str, object]:
    return {"doctor": key[0], "group": key[1], "band": key[2], "balance_hundredths": amount}


def _kind_word(kind: str) -> str:
    return {
        "tenue": say(fr="gardes tenues", en="duties held"), "part": say(fr="part", en="due"),
        "reprise": say(fr="solde repris", en="balance taken over"), "depart": say(fr="départ d’un confrère ou du médecin", en="departures"),
        "oubli": say(fr="part effacée", en="part that fades"), "voeux": say(fr="ce trimestre", en="this quarter"),
    }[kind]  # fmt: skip
