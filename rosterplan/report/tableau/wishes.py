"""Sheet `Vœux`: how far each doctor's wishes are followed, then each answer and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from rosterplan.messages import say
from rosterplan.report.facts import Facts
from rosterplan.report.tableau.book import Book, Column, Row, head, section, set_columns, table
from rosterplan.report.tableau.names import WISHES
from rosterplan.report.tableau.page import set_page
from rosterplan.report.wish_lines import WishCount, WishLine


def write_wishes(book: Book, facts: Facts, wishes: Sequence[WishLine], counts: Sequence[WishCount]) -> None:
    """Write the share refused per doctor and every answer."""
    sheet = book.workbook.get_worksheet_by_name(WISHES)
    title = say(fr="Vœux", en="Wishes")
    columns = _columns()
    row = head(book, sheet, title, _subtitle(wishes), last_column=len(columns) - 1, lines=3)
    set_columns(sheet, columns)
    row = section(book, sheet, row, say(fr="Par médecin", en="By doctor"), last_column=len(columns) - 1)
    row = table(book, sheet, row, _count_columns(), [_count(facts, count) for count in counts])
    row = section(
        book, sheet, row + 1, say(fr="Réponse par réponse", en="Answer by answer"), last_column=len(columns) - 1
    )
    end = table(book, sheet, row, columns, [_row(facts, wish) for wish in wishes])
    sheet.autofilter(row, 0, max(end - 1, row + 1), len(columns) - 1)
    set_page(book, sheet, title, repeat=row)


def _subtitle(wishes: Sequence[WishLine]) -> str:
    asked = [wish for wish in wishes if wish.value == "wish"]
    avoided = [wish for wish in wishes if wish.value == "avoid"]
    granted, kept = sum(wish.granted for wish in asked), sum(wish.granted for wish in avoided)
    return say(
        fr=f"{granted} souhaits suivis sur {len(asked)} ; {kept} « à éviter » respectés sur {len(avoided)}. Chaque médecin dispose du même "
        "nombre de points de vœux, quel que soit le nombre de ses réponses : en demander beaucoup n’en donne pas plus. Ne comptent pas plus "
        "de souhaits que de gardes à tenir.",
        en=f"{granted} wishes of {len(asked)} followed; {kept} “to avoid” of {len(avoided)} respected. Every doctor has the same number of "
        "wish points whatever the number of answers: asking for much does not give more. No more wishes count than duties to hold.",
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Médecin", en="Doctor"), 31, ("strong",)),
        Column(say(fr="Date", en="Date"), 12, ("date",)),
        Column(say(fr="Réponse", en="Answer"), 12, ("centre",)),
        Column(say(fr="Suivi ?", en="Followed?"), 12, ("centre",)),
        Column(say(fr="Garde ou jours", en="Duty or days"), 50, ("shrink",)),
        Column(say(fr="Précision", en="Detail"), 38),
    )


def _row(facts: Facts, wish: WishLine) -> Row:
    kind = say(fr="souhaité", en="wished") if wish.value == "wish" else say(fr="à éviter", en="to avoid")
    followed = say(fr="oui", en="yes") if wish.granted else say(fr="non", en="no")
    return Row(
        (facts.name_of[wish.doctor], wish.day, kind, followed, wish.what, wish.why),
        () if wish.granted else ("holiday",),
    )


def _count_columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Médecin", en="Doctor"), 0, ("strong",)),
        Column(say(fr="Réponses\ncomptées", en="Answers\ncounted"), 0, ("whole",)),
        Column(say(fr="Non\nsuivies", en="Not\nfollowed"), 0, ("whole",)),
        Column(say(fr="Part suivie", en="Part followed"), 0, ("percent",)),
    )


def _count(facts: Facts, count: WishCount) -> Row:
    followed = (count.marks - count.refused) / count.marks if count.marks else None
    return Row((facts.name_of[count.doctor], count.marks, count.refused, followed))
