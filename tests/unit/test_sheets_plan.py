"""Every fault of a planning workbook is found with its cell, what was wanted and what to do; nothing raises."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from rosterplan.domain.people import DateSpan, Exemption, Membership
from rosterplan.messages import speaking
from rosterplan.sheets.plan.layout import TABLES
from rosterplan.sheets.plan.layout_plan import SETTINGS
from rosterplan.sheets.plan.read import read_plan
from tests.sheets_factory import Editor, errors, only, reading

Edit = Callable[[Editor], object]


def put(sheet: str, row: int, heading: str, value: object) -> Edit:
    return lambda editor: editor.set(sheet, row, heading, value)


def setting(label: str, value: object) -> Edit:
    return lambda editor: editor.setting(label, value)


def doctor_row(number: int, **cells: object) -> Edit:
    return lambda editor: [
        editor.set("Médecins", number, heading.replace("_", " "), value) for heading, value in cells.items()
    ]


def test_the_template_has_no_problem_at_all() -> None:
    found = reading()
    assert found.problems == () and found.sound
    assert found.draft is not None and len(found.draft.duties) == 118 and found.draft.shares


def test_a_plan_without_any_duty_is_an_error_and_a_line_without_any_a_warning() -> None:
    without_hours = reading(lambda editor: editor.remove("Horaires"))
    assert (only(without_hours).code, only(without_hours).sheet) == ("nothing-to-plan", "Horaires")
    assert not without_hours.sound
    without_nights = reading(
        *(put("Horaires", 4, heading, None) for heading in ("Ligne", "Jours", "Début", "Fin", "Médecins"))
    )
    lonely = only(without_nights, "avertissement")
    assert lonely.code == "line-without-duty" and "Médecin mobile" in lonely.found
    assert without_nights.sound


# --- single cells: (edit, code, column letter of the cell or None) ---
FAULTY_CELLS: list[tuple[Edit, str, str]] = [
    (put("Médecins", 2, "Statut", "libérall"), "choice-unknown", "E6"),
    (put("Médecins", 2, "Quota", "beaucoup"), "number-unreadable", "L6"),
    (put("Médecins", 2, "Quota", 3), "number-unreadable", "L6"),
    (put("Médecins", 2, "Maximum déclaré", "2,5"), "integer-unreadable", "S6"),
    (put("Médecins", 2, "Volontaire", "peut-être"), "yes-no-unreadable", "U6"),
    (put("Médecins", 2, "Secteurs", "SECTEUR-EXEMPEL"), "reference-unknown", "G6"),
    (put("Médecins", 2, "Secteurs", "SECTEUR-EXEMPLE 70 % ; SECTEUR-EXEMPLE 70 %"), "parts-over-whole", "G6"),
    (put("Médecins", 2, "Autres lignes", "MMG-EXEMPLE ; MMG-INCONNUE"), "reference-unknown", "H6"),
    (put("Médecins", 2, "Inscrit du", "31/02/2027"), "date-wrong", "M6"),
    (put("Médecins", 2, "Inscrit du", "bientôt"), "date-unreadable", "M6"),
    (put("Médecins", 2, "Absences longues", "du 10/03/2027 au 01/03/2027"), "dates-out-of-order", "O6"),
    (put("Médecins", 2, "Exemptions", "nuits profondes : du 01/02 au 28/02"), "reference-unknown", "P6"),
    (put("Médecins", 2, "Accords particuliers", "repos-minimum"), "reference-unknown", "W6"),
    (put("Médecins", 2, "Nom", None), "value-missing", "B6"),
    (put("Médecins", 2, "Nom", "=A1"), "formula-without-value", "B6"),
    (put("Médecins", 2, "Nom", "#REF!"), "formula-error", "B6"),
    (put("Lignes", 1, "Modalité", "visite"), "choice-unknown", "C5"),
    (put("Lignes", 1, "Lieu", "MMG d'à côté"), "reference-unknown", "F5"),
    (put("Horaires", 1, "Ligne", "MMG"), "reference-unknown", "A5"),
    (put("Horaires", 1, "Jours", "lundi à jamais"), "days-unreadable", "B5"),
    (put("Horaires", 1, "Début", "20 heures et quart"), "hour-unreadable", "C5"),
    (put("Horaires", 1, "Fin", "26h"), "hour-unreadable", "D5"),
    (put("Horaires", 1, "Médecins", -1), "integer-unreadable", "F5"),
    (put("Horaires", 1, "Maximum", 0), "row-inconsistent", "5"),
    (put("Horaires", 1, "Catégorie", "soir"), "reference-unknown", "H5"),
    (put("Horaires", 1, "Saison", "été"), "season-unreadable", "N5"),
    (put("Règles", 9, "Code", "min-repos"), "reference-unknown", "A13"),
    (put("Règles", 9, "Paramètres", "heurs = 11"), "parameter-unknown", "D13"),
    (put("Règles", 9, "Paramètres", "heures = onze"), "number-unreadable", "D13"),
    (put("Règles", 9, "Paramètres", "heures = -1"), "parameter-refused", "D13"),
    (put("Règles", 9, "Portée", "secteur = INCONNU"), "reference-unknown", "E13"),
    (put("Règles", 9, "Portée", "département = 44"), "parameter-unknown", "E13"),
    (put("Règles", 9, "Force", "parfois"), "choice-unknown", "F13"),
    (put("Règles", 8, "Force", "souple"), "strength-refused", "F12"),
    (put("Règles", 9, "Active", "bof"), "yes-no-unreadable", "C13"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "code", "cell"), FAULTY_CELLS, ids=[f"{code}-{cell}" for _, code, cell in FAULTY_CELLS]
)
def test_a_faulty_cell_is_named(edit: Edit, code: str, cell: str) -> None:
    found = reading(edit)
    problem = only(found)
    assert (problem.code, problem.cell) == (code, cell)
    assert not found.sound and found.draft is not None


def test_all_faults_are_told_at_once() -> None:
    edits = [edit for edit, code, _ in FAULTY_CELLS if code in ("choice-unknown", "hour-unreadable", "date-wrong")]
    assert len(errors(reading(*edits))) == len(edits) == 6


def test_faults_are_worded_in_english_too() -> None:
    with speaking("en"):
        assert "Did you mean" in only(reading(put("Médecins", 2, "Statut", "libérall"))).remedy


def test_an_identifier_given_twice_is_an_error_that_names_the_first_row() -> None:
    problem = only(reading(put("Médecins", 3, "Identifiant", "EX01")))
    assert (problem.code, problem.cell) == ("id-twice", "A7") and "5" in problem.remedy


@pytest.mark.parametrize("sheet", ["Secteurs", "Lieux", "Lignes"])
def test_identifiers_are_unique_on_every_sheet(sheet: str) -> None:
    def copy_first_row(editor: Editor) -> None:
        for column, value in enumerate(editor.rows[sheet][4]):
            editor.put(sheet, 6, column, value)

    assert any(problem.code == "id-twice" and problem.sheet == sheet for problem in reading(copy_first_row).problems)


def test_two_doctors_of_one_name_are_a_warning() -> None:
    found = reading(put("Médecins", 3, "Prénom", "ANNE"))
    problem = only(found, "avertissement")
    assert problem.code == "doctors-alike" and "EX01 et EX03" in problem.remedy and found.sound


def test_an_rpps_spoilt_by_the_spreadsheet_is_a_warning() -> None:
    found = reading(put("Médecins", 1, "RPPS", "1,01E+10"), put("Médecins", 2, "RPPS", 10101234560))
    assert only(found, "avertissement").code == "rpps-odd" and found.sound
    assert found.content is not None and [doctor.rpps for doctor in found.content.doctors[:2]] == ["", "10101234560"]


def test_a_leading_zero_lost_by_the_spreadsheet_comes_back_in_a_phone_number() -> None:
    found = reading(put("Médecins", 1, "Téléphone", 612345678))
    assert found.content is not None and found.content.doctors[0].phone == "0612345678"


def test_an_absence_of_more_than_a_year_is_suspected() -> None:
    problem = only(reading(put("Médecins", 1, "Absences longues", "15/04/2014 → 21/04/2017")), "avertissement")
    assert problem.code == "absence-over-a-year" and "2027" in problem.remedy


def test_what_a_doctor_row_can_say_is_understood() -> None:
    found = reading(
        put("Médecins", 1, "Absences longues", "du 1er février au 15 mars ; depuis le 28/03/2027"),
        put(
            "Médecins", 1, "Exemptions", "Nuit profonde, samedi : du 01/02 au 28/02 ; toutes jusqu'au 03/01/2027 ; nuit"
        ),
        put("Médecins", 1, "Licence jusqu’au", datetime(2027, 11, 15)),
        put("Médecins", 1, "Quota", "50 %"),
        put("Médecins", 1, "Modalités", "Effection fixe ; régulation"),
        put("Médecins", 1, "Lieux refusés", "Maison médicale de garde (exemple)"),
    )
    assert errors(found) == [] and found.content is not None
    doctor = found.content.doctors[0]
    assert doctor.long_absences == (
        DateSpan(start=date(2027, 2, 1), end=date(2027, 3, 15)),
        DateSpan(start=date(2027, 3, 28)),
    )
    assert doctor.exemptions == (
        Exemption(start=date(2027, 2, 1), end=date(2027, 2, 28), bands=("nuit", "samedi")),
        Exemption(end=date(2027, 1, 3)),
        Exemption(bands=("nuit",)),
    )
    assert doctor.licence_until == date(2027, 11, 15) and doctor.quota == 0.5
    assert doctor.modalities == ("fixe", "regulation") and doctor.refused_sites == ("MMG-EXEMPLE",)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("SECTEUR-EXEMPLE", [1.0]),
        ("secteur exemple ; B", [1.0, 0.0]),
        ("SECTEUR-EXEMPLE 70 % ; B 30 %", [0.7, 0.3]),
        ("SECTEUR-EXEMPLE ; B (30%)", [0.7, 0.3]),
        ("SECTEUR-EXEMPLE renfort ; B", [0.0, 1.0]),
    ],
)
def test_parts_of_the_quota_in_two_sectors(typed: str, parts: list[float]) -> None:
    def another_sector(editor: Editor) -> None:
        editor.set("Secteurs", 2, "Identifiant", "B")
        editor.set("Secteurs", 2, "Nom", "Bouaye")

    found = reading(another_sector, put("Médecins", 1, "Secteurs", typed))
    assert errors(found) == [] and found.content is not None
    expected = [
        Membership(sector=sector, participation=part)
        for sector, part in zip(("SECTEUR-EXEMPLE", "B"), parts, strict=False)
    ]
    assert [(m.sector, round(m.participation, 9)) for m in found.content.doctors[0].sectors] == [
        (m.sector, m.participation) for m in expected
    ]


# --- the sheet Plan ---
@pytest.mark.parametrize(
    ("label", "value", "code"),
    [
        ("Nom du planning", None, "value-missing"),
        ("Premier jour", "31/04/2027", "date-wrong"),
        ("Premier jour", "1er janvier", "date-unreadable"),
        ("Dernier jour", "31/03/2026", "row-inconsistent"),
        ("Dernier jour", "31/03/2207", "period-long"),
        ("Sans réponse", "on verra", "choice-unknown"),
        ("Tolérance de juste répartition", "200 %", "percent-unreadable"),
        ("Territoire", "Bretagne", "choice-unknown"),
        ("Samedi à partir de midi", "souvent", "yes-no-unreadable"),
        ("Ponts : ouverture à", "25h", "hour-unreadable"),
        ("Ponts : fermeture à", "7h", "row-inconsistent"),
        ("Ponts : catégorie", "pont", "reference-unknown"),
        ("Version du classeur", 2, "schema-unknown"),
    ],
)
def test_a_faulty_setting_is_named(label: str, value: object, code: str) -> None:
    cells: list[str] = []
    found = reading(lambda editor: cells.append(editor.setting(label, value)))
    problem = only(found)
    assert (problem.code, problem.sheet, problem.cell) == (code, "Plan", cells[0])


def test_without_the_days_of_the_plan_the_other_sheets_are_said_to_be_unread() -> None:
    found = reading(lambda editor: editor.setting("Premier jour", "31/04/2027"))
    assert only(found, "avertissement").code == "rest-unread"
    assert all(one.code != "rest-unread" for one in reading(lambda editor: None).problems)


def test_a_deadline_after_the_period_began_is_suspected() -> None:
    found = reading(setting("Date limite de réponse", "23/10/2027"))
    assert only(found, "avertissement").code == "deadline-late" and found.sound


def test_a_renamed_setting_is_reported_with_the_nearest_one() -> None:
    def rename(editor: Editor) -> None:
        editor.replace_text("Plan", "Sans réponse", "Sans reponsse")

    problem = only(reading(rename), "avertissement")
    assert problem.code == "setting-unknown" and "« Sans réponse »" in problem.remedy


def test_settings_understand_what_people_type() -> None:
    found = reading(
        setting("Premier jour", "vendredi 1er janvier 2027"),
        setting("Dernier jour", "31/03/27"),
        setting("Date limite de réponse", "23 octobre"),
        setting("Sans réponse", "A RELANCER"),
        setting("Tolérance de juste répartition", "5 %"),
        setting("Type de planning", "pdsa ; regulation"),
        setting("Ponts : fermeture à", "minuit"),
    )
    assert errors(found) == [] and found.content is not None
    plan = found.content.plan
    assert found.content.period.start == date(2027, 1, 1) and found.content.period.end == date(2027, 3, 31)
    assert plan.answer_deadline == date(2026, 10, 23) and plan.missing_answers == "a-relancer"
    assert plan.fairness_tolerance == 0.05 and found.content.kinds == ("pdsa", "regulation")
    assert found.content.choices.pont_end == 1440


def test_points_and_feasts_are_read_from_their_blocks() -> None:
    def edit(editor: Editor) -> None:
        evening = next(number for number, row in enumerate(editor.rows["Plan"]) if row and row[0] == "soiree")
        editor.put("Plan", evening, 2, 9)
        editor.replace_text("Plan", "1er janvier", "Pâques + 1")

    found = reading(edit)
    assert errors(found) == [] and found.content is not None
    assert found.content.choices.points_of("soiree") == 9
    assert [day.after_easter for day in found.content.choices.feasts[1].days] == [None, 1]


def test_a_category_given_twice_and_an_unreadable_feast_day_are_errors() -> None:
    def edit(editor: Editor) -> None:
        editor.replace_text("Plan", "journee", "soiree")
        editor.replace_text("Plan", "25 décembre", "le jour de Noël")

    assert {problem.code for problem in errors(reading(edit))} == {"id-twice", "feast-day-unreadable"}


# --- sheets and columns ---
@pytest.mark.parametrize("sheet", ["Plan", "Médecins", "Lignes"])
def test_a_missing_sheet_is_an_error_and_a_renamed_one_is_guessed(sheet: str) -> None:
    def rename(editor: Editor) -> None:
        editor.rename(sheet, f"{sheet[:-1]}z")

    missing = [problem for problem in reading(rename).problems if problem.code == "sheet-missing"]
    assert [problem.sheet for problem in missing] == [sheet] and f"{sheet[:-1]}z" in missing[0].remedy


def test_optional_sheets_may_be_absent() -> None:
    def remove(editor: Editor) -> None:
        for name in ("Mode d’emploi", "Jours particuliers", "Affectations imposées", "Historique", "_listes"):
            editor.remove(name)

    assert reading(remove).problems == ()


def test_sectors_are_implied_by_the_lines_where_no_sheet_lists_them() -> None:
    found = reading(lambda editor: editor.remove("Secteurs"))
    assert found.problems == () and found.content is not None
    assert [sector.id for sector in found.content.sectors] == ["SECTEUR-EXEMPLE"]


def test_extra_renamed_and_missing_columns_are_reported() -> None:
    def edit(editor: Editor) -> None:
        for column, heading in ((2, "Prenon"), (1, "Patronyme"), (27, "Remarque")):
            editor.put("Médecins", 3, column, heading)

    codes = {(problem.code, problem.severity, problem.cell) for problem in reading(edit).problems}
    assert ("column-missing", "erreur", "") in codes
    assert ("column-unknown", "avertissement", "C4") in codes
    assert ("column-unknown", "information", "AB4") in codes


def test_columns_may_stand_in_any_order_under_any_accepted_name() -> None:
    def edit(editor: Editor) -> None:
        for column, heading in ((0, "ligne de garde"), (2, "DE"), (3, "a")):
            editor.put("Horaires", 3, column, heading)
        for row in editor.rows["Horaires"][3:]:
            row[0], row[1] = row[1], row[0]

    assert errors(reading(edit)) == []


def test_every_heading_and_synonym_belongs_to_one_column_only() -> None:
    for layout in TABLES:
        names = [name for column in layout.columns for name in column.names]
        assert len(names) == len(set(names)), (layout.name, sorted(name for name in names if names.count(name) > 1))
    labels = [name for column in SETTINGS for name in column.names]
    assert len(labels) == len(set(labels))


def test_merged_cells_give_their_value_to_every_row_they_cover() -> None:
    def merge(editor: Editor) -> None:
        editor.put("Horaires", 5, 0, None)
        editor.put("Horaires", 6, 0, None)
        editor.merge("Horaires", 4, 0, 6, 0)

    found = reading(merge)
    assert errors(found) == [] and found.draft is not None and len(found.draft.duties) == 118


# --- opening hours ---
def test_overlapping_opening_hours_are_an_error_at_their_row() -> None:
    def overlap(editor: Editor) -> None:
        for heading, value in (("Ligne", "MMG-EXEMPLE"), ("Jours", "samedi"), ("Début", "20h"), ("Fin", "2h")):
            editor.set("Horaires", 5, heading, value)

    problem = only(reading(overlap))
    assert problem.code == "hours-overlap" and problem.sheet == "Horaires" and "09/01" in problem.found


def test_hours_whose_year_is_wrong_are_said_to_make_no_duty() -> None:
    found = reading(put("Horaires", 4, "Du", "01/01/2026"), put("Horaires", 4, "Au", "31/03/2026"))
    assert only(found, "information").code == "hours-outside-period"


def test_hours_across_midnight_and_seasons_are_understood() -> None:
    found = reading(put("Horaires", 1, "Fin", "2h"), put("Horaires", 4, "Saison", "1er février au 28 février"))
    assert errors(found) == [] and found.draft is not None
    evening = next(duty for duty in found.draft.duties if duty.date == date(2027, 1, 4))
    assert evening.end.hour == 2 and evening.minutes == 360
    nights = [duty.date.month for duty in found.draft.duties if duty.line == "NUIT-EXEMPLE"]
    assert nights and set(nights) == {2}


def test_special_days_close_and_open() -> None:
    def special(editor: Editor) -> None:
        rows = [
            ("fermeture", "04/01", None, None),
            ("ouverture", "05/01/2027", "18h", "24h"),
            ("Férié", "6 janvier", None, None),
        ]
        for number, (kind, day, start, end) in enumerate(rows, 1):
            editor.set("Jours particuliers", number, "Nature", kind)
            editor.set("Jours particuliers", number, "Du", day)
            editor.set("Jours particuliers", number, "Lignes", "MMG-EXEMPLE")
            editor.set("Jours particuliers", number, "Début", start)
            editor.set("Jours particuliers", number, "Fin", end)

    found = reading(special)
    assert errors(found) == [] and found.draft is not None
    hours = {
        duty.date.day: (duty.start.hour, duty.minutes // 60)
        for duty in found.draft.duties
        if duty.line == "MMG-EXEMPLE" and duty.date.month == 1 and duty.date.day in (4, 5, 6)
    }
    assert hours == {5: (18, 6), 6: (8, 16)}


@pytest.mark.parametrize(
    ("first", "last", "kind", "code"),
    [
        ("10/03/2027", "01/03/2027", "fermeture", "dates-out-of-order"),
        ("10/03/2027", None, "ouverture", "row-inconsistent"),
        (None, None, "fermeture", "value-missing"),
        ("10/03/2027", None, "vacances", "choice-unknown"),
    ],
)
def test_a_faulty_special_day_is_named(first: object, last: object, kind: str, code: str) -> None:
    def edit(editor: Editor) -> None:
        editor.set("Jours particuliers", 1, "Nature", kind)
        editor.set("Jours particuliers", 1, "Du", first)
        editor.set("Jours particuliers", 1, "Au", last)

    assert only(reading(edit)).code == code


# --- rules ---
def test_a_rule_is_found_by_its_french_name_too() -> None:
    found = reading(put("Règles", 9, "Code", "Repos minimal entre deux gardes"))
    assert errors(found) == [] and found.content is not None
    assert found.content.rules[8].code == "min-rest" and found.content.rules[8].row == "Règles!13"


def test_a_rule_switched_off_does_not_apply_whatever_it_says() -> None:
    found = reading(put("Règles", 9, "Active", "non"), put("Règles", 9, "Paramètres", "n'importe quoi"))
    assert errors(found) == [] and found.content is not None
    assert "min-rest" not in {row.code for row in found.content.rules}


def test_parameters_scope_and_strength_are_read_in_french() -> None:
    found = reading(
        put("Règles", 1, "Paramètres", "priorités = samedi : 8 ; Soirée : 3"),
        put("Règles", 12, "Paramètres", "maximum = 3 ; jours = 10 ; unité = gardes"),
        put(
            "Règles",
            12,
            "Portée",
            "lignes = MMG-EXEMPLE ; NUIT-EXEMPLE ; statuts = libéral ; médecins = EXEMPLE Anne ; catégorie = Nuit profonde",
        ),
        put("Règles", 12, "Force", "souple"),
        put("Règles", 12, "Étape", "confort"),
        put("Règles", 12, "Poids", 7),
    )
    assert errors(found) == [] and found.content is not None
    coverage, window = found.content.rules[0], found.content.rules[11]
    assert coverage.params == {"priorities": {"samedi": 8, "soiree": 3}}
    assert window.params == {"most": 3, "days": 10, "unit": "duties"}
    assert window.scope.lines == ("MMG-EXEMPLE", "NUIT-EXEMPLE") and window.scope.doctors == ("EX01",)
    assert window.scope.statuses == ("liberal",) and window.scope.bands == ("nuit",)
    assert window.strength is not None
    assert (window.strength.kind, window.strength.stage, window.strength.weight) == ("soft", "comfort", 7)


def test_couples_are_named_as_people_are() -> None:
    def apart(value: str) -> Edit:
        def edit(editor: Editor) -> None:
            editor.set("Règles", 50, "Code", "pairs-apart")
            editor.set("Règles", 50, "Paramètres", f"couples = {value}")

        return edit

    found = reading(apart("EXEMPLE Anne + EX02, Claire EXEMPLE + EX04"))
    assert errors(found) == [] and found.content is not None
    assert found.content.rules[-1].params == {"couples": [["EX01", "EX02"], ["EX03", "EX04"]]}
    assert only(reading(apart("EX01 + EX99"))).code == "reference-unknown"


# --- history, balances, fixed assignments ---
def history(**cells: object) -> Edit:
    usual = {
        "Nature": "garde",
        "Médecin": "EX01",
        "Ligne": "MMG-EXEMPLE",
        "Date": "25/12/2026",
        "Début": "8h",
        "Fin": "24h",
        "Catégorie": "fete",
    }
    return lambda editor: [editor.set("Historique", 1, heading, value) for heading, value in (usual | cells).items()]


def test_a_past_duty_is_read_in_local_time_with_the_points_of_its_band() -> None:
    found = reading(history(Date="25 décembre", Fête="Noël"))
    assert errors(found) == [] and found.draft is not None
    past = found.draft.history[0]
    assert (past.start.isoformat(), past.end.isoformat()) == ("2026-12-25T08:00:00+01:00", "2026-12-26T00:00:00+01:00")
    assert (past.points, past.feast) == (6, "noel")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"Date": "02/01/2027"}, "history-date"),
        ({"Date": "25/12/2019"}, "history-date"),
        ({"Médecin": "DUPONT"}, "reference-unknown"),
        ({"Médecin": "EXEMPLE"}, "reference-in-doubt"),
        ({"Fête": "carnaval"}, "reference-unknown"),
        ({"Fin": None}, "value-missing"),
        ({"Nature": "souvenir"}, "choice-unknown"),
    ],
)
def test_a_faulty_row_of_history_is_named(cells: dict[str, object], code: str) -> None:
    assert only(reading(history(**cells))).code == code


def test_a_line_that_no_longer_exists_may_stand_in_the_history() -> None:
    found = reading(history(Ligne="ANCIENNE-MMG"))
    assert errors(found) == [] and found.draft is not None and found.draft.history[0].line == "ANCIENNE-MMG"


def test_balances_are_in_duties_on_the_sheet_and_in_hundredths_inside() -> None:
    def balance(value: object, group: str = "SECTEUR-EXEMPLE") -> Edit:
        cells = {"Médecin": "EX02", "Groupe": group, "Catégorie": "Soirée", "Solde": value}
        return lambda editor: [editor.set("Historique", 1, heading, cell) for heading, cell in cells.items()]

    found = reading(balance("-1,25"))
    assert errors(found) == [] and found.draft is not None
    assert (found.draft.balances[0].band, found.draft.balances[0].balance_hundredths) == ("soiree", -125)
    assert only(reading(balance(1, "AUTRE"))).code == "reference-unknown"


def fixed(*rows: dict[str, object]) -> Edit:
    def edit(editor: Editor) -> None:
        for number, row in enumerate(rows, 1):
            for heading, value in row.items():
                editor.set("Affectations imposées", number, heading, value)

    return edit


SATURDAY = {"Médecin": "Anne EXEMPLE", "Ligne": "MMG-EXEMPLE", "Date": "samedi 9 janvier"}


def test_a_fixed_assignment_names_its_duty_by_line_and_date() -> None:
    found = reading(fixed(SATURDAY))
    assert found.problems == () and found.draft is not None
    assert found.draft.fixed[0].duty == "MMG-EXEMPLE/2027-01-09T12:00+01:00/720"


@pytest.mark.parametrize(
    ("rows", "code", "severity"),
    [
        ([SATURDAY | {"Date": "09/01/2026"}], "fixed-duty-unknown", "erreur"),
        ([SATURDAY | {"Début": "20h"}], "fixed-duty-unknown", "erreur"),
        ([SATURDAY | {"Ligne": None, "Date": None, "Garde": "MMG/x/1"}], "fixed-duty-unknown", "erreur"),
        ([SATURDAY, SATURDAY | {"Médecin": "EX02"}], "fixed-impossible", "erreur"),
        ([SATURDAY | {"Ligne": "NUIT-EXEMPLE"}], "fixed-odd", "avertissement"),
    ],
)
def test_an_impossible_fixed_assignment_is_said(rows: list[dict[str, object]], code: str, severity: str) -> None:
    assert only(reading(fixed(*rows)), severity).code == code


def test_fixed_assignments_off_the_list_or_exempt_are_warnings() -> None:
    found = reading(
        fixed(SATURDAY),
        put("Médecins", 1, "Inscrit du", "01/02/2027"),
        put("Médecins", 1, "Exemptions", "samedi"),
        put("Médecins", 1, "Volontaire", "non"),
    )
    assert [problem.code for problem in found.problems] == ["fixed-odd"] * 3 and found.sound


def test_a_doctor_cannot_be_imposed_two_duties_at_once() -> None:
    def a_second_line(editor: Editor) -> None:
        for heading, value in (("Identifiant", "MMG2"), ("Nom", "Seconde"), ("Secteur", "SECTEUR-EXEMPLE")):
            editor.set("Lignes", 3, heading, value)
        for heading, value in (("Ligne", "MMG2"), ("Jours", "sam"), ("Début", "20h"), ("Fin", "8h")):
            editor.set("Horaires", 5, heading, value)

    problem = only(reading(a_second_line, fixed(SATURDAY, SATURDAY | {"Ligne": "MMG2"})))
    assert problem.code == "fixed-impossible" and "même heure" in problem.remedy


# --- whole files ---
def test_a_workbook_without_a_period_gives_its_problems_only() -> None:
    found = reading(setting("Premier jour", "?"))
    assert found.draft is None and found.content is None and only(found).code == "date-unreadable"


def test_an_unreadable_workbook_gives_one_problem(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(b"PK\x03\x04 tronque")
    assert [problem.code for problem in read_plan(tmp_path / "plan.xlsx").problems] == ["file-truncated"]
    assert [problem.code for problem in read_plan(tmp_path / "absent.xlsx").problems] == ["file-missing"]


def test_an_empty_workbook_lacks_its_sheets(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "plan.xlsx")
    assert [problem.code for problem in errors(read_plan(tmp_path / "plan.xlsx"))] == ["sheet-missing"]


def test_spaces_accents_and_case_never_matter_to_references() -> None:
    found = reading(
        put("Médecins", 1, "Secteurs", "\u00a0secteur\u00a0EXEMPLE "),
        put("Horaires", 1, "Ligne", "garde a\u0300 la maison me\u0301dicale (exemple)"),
        put("Horaires", 1, "Jours", "LUN - VEN"),
    )
    assert found.problems == () and found.draft is not None and len(found.draft.duties) == 118


def test_the_holidays_of_a_plan_are_the_legal_ones_and_its_own() -> None:
    def local(editor: Editor) -> None:
        for heading, value in (
            ("Nature", "jour férié"),
            ("Du", "13/01/2027"),
            ("Au", "14/01/2027"),
            ("Libellé", "Saint-Hilaire"),
        ):
            editor.set("Jours particuliers", 1, heading, value)

    content = reading(local).content
    assert content is not None
    assert content.holidays == {
        date(2027, 1, 1): "Jour de l’an",
        date(2027, 1, 13): "Saint-Hilaire",
        date(2027, 1, 14): "Saint-Hilaire",
        date(2027, 3, 29): "Lundi de Pâques",
    }
