"""How Chinese words are found by letters."""

import pytest

from diedie_edu.common.names import reads_as


@pytest.mark.parametrize("typed", ["qiudong", "qdhx", "hx", "huxi", "Hu Xi", "hux"])
def test_a_title_is_found_by_how_it_reads(typed):
    assert reads_as("秋冬“护膝”", typed)


@pytest.mark.parametrize("typed", ["iu", "xq", "护膝", "huxia"])
def test_nothing_else_is(typed):
    assert not reads_as("秋冬护膝", typed)
