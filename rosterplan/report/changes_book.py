"""`modifications.xlsx` and `modifications.json`: what changes, what it costs, and what each doctor is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from rosterplan.domain.differences import Difference, positions_changed
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Stage
from rosterplan.messages import say
from rosterplan.messages.words import hours, listed, long_date, plural
from rosterplan.report.changes import doctor_name, messages
from rosterplan.report.plain_json import Json, plain_json
from rosterplan.report.proof_words import stage_name
from rosterplan.report.tableau.book import Book, Column, Row, head, open_book, paragraph, set_columns, table
from rosterplan.report.tableau.page import set_page

CHANGES_SCHEMA = 1

SHOWN: tuple[Stage, ...] = ("coverage", "caps", "shares", "fairness", "wishes", "comfort")
"""Stages whose values are compared; fairness is in ten-thousandths of a squared duty."""


@dataclass(frozen=True)
class Reached:
    """What a roster reaches: positions unfilled, and the value of each stage that a rule of the folder posts."""

    unfilled: int
    stages: Mapping[Stage, int]


@dataclass(frozen=True)
class DialRow:
    """One row of the stability dial; ``best``: stages proved best in turn among rosters that move these sectors only."""

    changes: int
    reached: Reached
    best: Sequence[Stage] = ()


@dataclass(frozen=True)
class ChangeSheet:
    """Everything the two files say; ``said`` are sentences for the first lines."""

    instance: Instance
    title: str
    said: Sequence[str]
    on: date
    changed: Sequence[Difference]
    before: Reached
    after: Reached
    dial: Sequence[DialRow] = ()


def figures(reached: Reached) -> list[tuple[str, str]]:
    """Name and value of what a roster reaches, as people read them; a stage no rule of the folder posts is left out."""
    rows = [(say(fr="Gardes non pourvues", en="Unfilled duties"), str(reached.unfilled))]
    known = (stage for stage in SHOWN[1:] if stage in reached.stages)
    return rows + [(stage_name(stage), value_words(stage, reached.stages[stage])) for stage in known]


def value_words(stage: Stage, value: int) -> str:
    """A stage’s value: fairness in squared duties."""
    from rosterplan.report.proof_words import squared

    return squared(value) if stage == "fairness" else str(value)


def changes_json(sheet: ChangeSheet) -> bytes:
    """The bytes of `modifications.json`."""
    return plain_json({"schema": CHANGES_SCHEMA, **changes_document(sheet)})


def proven_words(best: Sequence[Stage]) -> str:
    """« tout », « couverture, juste répartition », « rien »: what no roster of the same sectors does better, stage after stage."""
    if "blend" in best:
        return say(fr="tout", en="all")
    shown = [stage_name(stage).lower() for stage in ("coverage", "fairness") if stage in best]
    return ", ".join(shown) or say(fr="rien", en="nothing")


def changes_document(sheet: ChangeSheet) -> Json:
    """What programs read: changes by duty, values before and after, the dial, messages by doctor."""
    zone = ZoneInfo(sheet.instance.timezone)

    def entry(one: Difference) -> Json:
        duty = sheet.instance.duty_by_id.get(one.duty)
        return {
            "duty": one.duty,
            "line": duty.line if duty else None,
            "start": duty.start.astimezone(zone).isoformat(timespec="minutes") if duty else None,
            "end": duty.end.astimezone(zone).isoformat(timespec="minutes") if duty else None,
            "gone": list(one.gone),
            "come": list(one.come),
        }

    return {
        "instance": sheet.instance.id,
        "on": sheet.on.isoformat(),
        "changes": [entry(one) for one in sheet.changed],
        "positions": positions_changed(sheet.changed),
        "before": _values(sheet.before),
        "after": _values(sheet.after),
        "dial": [{"changes": row.changes, **_values(row.reached), "proven": list(row.best)} for row in sheet.dial],
        "messages": [
            {"doctor": one.doctor, "email": one.email, "phone": one.phone, "text": one.text}
            for one in messages(sheet.instance, sheet.changed)
        ],
    }


def _values(reached: Reached) -> Json:
    return {"unfilled": reached.unfilled, **{stage: reached.stages.get(stage, 0) for stage in SHOWN}}


def changes_xlsx(sheet: ChangeSheet) -> bytes:
    """The workbook: the changes, what they cost, the dial if there is one, and the messages."""
    book, buffer = open_book(sheet.title, long_date(sheet.on))
    _write_changes(book, sheet)
    _write_cost(book, sheet)
    if sheet.dial:
        _write_dial(book, sheet)
    _write_messages(book, sheet)
    book.workbook.close()
    return buffer.getvalue()


def _write_changes(book: Book, sheet: ChangeSheet) -> None:
    columns = (
        Column(say(fr="Date", en="Date"), 27, ("cell",)), Column(say(fr="Heures", en="Hours"), 13, ("cell", "centre")),
        Column(say(fr="Ligne", en="Line"), 30, ("cell",)), Column(say(fr="Avant", en="Before"), 30, ("cell",)),
        Column(say(fr="Après", en="After"), 30, ("cell",)), Column(say(fr="Garde", en="Duty"), 40, ("cell", "id")),
    )  # fmt: skip
    zone = ZoneInfo(sheet.instance.timezone)
    nobody = say(fr="non pourvue", en="unfilled")
    rows = []
    for one in sheet.changed:
        duty = sheet.instance.duty_by_id.get(one.duty)
        when = hours(duty.start.astimezone(zone), duty.end.astimezone(zone)) if duty else ""
        line = sheet.instance.line_by_id[duty.line].name if duty else ""
        before, after = (
            listed([doctor_name(sheet.instance, name) for name in names]) or nobody for names in (one.gone, one.come)
        )
        rows.append(Row((long_date(duty.date) if duty else "", when, line, before, after, one.duty)))
    nothing = say(fr="Aucune garde ne change.", en="No duty changes.")
    _write(book, say(fr="Changements", en="Changes"), sheet.title, " ".join(sheet.said), columns, rows, nothing)


def _write_cost(book: Book, sheet: ChangeSheet) -> None:
    columns = (
        Column("", 40, ("cell",)), Column(say(fr="Avant", en="Before"), 20, ("cell", "centre")),
        Column(say(fr="Après", en="After"), 20, ("cell", "centre")),
    )  # fmt: skip
    both = zip(figures(sheet.before), figures(sheet.after), strict=True)
    rows = [Row((name, before, after)) for (name, before), (_, after) in both]
    count = plural(positions_changed(sheet.changed), say(fr="garde change de mains", en="duty changes hands"),
                   say(fr="gardes changent de mains", en="duties change hands"))  # fmt: skip
    _write(book, say(fr="Coût", en="Cost"), say(fr="Ce que cela coûte", en="What it costs"), count + ".", columns, rows)


def _write_dial(book: Book, sheet: ChangeSheet) -> None:
    names = [name for name, _ in figures(sheet.after)]
    columns = [Column(say(fr="Changements permis", en="Changes allowed"), 14, ("cell", "centre"))]
    columns += [Column(name, 20, ("cell", "centre")) for name in names]
    columns.append(Column(say(fr="Prouvé le meilleur", en="Proven best"), 30, ("cell", "wrap")))
    rows = [
        Row((row.changes, *(value for _, value in figures(row.reached)), proven_words(row.best))) for row in sheet.dial
    ]
    said = say(fr="Avec tant de changements au plus, voici ce qu’on atteint. Choisissez, puis relancez avec --max-changes. "
               "« Prouvé » : aucun tableau qui ne touche qu’aux secteurs concernés ne fait mieux ; le reste est le meilleur trouvé.",
               en="With so many changes at most, this is what is reached. Choose, then run again with --max-changes. "
               "“Proven”: no roster that touches the sectors concerned alone does better; the rest is the best found.")  # fmt: skip
    _write(book, say(fr="Cadran", en="Dial"), say(fr="Cadran de stabilité", en="Stability dial"), said, columns, rows)


def _write_messages(book: Book, sheet: ChangeSheet) -> None:
    columns = (
        Column(say(fr="Médecin", en="Doctor"), 28, ("cell", "top")), Column(say(fr="Courriel", en="E-mail"), 32, ("cell", "top")),
        Column(say(fr="Téléphone", en="Phone"), 18, ("cell", "top")), Column("Message", 84, ("cell", "wrap", "top")),
    )  # fmt: skip
    rows = [
        Row((one.name, one.email, one.phone, one.text), height=12.0 * (one.text.count("\n") + 2))
        for one in messages(sheet.instance, sheet.changed)
    ]
    said = say(
        fr="Un message par médecin concerné, prêt à envoyer.", en="A message per doctor concerned, ready to send."
    )
    nothing = say(fr="Personne n’est concerné.", en="Nobody is concerned.")
    _write(book, "Messages", "Messages", said, columns, rows, nothing)


def _write(
    book: Book, name: str, title: str, said: str, columns: Sequence[Column], rows: Sequence[Row], nothing: str = ""
) -> None:
    """Write a sheet that is one table."""
    sheet = book.workbook.add_worksheet(name)
    row = head(book, sheet, title, said, last_column=len(columns) - 1, lines=2, back=False)
    set_columns(sheet, columns)
    if rows:
        table(book, sheet, row, columns, rows)
        sheet.freeze_panes(row + 1, 0)
    else:
        width = sum(column.width for column in columns)
        paragraph(book, sheet, row, nothing, last_column=len(columns) - 1, width=width)
    set_page(book, sheet, title, repeat=row)
