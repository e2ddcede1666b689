"""Every kind of message can be read in both languages."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from string import Formatter
from uuid import UUID

import pytest
from django.utils import translation
from django.utils.translation import gettext
from pytest_django import Settings

from diedie_edu.accounts.models import OneTimeCode
from diedie_edu.common import manifests
from diedie_edu.common.days import days_of_year
from diedie_edu.common.links import numbers_in
from diedie_edu.common.manifests import parts_by, parts_of
from diedie_edu.notices.kinds import Kind, Text, kind_of, render, signed
from diedie_edu.notices.messages import CODES
from diedie_edu.notices.models import Notice
from diedie_edu.notices.text_messages import (
    LONGEST_ADDRESS,
    MOMENT,
    TITLE,
    key_of,
    segments,
    short_link,
)
from tests.notices.conftest import FACTS

LANGUAGES = ["zh-hans", "en"]
WORDS = Kind(
    code="tests.words",
    title="{title} {starts_at}",
    body="{venue} {born_on} {gap}",
    sms="{title}, {starts_at}",
    variables={"title": TITLE, "starts_at": MOMENT},
    link="/activities/{activity}/",
)
REFERENCE = UUID("9c6f2c0e-5f0e-4a52-9a77-1a2b3c4d5e6f")
LINK = f"http://127.0.0.1:8000/m/{key_of(REFERENCE)}"
KINDS = parts_of(Kind)
for_all_kinds = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that exists in this test alone."""
    monkeypatch.setitem(parts_by(Kind, "code"), WORDS.code, WORDS)


needs_words = pytest.mark.usefixtures("_words")


def _names(pattern: str) -> list[str]:
    return [name for _text, name, _spec, _conversion in Formatter().parse(pattern) if name]


def _notice(now: datetime, kind: Kind = WORDS, **data: object) -> Notice:
    return Notice(kind=kind.code, data=FACTS | data, created_at=now, reference=REFERENCE)


@in_both_languages
@for_all_kinds
def test_every_kind_reads_without_a_gap(kind: Kind, language: str, now: datetime) -> None:
    text = render(_notice(now, kind), language, code="123456")
    for words in (text.title, text.body, text.sms):
        assert words
        assert "{" not in words
        assert "  " not in words


@for_all_kinds
def test_a_translation_names_the_same_facts(kind: Kind) -> None:
    with translation.override("zh-hans"):
        for msgid in (kind.title, kind.body, kind.sms):
            assert {*_names(gettext(str(msgid)))} <= {*_names(str(msgid)), "venue", "title"}


def test_only_codes_and_where_a_child_is_ring_at_night() -> None:
    urgent = {kind.code for kind in KINDS if kind.urgent}
    assert urgent == {
        *(kind.code for kind in CODES.values()),
        *("after_school.missing", "after_school.missing_for_staff", "after_school.found"),
        "after_school.help_look",
        *("after_school.still_here", "after_school.not_collected", "after_school.not_believed"),
        *("after_school.where_for_family", "after_school.where_for_staff"),
        *("after_school.come_now", "after_school.called_off_with_children"),
    }


# --- Text messages, as providers take them ----------------------------------------------


@in_both_languages
@for_all_kinds
def test_a_template_has_each_declared_variable_once(kind: Kind, language: str) -> None:
    with translation.override(language):
        assert Counter(_names(kind.wording())) == Counter(kind.longest().keys())


@in_both_languages
@for_all_kinds
def test_fixed_words_stand_around_every_variable(kind: Kind, language: str) -> None:
    with translation.override(language):
        wording = gettext(str(kind.sms))
    gaps = re.split(r"{\w+}", wording)
    assert gaps[0].strip(), "it begins with a variable"
    assert all(gaps[:-1]), "two variables touch"
    assert not set(wording) & set("[]【】★¥"), "a provider refuses these"


@in_both_languages
@for_all_kinds
def test_the_longest_text_message_counts_as_two(
    kind: Kind, language: str, settings: Settings, now: datetime
) -> None:
    """However long the data are, with the longest address for which that is promised."""
    settings.PORTAL_URL = f"https://{'a' * (LONGEST_ADDRESS - 8)}"
    long = {name: "长" * 200 for name, value in FACTS.items() if isinstance(value, str)}
    dates = {name: FACTS[name] for name in FACTS if name.endswith(("_at", "_on"))}
    text = render(_notice(now, kind, **long | dates), language, code="1" * 9)
    with translation.override(language):
        assert segments(signed(kind.wording().format_map(kind.longest()))) <= 2
    assert segments(text.sms) <= 2


