"""`swap` and `replace`: checked without a solver, recorded only when published and signed; refusals in words."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.test_light import HEAVY, loaded_by

OUT = Path("reports/petit")


def assignments() -> list[dict[str, str]]:
    return json.loads((OUT / "roster.json").read_text(encoding="utf-8"))["assignments"]


@pytest.fixture
def published(rosterplan, solved) -> Path:
    said = rosterplan("publish", solved, "--today", "2027-02-01")
    assert said.code in (0, 1), said.err
    return solved


@pytest.fixture
def refusal(rosterplan, solved) -> tuple[dict[str, str], dict[str, str]]:
    """A published roster in which who holds the second assignment has refused the day of the first: both returned."""
    first = assignments()[0]
    day = first["duty"].split("/")[1][:10]
    other = next(one for one in assignments() if day not in one["duty"] and one["doctor"] != first["doctor"])
    (solved / "disponibilites" / "refus.csv").write_text(
        f"médecin;date;réponse\n{other['doctor']};{day};impossible\n", encoding="utf-8"
    )
    assert rosterplan("publish", solved, "--roster", signed_again(rosterplan), "--today", "2027-02-01").code in (0, 1)
    return first, other


def signed_again(rosterplan) -> Path:
    """The same roster as if it had been computed from the files of today."""
    document = json.loads((OUT / "roster.json").read_text(encoding="utf-8"))
    content = json.loads(rosterplan("export", "petit", "--json").out)
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    document["input_sha256"] = sha256(canonical.encode()).hexdigest()
    path = Path("signe.json")
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def a_legal_way(rosterplan, length: int) -> list[dict[str, str]]:
    """The moves of a legal way of so many duties, for some assignment."""
    for one in assignments():
        answer = json.loads(rosterplan("swap", "petit", "find", one["doctor"], one["duty"], "--json").out)
        for way in answer["ways"]:
            if len(way["moves"]) == length:
                return way["moves"]
    raise AssertionError("no way found")


def test_find_lists_ways_best_first_and_check_agrees(rosterplan, solved):
    first, second = a_legal_way(rosterplan, 2)
    said = rosterplan(
        "échanger", solved, "check", first["giver"], first["duty"], second["giver"], second["duty"]
    )  # fmt: skip
    assert said.code == 0, said.err
    assert "Échange possible : toutes les règles sont respectées." in said.out
    assert "solde" in said.out
    answer = json.loads(
        rosterplan(
            "swap", solved, "check", first["giver"], first["duty"], second["giver"], second["duty"], "--json"
        ).out
    )
    assert answer["legal"] is True
    assert answer["moves"] == [first, second]
    assert sum(one["after_hundredths"] - one["before_hundredths"] for one in answer["balances"]) == 0


def test_a_gift_and_its_words(rosterplan, solved):
    one = assignments()[0]
    said = rosterplan("swap", solved, "trouver", one["doctor"], one["duty"])
    assert said.code == 0
    assert "La prendre sans contrepartie :" in said.out
    assert "toutes les règles respectées" in said.out


def test_an_exchange_that_breaks_a_rule_is_told_why_and_not_recorded(rosterplan, solved, refusal):
    first, other = refusal
    words = (first["doctor"], first["duty"], other["doctor"], other["duty"])
    told = rosterplan("swap", solved, "check", *words)
    assert told.code == 1
    assert "Échange impossible en l’état" in told.out
    answer = json.loads(rosterplan("swap", solved, "check", *words, "--json").out)
    assert answer["legal"] is False
    assert answer["broken"][0]["text"] in told.out
    refused = rosterplan("swap", solved, "apply", *words, "--who", "Dr Roux")
    assert refused.code == 2
    assert answer["broken"][0]["text"] in refused.err
    overruled = rosterplan("swap", solved, "apply", *words, "--who", "Dr Roux", "--anyway", "--json")
    assert overruled.code == 0, overruled.err
    assert "règle levée" in json.loads(overruled.out)["recorded"][0]["why"]


def test_an_exchange_is_recorded_with_who_when_and_why_and_seen_at_once(rosterplan, published):
    first, second = a_legal_way(rosterplan, 2)
    words = ("swap", published, "apply", first["giver"], first["duty"], second["giver"], second["duty"])
    assert rosterplan(*words).code == 2
    said = rosterplan(*words, "--who", "Dr Roux", "--why", "convenance", "--today", "2027-03-01")
    assert said.code == 0, said.err
    assert "Chaque garde échangée compte pour qui la tient désormais." in said.out
    changed = json.loads(rosterplan("diff", published, "--json").out)
    assert {one["duty"] for one in changed["changes"]} == {first["duty"], second["duty"]}
    same = json.loads(rosterplan("diff", published, "v1", "en-vigueur", "--json").out)
    assert same["changes"] == changed["changes"] and same["newer"] == "ce qui est en vigueur aujourd’hui"
    gone = rosterplan("swap", published, "check", first["giver"], first["duty"], second["giver"], second["duty"])
    assert gone.code == 2
    assert "ne tient pas la garde" in gone.err
    assert "Tenue par : Dr " in gone.err


def test_a_duty_given_away_counts_for_the_giver(rosterplan, published):
    [gift] = a_legal_way(rosterplan, 1)
    said = rosterplan("swap", published, "céder", gift["giver"], gift["duty"], gift["taker"], "--who", "Dr Roux")
    assert said.code == 0, said.err
    assert "compte pour qui la cède" in said.out


def test_the_call_list_is_in_order_with_phones_and_balances(rosterplan, solved):
    one = assignments()[0]
    answer = json.loads(rosterplan("replace", solved, one["duty"], "--json").out)
    assert answer["replaced"] == one["doctor"]
    ranks = [call["legal"] for call in answer["calls"]]
    assert ranks == sorted(ranks, reverse=True)
    assert all(set(call) >= {"phone", "balance_hundredths", "days_before", "days_after"} for call in answer["calls"])
    assert one["doctor"] not in {call["doctor"] for call in answer["calls"]}
    said = rosterplan("remplacer", solved, one["duty"])
    assert said.code == 0
    assert " 1. Dr " in said.out
    assert "solde" in said.out
    assert "sans lever de règle" in said.out


def test_a_replacement_is_recorded_moves_nothing_else_and_writes_three_notices(rosterplan, published):
    one = assignments()[0]
    calls = json.loads(rosterplan("replace", published, one["duty"], "--json").out)["calls"]
    taker = calls[0]
    options = ("--by", taker["doctor"], "--why", "grippe")
    assert rosterplan("replace", published, one["duty"], *options).code == 2
    said = rosterplan("replace", published, one["duty"], *options, "--who", "Dr Roux")
    assert said.code == 0, said.err
    assert "reste inscrit au tableau et responsable" in said.out
    notices = {path.name: path.read_text(encoding="utf-8") for path in OUT.glob("remplacements/001/*.txt")}
    assert set(notices) == {"avis-samu.txt", "avis-cdom.txt", "avis-ars.txt"}
    assert "Téléphone : non communiqué" in notices["avis-samu.txt"]
    assert "Téléphone" not in notices["avis-cdom.txt"] + notices["avis-ars.txt"]
    assert all("le reste et demeure responsable" in text for text in notices.values())
    assert not any("grippe" in text for text in notices.values())
    changed = json.loads(rosterplan("diff", published, "--json").out)["changes"]
    assert [(change["duty"], change["gone"], change["come"]) for change in changed] == [
        (one["duty"], [one["doctor"]], [taker["doctor"]])
    ]
    again = json.loads(rosterplan("replace", published, one["duty"], "--json").out)
    assert again["replaced"] == taker["doctor"]


def test_a_rule_is_waived_by_name_or_the_replacement_is_refused(rosterplan, solved, refusal):
    one, barred = refusal[0], refusal[1]["doctor"]
    [call] = [
        call
        for call in json.loads(rosterplan("replace", solved, one["duty"], "--json").out)["calls"]
        if call["doctor"] == barred
    ]
    assert [obstacle["rule"] for obstacle in call["obstacles"]] == ["availability"]
    assert "date déclarée impossible" in rosterplan("replace", solved, one["duty"]).out
    options = ("replace", solved, one["duty"], "--by", barred, "--who", "Dr Roux")
    refused = rosterplan(*options)
    assert refused.code == 2
    assert "--waive availability" in refused.err
    said = rosterplan(*options, "--waive", "availability", "--json")
    assert said.code == 0, said.err
    assert "règle levée : availability" in json.loads(said.out)["recorded"]["why"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("swap", "petit"), "Dites que faire"),
        (("swap", "petit", "danser"), "Dites que faire"),
        (("swap", "petit", "check", "EX01"), "check MÉDECIN GARDE MÉDECIN GARDE"),
        (("swap", "petit", "find", "EX01"), "find MÉDECIN GARDE"),
        (("swap", "petit", "give", "EX01", "x"), "give MÉDECIN GARDE REPRENEUR"),
        (("swap", "petit", "find", "Inconnu", "2027-04-06"), "un médecin"),
        (("swap", "petit", "find", "EX01", "nulle-part"), "Aucune garde"),
        (("replace", "petit"), "Il manque GARDE"),
        (("replace", "petit", "nulle-part"), "LIGNE@DATE"),
        (("replace", "absent", "nulle-part"), "n’existe pas"),
    ],
)
def test_what_cannot_be_understood_is_refused_in_words(rosterplan, solved, arguments, words):
    said = rosterplan(*arguments)
    assert said.code == 2
    assert words in said.err


def test_nothing_is_recorded_of_a_roster_that_is_not_published(rosterplan, solved):
    one = assignments()[0]
    calls = json.loads(rosterplan("replace", solved, one["duty"], "--json").out)["calls"]
    said = rosterplan("replace", solved, one["duty"], "--by", calls[0]["doctor"], "--who", "Dr Roux")
    assert said.code == 2
    assert "n’est pas encore publié" in said.err
    assert not (OUT / "remplacements").exists()


def test_a_duty_may_be_named_by_line_and_date(rosterplan, solved):
    one = assignments()[0]
    line, _, rest = one["duty"].partition("/")
    answer = json.loads(rosterplan("replace", solved, f"{line}@{rest[:16]}", "--json").out)
    assert answer["duty"] == one["duty"]
    everything = rosterplan("replace", solved, rest[:10])
    assert everything.code in (0, 2)


def test_neither_needs_a_solver(solved):
    one = assignments()[0]
    assert not loaded_by("replace", solved, one["duty"]) & set(HEAVY)
    assert not loaded_by("swap", solved, "find", one["doctor"], one["duty"]) & set(HEAVY)


def test_english_is_spoken_too(rosterplan, solved):
    one = assignments()[0]
    assert (
        "Take it, nothing in return"
        in rosterplan("swap", solved, "find", one["doctor"], one["duty"], "--lang", "en").out
    )
    assert "Replacement for the duty of" in rosterplan("replace", solved, one["duty"], "--lang", "en").out


def test_a_rule_met_several_times_is_named_once_in_the_call_list():
    from rosterplan.cli.replace import _obstacle_words
    from rosterplan.explain.calls import Call, Obstacle

    cap = [
        Obstacle("max-per-window", f"maximum sur quelques jours ({day})", "usage local")
        for day in ("lun.", "mar.", "jeu.")
    ]
    date = Obstacle("availability", "date déclarée impossible", "CSP R.6315-4")
    call = Call("A", "", (date, *cap), 0, None, None, "nothing")
    assert _obstacle_words(call) == [
        "date déclarée impossible",
        "maximum sur quelques jours (lun.), et de même pour 2 autres séries de gardes",
    ]
