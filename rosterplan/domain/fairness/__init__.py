"""Juste répartition: what each doctor owes, what the roster should aim at, and what a deviation costs.

From coefficients to dues, from dues to cost tables; balances carry the rest to the next quarter. For a doctor in a
group (a set of lines shared) and a band:

- coefficient w = q·π·e: q the part of the quota given to the group, π the part of the group's duties dated while the
  doctor is on the list and not on long leave, e 1 or 0 as he or she may hold the band;
- due T = w·S / Σ w, S the positions held in the roster, so that holes create no debt; a declared maximum lowers w;
- balance B = held − due since the ledger began; target T* = T less a part of B, at most about half a share a quarter;
- cost F = Σ α (x − T*)² / w over groups and bands, α the points of the band over their mean, plus the same for points
  in all; written as tables of marginal costs, in ten-thousandths of a squared duty.

Nothing here depends on the order of doctors: sums are exactly rounded, ties are drawn by lot.
"""

from rosterplan.domain.fairness.accounts import Account, Cause, accounts, largest_balance
from rosterplan.domain.fairness.apportion import DEFAULT_SEED, HUNDRED, apportioned
from rosterplan.domain.fairness.balances import opening_balances
from rosterplan.domain.fairness.closing import closing_balances, credited, dues_at_closing
from rosterplan.domain.fairness.coefficients import coefficients, default_groups, shares_of
from rosterplan.domain.fairness.dues import dues, full_dues, full_parts, positions_of_dues, with_dues
from rosterplan.domain.fairness.figures import FairnessFigures, Spread, figures
from rosterplan.domain.fairness.positions import (
    Cell,
    Key,
    Positions,
    band_points,
    feast_bands,
    held_counts,
    held_points,
    positions_held,
    positions_needed,
)
from rosterplan.domain.fairness.tables import (
    SCALE,
    FairnessTables,
    ItemTable,
    TotalTable,
    UnaryTable,
    costs_of,
    fairness_by_doctor,
    fairness_value,
    tables,
)
from rosterplan.domain.fairness.weights import Part, parts
from rosterplan.domain.fairness.wishes import WISHES, Wishes, wish_balances, wishes_of

__all__ = [
    "DEFAULT_SEED", "HUNDRED", "SCALE", "WISHES", "Account", "Cause", "Cell", "FairnessFigures", "FairnessTables", "ItemTable",
    "Key", "Part", "Positions", "Spread", "TotalTable", "UnaryTable", "Wishes", "accounts", "apportioned",
    "band_points", "closing_balances", "coefficients", "costs_of", "credited", "default_groups", "dues", "dues_at_closing", "fairness_by_doctor",
    "fairness_value", "feast_bands", "figures", "full_dues", "full_parts", "held_counts", "held_points", "largest_balance",
    "opening_balances", "parts", "positions_held", "positions_needed", "positions_of_dues", "shares_of", "tables",
    "wish_balances", "wishes_of", "with_dues",
]  # fmt: skip
