"""Codes never reach a doctor: every band, modality, status and feast of the product has a word, in both languages."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from rosterplan.domain.calendar.choices import DEFAULT_BANDS, DEFAULT_FEASTS, OTHER_FEASTS
from rosterplan.domain.instance import Period
from rosterplan.domain.people import Modality, Status
from rosterplan.domain.rulebook import Scope
from rosterplan.messages import speaking
from rosterplan.messages.trade import (
    band_word,
    band_words,
    call_bands,
    feast_word,
    many_of_band,
    modality_word,
    status_word,
)
from rosterplan.rules.caps import Cap
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.max_per_window import MaxPerWindow
from rosterplan.rules.pairs_apart import PairsApart
from rosterplan.rules.rest_after_night import RestAfterNight
from rosterplan.rules.selection import applies
from rosterplan.sheets.plan.template import KINDS_WITH_TEMPLATE, template

SAME_IN_BOTH = {"assistant", "PH", "HU"}
QUARTER = Period(start=date(2027, 4, 1), end=date(2027, 6, 30))
BANDS = sorted(
    {band.id for kind in KINDS_WITH_TEMPLATE for band in template(kind, "essai", QUARTER).choices.bands}
    | {band.id for band in DEFAULT_BANDS}
)
CODES = [
    *((band_word, band) for band in BANDS),
    *((many_of_band, band) for band in BANDS),
    *((feast_word, feast.id) for feast in (*DEFAULT_FEASTS, *OTHER_FEASTS)),
    *((modality_word, modality) for modality in get_args(Modality)),
    *((status_word, status) for status in get_args(Status)),
]


@pytest.mark.parametrize(("word", "code"), CODES, ids=lambda one: getattr(one, "__name__", one))
def test_every_code_of_the_product_has_a_word_in_both_languages(word, code):
    french = word(code)
    with speaking("en"):
        english = word(code)
    assert code in SAME_IN_BOTH or french != english  # a code without a word is the same in both


def test_a_code_of_the_coordinators_own_is_shown_as_it_was_typed():
    assert band_word("renfort-plage") == feast_word("renfort-plage") == status_word("renfort-plage") == "renfort-plage"
    assert many_of_band("renfort-plage") == "les gardes « renfort-plage »"
    assert band_words(("soiree", "renfort-plage")) == "« Soirée » et « renfort-plage »"


def test_a_band_of_the_coordinators_own_bears_its_label_and_ours_keep_their_words():
    call_bands({"renfort-plage": "Renfort de plage", "soiree": "Soir", "vide": ""})
    try:
        assert band_word("renfort-plage") == "Renfort de plage"
        assert many_of_band("renfort-plage") == "les gardes « Renfort de plage »"
        assert (band_word("soiree"), band_word("vide")) == ("Soirée", "vide")
    finally:
        call_bands({})
    assert band_word("renfort-plage") == "renfort-plage"


def test_a_scope_speaks_of_one_or_several_in_words():
    scope = Scope(lines=("CAPS",), bands=("soiree", "fete"), modalities=("regulation",), statuses=("retraite", "PH"))
    assert applies(scope) == (
        " (ligne CAPS ; catégories « Soirée » et « Fête » ; modalité régulation ; statuts retraité et PH)"
    )
    with speaking("en"):
        assert applies(scope) == (
            " (line CAPS; bands “Evening” and “Feast”; modality phone triage; statuses retired and PH)"
        )


def test_the_order_of_cover_is_a_sentence_and_ranks_bands_nobody_listed():
    assert Coverage(priorities={"fete": 9, "samedi": 9, "nuit": 1, "plage": 2}).words() == (
        "Chaque garde est pourvue. S’il manque des médecins, on pourvoit d’abord les fêtes et les samedis, puis toutes "
        "les autres gardes, puis les gardes « plage », puis les nuits profondes."
    )
    assert Coverage(priorities={}).words() == "Chaque garde est pourvue, toutes à égalité."


def test_a_night_is_named_by_its_band():
    assert "ou de la catégorie « Nuit profonde »" in RestAfterNight(bands=("nuit",)).words()


def test_a_cap_that_bends_says_how():
    cap: Cap = MaxPerWindow(at_least_share=True, proportional=True)
    assert cap.words() == (
        "Au plus 2 gardes par médecin sur 7 jours de suite, sauf accord du médecin ; ce plafond suit le coefficient de "
        "chacun et est relevé là où les médecins sont trop peu nombreux pour le respecter."
    )


def test_pairs_are_said_in_words_and_none_is_said_too():
    assert PairsApart(couples=(("M1", "M2"),)).words() == "Jamais de garde aux mêmes heures : M1 et M2."
    assert PairsApart().words() == "Jamais de garde aux mêmes heures : aucun couple n’est indiqué."