@for_all_kinds
def test_no_variable_is_a_sentence_or_a_reason(kind: Kind) -> None:
    free = {"reason", "note", "word", "next", "by", "term_title"}
    assert not free & kind.variables.keys()


@in_both_languages
def test_a_code_is_one_variable_and_its_minutes_are_true(language: str) -> None:
    with translation.override(language):
        for kind in CODES.values():
            assert list(kind.variables) == ["code"]
            assert re.findall(r"\d+", kind.wording()) == [str(OneTimeCode.MINUTES)]
            assert language == "en" or "验证码" in kind.wording()


@needs_words
@in_both_languages
def test_no_day_is_longer_than_the_longest(language: str, now: datetime) -> None:
    for day in days_of_year(2028):
        notice = _notice(now, starts_at=f"{day}T23:59:00+08:00")
        assert "…" not in render(notice, language).sms


def test_a_provider_has_a_template_of_each_language() -> None:
    names = [WORDS.template(language) for language in LANGUAGES]
    assert names == ["tests.words.zh-hans", "tests.words.en"]


@needs_words
def test_long_data_are_shortened_in_the_text_message_alone(now: datetime) -> None:
    title = "【非遗】" + "竹编" * 30
    text = render(_notice(now, title=title), "zh-hans")
    assert text.title.startswith(title)
    assert text.variables["title"] == "「非遗」" + "竹编" * 7 + "竹…"
    assert text.variables["title"] in text.sms


# --- Texts -----------------------------------------------------------------------------


@needs_words
def test_dates_places_and_links_are_in_the_readers_words(now: datetime) -> None:
    notice = _notice(now, born_on="2026-12-01")
    text = render(notice, "en")
    assert text.title == "春季养生 Saturday 28 November, 09:30"
    assert text.body == "Library Tuesday 1 December "
    assert (text.path, text.url) == ("/activities/7/", LINK)
    assert text.sms == f"[Die'er] 春季养生, Sat 28 Nov, 09:30 {LINK}"
    assert short_link(text.variables["key"]) == LINK


@needs_words
def test_a_date_in_another_year_names_it(now: datetime) -> None:
    text = render(_notice(now, starts_at="2027-01-02T01:30:00Z"), "en")
    assert text.title == "春季养生 Saturday 2 January 2027, 09:30"


@needs_words
def test_a_title_with_braces_is_only_text(now: datetime) -> None:
    text = render(_notice(now, title="{code} {0}"), "en", code="123456")
    assert text.title.startswith("{code} {0} ")


@needs_words
def test_a_missing_fact_leaves_a_gap_and_no_fault(now: datetime) -> None:
    assert render(_notice(now), "en").body == "Library  "


def test_two_kinds_with_one_code_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifests, "parts_of", lambda _kind: (WORDS, replace(WORDS, title="")))
    with pytest.raises(ValueError, match=r"tests\.words"):
        parts_by.__wrapped__(Kind, "code")


def test_an_unknown_kind_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        kind_of("nobody.knows")


def test_a_message_without_a_page_ends_with_its_words(now: datetime) -> None:
    text = render(_notice(now, CODES["sign_in"]), "en", code="1")
    assert isinstance(text, Text)
    assert text.url == ""
    assert text.sms == text.sms.rstrip()


def test_a_link_can_carry_a_signed_number(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = Kind(code="tests.signed", title="", body="", sms="", link="/s/{activity_token}/")
    monkeypatch.setitem(parts_by(Kind, "code"), kind.code, kind)
    path = render(_notice(now, kind), "en").path

    assert numbers_in(path.split("/")[2], "activity") == (FACTS["activity"],)


def test_texts_do_not_change_the_pages_language(
    make_notice: Callable[..., Notice],
) -> None:
    notice = make_notice()
    with translation.override("zh-hans"):
        render(notice, "en")
        assert translation.get_language() == "zh-hans"
