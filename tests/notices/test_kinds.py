"""Every kind of message can be read in both languages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from string import Formatter

import pytest
from django.utils import translation
from django.utils.translation import gettext

from diedie_edu.common import manifests
from diedie_edu.common.links import numbers_in
from diedie_edu.common.manifests import parts_by, parts_of
from diedie_edu.notices.kinds import Kind, Text, kind_of, render
from diedie_edu.notices.models import Notice
from tests.notices.conftest import FACTS

LANGUAGES = ["zh-hans", "en"]
WORDS = Kind(
    code="tests.words",
    title="{title} {starts_at}",
    body="{venue} {born_on} {gap}",
    sms="{title}",
    link="/activities/{activity}/",
)


@pytest.fixture
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that exists in this test alone."""
    monkeypatch.setitem(parts_by(Kind, "code"), WORDS.code, WORDS)


needs_words = pytest.mark.usefixtures("_words")


def _names(pattern: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(pattern) if name}


def _notice(now: datetime, **data: object) -> Notice:
    return Notice(kind=WORDS.code, data=FACTS | data, created_at=now)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", parts_of(Kind), ids=lambda kind: kind.code)
def test_every_kind_reads_without_a_gap(kind: Kind, language: str, now: datetime) -> None:
    text = render(Notice(kind=kind.code, data=FACTS, created_at=now), language, code="123456")
    for words in (text.title, text.body, text.sms):
        assert words
        assert "{" not in words
        assert "  " not in words


@pytest.mark.parametrize("kind", parts_of(Kind), ids=lambda kind: kind.code)
def test_a_translation_names_the_same_facts(kind: Kind) -> None:
    with translation.override("zh-hans"):
        for msgid in (kind.title, kind.body, kind.sms):
            assert _names(gettext(str(msgid))) <= _names(str(msgid)) | {"venue", "title"}


@pytest.mark.parametrize("kind", parts_of(Kind), ids=lambda kind: kind.code)
def test_only_codes_ring_at_night(kind: Kind) -> None:
    assert kind.urgent == kind.code.startswith("notices.code_")


@needs_words
def test_dates_places_and_links_are_in_the_readers_words(now: datetime) -> None:
    notice = _notice(now, born_on="2026-12-01")
    text = render(notice, "en")
    assert text.title == "春季养生 Saturday 28 November, 09:30"
    assert text.body == "Library Tuesday 1 December "
    assert (text.path, text.url) == ("/activities/7/", "http://127.0.0.1:8000/activities/7/")
    assert text.sms == "[Die'er community] 春季养生 http://127.0.0.1:8000/activities/7/"


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
    text = render(Notice(kind="notices.code_sign_in", data={}, created_at=now), "en", code="1")
    assert isinstance(text, Text)
    assert text.url == ""
    assert text.sms == text.sms.rstrip()


def test_a_link_can_carry_a_signed_number(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = Kind(code="tests.signed", title="", body="", sms="{title}", link="/s/{activity_token}/")
    monkeypatch.setitem(parts_by(Kind, "code"), kind.code, kind)
    path = render(Notice(kind=kind.code, data=FACTS, created_at=now), "en").path

    assert numbers_in(path.split("/")[2], "activity") == (FACTS["activity"],)


def test_texts_do_not_change_the_pages_language(
    make_notice: Callable[..., Notice],
) -> None:
    notice = make_notice()
    with translation.override("zh-hans"):
        render(notice, "en")
        assert translation.get_language() == "zh-hans"
