"""Sheet `Règles`: every rule in a sentence, with its source, and how often the roster departs from it."""

from __future__ import annotations

from collections import Counter

from rosterplan.domain.rulebook import Strength
from rosterplan.messages import say
from rosterplan.report.facts import Facts
from rosterplan.report.proof_words import stage_name
from rosterplan.report.scope_words import scope_words
from rosterplan.report.tableau.book import Book, Column, Row, head, lines_of, put, section, set_columns, table
from rosterplan.report.tableau.names import RULES
from rosterplan.report.tableau.page import set_page
from rosterplan.rules.base import Rule


def write_rules(book: Book, facts: Facts) -> None:
    """Write the rule book, then what the audit found broken."""
    sheet = book.workbook.get_worksheet_by_name(RULES)
    title = say(fr="Règles du tableau", en="Rules of the roster")
    columns = _columns()
    last = len(columns) - 1
    row = head(book, sheet, title, _subtitle(), last_column=last, lines=2)
    set_columns(sheet, columns)
    errors = Counter(finding.row or finding.rule for finding in facts.audit.findings if finding.severity == "erreur")
    others = Counter(finding.row or finding.rule for finding in facts.audit.findings if finding.severity != "erreur")
    row = table(book, sheet, row, columns, [_row(facts, rule, errors, others) for rule in facts.rules])
    broken = [finding for finding in facts.audit.findings if finding.severity == "erreur"]
    row = section(book, sheet, row + 1, say(fr="Règles non respectées", en="Rules broken"), last_column=last)
    headings = (say(fr="Règle", en="Rule"), say(fr="Constat", en="Finding"), say(fr="Médecins", en="Doctors"))
    titles = {rule.code: rule.title for rule in facts.rules}
    rows = [
        Row(
            (
                titles.get(found.rule, found.rule),
                found.text,
                ", ".join(facts.name_of.get(name, name) for name in found.doctors),
            ),
            ("alert",),
            27,
        )
        for found in broken
    ]
    if rows:
        table(book, sheet, row, tuple(Column(heading, 0, ("wrap",)) for heading in headings), rows)
    else:
        put(book, sheet, row, 0, say(fr="Aucune.", en="None."), book.pen("body"))
    set_page(book, sheet, title)


def _subtitle() -> str:
    return say(
        fr="Une règle « toujours » n’est jamais enfreinte par le calcul ; seule une correction faite à la main peut l’être, et elle est "
        "signalée. Une règle « autant que possible » coûte dans l’objectif indiqué.",
        en="A rule that holds “always” is never broken by the calculation; only a correction by hand may break it, and it is flagged. A "
        "rule that holds “as far as possible” costs in the objective given.",
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Règle", en="Rule"), 28, ("strong", "wrap", "top")),
        Column(say(fr="En une phrase", en="In a sentence"), 64, ("wrap", "top")),
        Column(say(fr="Portée", en="Scope"), 26, ("wrap", "top")),
        Column(say(fr="Force", en="Strength"), 24, ("wrap", "top")),
        Column(say(fr="Source", en="Source"), 34, ("wrap", "top")),
        Column(say(fr="Écarts", en="Departures"), 14, ("wrap", "top")),
    )


def _row(facts: Facts, rule: Rule, errors: Counter[str], others: Counter[str]) -> Row:
    sentence = rule.words()
    scope = scope_words(facts.instance, rule.scope)
    key = rule.row or rule.code
    noted = []
    if errors[key]:
        noted.append(say(fr=f"{errors[key]} non-respect", en=f"{errors[key]} broken"))
    if others[key]:
        noted.append(say(fr=f"{others[key]} signalé{'s' if others[key] > 1 else ''}", en=f"{others[key]} noted"))
    cells = (rule.title, sentence, scope, _strength(rule.strength), rule.source, ", ".join(noted))
    tallest = max(lines_of(text, column.width - 2) for text, column in zip(cells, _columns(), strict=True))
    return Row(cells, height=12.5 * max(tallest, 2) + 4)


def _strength(strength: Strength) -> str:
    if strength.kind == "hard":
        return say(fr="toujours", en="always")
    stage = stage_name(strength.stage).lower() if strength.stage else ""
    if strength.kind == "hard-unless-accepted":
        return say(fr="toujours, sauf accord du médecin", en="always, unless the doctor accepts")
    return say(fr=f"autant que possible\n({stage})", en=f"as far as possible\n({stage})")
