"""A page's own form, filled in again."""

import re

import pytest

from diedie_edu.common.filling_in import filled_in

NOTE = "<p>note</p>"


def page(fields: str, action: str = "") -> str:
    return (
        '<body><form method="post" action="/other/"><input name="title" value="o"></form>'
        f'<main id="main">\n<div class="wrap"><form method="post" action="{action}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="fresh">'
        f"{fields}</form></div></main>"
    )


def again(fields: str, *sent: tuple[str, str]) -> str:
    text = filled_in(page(fields), page="/here/?a=1", target="/here/", sent=sent, note=NOTE)
    assert text is not None
    return text


@pytest.mark.parametrize(
    ("fields", "sent", "shown"),
    [
        ('<input name="title">', ("title", '“a" <b>&'), 'value="“a&quot; &lt;b&gt;&amp;"'),
        ('<input name="title" value="old">', ("title", ""), '<input name="title" value="">'),
        (
            '<textarea name="text" rows="3">old</textarea>',
            ("text", "one\ntwo </textarea>"),
            'rows="3">\none\ntwo &lt;/textarea&gt;</textarea>',
        ),
        ('<input type="hidden" name="opened" value="x">', ("opened", "was"), 'value="was"'),
        ("<input type=email name=mail>", ("mail", "a@b.example"), 'value="a@b.example"'),
    ],
)
def test_what_was_typed_stands_in_its_field(fields: str, sent: tuple[str, str], shown: str) -> None:
    assert shown in again(fields, sent)


def test_what_was_chosen_is_chosen() -> None:
    select = '<select name="s"><option value="1" selected>a<option value="2">b</option></select>'
    text = again(select, ("s", "2"))
    assert '<option value="1">' in text
    assert '<option value="2" selected>' in text


def test_an_option_without_a_value_is_its_text() -> None:
    text = again('<select name="s"><option>a</option><option>b</option></select>', ("s", "b"))
    assert "<option selected>b</option>" in text


def test_ticks_are_those_that_were_sent_and_no_others() -> None:
    boxes = (
        '<input type="checkbox" name="c" value="1" checked><input type="checkbox" name="c" '
        'value="2"><input type="checkbox" name="d" checked><input type="radio" name="r" value="x">'
    )
    text = again(boxes, ("c", "2"), ("r", "x"))
    assert re.findall(r'name="(\w)"(?: value="(\w)")? checked', text) == [("c", "2"), ("r", "x")]


def test_fields_of_one_name_are_filled_in_their_order() -> None:
    text = again(
        '<input name="n"><input name="n"><input name="n" value="o">', ("n", "1"), ("n", "2")
    )
    assert re.findall(r'name="n"(?: value="(\w)")', text) == ["1", "2", "o"]


@pytest.mark.parametrize("kind", ["password", "file"])
def test_passwords_and_files_stay_empty(kind: str) -> None:
    assert "secret" not in again(f'<input type="{kind}" name="p">', ("p", "secret"))


def test_the_token_stays_fresh_and_a_button_is_left_to_be_pressed() -> None:
    sent = (("csrfmiddlewaretoken", "old"), ("do", "save"), ("title", "t"))
    text = again('<input name="title"><button name="do" value="save">', *sent)
    assert 'value="old"' not in text
    assert text.count('"do"') == 1


def test_rows_that_a_script_had_added_go_along() -> None:
    text = again(
        '<input type="hidden" name="rows-TOTAL_FORMS" value="1"><input name="rows-0-a">',
        ("rows-TOTAL_FORMS", "2"),
        ("rows-0-a", "x"),
        ("rows-1-a", "y & z"),
    )
    assert 'name="rows-TOTAL_FORMS" value="2"' in text
    assert '<input type="hidden" name="rows-1-a" value="y &amp; z">' in text


def test_the_note_stands_where_the_page_begins() -> None:
    assert f'<div class="wrap">{NOTE}<form' in again('<input name="title">', ("title", "t"))


def test_only_the_form_that_was_sent_is_filled_in() -> None:
    text = again('<input name="title">', ("title", "typed"))
    assert '<input name="title" value="o">' in text
    assert filled_in(text, page="/here/", target="/elsewhere/", sent=[], note=NOTE) is None


def test_of_many_like_it_the_row_that_was_sent_is_found() -> None:
    row = (
        '<form method="post" action="/here/"><input type="hidden" name="who" value="{}">'
        '<input name="why"></form>'
    )
    rows = "".join(row.format(number) for number in range(3))
    text = filled_in(
        rows, page="/list/", target="/here/", sent=[("who", "1"), ("why", "ill")], note=""
    )
    assert re.findall(r'value="(\d)"><input name="why"( value="ill")?', text or "") == [
        ("0", ""),
        ("1", ' value="ill"'),
        ("2", ""),
    ]


def test_a_field_outside_that_names_its_form_is_its() -> None:
    text = filled_in(
        '<form id="f" method="post"></form><input form="f" name="a">',
        page="/here/",
        target="/here/",
        sent=[("a", "x")],
        note="",
    )
    assert 'name="a" value="x"' in (text or "")
