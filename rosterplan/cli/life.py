"""Where a published roster stands: its last version, the changes noted since, whether the quarter is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rosterplan.cli.folders import Opened
from rosterplan.cli.ledgers import ledger_path
from rosterplan.messages import say
from rosterplan.messages.words import plural

if TYPE_CHECKING:
    from rosterplan.domain.versions import Version

FORMS_BEFORE_DAYS = 90


@dataclass(frozen=True)
class Life:
    """The last version of the plan (None before), changes not published yet, and what is wrong with the ledger.

    ``next_week``: of an agenda published week by week, the next week to publish; else empty.
    """

    last: Version | None = None
    states: frozenset[str] = frozenset()
    waiting: int = 0
    closed: bool = False
    fault: str = ""
    kinds: tuple[str, ...] = ("pdsa",)
    next_week: str = ""

    @property
    def done(self) -> frozenset[str]:
        """Codes of the steps of the back-plan that publications show to be done."""
        sent, definitive = bool(self.states - {"projet"}), bool(self.states & {"definitif", "modifie"})
        steps = {
            "projet": bool(self.states),
            "cdom": sent, "tableau-de-service": sent, "agenda-transmis": sent,
            "ars": definitive,
            "liste-effectuee": self.closed, "tableau-definitif": self.closed,
        }  # fmt: skip
        return frozenset(code for code, seen in steps.items() if seen)

    @property
    def definitive(self) -> bool:
        """True once the roster is definitive."""
        return self.last is not None and self.last.state in ("definitif", "modifie")

    def command(self, end: date, today: date) -> str | None:
        """The command to type now for a roster that is up to date; None while there is nothing to do."""
        if self.closed:
            return "rosterplan next"
        if self.last is None or not self.definitive:
            return "rosterplan publish"
        if self.next_week and today <= end:
            return f"rosterplan publish --week {self.next_week}"
        if self.waiting:
            return "rosterplan publish"
        if today > end:
            return "rosterplan close"
        return "rosterplan next" if (end - today).days < FORMS_BEFORE_DAYS else None

    def words(self) -> str:
        """« Publié : version 3 – définitif, 2 changements notés depuis. »"""
        from rosterplan.report.publication.edition import state_word

        if self.fault:
            return self.fault
        if self.last is None:
            return say(fr="Rien n’est encore publié.", en="Nothing is published yet.")
        state = state_word(self.last.state, self.last.rank, self.kinds)
        since = ""
        if self.waiting:
            since = ", " + plural(self.waiting, say(fr="changement noté depuis", en="change recorded since"),
                                  say(fr="changements notés depuis", en="changes recorded since"))  # fmt: skip
        end = say(fr=" Le trimestre est clos.", en=" The quarter is closed.") if self.closed else ""
        return say(
            fr=f"Publié : version {self.last.number} – {state}{since}.{end}",
            en=f"Published: version {self.last.number} – {state}{since}.{end}",
        )


def life_of(opened: Opened, plan: str) -> Life:
    """Return where the plan of a folder stands; a ledger that cannot be read is a sentence, never an error here."""
    from rosterplan.ledger import LedgerError, open_ledger, published_versions, recorded_changes
    from rosterplan.ledger.closing import is_closed

    path = ledger_path(opened.path, None)
    try:
        versions = published_versions(path, opened.out, plan)
        if not versions:
            return Life()
        last = versions[-1]
        waiting = sum(change.number > last.last_change for change in recorded_changes(path, plan))
        with open_ledger(path) as ledger:
            closed = is_closed(ledger, plan)
    except LedgerError as error:
        return Life(fault=error.text)
    kinds = opened.reading.draft.kinds if opened.reading.draft else ("pdsa",)
    states = frozenset(one.state for one in versions)
    return Life(last, states, waiting, closed, kinds=tuple(kinds), next_week=_next_week(opened, versions))


def _next_week(opened: Opened, versions: Sequence[Version]) -> str:
    """« 2027-S15 », the next week of an agenda of which some are published alone; else empty."""
    from rosterplan.report.publication.week import published_weeks, week_name, weeks_left

    if opened.reading.draft is None or not published_weeks(versions):
        return ""
    left = weeks_left(opened.reading.draft, versions)
    return week_name(left[0]) if left else ""
