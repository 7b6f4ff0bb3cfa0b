"""What an audit found, in words and as an exit code: the same for a roster of ours and for one corrected by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rosterplan.cli.exits import Exit
from rosterplan.messages import say
from rosterplan.messages.counted import Counted, all_filled, begun, some_unfilled
from rosterplan.messages.words import listed, plural

if TYPE_CHECKING:
    from rosterplan.domain.findings import AuditReport, Finding

MOST_COSTS_SHOWN = 10
"""Findings of one rule that are no error, listed in the terminal; the workbook and ``--json`` hold all."""


def code_of(audit: AuditReport) -> Exit:
    """Return 0 for a roster without holes, broken rules or overruns, else 1."""
    broken = any(finding.severity == "erreur" for finding in audit.findings)
    return Exit.HOLES if broken or audit.value("coverage") or audit.value("caps") else Exit.DONE


def finding_lines(audit: AuditReport, titles: Mapping[str, str]) -> Iterator[str]:
    """Yield what was found, rule by rule: costs first, broken rules last, nearest the prompt."""
    for severity in ("avertissement", "erreur"):
        for rule, found in _by_rule(audit, severity).items():
            yield f"{titles.get(rule, rule)} : {_count(severity, len(found))}"
            shown = found if severity == "erreur" else found[:MOST_COSTS_SHOWN]
            yield from (f"  – {finding.text}" for finding in shown)
            if len(found) > len(shown):
                rest = len(found) - len(shown)
                yield say(
                    fr=f"  – … et {rest} autres (toutes avec --json)", en=f"  – … and {rest} others (all with --json)"
                )


def verdict_words(audit: AuditReport, unit: Counted = "duty") -> str:
    """Return the last line: whether every rule is kept, and whether anything is missing."""
    errors = sum(finding.severity == "erreur" for finding in audit.findings)
    if errors:
        broken = plural(
            errors, say(fr="règle non respectée", en="broken rule"), say(fr="règles non respectées", en="broken rules")
        )
        many = say(fr=", toutes sur des cases décidées à la main", en=", all on cells decided by hand")
        one = say(fr=", sur une case décidée à la main", en=", on a cell decided by hand")
        signed = (one if errors == 1 else many) if audit.clean else ""
        return f"{broken}{signed}."
    if code_of(audit) is Exit.DONE:
        filled = begun(all_filled(unit))
        return say(fr=f"{filled} et toutes les règles sont respectées.", en=f"{filled} and every rule is kept.")
    left = [
        some_unfilled(unit) if audit.value("coverage") else "",
        say(fr="des plafonds dépassés par accord", en="caps exceeded by consent") if audit.value("caps") else "",
    ]
    rest = listed([one for one in left if one])
    return say(
        fr=f"Toutes les règles sont respectées ; il reste {rest}.", en=f"Every rule is kept; there remain {rest}."
    )


def _by_rule(audit: AuditReport, severity: str) -> dict[str, list[Finding]]:
    """Findings of a severity by rule; holes are told apart, with their dates."""
    found: dict[str, list[Finding]] = {}
    for finding in audit.findings:
        if finding.severity == severity:
            found.setdefault(finding.rule, []).append(finding)
    return found


def _count(severity: str, count: int) -> str:
    if severity == "erreur":
        return plural(count, say(fr="non-respect", en="breach"), say(fr="non-respects", en="breaches"))
    return plural(count, say(fr="constat", en="finding"))
