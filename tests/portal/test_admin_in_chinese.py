"""The Chinese admin site is Chinese to its last word, and shows the community's own clock."""

import re
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Topic
from diedie_edu.portal.base_data import load_plan
from diedie_edu.portal.demo.loading import load_demo
from tests.conftest import NOW
from tests.support.admin_pages import all_pages, moments_in, pages_of, texts_on, times_of_greenwich
from tests.support.admin_rows import what_the_season_lacks
from tests.support.sent_forms import form_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WORD = re.compile(r"[A-Za-z]{2,}")
# Fields of data: the English of a text in both languages, short names of addresses, a gateway's own
# words; and what the stock site hides.
UNTOLD = re.compile(r"field-(\w+_en|slug|detail)|hidden")
NAMES = {
    *("Excel", "CSV", "xlsx", "xls", "MB"),  # of programs, files and sizes
    *("Control", "Mac", "Command"),  # of keys on a keyboard
    "shan",  # the pinyin of a surname
}
NUMBERS = re.compile(
    r"https?://\S+|\(/[\w/-]*\)"  # addresses in texts
    r"|DD[XF]-\d{4}-\d{6}-\w{6}"  # of certificates
    r"|\b[0-9A-Z]{18}\b"  # of enterprises
)


@pytest.fixture
def reader(
    settings: LazySettings, make_user: Callable[..., User], as_user: Callable[[User], Client]
) -> Client:
    """Somebody who sees all, in a community in which everything has happened once."""
    settings.DEMO = True
    load_plan()
    load_demo(NOW)
    user = make_user(is_superuser=True)
    what_the_season_lacks(user)
    return as_user(user)


def faults(page: str, html: str, foreign: set) -> list[str]:
    found = []
    for text in texts_on(html, UNTOLD):
        words = set(WORD.findall(NUMBERS.sub("", text))) - NAMES
        if words or moments_in(text) & foreign:
            found.append(f"{page}: {text}")
    return found


def test_no_english_word_and_no_time_of_greenwich_stands_on_any_page(reader: Client) -> None:
    without = [model for model in admin.site._registry if not model._default_manager.exists()]
    assert without == [], "give them a row"
    _change_a_topic(reader)
    foreign, found, seen = times_of_greenwich(), [], 0
    for page in all_pages():
        answer = reader.get(page)
        if answer.status_code == 200:
            found += faults(page, answer.text, foreign)
            seen += 1
    assert found == []
    assert seen > 4 * len(admin.site._registry)


def _change_a_topic(reader: Client) -> None:
    """So that there is a history to read."""
    first = Topic.objects.earliest("pk")
    address = reverse("admin:people_topic_change", args=[first.pk])
    sent = form_on(reader, address).typing({"position": ["77"]}).send(reader)
    assert sent.status_code == 302
    assert "已修改排序" in reader.get([*pages_of(Topic)][-2]).text


def test_history_names_in_chinese_what_was_changed(
    topic: Topic, make_user: Callable[..., User], as_user: Callable[[User], Client]
) -> None:
    _change_a_topic(as_user(make_user(is_superuser=True)))


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_every_row_has_a_name_of_its_own(model: type[Model]) -> None:
    assert model.__str__ is not Model.__str__


def test_what_is_looked_for_is_found() -> None:
    """A word between tags, one that is read aloud, and the hour of Greenwich."""
    html = '<p>Occasion</p><img alt="True"><td class="field-title_en">Dance</td><b>Excel</b>'
    html += "<i>2026-11-28 01:30</i>"
    foreign = {(11, 28, "01:30")}
    texts = ["Occasion", "True", "2026-11-28 01:30"]
    assert faults("/", html, foreign) == [f"/: {text}" for text in texts]
