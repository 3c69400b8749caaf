"""The links that the line makes for the written authors are as right, and as many, as was promised."""

from tests.measure import identity


def test_links_are_right_and_nearly_all_that_can_be_known_are_made() -> None:
    found = identity.outcomes(identity.pairs())
    all_of_them, apart = identity.figures(found), identity.figures([each for each in found if each.pair.apart])
    assert all_of_them.pairs >= 400
    assert all_of_them.precision >= identity.ENOUGH_PRECISION
    assert all_of_them.recall >= identity.ENOUGH_RECALL
    assert apart.precision >= identity.ENOUGH_PRECISION
    assert apart.recall >= identity.ENOUGH_RECALL
    assert all_of_them.offered >= 0.95 * all_of_them.doubts


def test_the_set_holds_a_pair_of_every_nasty_kind() -> None:
    kinds = {each.tests for each in identity.pairs()}
    assert len(kinds) >= 20
    assert sum(each.right is None for each in identity.pairs()) >= 120
