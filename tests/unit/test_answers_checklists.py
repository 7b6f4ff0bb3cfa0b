"""The lists that `check` gives: problems to correct, letters to doctors, whom to chase."""

import io
from datetime import date

import openpyxl

from rosterplan.domain.findings import Problem
from rosterplan.messages import speaking
from rosterplan.sheets.answers.letters import reminder_text, understood_lines, understood_text
from rosterplan.sheets.answers.missing import effect_words, unanswered_doctors
from rosterplan.sheets.checklists import in_reading_order, problems_xlsx, relances_xlsx, understood_xlsx
from tests.forms_factory import (
    FIXED,
    MADE_ON,
    asking,
    cells_of,
    department,
    field_cells,
    reading_of,
    the_duty,
    write_form,
)

INSTANCE = department()
QUESTIONS = asking(INSTANCE)
MONDAY, WEDNESDAY, SATURDAY = (the_duty(INSTANCE, FIXED, date(2027, 1, day)) for day in (4, 6, 9))
CELLS, FIELDS = cells_of(QUESTIONS, "M001"), field_cells(QUESTIONS, "M001")


def _page(content: bytes, sheet: int = 0) -> list[list[str]]:
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[sheet]
    return [[str(cell.value or "") for cell in row] for row in page.iter_rows()]


def _reading(folder, filled, doctor="M001"):
    write_form(QUESTIONS, doctor, folder / "a.xlsx", filled)
    return reading_of(folder, INSTANCE)


def _problem(file="", sheet="", cell="", severity="erreur", **more):
    return Problem(severity=severity, code="c", file=file, sheet=sheet, cell=cell, **more)


def test_problems_are_listed_file_by_file_and_down_each_sheet():
    places = [("b.xlsx", "S", "A1"), ("a.xlsx", "S", "B10"), ("a.xlsx", "S", "B9"), ("a.xlsx", "S", "A9"), ("a.xlsx", "", ""),
              ("a.xlsx", "S", "AA9"), ("a.xlsx", "R", "Z99"), ("a.xlsx", "S", "C9:D9")]  # fmt: skip
    ordered = [(one.file, one.sheet, one.cell) for one in in_reading_order([_problem(*place) for place in places])]
    assert ordered == [("a.xlsx", "", ""), ("a.xlsx", "R", "Z99"), ("a.xlsx", "S", "A9"), ("a.xlsx", "S", "B9"), ("a.xlsx", "S", "C9:D9"),
                       ("a.xlsx", "S", "AA9"), ("a.xlsx", "S", "B10"), ("b.xlsx", "S", "A1")]  # fmt: skip


def test_the_list_of_problems_says_where_what_and_what_to_do():
    problems = [
        _problem("a.xlsx", "S", "B2", found="« x »", wanted="un mot", remedy="=Demandez"),
        _problem("a.xlsx", "S", "B3", "avertissement"),
    ]
    rows = _page(problems_xlsx(problems, INSTANCE.period, made_on=MADE_ON))
    assert rows[2][0] == "1 erreur · 1 avertissement"
    assert rows[4][:7] == ["Gravité", "Fichier", "Feuille", "Cellule", "Trouvé", "Attendu", "Que faire"]
    assert rows[5][:7] == ["erreur", "a.xlsx", "S", "B2", "« x »", "un mot", "=Demandez"]
    assert rows[6][0] == "avertissement"


def test_a_list_without_problem_says_so():
    assert _page(problems_xlsx([], INSTANCE.period, made_on=MADE_ON))[2][0] == "Aucun problème."


def test_a_doctor_reads_what_was_understood_in_words(tmp_path):
    reading = _reading(tmp_path, {
        CELLS[MONDAY]: "souhaité", CELLS[SATURDAY]: "disponible", "B18": "16/1", "C18": "20/1", "D18": "impossible",
        "F18": "mercredi", "G18": "à éviter", FIELDS["maximum"]: 3, FIELDS["phone"]: "06 00 00 00 00",
    })  # fmt: skip
    assert understood_lines(reading.of_doctor["M001"], INSTANCE) == [
        "impossible du samedi 16 janvier au mercredi 20 janvier 2027 (6 gardes)",
        "à éviter tous les mercredis (4 gardes)",
        "souhaité : lun. 04/01 20 h – 24 h",
        "disponible : sam. 09/01 12 h – 24 h",
        "au plus 3 gardes sur la période",
        "téléphone pendant vos gardes : 06 00 00 00 00",
    ]
    letter = understood_text(reading.of_doctor["M001"], INSTANCE)
    assert letter.startswith("Docteur LE GALL,\n\nVoici ce que nous avons compris de vos disponibilités")
    assert "du lundi 4 janvier au dimanche 31 janvier 2027 (formulaire, reçu le 05/10/2026)" in letter
    assert "Il vous reste 26 gardes possibles sur 32." in letter


