"""What a stage may claim, in the reader's language."""

from rosterplan.messages import speaking
from rosterplan.model.proof import _stage


def test_a_value_of_nil_proves_itself_and_says_so_in_both_languages():
    french = _stage("caps", 0, None, None)
    assert (french.bound, french.proven, french.how) == (0, True, "valeur nulle, qui ne peut pas baisser")
    with speaking("en"):
        assert _stage("caps", 0, None, None).how == "nil, which nothing can be below"


def test_a_value_without_bound_proves_nothing():
    assert (_stage("blend", 3, None, None).bound, _stage("blend", 3, None, None).proven) == (None, False)
