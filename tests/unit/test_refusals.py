"""Why a date is closed to a doctor: three cases, each said in the same words to the coordinator and to the doctor."""

from __future__ import annotations

import pytest

from rosterplan.domain.instance import Availability
from rosterplan.explain.phrases import refused_as, refused_to, refused_words
from tests.exact.harness import a_doctor, a_duty, an_instance

DUTY = a_duty("2027-01-05 20:00", 4)
SAID = (
    Availability(doctor="A", start=DUTY.date, end=DUTY.date, value="impossible"),
    Availability(doctor="B", duty="another", value="only"),
)


@pytest.mark.parametrize(
    ("doctor", "case", "words", "to_the_doctor"),
    [
        ("A", "impossible", "date déclarée impossible", "Vous aviez déclaré cette date impossible"),
        ("B", "outside", "hors des seules dates proposées", "Vous n’aviez pas proposé cette date"),
        ("C", "silent", "n’a pas rendu ses dates, compté indisponible", "Nous n’avons pas reçu vos dates"),
    ],
)
def test_a_refusal_a_date_not_offered_and_a_silence_are_told_apart(doctor, case, words, to_the_doctor):
    other = a_duty("2027-01-06 20:00", 4).model_copy(update={"id": "another"})
    instance = an_instance([DUTY, other], [a_doctor(name) for name in "ABC"], availability=SAID)
    instance = instance.changed(answered=("A", "B"))
    assert refused_as(instance, doctor, DUTY) == case
    assert refused_words(case) == words
    assert refused_to(case) == to_the_doctor
