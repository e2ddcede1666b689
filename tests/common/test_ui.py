"""Sample activities are made by hand: the tags ask for attributes, not for rows."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
import segno
from django import forms
from django.template import Context, Template
from django.utils import translation

from diedie_edu.common.cards import seats_line


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def make_activity(now: datetime, **changes: object) -> SimpleNamespace:
    row = {
        "capacity": 40,
        "taken": 10,
        "is_called_off": False,
        "sign_up_opens_at": now - timedelta(days=1),
        "sign_up_closes_at": now + timedelta(days=1),
    } | changes
    return SimpleNamespace(**row, free=row["capacity"] - row["taken"])


def render(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context)).strip()


def test_seats_line_says_how_many_are_free(now):
    line = seats_line(make_activity(now), now)
    assert (line.state, line.words, line.share) == ("free", "30 of 40 seats free", 25)


@pytest.mark.parametrize(("taken", "state"), [(35, "free"), (36, "few"), (39, "few"), (40, "full")])
def test_seats_line_warns_before_the_last_seats_go(now, taken, state):
    assert seats_line(make_activity(now, taken=taken), now).state == state


def test_full_activity_invites_to_the_queue(now):
    line = seats_line(make_activity(now, taken=40), now)
    assert line.words == "Full, you can join the queue"


def test_closed_sign_up_hides_seats_nobody_can_take(now):
    line = seats_line(make_activity(now, sign_up_closes_at=now), now)
    assert (line.state, line.shows_bar) == ("closed", False)


def test_sign_up_that_has_not_opened_says_when(now):
    line = seats_line(make_activity(now, sign_up_opens_at=now + timedelta(days=2)), now)
    assert line.words == "Sign-up opens 25 November 10:00"


def test_calling_off_goes_before_everything_else(now):
    activity = make_activity(now, is_called_off=True, sign_up_closes_at=now)
    assert seats_line(activity, now).state == "called_off"


def test_seats_tag_tells_the_queue_in_words(now, clock):
    html = render("{% seats activity 2 %}", activity=make_activity(now, taken=40))
    assert "2 people waiting" in html
    assert 'aria-hidden="true"' in html


def test_leaf_shows_the_local_weekday_and_tomorrow(now, clock):
    html = render("{% leaf when %}", when=now + timedelta(hours=15))
    assert "Tue" in html
    assert "24 Nov<" in html
    assert "tomorrow" in html


def test_leaf_of_a_far_day_has_no_word_for_it(now, clock):
    assert "leaf-word" not in render("{% leaf when %}", when=now + timedelta(days=3))


def test_full_day_names_the_weekday_in_the_readers_way(now):
    assert render("{{ when|full_day }}", when=now) == "23 November 2026 (Mon)"


def test_icon_is_hidden_from_screen_readers():
    html = render('{% icon "bell" %}')
    assert 'aria-hidden="true"' in html
    assert 'class="icon"' in html


def test_icon_carries_no_style_attribute_for_the_policy_to_refuse():
    assert "style=" not in render('{% icon "bell" %}{% qr_code "https://portal.example/" %}')


@pytest.mark.parametrize("length", [20, 37, 60, 90])
def test_a_code_bears_a_crease_and_stands_on_white_of_its_own(length):
    address = "https://portal.example/".ljust(length, "x")
    code = segno.make_qr(address, error="m")
    assert code.error in "MQH"
    side = code.symbol_size(border=4)[0]
    drawn = render("{% qr_code address %}", address=address)
    assert f'viewBox="0 0 {4 * side} {4 * side}"' in drawn
    assert f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>' in drawn
    assert 'd="M4 4.5h7' in drawn  # the first row begins behind four modules of white


def test_programme_without_a_colour_is_plain():
    assert render("{{ 'new-one'|programme_tone }}") == "plain"
    assert "<svg" in render("{% programme_icon 'new-one' %}")


def test_bar_chart_scales_to_its_longest_bar():
    html = render('{% bar_chart "key" "Wishes" rows %}', rows=[("Health", 8), ("Leisure", 2)])
    assert 'width="25.0%"' in html
    assert '<th scope="row">Leisure</th><td>2</td>' in re.sub(r">\s+<", "><", html)


def test_bar_chart_of_nothing_but_noughts_has_no_bars():
    assert 'width="0.0%"' in render('{% bar_chart "key" "Wishes" rows %}', rows=[("Health", 0)])


def test_steps_mark_the_current_one():
    html = render('{% steps 2 "Your phone" "About you" %}')
    assert html.count('aria-current="step"') == 1
    assert html.index("Your phone") < html.index('aria-current="step"') < html.index("About you")


def test_phone_on_a_sheet_is_masked():
    assert render("{{ '13800138000'|masked_phone }}") == "138****8000"


class Choice(forms.Form):
    topic = forms.ChoiceField(
        choices=[("", "All"), ("Health", [("1", "Food & sleep"), ("2", "Tea")])]
    )


def test_drop_down_list_keeps_groups_and_the_choice_and_escapes():
    html = render("{% control field %}", field=Choice({"topic": "1"})["topic"])
    assert '<optgroup label="Health"><option value="1" selected>Food &amp; sleep</option>' in html
    assert 'class="form-select"' in html


def test_drop_down_list_with_an_error_says_so_to_screen_readers():
    html = render("{% control field %}", field=Choice({"topic": "9"})["topic"])
    assert 'class="form-select is-invalid"' in html
    assert 'aria-invalid="true"' in html


def test_required_drop_down_list_is_required():
    assert " required" in render("{% control field %}", field=Choice()["topic"])
