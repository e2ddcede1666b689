"""Nobody who can be recognised is shown without a live permission, on any way out."""

from datetime import timedelta

import pytest
from django.test import Client

from diedie_edu.people.actions.consents import end_consent
from diedie_edu.people.actions.erasing import erase_person
from diedie_edu.people.models import Guardianship, Resident
from diedie_edu.publicity.actions import consents, pictures
from diedie_edu.publicity.models import PersonInPicture, Picture, PictureConsent
from diedie_edu.publicity.queries.pictures import gone_out, shown_pictures, to_be_taken_in
from tests.conftest import NOW
from tests.support.children import NINE, consented
from tests.support.news import SLUG, agreed, make_picture, make_post, make_record
from tests.support.refusals import code_of, guard_that_stops

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = timedelta(days=1)


def is_shown(picture: Picture, on=NOW) -> bool:
    return shown_pictures(on.date()).filter(pk=picture.pk).exists()


@pytest.fixture
def person(make_resident) -> Resident:
    return make_resident(full_name="王春芳")


@pytest.fixture
def child(make_resident) -> Resident:
    return consented(make_resident(full_name="陈小明", birth_date=NINE))


def guardian_of(child: Resident) -> Resident:
    return Guardianship.objects.get(child=child).guardian


def test_a_picture_is_shown_once_somebody_said_whom_it_shows(person):
    assert is_shown(make_picture())
    assert not is_shown(make_picture(faces="unknown"))
    agreed(person)
    assert is_shown(make_picture(person))


def test_one_of_several_who_does_not_agree_is_enough(person, make_resident):
    other = make_resident()
    agreed(person)
    consent = agreed(other)
    picture = make_picture(person, other)
    assert is_shown(picture)
    consents.withdraw(consent=consent, by=None, now=NOW)
    assert not is_shown(picture)
    agreed(other)
    assert is_shown(picture), "given again, it comes back"


def test_who_can_be_recognised_is_said_of_everybody_or_nobody(person, staff_user):
    agreed(person)
    picture, told = make_picture(), {"by": staff_user, "now": NOW, "alt": "写字"}
    refused = {"named": ([], "nobody_named"), "nobody": ([person], "somebody_named")}
    for faces, (people, code) in refused.items():
        given = {"picture": picture, "faces": faces, "people": people}
        assert code_of(lambda given=given: pictures.describe(**given, **told)) == code


# --- Children --------------------------------------------------------------------------


def test_what_a_guardian_agreed_to_for_the_school_does_not_count(child, person):
    agreed(child, guardian_of(child))
    picture = make_picture(child)
    PictureConsent.objects.update(withdrawn_at=NOW)
    assert child.consents.filter(ended_at=None).exists()
    assert not is_shown(picture)


def test_a_child_agrees_by_a_guardian_of_its_own(child, person):
    assert code_of(lambda: agreed(child)) == "guardian_first"
    assert code_of(lambda: agreed(child, person)) == "not_a_guardian"
    agreed(child, guardian_of(child))
    assert is_shown(make_picture(child))


def test_the_database_knows_who_agrees(child, person):
    given = {"given_on": NOW.date(), "paper_reference": "x", "recorded_at": NOW}

    def make(**more):
        return lambda: PictureConsent.objects.create(**given, **more)

    assert guard_that_stops(make(person=child)) == "a_guardian_agrees_for_a_child"
    alone = make(person=child, guardian=person)
    assert guard_that_stops(alone) == "only_a_guardian_agrees_for_somebody"
    picture = make_picture()
    named = PersonInPicture(picture=picture, person=person)
    assert guard_that_stops(named.save) == "whoever_is_shown_has_agreed"
    consents.withdraw(consent=agreed(person), by=None, now=NOW)
    rows = PictureConsent.objects.all()
    back = {"withdrawn_at": None, "withdrawn_by": None}
    assert guard_that_stops(lambda: rows.update(**back)) == "a_withdrawn_picture_consent_stays_so"
    assert guard_that_stops(rows.delete) == "picture_consents_are_kept"
    later = {"given_on": NOW.date() - DAY}
    assert guard_that_stops(lambda: rows.update(**later)) == "a_picture_consent_stays_as_given"


def test_an_own_permission_counts_from_the_day_after_the_14th_birthday(make_resident):
    born = NOW.date().replace(year=NOW.year - 14)
    young = consented(make_resident(birth_date=born))
    assert code_of(lambda: agreed(young)) == "guardian_first"
    agreed(young, guardian_of(young))
    picture = make_picture(young)
    assert is_shown(picture)
    assert is_shown(picture, NOW + DAY), "a guardian's goes on"


def test_whoever_turns_out_to_be_a_child_needs_a_guardian(person):
    agreed(person)
    picture = make_picture(person)
    Guardianship.objects.create(guardian=Resident.objects.create(full_name="母亲"), child=person)
    consented(person, guardian_of(person))
    Resident.objects.filter(pk=person.pk).update(birth_date=NINE)
    assert not is_shown(picture)


