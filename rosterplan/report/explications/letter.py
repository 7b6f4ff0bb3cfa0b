"""The letter a doctor receives: one A4 page of HTML that any browser prints; colleagues are counts and ranges only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from rosterplan.messages import language, say
from rosterplan.messages.words import long_date, plural
from rosterplan.report.explications.doctor import (
    MOST_MARKS,
    DoctorFacts,
    held_words,
    mark_words,
    marks_words,
    share_rows,
    share_sentences,
    why_not,
)
from rosterplan.report.tableau.doctor_pages import said_to_doctors
from rosterplan.report.trade import band_word, period_word

_STYLE = """
@page { size: A4; margin: 14mm 16mm }
body { font: 10.5pt/1.35 Arial, "Liberation Sans", sans-serif; color: #1a1f26; max-width: 178mm; margin: 0 auto }
h1 { font-size: 15pt; color: #1f3a5f; margin: 0 0 1mm } h2 { font-size: 11pt; color: #1f3a5f; margin: 4mm 0 1mm }
p { margin: 1mm 0 } .date { text-align: right; color: #5b6470 } .small { font-size: 9pt; color: #5b6470 }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt } td, th { border-bottom: .3pt solid #b8c4d2; padding: .6mm 1.5mm; text-align: left }
th { background: #e3ebf4 } ul { margin: 1mm 0; padding-left: 5mm } .duties { columns: 2; font-size: 9pt; list-style: none; padding: 0 }
"""


def letter_html(one: DoctorFacts, today: date) -> bytes:
    """The page, ready to print or to send; nothing in it is fetched from anywhere."""
    period = period_word(one.facts.instance.period)
    title = say(fr="Vos gardes et votre part", en="Your duties and your share")
    shares = share_sentences(one)
    body = [
        f"<p class=date>{escape(long_date(today))}</p><h1>{escape(title)}</h1>",
        f"<p class=small>{escape(one.name)} – {escape(period)} – {escape(one.facts.instance.id)}</p>",
        f"<p>{escape(_greeting(one))}</p>",
        _heading(say(fr="Votre part", en="Your share")),
        "".join(f"<p>{escape(line)}</p>" for line in shares),
        _table(_headings(), share_rows(one)) if one.lines else "",
        _heading(f"{say(fr='Vos gardes', en='Your duties')}{say(fr=' : ', en=': ')}{held_words(one)}"),
        _duties(one),
        _heading(f"{say(fr='Vos demandes', en='Your requests')}{say(fr=' : ', en=': ')}{marks_words(one)}"),
        _marks(one),
        f"<p class=small>{escape(said_to_doctors())} {escape(_reserve())}</p>",
    ]
    html = f'<!doctype html><html lang="{language()}"><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f"{html}<body>{''.join(body)}</body></html>\n".encode()


def _greeting(one: DoctorFacts) -> str:
    name = one.facts.instance.doctor_by_id[one.doctor]
    title = say(fr="Docteur", en="Dear Dr") if name.profession == "medecin" else say(fr="Bonjour", en="Hello")
    return say(
        fr=f"{title} {name.last_name}, voici comment votre part de gardes a été calculée, ce que vous tenez ce trimestre, "
        "et ce que sont devenues vos demandes.",
        en=f"{title} {name.last_name}, this is how your share of duties was reckoned, what you hold this quarter, and what "
        "became of your requests.",
    )


def _reserve() -> str:
    return say(
        fr="Les raisons propres à un collègue ne sont pas communiquées : il est alors « indisponible ».",
        en="A colleague’s own reasons are not passed on: he or she is then “unavailable”.",
    )


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _headings() -> tuple[str, ...]:
    return (
        say(fr="Catégorie", en="Kind"), say(fr="Part : coefficient × gardes ÷ coefficients", en="Share"),
        say(fr="Solde au début", en="Opening"), say(fr="Objectif", en="Target"), say(fr="Tenues", en="Held"),
        say(fr="Solde à la fin", en="Closing"), say(fr="Collègues", en="Colleagues"),
    )  # fmt: skip


def _table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in headings)
    lines = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{lines}</table>"


def _duties(one: DoctorFacts) -> str:
    items = "".join(
        f"<li>{escape(f'{long_date(seat.duty.date, year=False)}, {seat.hours}, {seat.line.name} ({band_word(seat.duty.band)})')}</li>"
        for seat in one.facts.seats_of_doctor[one.doctor]
    )
    return f"<ul class=duties>{items}</ul>" if items else ""


def _marks(one: DoctorFacts) -> str:
    left = [mark for mark in one.marks if not mark.followed]
    kinds = {"wish": say(fr="souhaitée", en="wished"), "avoid": say(fr="à éviter", en="to avoid")}
    items = [f"{mark_words(one, mark)} ({kinds[mark.value]}) : {why_not(mark)}" for mark in left[:MOST_MARKS]]
    if len(left) > MOST_MARKS:
        rest = plural(len(left) - MOST_MARKS, say(fr="autre demande non suivie", en="other request not followed"),
                      say(fr="autres demandes non suivies", en="other requests not followed"))  # fmt: skip
        items.append(say(fr=f"et {rest}", en=f"and {rest}"))
    followed = [mark_words(one, mark) for mark in one.marks if mark.followed and mark.value == "wish"]
    granted = (
        f"<p>{escape(say(fr='Souhaits accordés : ', en='Wishes granted: ') + ' ; '.join(followed[:MOST_MARKS]))}.</p>"
        if followed
        else ""
    )
    return granted + ("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>" if items else "")
