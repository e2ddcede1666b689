"""Pictures as they are kept, and the rows about them."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from diedie_edu.files.actions import store
from diedie_edu.publicity.actions import pictures, records
from diedie_edu.publicity.models import (
    OutwardRecord,
    PersonInPicture,
    Picture,
    PictureConsent,
    PostCorrection,
    PostPicture,
)
from tests.conftest import NOW
from tests.support.children import NINE, consented
from tests.support.news import agreed, jpeg, make_draft, make_picture, make_post, make_record
from tests.support.pdfs import written
from tests.support.refusals import code_of, guard_that_stops

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def opened(file) -> Image.Image:
    return Image.open(BytesIO(store.content_of(file)))


def test_a_picture_is_made_smaller_and_loses_where_it_was_taken(staff_user):
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (22.0, 33.0, 0.0)}
    data = jpeg((3200, 2000), exif=exif)
    told = {"programme": "", "alt": "写字", "by": staff_user, "now": NOW}
    made = pictures.add(data=data, **told)
    page, card = opened(made.file), opened(made.card)
    assert page.size == (made.width, made.height) == (1600, 1000)
    assert card.size == (1200, 630)
    assert not page.getexif()
    assert not card.getexif()
    assert code_of(lambda: pictures.add(data=written(), **told)) == "kind"


def test_one_with_no_ground_stands_on_white(staff_user):
    out = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "png")
    told = {"programme": "", "alt": "标志", "by": staff_user, "now": NOW}
    made = pictures.add(data=out.getvalue(), **told)
    assert opened(made.file).getpixel((20, 20)) == (255, 255, 255)


def test_its_description_names_no_child(make_resident, staff_user):
    consented(make_resident(full_name="陈小明", birth_date=NINE))
    told = {"programme": "", "data": jpeg(), "by": staff_user, "now": NOW}
    assert code_of(lambda: pictures.add(alt="陈小明在写字", **told)) == "child_named"
    picture = make_picture()
    given = {"picture": picture, "faces": "nobody", "people": [], "by": staff_user, "now": NOW}
    assert code_of(lambda: pictures.describe(alt="陈小明", **given)) == "child_named"


def test_before_it_is_published_those_who_publish_alone_see_it(lead, as_user, stranger):
    picture = make_picture()
    path = f"/files/{picture.file.key}"
    assert as_user(lead).get(path).status_code == 200
    assert as_user(stranger).get(path).status_code == Client().get(path).status_code == 404
    make_post(lead, shows=picture, publish_at=NOW + timedelta(hours=1))
    assert Client().get(path).status_code == 404


def test_pictures_are_numbered_and_keep_their_numbers(lead):
    post, told = make_draft(lead), {"by": lead, "now": NOW}
    rows = [pictures.put_in(post=post, picture=make_picture(), **told) for _n in range(3)]
    pictures.take_out(place=rows[1], **told)
    again = pictures.put_in(post=post, picture=rows[0].picture, **told)
    added = pictures.put_in(post=post, picture=make_picture(), **told)
    assert (again.number, added.number) == (1, 4)


def test_into_a_published_post_no_picture_comes_and_out_of_it_any_does(lead):
    post, told = make_post(lead, shows=make_picture()), {"by": lead, "now": NOW}
    put = {"post": post, "picture": make_picture(), **told}
    assert code_of(lambda: pictures.put_in(**put)) == "not_draft"
    pictures.take_out(place=post.pictures.get(), **told)
    assert not post.pictures.exists()


def test_a_post_takes_so_many_pictures(lead, monkeypatch):
    monkeypatch.setattr("diedie_edu.publicity.rules.pictures.MOST", 1)
    post, told = make_post(lead), {"by": lead, "now": NOW}
    post = make_draft(lead)
    pictures.put_in(post=post, picture=make_picture(), **told)
    one_more = {"post": post, "picture": make_picture(), **told}
    assert code_of(lambda: pictures.put_in(**one_more)) == "too_many"


def test_what_is_removed_is_gone_everywhere(lead):
    picture = make_picture()
    post = make_post(lead, shows=picture)
    keys = [picture.file.path, picture.card.path]
    pictures.remove(picture=picture, now=NOW)
    pictures.remove(picture=picture, now=NOW)
    assert not post.pictures.exists()
    assert len(keys) == 2


def test_records_say_when_they_went_out_and_were_over():
    day, told = NOW.date(), {"by": None, "now": NOW}
    ahead = OutwardRecord(way="board", what="海报", place="三号楼", programme="")
    ahead.went_out_on = day + timedelta(days=1)
    assert code_of(lambda: records.keep(record=ahead, **told)) == "ahead"
    ahead.went_out_on, ahead.over_on = day, day - timedelta(days=1)
    assert code_of(lambda: records.keep(record=ahead, **told)) == "over_first"


BROKEN = {
    "publicity_picture_is_described": lambda: Picture.objects.update(alt=""),
    "somebody_said_whom_a_picture_shows": lambda: Picture.objects.update(told_at=None),
    "picture_consent_once": lambda: _again(PictureConsent, recorded_at=NOW),
    "picture_guardian_is_somebody_else": lambda: _change(PictureConsent, "guardian", "person"),
    "picture_consent_says_where_its_paper_lies": lambda: _again(
        PictureConsent, paper_reference="", withdrawn_at=NOW
    ),
    "picture_consent_ends_after_it_began": lambda: PictureConsent.objects.update(
        withdrawn_at=NOW - timedelta(days=1)
    ),
    "person_in_a_picture_once": lambda: _again(PersonInPicture),
    "picture_in_a_post_once": lambda: _again(PostPicture, number=7),
    "number_in_a_post_once": lambda: _again(PostPicture, picture=make_picture()),
    "correction_says_what": lambda: _correction(note=""),
    "record_says_what_went_out": lambda: make_record(what=""),
    "record_says_where_it_went": lambda: make_record(place=""),
    "way_of_publicity_is_known": lambda: make_record(way="tv"),
    "record_is_over_after_it_began": lambda: make_record(over_on=NOW.date() - timedelta(days=9)),
}


def _again(model, **fields) -> None:
    row = model.objects.first()
    row.pk, row._state.adding = None, True
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def _change(model, name: str, other: str) -> None:
    row = model.objects.first()
    model.objects.update(**{name: getattr(row, other)})


def _correction(**fields) -> None:
    post = PostPicture.objects.get().post
    given = {"post": post, "note": "改", "at": NOW, "title_before": "", "text_before": ""}
    PostCorrection.objects.create(**given | fields)


@pytest.mark.parametrize("constraint", BROKEN)
def test_the_database_refuses_what_says_nothing_or_says_it_twice(constraint, lead, make_resident):
    person = make_resident()
    agreed(person)
    make_post(lead, shows=make_picture(person))
    assert guard_that_stops(BROKEN[constraint]) == constraint
