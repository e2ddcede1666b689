"""A query that is composed once gives what Django gives when it composes it anew."""

from datetime import date, datetime, timedelta
from threading import Thread

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Count, F, Q, Value
from django.utils.translation import gettext_lazy, override

from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.composed import Composed, OneOf, number_of
from diedie_edu.common.manifests import manifests, read_manifests
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from diedie_edu.venues.models import Booking
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def same(one: object, other: object) -> bool:
    """Field by field, as Python has them."""
    ours, theirs = ({k: v for k, v in vars(x).items() if k != "_state"} for x in (one, other))
    return type(one) is type(other) and ours == theirs and one._state.db == other._state.db


@pytest.mark.parametrize("model", [Activity, Occasion, Booking, Notice, Resident])
def test_a_row_is_the_one_that_django_reads(model, make_lecture, resident_user, now):
    """JSON, ranges and texts are converted, as ever."""
    make_lecture()
    Notice.objects.create(
        dedupe_key="a",
        kind="k",
        channel="inbox",
        data={"on": [1]},
        recipient=Resident.objects.first(),
        created_at=now,
        next_try_at=now,
    )
    row = model.objects.latest("pk")
    by_key = Composed(lambda pk: model.objects.filter(pk=pk), pk=int)
    assert same(by_key.first(pk=row.pk), row)


def test_it_is_composed_once_and_filled_in_each_time(make_lecture, django_assert_num_queries):
    made = []

    def compose(pk):
        made.append(pk)
        return Activity.objects.filter(pk=pk)

    one, other = make_lecture(title="一"), make_lecture(title="二")
    composed = Composed(compose, pk=int)
    with django_assert_num_queries(3):
        assert composed.first(pk=one.pk).title == "一"
        assert composed.first(pk=other.pk).title == "二"
        assert composed.rows(pk=other.pk)[0].title == "二"
    assert len(made) == 1


def test_rows_of_other_tables_come_with_it(make_lecture, django_assert_num_queries):
    lecture = make_lecture()
    ahead = Composed(
        lambda now: (
            Occasion.objects.filter(starts_at__gt=now)
            .select_related("activity__programme", "venue")
            .prefetch_related("activity__sign_ups")
            .annotate(people=Count("activity__sign_ups"))
        ),
        now=datetime,
    )
    with django_assert_num_queries(2):
        (found,) = ahead.rows(now=NOW)
        shown = (found.activity.programme.slug, found.venue.pk, found.people)
        assert list(found.activity.sign_ups.all()) == []
    assert shown == (lecture.programme.slug, found.venue_id, 0)
    assert ahead.rows(now=NOW + timedelta(days=999)) == []


def test_plain_values_do_too(make_lecture):
    lecture = make_lecture(title="花道")
    titles = Composed(
        lambda pk: Activity.objects.filter(pk=pk).values_list("title", flat=True), pk=int
    )
    named = Composed(
        lambda pk: Activity.objects.filter(pk=pk).values("title", twice=F("pk") * 2), pk=int
    )
    assert titles.rows(pk=lecture.pk) == ["花道"]
    assert named.first(pk=lecture.pk) == {"title": "花道", "twice": lecture.pk * 2}


def test_a_slot_may_stand_in_several_places_and_among_fixed_values(make_resident):
    make_resident(full_name="丘一", birth_date=date(1950, 1, 1))
    make_resident(full_name="丘二", birth_date=date(1960, 1, 1))
    born = Composed(
        lambda day: Resident.objects.filter(
            Q(birth_date=day) | Q(birth_date__gt=day), full_name__in=["丘一", "丘二"]
        ),
        day=date,
    )
    assert [row.full_name for row in born.rows(day=date(1955, 1, 1))] == ["丘二"]
    assert len(born.rows(day=date(1950, 1, 1))) == 2


def test_each_language_has_its_own(make_lecture):
    lecture = make_lecture()
    words = Composed(
        lambda pk: Activity.objects.filter(pk=pk).values_list(
            Value(str(gettext_lazy("Residents"))), flat=True
        ),
        pk=int,
    )
    with override("en"):
        english = words.first(pk=lecture.pk)
    assert (english, words.first(pk=lecture.pk)) == ("Residents", str(gettext_lazy("Residents")))


def test_new_manifests_compose_it_anew(make_lecture):
    lecture, made = make_lecture(), []

    def compose(pk):
        made.append(manifests())
        return Activity.objects.filter(pk=pk)

    composed = Composed(compose, pk=int)
    composed.first(pk=lecture.pk)
    read_manifests()
    composed.first(pk=lecture.pk)
    assert len(made) == 2


@pytest.mark.parametrize(
    "compose",
    [
        lambda pk: Activity.objects.filter(pk=pk + 1),
        lambda pk: Activity.objects.filter(title__contains=pk),
        lambda pk: Activity.objects.filter(capacity=pk),
    ],
)
def test_a_value_that_becomes_part_of_the_query_is_refused(compose):
    with pytest.raises(TypeError, match="pk"):
        Composed(compose, pk=int).rows(pk=1)


@pytest.mark.parametrize("values", [{}, {"pk": None}, {"pk": 1, "more": 2}, {"other": 1}])
def test_each_slot_is_filled_in(values):
    with pytest.raises(TypeError, match="pk"):
        Composed(lambda pk: Activity.objects.filter(pk=pk), pk=int).rows(**values)


def test_nobody_is_asked_for_the_rows_of_a_stand_in(django_assert_num_queries):
    live = Composed(
        lambda key, now: Session.objects.filter(pk=key, expire_date__gt=now), key=str, now=datetime
    )
    with django_assert_num_queries(1):
        assert live.first(key="nobody's", now=NOW) is None


@pytest.mark.django_db(transaction=True)
def test_threads_share_it_and_not_their_connections(make_lecture):
    lecture, found = make_lecture(), []
    composed = Composed(lambda pk: Activity.objects.filter(pk=pk), pk=int)
    composed.first(pk=lecture.pk)

    def read() -> None:
        found.append((composed.first(pk=lecture.pk).pk, connection.connection.info.backend_pid))
        connection.close()

    threads = [Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {pk for pk, _backend in found} == {lecture.pk}
    assert len({backend for _pk, backend in found}) == 3


def test_one_of_a_list_and_the_number_of_rows(make_lecture):
    one, other, third = (make_lecture(title=title) for title in "一二三")
    named = Composed(
        lambda keys: Occasion.objects.filter(OneOf("activity", keys)).order_by("pk"), keys=list
    )
    counted = Composed(
        lambda after: number_of(Activity.objects.filter(pk__gt=after).order_by("title")), after=int
    )
    assert [row.activity_id for row in named.rows(keys=[third.pk, one.pk])] == [one.pk, third.pk]
    assert named.rows(keys=[]) == []
    assert counted.rows(after=one.pk) == [2]
    assert counted.rows(after=other.pk + 9) == [0]
