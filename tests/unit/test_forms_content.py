"""What is asked of whom, and the numbers people say on the phone."""

from datetime import date, timedelta

from rosterplan.domain.instance import Availability, Instance
from rosterplan.sheets.forms.questionnaire import concerned, duty_codes, line_letter, main_sector, questionnaire
from tests.forms_factory import FIXED, MOBILE, RULES, START, asking, department, the_duty


def test_a_doctor_is_asked_about_the_duties_of_the_rule_book_and_no_other():
    questions = asking()
    assert questions.asked_of["M001"].lines == (FIXED,)
    assert set(questions.asked_of["M002"].lines) == {FIXED, MOBILE}
    assert len(questions.asked_of["M001"].duties) == 4 * 8
    assert len(questions.asked_of["M002"].duties) == 4 * 8 + 28


def test_who_may_hold_nothing_is_not_asked():
    assert "M007" not in asking().asked_of


def test_duties_refused_earlier_are_asked_again():
    instance = department()
    refused = Availability(doctor="M001", start=START, end=START + timedelta(days=20), value="impossible")
    from rosterplan.rules.availability import DeclaredDates

    fields = {name: getattr(instance, name) for name in Instance.model_fields}
    answered = Instance.model_construct(**{**fields, "availability": (refused,)})
    questions = questionnaire(answered, (*RULES, DeclaredDates()))
    assert questions.asked_of["M001"].duty_ids == asking().asked_of["M001"].duty_ids


def test_numbers_are_unique_and_bear_the_letter_of_their_line():
    instance = department()
    numbers = duty_codes(instance)
    assert len(set(numbers.values())) == len(instance.duties)
    assert numbers[the_duty(instance, FIXED, START)] == "A1"
    assert numbers[the_duty(instance, "MMG-SUD", START)] == "B1"
    assert numbers[the_duty(instance, FIXED, date(2027, 1, 10), 16)] == "A8"


def test_numbers_do_not_depend_on_the_order_of_the_duties():
    instance = department()
    fields = {name: getattr(instance, name) for name in Instance.model_fields}
    turned = Instance.model_construct(**{**fields, "duties": tuple(reversed(instance.duties))})
    assert duty_codes(turned) == duty_codes(instance)


def test_letters_that_paper_confuses_with_figures_are_not_used():
    letters = [line_letter(number) for number in range(60)]
    assert letters[:3] == ["A", "B", "C"]
    assert letters[23:25] == ["AA", "AB"]
    assert not {"I", "O", "Q"} & set("".join(letters))
    assert len(set(letters)) == 60


def test_the_form_comes_from_the_sector_a_doctor_takes_part_in():
    questions = asking()
    sector = main_sector(questions.instance, questions.asked_of["M002"])
    assert sector is not None and sector.id == "NORD"


def test_an_absence_may_be_limited_to_a_line_or_a_band():
    questions = asking()
    choices = concerned(questions.instance, questions.asked_of["M002"])
    assert list(choices) == ["toutes", "MMG du Nord", "Nuits mobiles", "Soirée", "Nuit profonde", "Samedi", "Dimanche et jour férié"]  # fmt: skip
    assert len(choices["Nuits mobiles"]) == 28
    assert list(concerned(questions.instance, questions.asked_of["M006"])) == ["toutes"]


def test_holidays_of_the_law_are_named_unless_others_are_given():
    new_year = department(start=date(2027, 1, 1), end=date(2027, 1, 10))
    assert questionnaire(new_year, RULES).holidays == {date(2027, 1, 1): "Jour de l’an"}
    assert questionnaire(new_year, RULES, holidays={}).holidays == {}
