"""A part of a page is drawn once: whatever it shows must be part of what tells parts apart."""

import pytest
from django.test.signals import template_rendered
from django.utils.safestring import mark_safe
from django.utils.translation import override

from diedie_edu.common.drawn import drawn

FOOT = "components/site_footer.html"
SHOWN = {"phone": "0757-12345678", "address": "榕树下", "hours": "8:30"}


@pytest.fixture
def renderings():
    names = []

    def note(template, **_more):
        names.append(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def test_the_same_is_drawn_once(renderings):
    values = SHOWN | {"hours": "only here"}
    assert drawn(FOOT, **values) == drawn(FOOT, **values)
    assert renderings.count(FOOT) == 1


@pytest.mark.parametrize("name", SHOWN)
def test_each_value_tells_parts_apart(name):
    assert SHOWN[name] in drawn(FOOT, **SHOWN)
    changed = drawn(FOOT, **SHOWN | {name: "020-1"})
    assert "020-1" in changed
    assert SHOWN[name] not in changed


def test_so_does_the_language():
    with override("en"):
        english = drawn(FOOT, **SHOWN)
    with override("zh-hans"):
        chinese = drawn(FOOT, **SHOWN)
    assert "Telephone" in english
    assert "Telephone" not in chinese


def test_text_that_needs_no_escaping_does_not_stand_for_text_that_does():
    assert "<b>榕树</b>" in drawn(FOOT, **SHOWN | {"address": mark_safe("<b>榕树</b>")})
    assert "<b>榕树</b>" not in drawn(FOOT, **SHOWN | {"address": "<b>榕树</b>"})


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(TypeError):
        drawn(FOOT, **SHOWN | {"hours": ["8:30"]})
