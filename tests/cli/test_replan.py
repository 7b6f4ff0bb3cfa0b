"""`replan` and `diff`: the least change, shown before it is taken, recorded once published; refusals in words."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import edited
from tests.cli.test_audit import twice_in_a_row

OUT = Path("reports/petit")
MONDAY = "2027-04-05"


def assignments(path: Path = OUT / "roster.json") -> dict[str, str]:
    return {one["duty"]: one["doctor"] for one in json.loads(path.read_text(encoding="utf-8"))["assignments"]}


def first_holder() -> tuple[str, str]:
    """The first duty after Monday, and who holds it."""
    return next((duty, doctor) for duty, doctor in assignments().items() if f"{MONDAY}T" not in duty)


def asked(rosterplan, *more):
    return rosterplan("replan", "petit", "--today", "2027-04-01", *more)


@pytest.fixture
def published(rosterplan, solved) -> Path:
    said = rosterplan("publish", solved, "--today", "2027-02-01")
    assert said.code in (0, 1), said.err
    return solved


def test_an_absence_is_mended_with_the_least_change_and_nothing_is_taken(rosterplan, solved):
    duty, doctor = first_holder()
    before = assignments()
    said = asked(rosterplan, "--absent", f"{doctor}:2027-04-06:2027-04-11")
    assert said.code == 0, said.err
    assert "aucun tableau qui pourvoit ces gardes n’en demande moins (prouvé)" in said.out
    assert "Rien n’est encore changé. Pour l’adopter, la même commande avec --take." in said.out
    assert assignments() == before
    proposal = assignments(OUT / "modification" / "roster.json")
    lost = [one for one, who in before.items() if who == doctor and f"{MONDAY}T" not in one]
    assert duty in lost
    assert {one for one in before if proposal[one] != before[one]} == set(lost)


def test_the_answer_for_programs_gives_changes_messages_and_proof(rosterplan, solved):
    _, doctor = first_holder()
    answer = json.loads(asked(rosterplan, "--absent", f"{doctor}:2027-04-06:2027-04-11", "--dial", "1", "--json").out)
    assert answer["made"]["least"] == "everywhere"
    assert answer["made"]["changes"] == len(answer["lost"]) == answer["positions"]
    assert [row["changes"] for row in answer["dial"]] == [0, 1]
    assert answer["dial"][0]["unfilled"] == len(answer["lost"])
    assert answer["after"]["unfilled"] == 0
    assert answer["taken"] is False
    assert {one["doctor"] for one in answer["messages"]} >= {doctor}
    assert all(one["text"].startswith("Bonjour Dr ") for one in answer["messages"])


def test_the_workbook_lists_changes_cost_dial_and_messages(rosterplan, solved):
    _, doctor = first_holder()
    asked(rosterplan, "--absent", f"{doctor}:2027-04-06:2027-04-11", "--dial", "2")
    book = openpyxl.load_workbook(OUT / "modification" / "modifications.xlsx")
    assert book.sheetnames == ["Changements", "Coût", "Cadran", "Messages"]
    cells = [cell.value for row in book["Changements"] for cell in row if cell.value]
    assert not any("Sommaire" in str(value) for value in cells)
    assert any("indisponible du mardi 6 avril 2027 au dimanche 11 avril 2027" in str(value) for value in cells)


def test_taken_before_any_publication_it_becomes_the_last_roster(rosterplan, solved):
    duty, doctor = first_holder()
    said = asked(rosterplan, "--absent", f"{doctor}:2027-04-06:2027-04-11", "--take")
    assert said.code == 0, said.err
    assert "Adopté" in said.out
    assert assignments()[duty] != doctor
    assert rosterplan("audit", solved).code == 0


def test_taken_after_publication_it_is_signed_recorded_and_told_by_diff(rosterplan, published):
    duty, doctor = first_holder()
    options = ("--absent", f"{doctor}:2027-04-06:2027-04-11", "--take")
    refused = asked(rosterplan, *options)
    assert refused.code == 2
    assert "--who" in refused.err
    said = asked(rosterplan, *options, "--who", "Dr Roux", "--why", "indisponible")
    assert said.code == 0, said.err
    assert "Noté au registre" in said.out
    changed = json.loads(rosterplan("diff", published, "--json").out)
    assert duty in {one["duty"] for one in changed["changes"]}
    assert all(one["gone"] == [doctor] for one in changed["changes"])
    told = rosterplan("comparer", published)
    assert told.code == 0
    assert "à la place du Dr" in told.out
    again = json.loads(asked(rosterplan, "--json").out)
    assert again["lost"] == []
    assert again["made"]["changes"] == 0


def test_a_departure_computes_dues_again_and_an_arrival_costs_no_change(rosterplan, solved):
    _, doctor = first_holder()
    gone = json.loads(asked(rosterplan, "--leave", f"{doctor}:2027-04-06", "--json").out)
    assert gone["dues_renewed"] is True
    idle = sorted({f"EX{number:02}" for number in range(1, 13)} - set(assignments().values()))[0]
    came = json.loads(asked(rosterplan, "--new", idle, "--json").out)
    assert came["made"]["changes"] == 0
    fairer = json.loads(asked(rosterplan, "--new", idle, "--max-changes", "1", "--json").out)
    assert fairer["made"]["changes"] <= 1
    assert fairer["after"]["fairness"] <= came["after"]["fairness"]


def test_changes_come_from_a_file_of_a_spreadsheet_too(rosterplan, solved):
    _, doctor = first_holder()
    Path("changements.csv").write_bytes(f"type;médecin;du;au\nabsence;{doctor};6 avril;11/04/2027\n".encode("cp1252"))
    answer = json.loads(asked(rosterplan, "--change", "changements.csv", "--json").out)
    assert [event["doctor"] for event in answer["events"]] == [doctor]
    assert answer["made"]["changes"] == len(answer["lost"]) > 0


def test_changes_come_from_a_workbook_or_a_csv_with_carriage_returns_alike(rosterplan, solved):
    _, doctor = first_holder()
    Path("mac.csv").write_bytes(f"type;médecin;du;au\rabsence;{doctor};06/04/2027;11/04/2027\r".encode("cp1252"))
    book = openpyxl.Workbook()
    book.create_sheet("Absences").append(["Type", "Médecin", "Du", "Au"])
    book["Absences"].append(["absence", doctor, date(2027, 4, 6), date(2027, 4, 11)])
    book.save("absences.xlsx")
    made = [
        json.loads(asked(rosterplan, "--change", name, "--json").out)["events"] for name in ("mac.csv", "absences.xlsx")
    ]
    assert made[0] == made[1]
    assert [(one["doctor"], one["start"], one["end"]) for one in made[0]] == [(doctor, "2027-04-06", "2027-04-11")]


@pytest.mark.parametrize(("content", "words"), [
    (b"", "un fichier vide (0 octet)"),
    (b"PK\x03\x04", "un fichier incomplet ou abîmé"),
    (b'type;doctor;from;to\nabsence;"EX02;' + b"x" * 140_000, "Un guillemet"),
])  # fmt: skip
def test_a_file_of_changes_that_cannot_be_read_is_refused_in_words(rosterplan, solved, content, words):
    Path("changements.csv").write_bytes(content)
    said = asked(rosterplan, "--change", "changements.csv")
    assert said.code == 3 and "changements.csv" in said.err and words in said.err


def test_a_file_of_changes_tells_all_its_problems_at_once(rosterplan, solved):
    Path("faux.csv").write_text(
        "type;médecin;du;au\nabsense;EX01;2027-04-06;2027-04-08\nabsence;Personne;hier;\n", encoding="utf-8"
    )
    said = asked(rosterplan, "--change", "faux.csv")
    assert said.code == 3
    assert "ligne 2 · type" in said.err
    assert "Personne" in said.err
    assert "hier" in said.err
    assert "le dernier jour de l’absence" in said.err
    Path("vide.csv").write_text("nom;jour\nEX01;demain\n", encoding="utf-8")
    assert "type;médecin;du;au" in asked(rosterplan, "--change", "vide.csv").err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--absent", "EX01"), "MÉDECIN:DU:AU"),
        (("--absent", "EX01:2027-04-08:2027-04-06"), "la fin précède le début"),
        (("--absent", "EX01:demain:2027-04-06"), "n’est pas une date"),
        (("--absent", "Inconnu:2027-04-06:2027-04-08"), "un médecin"),
        (("--leave", "EX01"), "MÉDECIN:DATE"),
        (("--from", "2028-01-01"), "La période s’achève"),
        (("--change", "absent.csv"), "n’existe pas"),
        (("--max-changes", "-1"), "nombre entier"),
        (("--roster", "rien.json"), "n’existe pas"),
    ],
)
def test_what_cannot_be_understood_is_refused_in_words(rosterplan, solved, options, words):
    said = asked(rosterplan, *options)
    assert said.code == 2
    assert words in said.err


def test_before_any_roster_it_says_what_to_do(rosterplan, folder):
    said = rosterplan("replan", folder)
    assert said.code == 2
    assert "rosterplan solve" in said.err
    assert rosterplan("diff", folder).code == 2


def test_two_files_are_compared_without_any_publication(rosterplan, solved):
    duty, _ = first_holder()
    document = json.loads((OUT / "roster.json").read_text(encoding="utf-8"))
    document["assignments"] = [one for one in document["assignments"] if one["duty"] != duty]
    Path("apres.json").write_text(json.dumps(document), encoding="utf-8")
    said = rosterplan("diff", solved, OUT / "roster.json", "apres.json")
    assert said.code == 0
    assert "plus personne à la place du Dr" in said.out
    assert "1 garde change de mains." in said.out
    assert rosterplan("diff", solved, "v9", "apres.json").code == 2


def test_english_is_spoken_too(rosterplan, solved):
    _, doctor = first_holder()
    said = asked(rosterplan, "--absent", f"{doctor}:2027-04-06:2027-04-11", "--lang", "en")
    assert "no roster that fills these duties needs fewer (proven)" in said.out


def test_an_edited_workbook_is_told_apart_from_the_published_roster_with_its_price(rosterplan, published):
    edited(OUT / "tableau.xlsx", Path("corrige.xlsx"), twice_in_a_row)
    said = rosterplan("audit", published, "--roster", "corrige.xlsx")
    assert said.code == 1
    assert "Par rapport au tableau publié (version 1) : 2 gardes tenues par d’autres." in said.out
    assert "à la place du Dr" in said.out
    assert "Juste répartition :" in said.out
    assert "Règle qui n’est plus respectée :" in said.out
    answer = json.loads(rosterplan("audit", published, "--roster", "corrige.xlsx", "--json").out)["published"]
    assert answer["version"] == 1
    assert answer["positions"] == 2 == len(answer["changes"])
    assert answer["after"]["fairness"] != answer["before"]["fairness"]
    assert answer["newly_broken"]
    same = json.loads(rosterplan("audit", published, "--json").out)["published"]
    assert (same["positions"], same["newly_broken"]) == (0, [])


def test_a_late_answer_is_tried_by_replan_and_its_cost_shown(rosterplan, published):
    duty, doctor = first_holder()
    day = duty.split("/")[1][:10]
    answers = published / "disponibilites" / "tardive.csv"
    answers.write_text(f"médecin;date;réponse\n{doctor};{day};impossible\n", encoding="utf-8")
    said = asked(rosterplan)
    assert said.code == 0, said.err
    assert "1 garde est à repourvoir." in said.out
    assert "1 changement : aucun tableau qui pourvoit ces gardes n’en demande moins (prouvé)." in said.out
    taken = asked(rosterplan, "--take", "--who", "Dr Roux")
    assert "Noté au registre" in taken.out


def test_a_replacement_stays_unless_who_replaces_is_away_too(rosterplan, published):
    duty, titular = first_holder()
    taker = json.loads(rosterplan("replace", published, duty, "--json").out)["calls"][0]["doctor"]
    assert rosterplan("replace", published, duty, "--by", taker, "--who", "Dr Roux").code == 0
    day = duty.split("/")[1][:10]
    quiet = json.loads(asked(rosterplan, "--absent", f"{titular}:{day}:{day}", "--json").out)
    assert duty not in {one["duty"] for one in quiet["lost"]}
    kept = json.loads((OUT / "modification" / "roster.json").read_text(encoding="utf-8"))["assignments"]
    assert (titular, taker) in {(one["doctor"], one["replaced_by"]) for one in kept if one["duty"] == duty}
    gone = json.loads(asked(rosterplan, "--absent", f"{taker}:{day}:{day}", "--json").out)
    assert duty in {one["duty"] for one in gone["lost"]}
    served = [one["come"] for one in gone["changes"] if one["duty"] == duty]
    assert served
    assert taker not in served[0]
    taken = asked(rosterplan, "--absent", f"{taker}:{day}:{day}", "--take", "--who", "Dr Roux")
    assert taken.code == 0, taken.err
    assert "Noté au registre" in taken.out


def test_a_replaced_duty_counts_for_its_titular_before_and_after_as_the_audit_counts_it(rosterplan, published):
    def stages() -> dict[str, int]:
        said = json.loads(rosterplan("audit", published, "--json", "--today", "2027-04-01").out)
        return {stage["name"]: stage["value"] for stage in said["stages"]}

    duty, _ = first_holder()
    calls = json.loads(rosterplan("replace", published, duty, "--json").out)["calls"]
    listed = stages()
    assert (
        rosterplan("replace", published, duty, "--by", calls[-1]["doctor"], "--who", "Dr Roux", *waived(calls[-1])).code
        == 0
    )
    now = stages()
    assert now["fairness"] == listed["fairness"]
    assert now["comfort"] != listed["comfort"]  # who is there is looked at, not who is listed
    nothing_lost = json.loads(asked(rosterplan, "--dial", "0", "--json").out)
    assert nothing_lost["changes"] == []
    for when in (nothing_lost["before"], nothing_lost["after"], nothing_lost["dial"][0]):
        assert {name: value for name, value in when.items() if name in now} == {
            name: now[name] for name in when if name in now
        }


def waived(call: dict) -> list[str]:
    """The options that lift every rule in the way of a call."""
    return [word for one in call["obstacles"] for word in ("--waive", one["rule"])]