def test_a_contradiction_is_put_to_the_doctor(tmp_path):
    reading = _reading(tmp_path, {CELLS[SATURDAY]: "souhaité", "B18": "9/1", "D18": "impossible"})
    assert "nous avons retenu : sam. 09/01 « impossible »" in understood_text(reading.of_doctor["M001"], INSTANCE)


def test_an_empty_form_is_told_as_such(tmp_path):
    reading = _reading(tmp_path, None)
    assert "votre formulaire est revenu vide" in understood_text(reading.of_doctor["M001"], INSTANCE)


def test_what_could_not_be_read_is_admitted(tmp_path):
    reading = _reading(tmp_path, {CELLS[MONDAY]: "x"})
    assert "n’a pas pu être lue" in understood_text(reading.of_doctor["M001"], INSTANCE)


def test_the_workbook_of_what_was_understood_has_every_doctor_and_every_statement(tmp_path):
    reading = _reading(tmp_path, {CELLS[MONDAY]: "souhaité", "F18": "mercredi", "G18": "impossible"})
    content = understood_xlsx(reading, made_on=MADE_ON)
    doctors, statements = _page(content), _page(content, 1)
    assert doctors[2][0] == "1 réponse sur 6"
    assert doctors[5][0] == "LE GALL Anne (M001)" and doctors[5][5] == "28 / 32"
    assert [row[:5] + row[7:] for row in statements[5:]] == [
        ["LE GALL Anne (M001)", "souhaité le 04/01/2027 [A1]", "1", "formulaire", "05/10/2026", CELLS[MONDAY], "oui"],
        ["LE GALL Anne (M001)", "impossible tous les mercredis", "4", "formulaire", "05/10/2026", "F18", "oui"],
    ]


def test_a_statement_outdated_is_marked_not_kept(tmp_path):
    write_form(
        QUESTIONS, "M001", tmp_path / "vieux.xlsx", {CELLS[MONDAY]: "impossible", FIELDS["filled_on"]: "01/10/2026"}
    )
    reading = _reading(tmp_path, {CELLS[MONDAY]: "souhaité"})
    kept = {row[1]: row[8] for row in _page(understood_xlsx(reading, made_on=MADE_ON), 1)[5:]}
    assert kept == {"souhaité le 04/01/2027 [A1]": "oui", "impossible le 04/01/2027 [A1]": "non"}


def test_whom_to_chase_how_and_what_is_assumed_meanwhile(tmp_path):
    reading = _reading(tmp_path, {CELLS[MONDAY]: "souhaité"})
    rows = _page(relances_xlsx(reading, made_on=MADE_ON))
    assert rows[2][0] == (
        "Date limite : vendredi 23 octobre 2026. Le calcul attend : il ne commencera pas tant qu’une réponse manque. "
        "5 médecins n’ont pas répondu : 140 jours-médecin en attente."
    )
    assert rows[5][:6] == [
        "GUÉRIN Hélène (M002)",
        "Nord",
        "02 40 00 00 02",
        "m2@exemple.invalid",
        "60",
        "à relancer : 28 jours-médecin en attente",
    ]
    assert rows[5][6].startswith("Docteur GUÉRIN,\n\nNous n’avons pas encore reçu vos disponibilités")


def test_empty_forms_are_listed_apart_from_missing_ones(tmp_path):
    content = relances_xlsx(_reading(tmp_path, None), made_on=MADE_ON)
    assert "LE GALL Anne (M001)" not in {row[0] for row in _page(content)}
    assert _page(content, 1)[5][0] == "LE GALL Anne (M001)"
    assert _page(content, 1)[5][4] == "compté disponible : 28 jours-médecin ouverts"


def test_the_effect_adds_up_by_what_is_assumed(tmp_path):
    instance = department(missing="indisponible")
    unanswered = unanswered_doctors(instance, reading_of(tmp_path, instance).missing)
    assert effect_words(unanswered) == "6 médecins n’ont pas répondu : 168 jours-médecin comptés indisponibles."
    assert effect_words(unanswered[:1]).startswith("1 médecin n’a pas répondu : ")
    assert effect_words([]) == "Toutes les réponses sont arrivées."


def test_a_reminder_says_what_happens_without_an_answer():
    texts = {policy: reminder_text(QUESTIONS.asked[0], department(missing=policy)) for policy in ("a-relancer", "indisponible", "disponible", "comme-au-dernier-trimestre")}  # fmt: skip
    assert "ne peut pas être établi" in texts["a-relancer"]
    assert "compté indisponible" in texts["indisponible"]
    assert "compté disponible" in texts["disponible"]
    assert "comme au dernier trimestre" in texts["comme-au-dernier-trimestre"]


def test_lists_may_be_in_english(tmp_path):
    with speaking("en"):
        reading = _reading(tmp_path, {CELLS[MONDAY]: "wished"})
        assert "wished: " in understood_text(reading.of_doctor["M001"], INSTANCE) or "wished : " in understood_text(reading.of_doctor["M001"], INSTANCE)  # fmt: skip
        assert _page(relances_xlsx(reading, made_on=MADE_ON))[0][0] == "Doctors to chase"
