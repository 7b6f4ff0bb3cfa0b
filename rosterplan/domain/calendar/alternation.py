"""A calendar of houses proposed for an alternated line: feasts turn over the years, then bands are evened by exchanges.

A proposal only: what the workbook says stays until a person writes the rows there. Pure arithmetic, no solver: the
cycle is kept wherever keeping it costs no balance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from rosterplan.domain.calendar.turns import HouseTurn, feast_year, house_of_cycle, number_of_period, with_turns
from rosterplan.domain.work import Alternation, Duty, Line, monday_of

_MOST_PASSES = 40
_BALANCE, _EXCHANGED, _IN_A_ROW = 4.0, 1.0, 2.0
"""Cost of a squared duty off a house's part in a band, of an exchanged period, of two turns of a house in a row."""


@dataclass(frozen=True)
class Held:
    """What houses held before: duties per (house, band), and the years of each (house, feast)."""

    duties: Mapping[tuple[str, str], int]
    feasts: Mapping[tuple[str, str], tuple[int, ...]]


NOTHING = Held({}, {})


@dataclass(frozen=True)
class Proposal:
    """Rows to write, the whole calendar they make (first day, last day, house), and the balance reached."""

    line: Line
    turns: tuple[HouseTurn, ...]
    calendar: tuple[tuple[date, date, str], ...]
    counts: Mapping[tuple[str, str], int]
    parts: Mapping[str, float]


def with_cycle(line: Line, start: date) -> Line:
    """The line with its cycle, or, where none is written, a turn a week from the first Monday on or before ``start``."""
    return line if line.alternation else line.model_copy(update={"alternation": Alternation(anchor=monday_of(start))})


def proposal(line: Line, duties: Sequence[Duty], parts: Mapping[str, float], held: Held = NOTHING) -> Proposal:
    """The proposed calendar of a line with a cycle, over the duties given; ``parts`` are the parts of its houses, Σ = 1.

    Raises:
        ValueError: the line has no cycle.
    """
    if line.alternation is None:
        raise ValueError(line.id)
    mine = [duty for duty in duties if duty.line == line.id and house_of_cycle(line, duty) is not None]
    feasts = _feast_table(line, mine, parts, held)
    table = {(turn.feast, turn.year): turn.establishment for turn in feasts}
    periods: dict[int, list[Duty]] = defaultdict(list)
    counts: Counter[tuple[str, str]] = Counter()
    for duty in mine:
        house = table.get((duty.feast, feast_year(duty.date))) if duty.feast else None
        if house:
            counts[house, duty.band] += 1
        periods[number_of_period(line.alternation.rhythm, line.alternation.anchor, duty.date)].extend(
            () if house else (duty,)
        )
    numbers = sorted(periods)
    houses = _evened(line, [periods[number] for number in numbers], numbers, parts, counts, held)
    days_of = _days_of_periods(line.alternation, mine) if mine else {}
    calendar = [(*days_of[number], house) for number, house in zip(numbers, houses, strict=True)]
    exchanged = [
        HouseTurn(line=line.id, first=first, last=last, establishment=house)
        for (first, last, house), number in zip(calendar, numbers, strict=True)
        if house != line.establishments[number % len(line.establishments)]
    ]
    feast_rows = [turn for turn in feasts if not any(_inside(turn, row, mine) for row in exchanged)]
    around = [turn for turn in feasts if turn not in feast_rows]
    turns = (*feast_rows, *exchanged, *_restored(around, mine))
    given = with_turns(mine, [line], turns, {})
    reached = Counter((duty.establishments[0], duty.band) for duty in given)
    return Proposal(line, turns, tuple(calendar), dict(reached), dict(parts))


def _inside(feast: HouseTurn, row: HouseTurn, duties: Sequence[Duty]) -> bool:
    """True if an exchanged period, which goes before the feast table, would take a duty of the feast."""
    return any(feast.covers(duty) and row.covers(duty) for duty in duties)


def _restored(feasts: Sequence[HouseTurn], duties: Sequence[Duty]) -> list[HouseTurn]:
    """Feasts within exchanged periods, by dates: they come after these, so they win."""
    found = []
    for feast in feasts:
        days = sorted({duty.date for duty in duties if feast.covers(duty)})
        found.append(HouseTurn(line=feast.line, first=days[0], last=days[-1], establishment=feast.establishment))
    return found


def _feast_table(line: Line, duties: Sequence[Duty], parts: Mapping[str, float], held: Held) -> list[HouseTurn]:
    """A row per feast and year, in order: to the house with the fewest such feasts for its part, then the longest ago."""
    first: dict[tuple[str, int], date] = {}
    for duty in duties:
        if duty.feast:
            key = (duty.feast, feast_year(duty.date))
            first[key] = min(first.get(key, duty.date), duty.date)
    years = {key: list(done) for key, done in held.feasts.items()}
    rows: list[HouseTurn] = []
    for feast, year in sorted(first, key=lambda key: (first[key], key)):

        def rank(house: str, feast: str = feast, year: int = year) -> tuple[float, int, float, int]:
            done = years.get((house, feast), [])
            this_winter = sum(row.establishment == house and row.year == year for row in rows)
            return (len(done) / max(parts.get(house, 0.0), 1e-9), this_winter, max(done, default=-1),
                    line.establishments.index(house))  # fmt: skip

        chosen = min((house for house in line.establishments if parts.get(house, 0.0) > 0), key=rank)
        years.setdefault((chosen, feast), []).append(year)
        rows.append(HouseTurn(line=line.id, feast=feast, year=year, establishment=chosen))
    return rows


