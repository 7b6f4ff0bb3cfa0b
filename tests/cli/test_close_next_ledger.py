"""`close`, `next` and `ledger`: three layers kept, accounts that can be worked out again, a quarter that follows."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from rosterplan.domain.instance import Period
from rosterplan.domain.people import DateSpan
from rosterplan.domain.rates import Rate
from rosterplan.ledger import LEDGER_FILE
from rosterplan.sheets.folder import read_input
from rosterplan.sheets.plan.following import following_name, following_period
from rosterplan.sheets.plan.read import read_plan
from rosterplan.sheets.plan.write import plan_workbook
from tests.cli.conftest import edited
from tests.cli.test_publish import published, replaced

CLOSING = Path("reports/petit/cloture")
OVER = "2027-04-12"


def rows(path: Path, sheet: str, first: int = 5) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(min_row=first)]


def test_a_quarter_not_over_is_refused_and_nothing_is_written(rosterplan, definitive):
    refused = rosterplan("clôturer", definitive, "--today", "2027-04-11")
    assert refused.code == 2
    assert "n’est pas terminé" in refused.err and "dans 1 jour" in refused.err
    assert not CLOSING.exists()


def test_a_quarter_without_a_definitive_version_is_refused(rosterplan, solved):
    assert "rien à clore" in rosterplan("close", solved, "--today", OVER).err
    published(rosterplan, solved, "projet", "cdom")
    refused = rosterplan("close", solved, "--today", OVER)
    assert refused.code == 2 and "version définitive" in refused.err


def test_closing_writes_what_was_served_and_balances_that_sum_to_nothing(rosterplan, definitive):
    said = rosterplan("close", definitive, "--today", OVER, "--json")
    assert said.code == 0, said.err
    answer = json.loads(said.out)
    assert answer["served"] == 9
    sums: dict[tuple[str, str], int] = {}
    for row in answer["balances"]:
        key = row["group"], row["band"]
        sums[key] = sums.get(key, 0) + row["balance_hundredths"]
    assert sums and set(sums.values()) == {0}
    served = [row for sheet in ("Soirée", "Week-end et fériés", "Nuit profonde") for row in rows(CLOSING / "gardes-effectuees.xlsx", sheet) if row[0] != "Aucune garde."]  # fmt: skip
    assert len(served) == 9 and all("EXEMPLE" in str(row[5]) for row in served)


def test_once_closed_nothing_is_said_late_and_the_next_quarter_is_the_thing_to_do(rosterplan, definitive, monkeypatch):
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    monkeypatch.chdir(definitive)
    said = rosterplan("--today", OVER)
    assert "en retard" not in said.out
    assert "à vous de vérifier" not in said.out
    assert said.out.rstrip().endswith("À faire maintenant : rosterplan next")


def test_balances_on_screen_carry_a_true_minus_sign(rosterplan, definitive):
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    told = rosterplan("ledger", "show").out
    assert " −" in told
    assert " -" not in told


def test_a_quarter_is_closed_once(rosterplan, definitive):
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    refused = rosterplan("close", definitive, "--today", OVER)
    assert refused.code == 2 and "déjà clos" in refused.err
    assert rosterplan("publish", definitive).code == 2


def test_a_closed_quarter_refuses_at_once_whatever_would_change_it(rosterplan, definitive):
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    one, other = json.loads(Path("reports/petit/roster.json").read_text(encoding="utf-8"))["assignments"][:2]
    pair = (one["doctor"], one["duty"])
    before = sorted(Path("reports").rglob("*"))
    for command in (
        ("replan", definitive, "--absent", f"{one['doctor']}:2027-04-06:2027-04-08", "--today", "2027-04-01"),
        ("swap", definitive, "apply", *pair, other["doctor"], other["duty"], "--who", "Dr Roux"),
        ("swap", definitive, "give", *pair, other["doctor"], "--who", "Dr Roux"),
        ("replace", definitive, one["duty"], "--by", other["doctor"], "--who", "Dr Roux"),
        ("publish", definitive),
    ):
        refused = rosterplan(*command)
        assert refused.code == 2
        assert "est clos depuis le lundi 12 avril 2027 : son tableau ne change plus." in refused.err
        assert "changez le « Nom du planning » dans la feuille Plan" in refused.err
    assert sorted(Path("reports").rglob("*")) == before


def test_a_copy_of_the_folder_is_told_from_its_original_and_given_the_way_out(rosterplan, definitive):
    shutil.copytree(definitive, "copie")
    shutil.copytree("reports/petit", "reports/copie", ignore=shutil.ignore_patterns("versions"))
    refused = rosterplan("publish", "copie")
    assert refused.code == 2
    assert "tient déjà 3 versions de petit, mais aucune n’est dans reports/copie/versions" in refused.err
    assert "changez le « Nom du planning »" in refused.err
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    again = rosterplan("close", "copie", "--today", OVER)
    assert again.code == 2
    assert "petit est déjà clos, depuis le lundi 12 avril 2027." in again.err
    assert "Si ce dossier en est un autre (une copie, par exemple), changez le « Nom du planning »" in again.err


def test_the_replacer_is_paid_and_the_titular_credited(rosterplan, definitive):
    one, other = replaced(definitive)
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    database = sqlite3.connect(LEDGER_FILE)
    listed, doctor, credited = database.execute(
        "SELECT listed, doctor, credited FROM served WHERE duty = ?", (one.duty,)
    ).fetchone()
    database.close()
    assert (listed, doctor, credited) == (one.doctor, other, one.doctor)
    assert rosterplan("ledger", "verify").code == 0


def test_a_corrected_workbook_says_who_really_came(rosterplan, definitive):
    def nobody_came(sheet, columns):
        sheet.cell(5, columns["Médecin"]).value = None

    edited(Path("reports/petit/tableau.xlsx"), Path("effectue.xlsx"), nobody_came)
    said = rosterplan("close", definitive, "--today", OVER, "--served", "effectue.xlsx")
    assert said.code == 0, said.err
    assert "8 gardes tenues (d’après votre fichier)" in said.out
    lost = rows(CLOSING / "gardes-effectuees.xlsx", "Gardes non tenues")
    assert len(lost) == 1
    assert rosterplan("ledger", "verify").code == 0


def listed_duties() -> list[dict[str, str]]:
    return json.loads(Path("reports/petit/roster.json").read_text(encoding="utf-8"))["assignments"]


def csv_row(one: dict[str, str], doctor: str) -> str:
    """A row as a person types it: date, line, hours, doctor."""
    start, end = datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"])
    return f"{start:%d/%m/%Y};{one['line']};{start.hour} h – {end.hour or 24} h;{doctor}"


def served_rows(*duties: str) -> list[tuple[str | None, str, str]]:
    database = sqlite3.connect(LEDGER_FILE)
    found = [
        row
        for duty in duties
        for row in database.execute("SELECT listed, doctor, credited FROM served WHERE duty = ?", (duty,)).fetchall()
    ]
    database.close()
    return found


def test_a_folder_opened_before_the_closing_says_so_after_it_and_takes_its_past_again(rosterplan, definitive):
    assert rosterplan("next", definitive, "suite").code == 0
    assert "du registre" not in rosterplan("check", "suite").out  # nothing is closed: what is provisional is not late
    assert rosterplan("next", definitive, "suite", "--refresh").code == 2
    lost = listed_duties()[0]
    Path("perdue.csv").write_text(f"garde;médecin\n{lost['duty']};personne\n", encoding="utf-8")
    closed = rosterplan("close", definitive, "--today", OVER, "--served", "perdue.csv")
    assert closed.code == 0 and "Le trimestre suivant : rosterplan next petit\n" in closed.out
    book = openpyxl.load_workbook("suite/plan.xlsx")
    book["Médecins"]["B5"].value = "CORRIGÉ"
    page = book["Historique"]
    mine = ["garde", "EX03", "AUTRE-LIGNE", datetime(2027, 3, 1), "20 h", "24 h", None, "soiree", 2]
    for column, value in enumerate(mine, 1):
        page.cell(page.max_row if column > 1 else page.max_row + 1, column).value = value
    book.save("suite/plan.xlsx")
    said = rosterplan("check", "suite")
    assert "du registre : le trimestre d’avant a été clos depuis" in said.out
    done = rosterplan("next", definitive, "suite", "--refresh")
    assert done.code == 0, done.err
    assert "Le reste n’a pas changé." in done.out
    assert Path("reports/suite/plan-avant-reprise.xlsx").is_file()
    assert "du registre :" not in rosterplan("check", "suite").out
    reading = read_input(Path("suite"))
    assert {one.line for one in reading.draft.history} >= {"AUTRE-LIGNE"}
    assert len(reading.draft.history) == 9  # the duty nobody served is gone, the row written by hand stays
    shown = json.loads(rosterplan("ledger", "show", "--json").out)["balances"]
    assert sorted(map(str, shown)) == sorted(str(row.model_dump()) for row in reading.draft.balances)
    assert openpyxl.load_workbook("suite/plan.xlsx")["Médecins"]["B5"].value == "CORRIGÉ"


def test_closing_offers_to_refresh_the_folder_of_the_next_quarter_where_it_is_there_already(rosterplan, definitive):
    made = json.loads(rosterplan("next", definitive, "--json").out)["folder"]
    said = rosterplan("close", definitive, "--today", OVER)
    assert said.code == 0, said.err
    assert f"existe déjà ({made})" in said.out
    assert said.out.endswith("gardes passées : rosterplan next petit --refresh\n")


def test_a_short_csv_says_what_differs_and_the_titular_who_served_after_all(rosterplan, definitive):
    one, other = replaced(definitive)
    kept, lost = [duty for duty in listed_duties() if duty["duty"] != one.duty][:2]
    file = Path("tenues.csv")
    rows_of_file = [f";{csv_row(kept, other)}", f";{csv_row(lost, '')}", f"{one.duty};;;;{one.doctor}"]
    file.write_text("\n".join(["Garde;Date;Ligne;Horaires;Médecin", *rows_of_file]), encoding="cp1252")
    said = rosterplan("close", definitive, "--today", OVER, "--served", file)
    assert said.code == 0, said.err
    assert (
        "8 gardes tenues (d’après votre fichier, qui parle de 3 gardes ; les autres comme prévu et changé)" in said.out
    )
    assert served_rows(one.duty) == [(one.doctor, one.doctor, one.doctor)]
    assert served_rows(kept["duty"]) == [(kept["doctor"], other, kept["doctor"])]
    assert served_rows(lost["duty"]) == []
    assert rosterplan("ledger", "verify").code == 0


def test_every_fault_of_a_csv_of_duties_served_is_told_at_its_cell_and_nothing_is_closed(rosterplan, definitive):
    one = listed_duties()[0]
    file = Path("tenues.csv")
    file.write_text(
        f"Date;Ligne;Horaires;Médecin\n{csv_row(one, 'Docteur Inconnu')}\n"
        f"31/12/2027;{one['line']};20h-24h;EX01\n06/04/2027;LIGNE-INCONNUE;20h-24h;EX01\n",
        encoding="utf-8",
    )
    refused = rosterplan("close", definitive, "--today", OVER, "--served", file)
    assert refused.code == 3
    assert all(word in refused.err for word in ("tenues.csv", "D2", "A3", "B4", "Docteur Inconnu", "LIGNE-INCONNUE"))
    assert served_rows(one["duty"]) == []
    assert rosterplan("close", definitive, "--today", OVER).code == 0


def test_a_long_list_that_leaves_duties_out_is_refused_with_their_names(rosterplan, definitive):
    *most, left = listed_duties()
    file = Path("tenues.csv")
    file.write_text("\n".join(["garde;médecin", *(f"{one['duty']};{one['doctor']}" for one in most)]), encoding="utf-8")
    refused = rosterplan("close", definitive, "--today", OVER, "--served", file)
    assert refused.code == 3
    assert "aucune pour 1 garde prévue :" in refused.err
    assert "Ajoutez une ligne pour chacune, sans médecin si personne ne l’a tenue." in refused.err
    file.write_text(file.read_text(encoding="utf-8") + f"\n{left['duty']};personne\n", encoding="utf-8")
    said = rosterplan("close", definitive, "--today", OVER, "--served", file)
    assert said.code == 0, said.err
    assert "8 gardes tenues (d’après votre fichier)" in said.out


def test_the_forfaits_follow_the_dated_rates_of_the_plan(rosterplan, solved):
    content = read_plan(solved / "plan.xlsx").content
    rates = (
        Rate(name="Soirée", cents=15000, bands=("soiree",)),
        Rate(name="Ancien", cents=1, valid=DateSpan(end=date(2026, 12, 31))),
        Rate(name="Nuit", cents=10000, per="heure", bands=("nuit",)),
    )
    (solved / "plan.xlsx").write_bytes(plan_workbook(content.model_copy(update={"rates": rates})))
    published(rosterplan, solved, "projet", "cdom", "definitif")
    assert rosterplan("close", solved, "--today", OVER).code == 0
    detail = rows(CLOSING / "forfaits.xlsx", "Garde par garde")
    evenings = [row[8] for row in detail if str(row[7]).startswith("Soirée")]
    nights = [row[8] for row in detail if str(row[7]).startswith("Nuit")]
    assert set(evenings) == {150} and set(nights) == {800}
    total = rows(CLOSING / "forfaits.xlsx", "Par médecin")[-1]
    assert total[0] == "Ensemble" and total[4] == sum(evenings) + sum(nights)
    assert len(rows(CLOSING / "forfaits.xlsx", "Sans tarif")) == 9 - len(detail)


def test_amounts_may_change_after_the_roster_was_computed(rosterplan, solved):
    """Rates stand beside the instance: publishing does not ask to compute again."""
    content = read_plan(solved / "plan.xlsx").content
    (solved / "plan.xlsx").write_bytes(plan_workbook(content.model_copy(update={"rates": (Rate(cents=1),)})))
    assert rosterplan("publish", solved).code == 0


def test_the_next_quarter_opens_with_balances_and_history(rosterplan, definitive):
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    said = rosterplan("suivant", definitive, "--json")
    assert said.code == 0, said.err
    answer = json.loads(said.out)
    assert answer["period"] == {"start": "2027-04-12", "end": "2027-04-18"}
    assert (answer["balances_from"], answer["history"]) == ("clos", 9)
    reading = read_input(Path(answer["folder"]))
    assert reading.errors == ()
    assert len(reading.instance.history) == 9
    shown = json.loads(rosterplan("ledger", "show", "--json").out)["balances"]
    opened = [row.model_dump() for row in reading.instance.balances]
    assert sorted(map(str, opened)) == sorted(map(str, shown))


def test_before_closing_the_balances_are_those_of_the_roster_in_force(rosterplan, definitive):
    early = json.loads(rosterplan("next", definitive, "avant", "--json").out)
    assert early["balances_from"] == "publie"
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    assert json.loads(rosterplan("next", definitive, "apres", "--json").out)["balances_from"] == "clos"
    before, after = (read_input(Path(name)).draft.balances for name in ("avant", "apres"))
    assert before == after


def test_a_plan_never_published_gives_doctors_and_rules_alone(rosterplan, folder):
    said = rosterplan("next", folder)
    assert said.code == 0
    assert "n’est pas publié" in said.out
    assert not Path(LEDGER_FILE).exists()
    assert read_input(Path("petit-2027-04-12")).errors == ()


def test_a_folder_that_holds_a_plan_is_left_alone(rosterplan, folder):
    assert rosterplan("next", folder).code == 0
    before = Path("petit-2027-04-12/plan.xlsx").read_bytes()
    refused = rosterplan("next", folder)
    assert refused.code == 2 and "contient déjà un plan" in refused.err and "--refresh" in refused.err
    assert Path("petit-2027-04-12/plan.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("start", "end", "then"),
    [
        (date(2027, 1, 1), date(2027, 3, 31), (date(2027, 4, 1), date(2027, 6, 30))),
        (date(2027, 10, 1), date(2027, 12, 31), (date(2028, 1, 1), date(2028, 3, 31))),
        (date(2026, 11, 2), date(2027, 2, 8), (date(2027, 2, 9), date(2027, 5, 18))),
        (date(2027, 4, 5), date(2027, 4, 11), (date(2027, 4, 12), date(2027, 4, 18))),
    ],
)
def test_the_period_that_follows_is_as_long(start, end, then):
    found = following_period(Period(start=start, end=end))
    assert (found.start, found.end) == then


def test_the_name_that_follows():
    period = Period(start=date(2028, 1, 1), end=date(2028, 3, 31))
    assert following_name("44-pdsa-2027T4", period) == "44-pdsa-2028T1"
    assert following_name("petit-2027-10-01", period) == "petit-2028-01-01"
    assert following_name("petit", period) == "petit-2028-01-01"
    assert following_name("petit-2028T1", period) == "petit-2028T1-2028-01-01"


def test_the_ledger_shows_a_doctor_by_name(rosterplan, definitive):
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    said = rosterplan("registre", "médecin", "exemple bruno")
    assert said.code == 0, said.err
    assert "petit" in said.out and "part :" in said.out
    [sector] = json.loads(rosterplan("export", definitive, "--json").out)["sectors"]
    assert f"  {sector['name']}, " in said.out and f"  {sector['id']}, " not in said.out
    assert rosterplan("ledger", "doctor", "exemple").code == 2
    assert "ne connaît pas" in rosterplan("ledger", "doctor", "Inconnu").err


def test_export_then_import_is_the_same_ledger(rosterplan, definitive):
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    assert rosterplan("ledger", "export", "a.xlsx").code == 0
    said = rosterplan("ledger", "importer", "a.xlsx", "--ledger", "autre.sqlite")
    assert said.code == 0, said.err
    assert rosterplan("ledger", "export", "b.xlsx", "--ledger", "autre.sqlite").code == 0
    assert Path("a.xlsx").read_bytes() == Path("b.xlsx").read_bytes()
    assert rosterplan("ledger", "import", "a.xlsx", "--ledger", "autre.sqlite").code == 2


def test_an_exported_workbook_changed_by_hand_is_refused_whole(rosterplan, definitive):
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    assert rosterplan("ledger", "export", "a.xlsx").code == 0
    book = openpyxl.load_workbook("a.xlsx")
    sheet = book["_owed"]
    sheet.cell(2, 5).value = int(sheet.cell(2, 5).value) + 100
    book.save("a.xlsx")
    refused = rosterplan("ledger", "import", "a.xlsx", "--ledger", "autre.sqlite")
    assert refused.code == 2 and "ne se retrouvent pas" in refused.err
    assert not Path("autre.sqlite").exists()


def test_a_workbook_of_another_kind_is_no_ledger(rosterplan, definitive):
    refused = rosterplan("ledger", "import", definitive / "plan.xlsx", "--ledger", "autre.sqlite")
    assert refused.code == 3 and "n’est pas un registre exporté" in refused.err


def test_what_was_tampered_with_is_found(rosterplan, definitive):
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    database = sqlite3.connect(LEDGER_FILE)
    database.execute("DROP TRIGGER served_no_update")
    database.execute("UPDATE served SET points = 99")
    database.commit()
    database.close()
    said = rosterplan("ledger", "vérifier")
    assert said.code == 1 and "n’est pas sain" in said.out


def test_a_ledger_that_is_not_there_is_refused(rosterplan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for action in ("show", "verify", "export"):
        refused = rosterplan("ledger", action)
        assert refused.code == 2 and "Il n’y a pas de registre" in refused.err
    assert list(tmp_path.iterdir()) == []


def test_an_action_that_does_not_exist_is_refused(rosterplan):
    refused = rosterplan("ledger", "efface")
    assert refused.code == 2 and "montrer, médecin" in refused.err


def test_the_association_chooses_what_fades(rosterplan, definitive):
    assert "Aucun solde ne s’efface" in rosterplan("ledger", "oubli").out
    assert "20 %" in rosterplan("ledger", "decay", "20 %").out
    assert rosterplan("ledger", "decay", "beaucoup").code == 2
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    assert rosterplan("ledger", "verify").code == 0


def test_two_quarters_in_a_row(rosterplan, definitive):
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    assert rosterplan("next", definitive, "suite").code == 0
    assert rosterplan("solve", "suite", "--workers", "1", "--quiet").code in (0, 1)
    for state in ("projet", "cdom", "definitif"):
        assert rosterplan("publish", "suite", "--state", state).code in (0, 1)
    said = rosterplan("close", "suite", "--today", "2027-04-19")
    assert said.code == 0 and "fait foi" not in said.out, said.err
    assert "2 trimestres clos" in rosterplan("ledger", "verify").out


def test_a_replacement_lives_through_publication_and_closing(rosterplan, definitive):
    """Tonight's replacement is recorded, published as « modifié 1 », paid to who served, credited to the titular."""
    roster = json.loads(Path("reports/petit/roster.json").read_text("utf-8"))["assignments"]
    duty, titular = roster[1]["duty"], roster[1]["doctor"]
    offered = json.loads(rosterplan("replace", definitive, duty, "--json", "--today", "2027-04-01").out)
    taker = next(
        name for name in (f"EX{n:02}" for n in range(1, 13)) if name != titular and name in json.dumps(offered)
    )
    said = rosterplan(
        "replace", definitive, duty, "--by", taker, "--who", "Mme Roux", "--why", "malade", "--today", "2027-04-01"
    )
    assert said.code == 0, said.err
    assert "modifié 1" in rosterplan("publish", definitive, "--today", "2027-04-02").out
    assert rosterplan("close", definitive, "--today", OVER).code == 0
    database = sqlite3.connect(LEDGER_FILE)
    served = database.execute("SELECT listed, doctor, credited, kind FROM served WHERE duty = ?", (duty,)).fetchone()
    why = database.execute("SELECT why FROM changes").fetchone()
    database.close()
    assert served == (titular, taker, titular, "remplacement")
    assert why == ("indisponible",)
    assert rosterplan("ledger", "verify").code == 0
