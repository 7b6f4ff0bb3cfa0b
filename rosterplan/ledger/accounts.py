"""Accounts by query: nothing is kept that the entries do not say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from rosterplan.domain.fairness import Key
from rosterplan.domain.instance import Instance
from rosterplan.domain.versions import Served
from rosterplan.ledger.store import Ledger

FEAST_YEARS: Final = 4
"""Feasts are shared over so many years; what is older counts no more."""

_IS_FEAST: Final = """
  EXISTS (SELECT 1 FROM owed WHERE owed.team = entries.team AND owed.band = entries.band AND owed.feast = 1)
  AND NOT EXISTS (SELECT 1 FROM owed WHERE owed.team = entries.team AND owed.band = entries.band AND owed.feast = 0)
"""
"""A band of feasts has never held an ordinary duty."""

_UP_TO: Final = f"""
  FROM entries JOIN plans USING (plan)
  WHERE plans.period_end < :day AND NOT (plans.period_start < :since AND {_IS_FEAST})
"""


@dataclass(frozen=True)
class Entry:
    """A line of an account: what a closing brought to a doctor in a group and band [hundredths of a duty]."""

    plan: str
    group: str
    band: str
    kind: str
    hundredths: int


def balances(ledger: Ledger, day: date | None = None) -> dict[Key, int]:
    """Balances of everyone by the periods that ended before ``day`` (all, if None); those of nothing are left out."""
    rows = ledger.connection.execute(
        f"SELECT doctor, team, band, sum(hundredths) {_UP_TO} GROUP BY doctor, team, band", _days(day)
    )
    return {(doctor, team, band): amount for doctor, team, band, amount in rows if amount}


def entries(ledger: Ledger, doctor: str) -> tuple[Entry, ...]:
    """Everything ever entered to a doctor's accounts, by period, group, band and kind."""
    rows = ledger.connection.execute(
        "SELECT plan, team, band, kind, sum(hundredths) FROM entries JOIN plans USING (plan) WHERE doctor = ? "
        "GROUP BY plan, team, band, kind ORDER BY period_start, plan, team, band, kind",
        (doctor,),
    )
    return tuple(Entry(*row) for row in rows)


def known_groups(ledger: Ledger, day: date) -> frozenset[str]:
    """The groups that a period closed before ``day`` has accounts of."""
    rows = ledger.connection.execute(
        "SELECT DISTINCT team FROM entries JOIN plans USING (plan) WHERE plans.period_end < ?", (day.isoformat(),)
    )
    return frozenset(team for (team,) in rows)


def names(ledger: Ledger) -> dict[str, str]:
    """Name of each doctor ever published, as last printed."""
    rows = ledger.connection.execute(
        "SELECT doctor, name FROM people JOIN versions USING (plan, number) ORDER BY at, plan, number"
    )
    return dict(rows.fetchall())


def decay(ledger: Ledger) -> int:
    """Part of every balance that fades at each closing, feasts apart [hundredths]; 0 unless the association chose."""
    row = ledger.connection.execute(
        "SELECT value FROM settings WHERE name = 'decay' ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return int(row[0]) if row else 0


def choose_decay(ledger: Ledger, hundredths: int, at: str) -> None:
    """Write the part of balances that fades at each closing from now on; earlier choices stay on record."""
    with ledger.writing() as database:
        database.execute("INSERT INTO settings (name, value, at) VALUES ('decay', ?, ?)", (str(hundredths), at))


def served_of(ledger: Ledger, plan: str) -> tuple[Served, ...]:
    """What was really served of a closed plan, by duty and doctor."""
    rows = ledger.connection.execute(
        "SELECT duty, listed, doctor, credited, kind FROM served WHERE plan = ? ORDER BY duty, doctor", (plan,)
    )
    fields = ("duty", "listed", "doctor", "credited", "kind")
    return tuple(Served.model_validate(dict(zip(fields, row, strict=True))) for row in rows)


def duty_days(ledger: Ledger, year: int) -> dict[str, int]:
    """Days of a calendar year on which each doctor served a duty, by the date it begins."""
    rows = ledger.connection.execute(
        "SELECT doctor, count(DISTINCT substr(start, 1, 10)) FROM served WHERE substr(start, 1, 4) = ? GROUP BY doctor",
        (str(year),),
    )
    return dict(rows.fetchall())


def served_rows(instance: Instance, served: tuple[Served, ...]) -> list[tuple[object, ...]]:
    """Rows of the table `served`, hours on the wall of the plan."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(instance.timezone)
    found: list[tuple[object, ...]] = []
    for one in served:
        duty = instance.duty_by_id[one.duty]
        start, end = duty.start.astimezone(zone).isoformat(), duty.end.astimezone(zone).isoformat()
        found.append((
            instance.id, one.duty, one.listed, one.doctor, one.credited, one.kind, duty.line,
            instance.group_of_line.get(duty.line), duty.band, duty.points, duty.feast,
            duty.site or instance.line_by_id[duty.line].site, start, end,
        ))  # fmt: skip
    return found


def _days(day: date | None) -> dict[str, str]:
    """The bounds of a query; without a day, feasts are counted back from the end of what is closed."""
    if day is None:
        return {"day": "9999-12-31", "since": "0001-01-01"}
    since = date(day.year - FEAST_YEARS, day.month, min(day.day, 28))
    return {"day": day.isoformat(), "since": since.isoformat()}
