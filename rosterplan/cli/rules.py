"""`rules`: the rules of a folder in sentences with their source, or the catalogue of rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rosterplan.cli.exits import Exit
from rosterplan.cli.folders import draft_rules, open_folder
from rosterplan.cli.options import Common, Folder
from rosterplan.cli.voice import answer, tell
from rosterplan.domain.file_names import PLAN_FILE
from rosterplan.messages import say

if TYPE_CHECKING:
    from rosterplan.domain.instance import Instance
    from rosterplan.rules.base import Rule

RULES_SCHEMA = 1


def rules(common: Common, folder: Folder = None) -> int:
    """Tell each rule in a sentence; without a folder, the rules there are."""
    if folder is None and not (Path.cwd() / PLAN_FILE).is_file():
        return _catalogue(common)
    instance, book = draft_rules(common, open_folder(common, folder))
    if common.json:
        answer({"schema": RULES_SCHEMA, "rules": [_entry(rule) for rule in book]})
        return Exit.DONE
    for rule in book:
        tell(common, _sentence(instance, rule))
    return Exit.DONE


def _sentence(instance: Instance, rule: Rule) -> str:
    """The rule, how strongly and to whom it applies, its source, and where it is written."""
    from rosterplan.report.scope_words import scope_words

    details = [
        _strength(rule),
        say(fr="pour : ", en="for: ") + scope_words(instance, rule.scope),
        rule.source,
        rule.row,
    ]
    return f"{rule.title} ({rule.code})\n    {rule.words()}\n    {' · '.join(part for part in details if part)}"


def _strength(rule: Rule) -> str:
    from rosterplan.report.proof_words import stage_name

    if rule.strength.kind == "hard":
        return say(fr="toujours", en="always")
    if rule.strength.kind == "hard-unless-accepted":
        return say(fr="toujours, sauf accord du médecin", en="always, unless the doctor accepts more")
    aim = stage_name(rule.strength.stage) if rule.strength.stage else ""
    return say(fr=f"autant que possible ({aim})", en=f"as far as possible ({aim})")


def _entry(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code, "row": rule.row, "title": rule.title, "text": rule.words(), "source": rule.source,
        "strength": rule.strength.model_dump(mode="json"), "scope": rule.scope.model_dump(mode="json"),
    }  # fmt: skip


def _catalogue(common: Common) -> int:
    """Every rule that exists, as it stands when its row gives no parameter."""
    from rosterplan.domain.rulebook import RuleRow
    from rosterplan.rules import BY_CODE
    from rosterplan.rules.base import read_rule

    ready = [read_rule(RuleRow(code=code), BY_CODE) for code in BY_CODE]
    if common.json:
        answer({"schema": RULES_SCHEMA, "rules": [_entry(rule) for rule in ready]})
        return Exit.DONE
    for rule in ready:
        tell(common, f"{rule.code} — {rule.title}\n    {rule.words()}\n    {rule.source}")
    return Exit.DONE
