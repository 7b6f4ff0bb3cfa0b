"""The opening balances of a folder beside the ledger: what was carried over for now, and what the closing said since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rosterplan.cli.folders import Opened
from rosterplan.cli.ledgers import ledger_path
from rosterplan.messages import say
from rosterplan.messages.words import plural

if TYPE_CHECKING:
    from rosterplan.domain.instance import Instance


def outdated_words(opened: Opened, instance: Instance) -> str:
    """Say that the balances of the folder are no longer those of the ledger; nothing while they are provisional or right."""
    from rosterplan.ledger import LedgerError, open_ledger
    from rosterplan.ledger.closing import differing, open_before

    path = ledger_path(opened.path, None)
    if not path.is_file():
        return ""
    try:
        with open_ledger(path) as ledger:
            if open_before(ledger, instance) is not None:
                return ""
            count = len(differing(ledger, instance))
    except LedgerError:  # told by the commands that need the ledger
        return ""
    if not count:
        return ""
    rows = plural(count, say(fr="solde d’ouverture n’est pas celui", en="opening balance is not that"),
                  say(fr="soldes d’ouverture ne sont pas ceux", en="opening balances are not those"))  # fmt: skip
    return say(
        fr=f"{rows} du registre : le trimestre d’avant a été clos depuis, ou la feuille Historique a été modifiée. Le registre fera foi à la "
           "clôture. Pour les reprendre : rosterplan next, avec le dossier du trimestre d’avant et --refresh",
        en=f"{rows} of the ledger: the quarter before was closed since, or sheet Historique was changed. The ledger holds at closing. "
           "To take them again: rosterplan next, with the folder of the quarter before and --refresh",
    )  # fmt: skip
