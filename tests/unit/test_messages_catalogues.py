"""The two catalogues say the same things, in French that a printer would accept."""

from __future__ import annotations

import re

import pytest

from rosterplan.messages import en, fr, language, say, speaking, text


def test_both_catalogues_have_the_same_keys():
    assert set(fr.TEXTS) == set(en.TEXTS)


def test_no_sentence_is_empty():
    assert all(sentence.strip() for catalogue in (fr.TEXTS, en.TEXTS) for sentence in catalogue.values())


def test_users_read_french_unless_english_is_chosen():
    assert language() == "fr"
    assert text("metavar.folder") == "DOSSIER"
    with speaking("en"):
        assert text("metavar.folder") == "FOLDER"
        assert say(fr="oui", en="yes") == "yes"
    assert say(fr="oui", en="yes") == "oui"


def test_an_unknown_key_is_an_error_and_not_a_blank():
    with pytest.raises(KeyError):
        text("no.such.key")


@pytest.mark.parametrize("key", sorted(fr.TEXTS))
def test_french_punctuation_has_its_space(key):
    sentence = fr.TEXTS[key]
    assert not re.search(r"[^\s][;!?»](\s|$)", sentence), sentence
    assert not re.search(r"[^\s\d/]:(\s|$)", sentence), sentence


@pytest.mark.parametrize(
    "key", sorted(k for k in fr.TEXTS if k.endswith((".help", ".short")) or k.startswith(("option.", "argument.")))
)
def test_a_sentence_of_help_ends_with_a_full_stop(key):
    assert fr.TEXTS[key].endswith("."), fr.TEXTS[key]
    assert en.TEXTS[key].endswith("."), en.TEXTS[key]
