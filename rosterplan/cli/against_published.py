"""A roster beside the published one: which duties are held by others, and what that costs in rules, fairness and wishes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rosterplan.cli.folders import Plannable
from rosterplan.cli.reached import reached
from rosterplan.cli.rosters import Found
from rosterplan.cli.voice import tell
from rosterplan.messages import say
from rosterplan.messages.words import plural

if TYPE_CHECKING:
    from rosterplan.cli.looked_at import LookedAt
    from rosterplan.cli.options import Common
    from rosterplan.domain.findings import Finding
    from rosterplan.domain.roster import Roster
    from rosterplan.report.changes_book import ChangeSheet

MOST_SHOWN = 30
"""Duties listed in the terminal; `diff` and --json hold all."""


@dataclass(frozen=True)
class Beside:
    """``found``, a workbook, is judged under the published dues; ``broken`` are the rules it breaks that the published one keeps."""

    found: Found
    sheet: ChangeSheet
    version: int
    broken: tuple[Finding, ...]

    def document(self) -> dict[str, object]:
        """What `audit --json` adds where something is published."""
        from rosterplan.report.changes_book import changes_document

        told = changes_document(self.sheet)
        kept = ("changes", "positions", "before", "after")
        return {
            "version": self.version,
            **{name: told[name] for name in kept},
            "newly_broken": [finding.model_dump(mode="json") for finding in self.broken],
        }

    def tell(self, common: Common) -> None:
        """Tell the difference and its price."""
        from rosterplan.report.changes import difference_line
        from rosterplan.report.changes_book import figures

        sheet = self.sheet
        tell(common)
        changed = sum(one.positions for one in sheet.changed)
        count = plural(changed, say(fr="garde tenue par un autre", en="duty held by another"), say(fr="gardes tenues par d’autres", en="duties held by others"))  # fmt: skip
        tell(common, say(fr=f"Par rapport au tableau publié (version {self.version}) : {count}.", en=f"Beside the published roster (version {self.version}): {count}."))  # fmt: skip
        for one in sheet.changed[:MOST_SHOWN]:
            tell(common, f"  – {difference_line(sheet.instance, one)}")
        if len(sheet.changed) > MOST_SHOWN:
            tell(common, say(fr="  – … la suite avec rosterplan diff", en="  – … the rest with rosterplan diff"))
        if not sheet.changed:
            return
        for (name, old), (_, new) in zip(figures(sheet.before), figures(sheet.after), strict=True):
            if old != new:
                tell(common, f"  {name}{say(fr=' :', en=':')} {old} → {new}")
        for finding in self.broken:
            tell(common, say(fr=f"  Règle qui n’est plus respectée : {finding.text}", en=f"  Rule no longer kept: {finding.text}"))  # fmt: skip
        tell(common)


def beside_published(common: Common, plan: Plannable, looked: LookedAt) -> Beside | None:
    """Return the roster beside the published one, a workbook under the published dues; None while nothing is published."""
    from rosterplan.audit import audit
    from rosterplan.domain.differences import differences
    from rosterplan.report.changes_book import ChangeSheet

    found, now = looked.found, looked.now
    if now is None or not _comparable(plan, now.roster):
        return None
    by_hand = found.path.suffix.casefold() != ".json"
    roster = found.roster.model_copy(update={"dues": now.roster.dues}) if by_hand and now.roster.dues else found.roster
    judged = replace(found, roster=roster)
    instance = found.instance
    sheet = ChangeSheet(
        instance, say(fr="Écart au tableau publié", en="Difference from the published roster"), (), common.today,
        differences(instance, now.roster, roster), reached(instance, plan.rules, now.roster), reached(instance, plan.rules, roster),
    )  # fmt: skip
    before = {finding.text for finding in audit(instance, plan.rules, now.roster).findings}
    after = audit(instance, plan.rules, roster).findings
    broken = tuple(one for one in after if one.severity == "erreur" and one.text not in before)
    return Beside(judged, sheet, now.version.number, broken)


def _comparable(plan: Plannable, roster: Roster) -> bool:
    """True if today’s files know every doctor and duty of the published roster."""
    instance = plan.instance
    return all(one.duty in instance.duty_by_id and one.doctor in instance.doctor_by_id for one in roster.assignments)
