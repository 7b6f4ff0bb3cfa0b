"""Facts and words of the outputs: names without doubt, periods, proofs never prettified, indicators, holes and wishes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from rosterplan.domain.findings import AuditReport, Finding, StageValue
from rosterplan.domain.instance import Instance, Period
from rosterplan.domain.people import Doctor
from rosterplan.domain.result import Level, Result, StageResult
from rosterplan.domain.roster import Roster, roster_of
from rosterplan.domain.rulebook import Scope
from rosterplan.domain.work import Demand
from rosterplan.messages import speaking
from rosterplan.report.calculation import calculation_json
from rosterplan.report.claim_words import claim_sentence, status_sentence
from rosterplan.report.facts import Facts, alphabetical
from rosterplan.report.holes import stretches
from rosterplan.report.indicators import FAMILIES, coverage, family_of, sector_coverages
from rosterplan.report.journal import Finished, Improved, Noted, Started, journal_jsonl, seconds_between
from rosterplan.report.pools import pools_of
from rosterplan.report.proof_words import agreement_sentence, level_sentence, stage_words
from rosterplan.report.roster_json import read_roster_document, roster_json
from rosterplan.report.scope_words import scope_words
from rosterplan.report.share_lines import ShareLine, share_table
from rosterplan.report.trade import band_word, days_word, period_word, status_word, version_word
from rosterplan.report.wish_lines import wish_counts, wish_lines
from tests.report_factory import RULES, Case, department

SHA = "cd" * 32
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def facts_of(case: Case, **changes: object) -> Facts:
    given = {
        "instance": case.instance, "rules": case.rules, "roster": case.roster, "result": case.result,
        "audit": case.audit, "input_sha256": SHA,
    }  # fmt: skip
    return Facts(**{**given, **changes})


def with_fields(instance: Instance, **changes: object) -> Instance:
    return Instance.model_validate({**{name: getattr(instance, name) for name in Instance.model_fields}, **changes})


@pytest.fixture(scope="module")
def case() -> Case:
    return department(sectors=2, doctors=8, end=date(2027, 1, 31), nights=1)


@pytest.fixture(scope="module")
def facts(case: Case) -> Facts:
    return facts_of(case)


class TestWords:
    @pytest.mark.parametrize(
        ("start", "end", "said"),
        [
            (date(2027, 1, 1), date(2027, 3, 31), "1er trimestre 2027"),
            (date(2027, 10, 1), date(2027, 12, 31), "4e trimestre 2027"),
            (date(2027, 1, 1), date(2027, 6, 30), "du 1er janvier au 30 juin 2027"),
            (date(2027, 2, 1), date(2027, 4, 30), "du 1er février au 30 avril 2027"),
            (date(2026, 11, 2), date(2027, 2, 8), "du 2 novembre 2026 au 8 février 2027"),
        ],
    )
    def test_a_period_is_named_as_people_name_it(self, start: date, end: date, said: str) -> None:
        assert period_word(Period(start=start, end=end)) == said

    def test_days_of_one_year_give_the_year_once(self) -> None:
        assert days_word(Period(start=date(2027, 1, 1), end=date(2027, 3, 31))) == "du 1er janvier au 31 mars 2027"

    def test_an_unknown_band_is_shown_as_the_coordinator_named_it(self) -> None:
        assert (band_word("dimanche"), band_word("renfort-plage")) == ("Dimanche et férié", "renfort-plage")

    def test_statuses_and_versions_are_words(self) -> None:
        assert (status_word("remplacant"), status_word("PH")) == ("remplaçant", "PH")
        assert (version_word(0), version_word(2)) == ("Projet", "Version 2")

    def test_a_scope_names_its_sectors_and_bands(self, case: Case) -> None:
        assert scope_words(case.instance, Scope()) == "tous"
        narrowed = Scope(sectors=("S01",), bands=("samedi",), doctors=("M002",))
        assert scope_words(case.instance, narrowed) == "Secteur de Clairval ; samedi ; Dr BEAUVISAGE François"


class TestNames:
    def twins(self) -> Facts:
        case = department(sectors=1, doctors=4, end=date(2027, 1, 3), nights=0)
        doctors = [
            doctor.model_copy(update={"last_name": "Élan", "first_name": "Zoé"}) for doctor in case.instance.doctors[:2]
        ]
        return facts_of(case, instance=with_fields(case.instance, doctors=(*doctors, *case.instance.doctors[2:])))

    def test_two_doctors_of_one_name_bear_their_id(self) -> None:
        names = self.twins().name_of
        assert names["M001"] == "Dr ÉLAN Zoé (M001)"
        assert names["M003"] == "Dr COQUELIN Karine"

    def test_a_short_name_shared_by_two_is_given_whole(self) -> None:
        short = self.twins().short_name_of
        assert (short["M001"], short["M003"]) == ("ÉLAN Zoé (M001)", "COQUELIN K.")

    def test_accents_do_not_count_in_the_directory(self) -> None:
        names = ["Zola", "Éluard", "Eco", "Œuvrard", "Oz"]
        doctors = [Doctor(id=name, last_name=name) for name in names]
        assert [doctor.id for doctor in sorted(doctors, key=alphabetical)] == ["Eco", "Éluard", "Œuvrard", "Oz", "Zola"]


class TestSeats:
    def test_a_duty_of_two_has_two_positions_held_first(self, case: Case) -> None:
        duty = case.instance.duties[0].model_copy(update={"need_min": 2, "need_max": 2})
        instance = with_fields(case.instance, duties=(duty, *case.instance.duties[1:]), locks=())
        seats = [
            seat
            for seat in facts_of(case, instance=instance, roster=roster_of({duty.id: ("M003",)})).seats
            if seat.duty == duty
        ]
        assert [(seat.rank, seat.doctor and seat.doctor.id, seat.unfilled) for seat in seats] == [
            (1, "M003", False),
            (2, None, True),
        ]

    def test_a_duty_nobody_needs_still_has_one_position_to_write_in(self, case: Case) -> None:
        duty = case.instance.duties[0].model_copy(update={"need_min": 0, "need_max": 3})
        instance = with_fields(case.instance, duties=(duty, *case.instance.duties[1:]), locks=())
        facts = facts_of(case, instance=instance, roster=Roster())
        assert [seat.unfilled for seat in facts.seats if seat.duty == duty] == [False]
        assert duty not in [seat.duty for seat in facts.needed_seats]

    def test_an_empty_cell_a_person_locked_is_locked(self, case: Case) -> None:
        left = case.instance.locks[1]
        [seat] = [seat for seat in facts_of(case).seats if seat.duty.id == left.duty]
        assert (seat.doctor, seat.locked, seat.unfilled) == (None, True, True)


class TestProof:
    def sentence(self, facts: Facts, stage: StageResult, *, rest_kept: bool = False) -> str:
        result = Result(status="feasible", seed=1, effort=1, stages=(stage,), rest_kept=rest_kept)
        [words] = stage_words(facts_of(Case(facts.instance, facts.rules, facts.roster, result, facts.audit)))
        return words.verdict

    def test_a_proven_shortage_is_called_proven(self, facts: Facts) -> None:
        levels = (Level(priority=10, missing=3, bound=3, proven=True),)
        stage = StageResult(name="coverage", value=30, bound=30, proven=True, levels=levels)
        assert "Il manque 3 médecins. C’est prouvé" in self.sentence(facts, stage)

    def test_a_proof_with_lines_kept_says_that_it_holds_with_them_kept(self, facts: Facts) -> None:
        levels = (Level(priority=10, missing=3, bound=3, proven=True),)
        stage = StageResult(name="coverage", value=30, bound=30, proven=True, levels=levels)
        assert "en gardant tel quel ce qui devait l’être" in self.sentence(facts, stage, rest_kept=True)
        assert "en gardant tel quel ce qui devait l’être" not in self.sentence(facts, stage)

    def test_an_unproven_shortage_is_never_called_unavoidable(self, facts: Facts) -> None:
        levels = (Level(priority=10, missing=3, bound=1, proven=False),)
        stage = StageResult(name="coverage", value=30, bound=10, proven=False, levels=levels)
        assert "Il n’est pas prouvé" in self.sentence(facts, stage)
        assert level_sentence(levels[0]) == "3 médecins, dont 1 au moins sont inévitables ; le reste n’est pas prouvé"

    def test_a_claim_of_proof_without_a_bound_is_not_believed(self, facts: Facts) -> None:
        stage = StageResult(name="blend", value=30, bound=None, proven=True)
        assert self.sentence(facts, stage) == "30 ; aucune limite inférieure n’est connue."

    def test_the_gap_of_fairness_is_that_of_the_best_found(self, facts: Facts) -> None:
        stage = StageResult(name="fairness", value=420_000, best=400_000, bound=390_000)
        sentence = self.sentence(facts, stage)
        assert "vaut 40,00" in sentence
        assert "sous 39,00 : il reste au plus 2,50 % à gagner" in sentence
        assert "Le tableau retenu vaut 42,00" in sentence

    def test_a_bound_that_holds_for_these_holes_only_says_so(self, facts: Facts, case: Case) -> None:
        stage = StageResult(name="fairness", value=400_000, bound=390_000)
        assert facts.holes
        assert "à nombre de gardes non pourvues donné" in self.sentence(facts, stage)
        free = [duty.model_copy(update={"need_min": 0}) for duty in case.instance.duties]
        whole = facts_of(case, instance=with_fields(case.instance, duties=free))
        assert not whole.holes
        assert "à nombre de gardes" not in self.sentence(whole, stage)

    def test_a_stopped_run_says_it_may_come_out_differently(self) -> None:
        stages = (StageResult(name="coverage", value=0, bound=0, proven=True), StageResult(name="fairness", value=3))
        sentence = status_sentence("stopped", stages)
        assert "interrompu" in sentence
        assert "Non prouvé : juste répartition." in sentence

    def test_a_proof_that_kept_the_rest_says_so_in_its_headline(self) -> None:
        stages = (StageResult(name="coverage", value=0, bound=0, proven=True),)
        kept = status_sentence("optimal", stages, rest_kept=True)
        assert kept.startswith("Prouvé, le reste étant gardé tel quel : ")
        assert status_sentence("optimal", stages).startswith("Prouvé : ")

    def test_a_proof_that_kept_cells_decided_by_hand_says_how_many(self, case: Case) -> None:
        stages = (StageResult(name="coverage", value=0, bound=0, proven=True),)
        three = status_sentence("optimal", stages, cells_kept=3)
        assert three.startswith("Prouvé, compte tenu de vos 3 cases gardées : ")
        assert status_sentence("optimal", stages, cells_kept=1).startswith(
            "Prouvé, compte tenu de votre case gardée : "
        )
        both = status_sentence("optimal", stages, rest_kept=True, cells_kept=2)
        assert both.startswith("Prouvé, le reste étant gardé tel quel, compte tenu de vos 2 cases gardées : ")
        count = len(case.instance.locks)
        assert count > 1
        assert f"compte tenu de vos {count} cases gardées" in claim_sentence(facts_of(case))
        free = facts_of(case, instance=with_fields(case.instance, locks=()))
        assert "compte tenu" not in claim_sentence(free)

    def test_cells_kept_are_told_only_where_something_is_proven(self) -> None:
        open_stage = StageResult(name="fairness", value=3)
        proven = StageResult(name="coverage", value=0, bound=0, proven=True)
        some = status_sentence("feasible", (proven, open_stage), cells_kept=2)
        assert some.endswith("Ce qui est prouvé l’est compte tenu de vos 2 cases gardées.")
        assert "compte tenu" not in status_sentence("feasible", (open_stage,), cells_kept=2)

    def test_the_reports_and_the_roster_for_programs_keep_that_the_rest_was_kept(self, case: Case) -> None:
        result = Result(status="optimal", seed=1, effort=1, stages=case.result.stages, rest_kept=True)
        kept = facts_of(case, result=result)
        assert "gardé tel quel" in json.loads(calculation_json(kept, versions={}))["sentence"]
        content = roster_json(case.instance, case.roster, result, case.audit, input_sha256="0" * 64)
        assert read_roster_document(content).rest_kept
        plain = roster_json(case.instance, case.roster, case.result, case.audit, input_sha256="0" * 64)
        assert b"rest_kept" not in plain and not read_roster_document(plain).rest_kept

    def test_a_disagreement_with_the_audit_is_shouted(self, facts: Facts, case: Case) -> None:
        assert "à l’unité près" in agreement_sentence(facts)
        other = AuditReport(clean=True, stages=(StageValue(name="coverage", value=1),), findings=case.audit.findings)
        assert agreement_sentence(facts_of(case, audit=other)).startswith("ERREUR DU PROGRAMME")

    def test_the_report_gives_value_bound_gap_and_how_for_each_stage(self, facts: Facts) -> None:
        report = json.loads(calculation_json(facts, versions={"python": "3.11", "ortools": "9.15"}))
        fairness = next(stage for stage in report["stages"] if stage["name"] == "fairness")
        assert fairness["gap_percent"] == pytest.approx(100 * (411_800 - 409_950) / 411_800, abs=1e-4)
        assert fairness["how"] == "programme de motifs"
        assert fairness["audited"] == fairness["value"] == 418_230
        assert report["fairness"]["bound_holds_for"] == "ces gardes non pourvues"
        assert report["versions"] == {"rosterplan": "0.1.0", "ortools": "9.15", "python": "3.11"}
        assert report["fairness"]["figures"]["spreads"]

    def test_the_allowance_is_the_larger_of_the_dial_and_the_floor(self, facts: Facts) -> None:
        report = json.loads(calculation_json(facts))
        best, doctors = 41.18, len(facts.instance.doctors)
        assert report["fairness"]["allowed"] == round(10_000 * (best + max(0.02 * best, 0.02 * doctors)))


class TestJournal:
    def test_a_run_is_a_line_per_event(self) -> None:
        events = (
            Started(
                at=NOON,
                instance="99",
                input_sha256=SHA,
                files={"plan.xlsx": SHA, "M001": SHA},
                seed=1,
                effort=1,
                workers=2,
            ),
            Improved(at=NOON, seconds=1.5, stage="coverage", value=3, bound=2),
            Noted(at=NOON, code="worker-replaced", about=("S01",)),
            Finished(at=NOON + timedelta(seconds=90), seconds=90, status="feasible", exit_code=1),
        )
        lines = [json.loads(line) for line in journal_jsonl(events).decode().splitlines()]
        assert [line["event"] for line in lines] == ["started", "improved", "noted", "finished"]
        assert all(line["schema"] == 1 for line in lines)
        assert seconds_between(NOON, NOON + timedelta(milliseconds=1500)) == 1.5

    def test_a_journal_has_no_room_for_a_name(self) -> None:
        with pytest.raises(ValueError, match="name"):
            Noted(at=NOON, code="x", name="Dr ABGRALL Anne")


class TestIndicators:
    def test_periods_of_the_day_are_those_the_ordre_publishes(self, facts: Facts) -> None:
        families = {(seat.duty.band, family_of(facts, seat)) for seat in facts.seats}
        assert families == {
            ("soiree", "soiree"), ("samedi", "week-end"), ("dimanche", "week-end"), ("fete", "week-end"), ("nuit", "nuit"),
        }  # fmt: skip

    def test_a_night_of_a_feast_is_still_a_night_and_an_evening_to_midnight_is_not(self, facts: Facts) -> None:
        night = next(seat for seat in facts.seats if seat.line.id == "NUIT-1")
        feast = replace(night, duty=night.duty.model_copy(update={"band": "fete"}))
        assert family_of(facts, feast) == "nuit"
        short = replace(night, end=night.start + timedelta(hours=7))  # 20 h – 3 h: three hours of deep night
        assert family_of(facts, short) != "nuit"

    def test_every_needed_position_is_counted_once(self, facts: Facts) -> None:
        sectors = sector_coverages(facts)
        whole = coverage(facts)
        assert sum(sector.whole.needed for sector in sectors) == whole.needed == len(facts.instance.duties)
        for sector in sectors:
            assert sum(sector.families[family].needed for family in FAMILIES) == sector.whole.needed
        assert whole.missing == len(facts.holes)

    def test_one_hole_in_a_thousand_is_not_a_hundred_percent(self) -> None:
        from rosterplan.report.indicators import Coverage

        assert (Coverage(1000, 999).share, Coverage(3, 3).share, Coverage().share) == (0.99, 1.0, None)

    def test_a_sector_of_four_is_very_fragile(self, facts: Facts) -> None:
        sector = sector_coverages(facts)[0]
        assert (sector.volunteers, sector.fragile) == (4, "moins de 5 volontaires")

    def test_renfort_is_no_volunteer_of_the_sector(self) -> None:
        case = department(sectors=2, doctors=10, end=date(2027, 1, 7), nights=0)
        helping = [doctor for doctor in case.instance.doctors if any(m.participation == 0 for m in doctor.sectors)]
        assert helping
        assert sum(sector.volunteers for sector in sector_coverages(facts_of(case))) == 10


class TestHoles:
    def test_a_demand_is_short_stretch_by_stretch(self, case: Case) -> None:
        first, second = (
            duty for duty in case.instance.duties if duty.line == "MMG-S01" and duty.date == date(2027, 1, 3)
        )
        demand = Demand(id="MMG-S01/x/besoin", line="MMG-S01", start=first.start, end=second.end, need=2)
        instance = with_fields(case.instance, demands=(demand,), locks=())

        def short(**held: tuple[str, ...]) -> list[tuple[datetime, datetime, int]]:
            """From, to and doctors missing, as people read the holes of the demand."""
            roster = roster_of({first.id: held.get("first", ()), second.id: held.get("second", ())})
            holes = facts_of(case, instance=instance, roster=roster).holes
            return [(one.of.start, one.of.end, one.missing) for one in stretches(holes) if isinstance(one.of, Demand)]

        assert short(first=("M001",), second=("M003",)) == [(first.start, second.end, 1)]
        assert short(first=("M001", "M003")) == [(second.start, second.end, 2)]
        assert short(first=("M001", "M003"), second=("M001", "M003")) == []

    def test_the_priority_of_a_hole_is_what_the_audit_charged(self, case: Case) -> None:
        hole = facts_of(case).holes[0]
        charge = Finding(
            rule="c",
            row="1",
            severity="avertissement",
            duties=(hole.of.id,),
            amount=1,
            stage="coverage",
            cost=77,
            text="",
        )
        audit = AuditReport(clean=True, stages=(), findings=(charge,))
        assert facts_of(case, audit=audit).holes[0].priority == 77


class TestSharesAndWishes:
    def test_the_line_of_arithmetic_is_true(self, facts: Facts) -> None:
        for line in share_table(facts).lines:
            if line.renfort:
                assert line.arithmetic == "en renfort, sans part"
                continue
            assert abs(line.weight * line.positions / line.total_weight - line.due / 100) < 0.02

    def test_parts_of_a_band_sum_to_its_duties(self, facts: Facts) -> None:
        for lines in share_table(facts).of_band.values():
            owing = [line for line in lines if not line.renfort]
            if owing:
                assert sum(line.due for line in owing) == 100 * owing[0].positions

    def test_a_closing_balance_is_opening_plus_held_less_part(self) -> None:
        line = ShareLine(
            "M001",
            "S01",
            "samedi",
            held=3,
            weight=1,
            total_weight=5,
            positions=13,
            due=260,
            opening=35,
            target=225,
            cause="arrondi",
        )
        assert (line.closing, line.gap) == (75, 75)

    def test_renfort_moves_no_balance(self) -> None:
        assert (ShareLine("M001", "S02", "samedi", held=2).closing, ShareLine("M001", "S02", "samedi", held=2).gap) == (
            0,
            0,
        )

    def test_a_roster_without_dues_has_no_shares(self, case: Case) -> None:
        assert share_table(facts_of(case, roster=Roster(assignments=case.roster.assignments))).lines == ()

    def test_a_wish_for_a_duty_is_granted_exactly_if_it_is_held(self, facts: Facts) -> None:
        held = {(one.doctor, one.duty) for one in facts.roster.assignments}
        asked = [said for said in facts.instance.availability if said.value == "wish" and said.duty]
        granted = sum((said.doctor, said.duty) in held for said in asked)
        lines = [line for line in wish_lines(facts, pools_of(facts)) if line.value == "wish"]
        assert (len(lines), sum(line.granted for line in lines)) == (len(asked), granted)
        assert all(line.why for line in lines if not line.granted)

    def test_a_duty_to_avoid_held_all_the_same_is_told_with_its_day(self, case: Case) -> None:
        avoided = next(said for said in case.instance.availability if said.value == "avoid" and said.duty)
        roster = roster_of({avoided.duty or "": (avoided.doctor,)})
        facts = facts_of(case, roster=roster)
        [line] = [line for line in wish_lines(facts, pools_of(facts)) if line.value == "avoid" and not line.granted]
        assert line.doctor == avoided.doctor
        assert line.why.startswith("de garde le ")

    def test_counts_never_refuse_more_than_was_marked(self, facts: Facts) -> None:
        counts = wish_counts(facts)
        assert counts
        assert all(0 <= count.refused <= count.marks for count in counts)


def test_the_words_exist_in_english_too(facts: Facts) -> None:
    with speaking("en"):
        report = json.loads(calculation_json(facts))
        assert report["sentence"].startswith("The calculation used all the effort")
        assert period_word(Period(start=date(2027, 1, 1), end=date(2027, 3, 31))) == "quarter 1 of 2027"


def test_the_rules_of_the_factory_are_all_worded() -> None:
    assert all(rule.words().endswith(".") for rule in RULES)
