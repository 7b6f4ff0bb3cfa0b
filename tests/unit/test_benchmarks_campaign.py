"""The plan of measurements is cut and taken up again without losing any; what was not measured is never a result."""

from __future__ import annotations

import pytest

from benchmarks.balance import beyond_due, carried
from benchmarks.campaign import __main__ as campaign
from benchmarks.campaign.jobs import Job, plan, quick
from benchmarks.campaign.journal import Journal
from benchmarks.campaign.tables import BLEND_ROWS
from benchmarks.campaign.targets import targets
from benchmarks.generate import generate
from rosterplan.domain.fairness import full_dues
from rosterplan.domain.roster import Assignment, Roster

ABOUT = {"cores": "2", "load when it began": "0.1", "source": "abc"}


def measured(cost: float, missing: int = 0) -> dict[str, float | None]:
    return {"blended cost": cost, "missing": missing, "mean |Δ|": 0.3, "bound of its own": None}


def verdict(journal: Journal, what: str) -> str:
    return next(row.verdict for row in targets(journal) if row.what == what)


def test_every_measurement_has_a_key_of_its_own():
    for jobs in (plan(), quick()):
        assert len({job.key for job in jobs}) == len(jobs)


def test_the_quick_plan_takes_less_than_five_minutes():
    assert sum(job.about for job in quick()) < 300


def test_nothing_measured_is_not_run(tmp_path):
    assert {row.verdict for row in targets(Journal(tmp_path / "none.jsonl"))} == {"not run"}


def test_a_quick_run_judges_nothing_by_demands_of_longer_runs(tmp_path, monkeypatch, capsys):
    def run(job: Job, journal: Journal, _deadline: float) -> None:
        journal.add(job.key, ABOUT, found=dict.fromkeys(BLEND_ROWS) | measured(1.0))

    monkeypatch.setattr(campaign, "RUNNERS", {"blend": run})
    monkeypatch.setattr(campaign, "quick", lambda: [Job("blend", "medium", 1, "rosterplan", 1.0)])
    campaign.main(["--quick", "--to", str(tmp_path)])
    said = capsys.readouterr().out
    assert "nothing is judged" in said and "| blended gap, medium, 60 s |" in said
    assert "**no**" not in said and "holds" not in said.split("## Sizes")[0]


def test_a_cut_plan_goes_on_with_what_is_missing(tmp_path, monkeypatch):
    seen: list[str] = []

    def run(job: Job, journal: Journal, _deadline: float) -> None:
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(job.key)
        journal.add(job.key, ABOUT, found={"seconds": 1.0})

    monkeypatch.setattr(campaign, "RUNNERS", {"fairness": run})
    jobs = [Job("fairness", size, 1) for size in ("small", "medium", "large")]
    path = tmp_path / "campaign.jsonl"
    with pytest.raises(KeyboardInterrupt):
        campaign.carry_out(jobs, Journal(path), None)
    again = Journal(path)
    assert [job.key for job in jobs if not again.done(job.key)] == ["fairness/large/1"]


def test_what_would_not_end_in_time_is_not_begun(tmp_path, monkeypatch):
    begun: list[str] = []
    monkeypatch.setattr(campaign, "RUNNERS", {"fairness": lambda job, _journal, _end: begun.append(job.name)})
    campaign.carry_out(
        [Job("fairness", "long", 1, about=100.0), Job("fairness", "short", 1)], Journal(tmp_path / "j"), 1.0
    )
    assert begun == ["short"]


def test_a_failed_measurement_is_made_again(tmp_path):
    journal = Journal(tmp_path / "campaign.jsonl")
    journal.add("fairness/small/1", ABOUT, failed="killed")
    assert not journal.done("fairness/small/1")


def test_a_ratio_holds_only_at_equal_cover_and_says_on_how_many_seeds(tmp_path):
    journal, what = Journal(tmp_path / "campaign.jsonl"), "blended cost, Timefold over ours, medium"
    journal.add("blend/medium/rosterplan/1", ABOUT, found=measured(800.0, missing=1))
    journal.add("blend/medium/Timefold/1", ABOUT, found=measured(1000.0))
    assert verdict(journal, what) == "**no**, on 1 of 3 seeds"
    journal.add("blend/medium/rosterplan/1", ABOUT, found=measured(800.0))
    assert verdict(journal, what) == "yes, on 1 of 3 seeds"


def test_the_same_bytes_are_claimed_after_five_runs_alone(tmp_path):
    journal, what = Journal(tmp_path / "campaign.jsonl"), "same bytes, small, workers 1 and 2"
    for run in range(1, 6):
        journal.add(f"same/small/2 workers/{run}", ABOUT, found={"sha256": "aa"})
        assert verdict(journal, what) == ("yes" if run == 5 else "not known yet")
    journal.add("same/small/2 workers/5", ABOUT, found={"sha256": "bb"})
    assert verdict(journal, what) == "**no**"


def test_what_is_held_beyond_the_due_is_carried_and_adds_up_to_nothing():
    instance = generate("small", 1).changed(availability=(), balances=())
    dues = full_dues(instance, 1)
    first = instance.doctors[0].id
    roster = Roster(assignments=tuple(Assignment(duty=duty.id, doctor=first) for duty in instance.duties), dues=dues)
    accounts = beyond_due(instance, roster)
    assert sum(accounts.values()) == 0
    assert {one.doctor for one in carried(accounts) if one.balance_hundredths > 0} == {first}
