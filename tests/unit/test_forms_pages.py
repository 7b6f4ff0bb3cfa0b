"""How a form is cut into pages."""

import itertools

from rosterplan.sheets.forms.pages import A4_HEIGHT_POINTS, pages_of


def _heights(count: int, height: float) -> dict[int, float]:
    return dict.fromkeys(range(count), height)


def test_a_short_form_is_one_page_at_full_size():
    pages = pages_of(_heights(20, 15), 20, months=[5], weeks=[5, 10, 15])
    assert (pages.breaks, pages.percent) == ((), 100)


def test_two_pages_are_cut_before_a_month():
    pages = pages_of(_heights(80, 15), 80, months=[10, 45], weeks=[10, 20, 30, 45, 60, 70])
    assert pages.breaks == (45,)
    assert pages.percent == 100


def test_a_long_month_is_cut_before_a_week():
    pages = pages_of(_heights(100, 15), 100, months=[90], weeks=[40, 50, 60, 90])
    assert pages.breaks == (50,)


def test_beyond_two_pages_every_page_still_fits_and_begins_with_a_week():
    weeks = list(range(20, 300, 10))
    pages = pages_of(_heights(300, 15), 300, months=[20, 120, 220], weeks=weeks)
    assert set(pages.breaks) <= set(weeks)
    edges = [0, *pages.breaks, 300]
    tallest = max(after - before for before, after in itertools.pairwise(edges)) * 15
    assert tallest * pages.percent / 100 <= A4_HEIGHT_POINTS
    assert len(pages.breaks) == 4