def test_a_locked_child_is_shown_nowhere(child, staff_user):
    agreed(child, guardian_of(child))
    post = make_post(shows=make_picture(child))
    later = NOW + DAY
    ended = {"ending": "paper", "by": staff_user, "now": later}
    end_consent(consent=child.consents.get(), **ended)
    assert not is_shown(Picture.objects.get(), later)
    post.refresh_from_db()
    assert post.changed_at == later, "feeds are read anew"


def test_of_somebody_who_is_erased_no_picture_stays(person):
    agreed(person)
    picture = make_picture(person)
    post = make_post(shows=picture)
    record = make_record(picture=picture)
    erase_person(resident=person, now=NOW)
    record.refresh_from_db()
    assert not Picture.objects.exists()
    assert not post.pictures.exists()
    assert record.picture is None


# --- Each way out ----------------------------------------------------------------------


@pytest.fixture
def shown_everywhere(person, lead, as_user, make_lecture):
    """The addresses on which a picture of this person stands, for whom, before they say no."""
    consent = agreed(person)
    picture = make_picture(person)
    post = make_post(lead, shows=picture, text="看：\n\n![](1)")
    below = make_post(lead, shows=picture)
    poster = f"/desk/publicity/posters/{make_lecture().pk}/?picture={picture.pk}"
    everybody, keeper = Client(), as_user(lead)
    pages = {
        f"/news/{post.pk}/": everybody,
        f"/news/{below.pk}/": everybody,
        "/news/": everybody,
        "/": everybody,
        "/news/feed/": everybody,
        f"/news/feed/{SLUG}/": everybody,
        poster: keeper,
    }
    return consent, picture, pages


def test_withdrawn_it_leaves_every_way_out_at_once(shown_everywhere, clock):
    consent, picture, pages = shown_everywhere
    keys = (picture.file.key, picture.card.key)
    for path, client in pages.items():
        assert any(key in client.get(path).text for key in keys), path
    for key in keys:
        assert Client().get(f"/files/{key}").status_code == 200
    before = Client().get("/news/feed/").content
    clock.shift(60)
    consents.withdraw(consent=consent, by=None, now=NOW + timedelta(minutes=1))
    for path, client in pages.items():
        assert not any(key in client.get(path).text for key in keys), path
    for key in keys:
        assert Client().get(f"/files/{key}").status_code == 404
    after = Client().get("/news/feed/").content
    assert after != before
    assert b"02:01:00" in after, "readers that keep a copy read it anew"


def test_the_share_card_falls_back_to_the_portals(shown_everywhere):
    consent, picture, pages = shown_everywhere
    path = next(iter(pages))
    assert f'og:image" content="http://127.0.0.1:8000/files/{picture.card.key}"' in (
        Client().get(path).text
    )
    consents.withdraw(consent=consent, by=None, now=NOW)
    assert "/static/img/share.png" in Client().get(path).text


def test_a_list_says_where_it_had_gone_out(shown_everywhere, lead, as_user):
    consent, picture, _pages = shown_everywhere
    post = picture.places.first().post
    by_post = make_record(post=post, what="公众号推送", way="wechat", link="https://a.cn/1")
    hung = make_record(picture=picture, what="三号楼海报")
    over = make_record(picture=picture, what="旧横幅", over_on=NOW.date())
    make_record(what="别的")
    assert gone_out({SLUG}, NOW) == []
    consents.withdraw(consent=consent, by=None, now=NOW)
    found = gone_out({SLUG}, NOW)[0]
    assert {row.pk for row in found.posts} == {place.post_id for place in picture.places.all()}
    assert {row.pk for row in found.records} == {by_post.pk, hung.pk, over.pk}
    assert {row.pk for row in found.still_out} == {by_post.pk, hung.pk}
    assert gone_out({"happy-square"}, NOW) == []
    client = as_user(lead)
    assert "三号楼海报" in client.get("/desk/publicity/gone-out/").text
    assert "在外面" in client.get("/desk/").text
    for row in (by_post, hung):
        client.post(f"/desk/publicity/gone-out/{row.pk}/")
    assert to_be_taken_in({SLUG}, NOW) == []


def test_whoever_is_shown_says_no_on_their_own_page(make_user, as_user, stranger, child):
    user = make_user()
    consent = agreed(user.resident)
    path = f"/my/pictures/{consent.pk}/no/"
    assert as_user(stranger).post(path).status_code == 404
    assert "您的照片" in as_user(user).get("/me/").text
    as_user(user).post(path)
    consent.refresh_from_db()
    assert consent.withdrawn_by == user
    guardian_user = make_user()
    Guardianship.objects.create(guardian=guardian_user.resident, child=child, relation="mother")
    of_child = agreed(child, guardian_user.resident)
    as_user(guardian_user).post(f"/my/pictures/{of_child.pk}/no/")
    of_child.refresh_from_db()
    assert of_child.withdrawn_at == NOW
