"""The memory of an association: published rosters, the changes laid over them, what was served, and balances by query.

One SQLite file, `registre.sqlite`, beside the planning folders (``--ledger`` names another), and beside the roster the
folder `<out>/versions/NNN/` of each publication. Both are append-only; each write is whole or absent, whenever the
process dies. A plan is named by ``Instance.id``. What other rooms rely on:

``open_ledger(path)``
    The ledger, made if absent, migrated if old; a context manager. Raises ``LedgerError`` in the reader's words.
``roster_in_force(path, out, plan)``
    The published roster in force as an ``InForce``: last version + later changes (``replaced_by`` and ``kind`` filled in,
    the titular listed); None while nothing is published. Takes in versions a crash kept from the ledger.
``published_versions(path, out, plan)`` and ``version_roster(path, out, plan, number)``
    The versions of a plan, and the roster of one with the instance it was made for.
``record_changes(path, out, plan, changes)``
    Append the changes of one agreement (both halves of an exchange together) and return them numbered. Each must fit
    the roster in force, else ``LedgerError`` says why and nothing is written. Legality is the caller's business.
``refuse_change_of_closed(path, plan)``
    Nothing, or ``LedgerError`` where the plan is closed: asked before a change is prepared.
``recorded_changes(path, plan)``
    Every change of a plan, oldest first, versions laid over or not.

``rosterplan.domain.versions`` holds the nouns: ``Version``, ``Change``, ``InForce``, ``laid_over``, ``responsible``
(credited), ``serving`` (paid).
"""

from rosterplan.ledger.errors import LedgerError
from rosterplan.ledger.published import (
    published_versions,
    record_changes,
    recorded_changes,
    refuse_change_of_closed,
    roster_in_force,
    version_roster,
)
from rosterplan.ledger.store import LEDGER_FILE, Ledger, open_ledger

__all__ = [
    "LEDGER_FILE", "Ledger", "LedgerError", "open_ledger", "published_versions", "record_changes", "recorded_changes",
    "refuse_change_of_closed", "roster_in_force", "version_roster",
]  # fmt: skip
