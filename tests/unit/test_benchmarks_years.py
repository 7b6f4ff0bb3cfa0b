"""The simulation over the years: its floor is a floor, and what it draws is what it measured."""

from __future__ import annotations

import random
from itertools import product
from xml.etree import ElementTree

import pytest

from benchmarks.years import FIRST, Quarter, least_spread
from benchmarks.years_picture import Frame, picture


@pytest.mark.parametrize("seed", range(6))
def test_no_way_to_give_out_whole_duties_ends_closer_together(seed: int) -> None:
    draw = random.Random(seed)
    accounts = [round(draw.uniform(-2, 1), 2) for _ in range(4)]
    duties = draw.randrange(0, 7)
    ways = (given for given in product(range(duties + 1), repeat=4) if sum(given) == duties)
    ends = [[account + more for account, more in zip(accounts, given, strict=True)] for given in ways]
    assert least_spread(accounts, duties) == pytest.approx(min(max(end) - min(end) for end in ends))


def test_the_picture_shows_every_quarter_inside_its_page_and_the_last_figures_in_french() -> None:
    with_memory = [Quarter(number, 1.0 + number / 10, 0.8, 1.2, 0.3, 14, 0) for number in range(1, 6)]
    without = [Quarter(number, 1.0 + number, 0.8, 1.2, 0.3, 14, 0) for number in range(1, 6)]
    page = ElementTree.fromstring(picture(with_memory, without, FIRST))
    tag = "{http://www.w3.org/2000/svg}"
    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in page.iter(f"{tag}circle")]
    frame = Frame(5, 6.6)
    assert len(dots) == 10
    assert all(
        frame.left <= x <= frame.width - frame.right and frame.top <= y <= frame.height - frame.bottom for x, y in dots
    )
    said = [text.text for text in page.iter(f"{tag}text")]
    assert [word for word in said if word in ("T1", "T2", "T3", "T4")] == ["T1", "T2", "T3", "T4", "T1"]
    assert {"2027", "2028", "avec le registre : 1,5", "sans mémoire : 6,0", "une garde est entière : 0,8"} <= set(said)
    assert dots[9][1] > dots[4][1]  # the line with memory, drawn last, ends lower
