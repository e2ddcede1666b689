from datetime import timedelta

import pytest

from diedie_edu.accounts.actions import privacy
from diedie_edu.accounts.models import PrivacyNotice

pytestmark = pytest.mark.django_db
PAGE = "/privacy/"


def test_everybody_reads_the_notice_in_force(client, privacy_notice):
    text = client.get(PAGE).content.decode()
    assert "2026-1" in text
    assert "<h2>目的</h2>" in text


def test_it_is_read_in_english_too(client, privacy_notice):
    client.cookies["django_language"] = "en"
    assert "<h2>Purpose</h2>" in client.get(PAGE).content.decode()


def test_a_version_that_is_not_in_force_yet_is_not_shown(client, privacy_notice, now):
    privacy.publish_privacy_notice(
        version="next", text="新", text_en="new", in_force_from=now + timedelta(days=1)
    )
    assert client.get(PAGE).context["notice"] == privacy_notice


def test_before_the_first_is_published_the_page_says_so(client):
    PrivacyNotice.objects.all().delete()
    assert client.get(PAGE).status_code == 200


def test_people_agree_to_a_new_version_once(as_user, resident_user, privacy_notice):
    client = as_user(resident_user)
    assert client.get(PAGE).context["asks"]
    assert client.post(PAGE).url == PAGE
    assert not client.get(PAGE).context["asks"]
    client.post(PAGE)
    assert resident_user.acceptances.count() == 1


def test_a_visitor_is_not_asked(client, privacy_notice):
    assert not client.get(PAGE).context["asks"]
    assert client.post(PAGE).status_code == 200


def test_markup_in_a_notice_is_text(client, now):
    PrivacyNotice.objects.all().delete()
    privacy.publish_privacy_notice(
        version="1", text="<script>x</script>", text_en="a", in_force_from=now
    )
    assert "<script>x" not in client.get(PAGE).content.decode()
