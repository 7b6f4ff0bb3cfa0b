"""Stages are named and valued for people."""

from __future__ import annotations

from rosterplan.messages import speaking
from rosterplan.messages.stages import stage_value, stage_word


def test_every_stage_has_its_words_in_both_languages():
    for stage in ("coverage", "caps", "shares", "fairness", "blend", "wishes", "comfort"):
        french = stage_word(stage)
        with speaking("en"):
            assert french != stage
            assert french != stage_word(stage)


def test_fairness_is_shown_in_squared_duties_and_the_others_as_counted():
    assert stage_value("fairness", 123_456) == "12,35"
    assert stage_value("coverage", 123_456) == "123456"