def _evened(
    line: Line,
    periods: Sequence[Sequence[Duty]],
    numbers: Sequence[int],
    parts: Mapping[str, float],
    counts: Mapping[tuple[str, str], int],
    held: Held,
) -> list[str]:
    """The house of each period: the cycle, or turns in proportion where parts differ, then exchanges that even bands."""
    houses = _first_turns(line, numbers, parts)
    loads = [Counter(duty.band for duty in period) for period in periods]
    bands = sorted({band for load in loads for band in load} | {band for _, band in counts})
    have: dict[tuple[str, str], float] = defaultdict(float)
    for key, count in (*counts.items(), *held.duties.items()):
        have[key] += count
    for house, load in zip(houses, loads, strict=True):
        for band, count in load.items():
            have[house, band] += count
    total = {band: sum(count for (_, other), count in have.items() if other == band) for band in bands}
    goal = {(house, band): parts.get(house, 0.0) * total[band] for house in line.establishments for band in bands}
    for _ in range(_MOST_PASSES):
        moved = _give(line, houses, loads, numbers, have, goal)
        if not (_exchange(line, houses, loads, numbers, have, goal) or moved):
            break
    return houses


def _first_turns(line: Line, numbers: Sequence[int], parts: Mapping[str, float]) -> list[str]:
    """The cycle where parts are equal; else each turn to the house furthest behind its part."""
    shares = [parts.get(house, 0.0) for house in line.establishments]
    if max(shares) - min(shares) < 1e-6:
        return [line.establishments[number % len(line.establishments)] for number in numbers]
    given: Counter[str] = Counter()
    found = []
    for turn in range(1, len(numbers) + 1):
        house = max(line.establishments, key=lambda house: parts.get(house, 0.0) * turn - given[house])
        given[house] += 1
        found.append(house)
    return found


def _give(
    line: Line,
    houses: list[str],
    loads: Sequence[Counter[str]],
    numbers: Sequence[int],
    have: dict[tuple[str, str], float],
    goal: Mapping[tuple[str, str], float],
) -> bool:
    """Give single periods to another house where that lowers the cost; False when there was none."""
    moved = False
    for place, load in enumerate(loads):
        for other in line.establishments:
            mine = houses[place]
            if other != mine:
                change = {
                    (house, band): sign * count
                    for house, sign in ((mine, -1), (other, 1))
                    for band, count in load.items()
                }
                moved |= _taken(line, houses, numbers, {place: other}, change, have, goal)
    return moved


def _exchange(
    line: Line,
    houses: list[str],
    loads: Sequence[Counter[str]],
    numbers: Sequence[int],
    have: dict[tuple[str, str], float],
    goal: Mapping[tuple[str, str], float],
) -> bool:
    """Make every exchange of two periods that lowers the cost, in order; False when there was none."""
    moved = False
    for one, two in combinations(range(len(houses)), 2):
        a, b = houses[one], houses[two]
        if a != b:
            steps = {band: loads[two][band] - loads[one][band] for band in loads[one] | loads[two]}
            change = {(house, band): sign * step for house, sign in ((a, 1), (b, -1)) for band, step in steps.items()}
            moved |= _taken(line, houses, numbers, {one: b, two: a}, change, have, goal)
    return moved


def _taken(
    line: Line,
    houses: list[str],
    numbers: Sequence[int],
    turns: Mapping[int, str],
    change: Mapping[tuple[str, str], float],
    have: dict[tuple[str, str], float],
    goal: Mapping[tuple[str, str], float],
) -> bool:
    """Give some places their new houses if that lowers the cost, ``have`` with them; else nothing moves, and False."""
    gain = _BALANCE * sum(
        (have[key] + step - goal[key]) ** 2 - (have[key] - goal[key]) ** 2 for key, step in change.items()
    )
    places, before = tuple(turns), {place: houses[place] for place in turns}
    order = _order_cost(line, houses, numbers, places)
    for place, house in turns.items():
        houses[place] = house
    if gain + _order_cost(line, houses, numbers, places) - order >= -1e-9:
        for place, house in before.items():
            houses[place] = house
        return False
    for key, step in change.items():
        have[key] += step
    return True


def _order_cost(line: Line, houses: Sequence[str], numbers: Sequence[int], places: tuple[int, ...]) -> float:
    """What the periods at some places cost: exchanged from the cycle, and turns in a row with their neighbours."""
    cycle = line.establishments
    cost = _EXCHANGED * sum(houses[place] != cycle[numbers[place] % len(cycle)] for place in places)
    joints = {(place + step, place + step + 1) for place in places for step in (-1, 0)}
    return cost + _IN_A_ROW * sum(
        houses[left] == houses[right] for left, right in joints if left >= 0 and right < len(houses)
    )


def _days_of_periods(cycle: Alternation, duties: Sequence[Duty]) -> dict[int, tuple[date, date]]:
    """The first and last days of each period, within the days of the duties."""
    days = [duty.date for duty in duties]
    found: dict[int, tuple[date, date]] = {}
    for ordinal in range(min(days).toordinal(), max(days).toordinal() + 1):
        day = date.fromordinal(ordinal)
        number = number_of_period(cycle.rhythm, cycle.anchor, day)
        found[number] = (found[number][0] if number in found else day, day)
    return found
