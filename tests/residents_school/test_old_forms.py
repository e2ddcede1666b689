"""The form of a lecture, opened before somebody else moved the lecture."""

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import local
from diedie_edu.common.edit_forms import EditForm
from residents_school.models import Lecture
from tests.support.races import all_look_first, together
from tests.support.seats import fill, told
from tests.support.sent_forms import form_on
from tests.support.two_browsers import shown_again, unlocked

ROUNDS = 6
TITLE = "title"


def page_of(lecture: Lecture) -> str:
    return reverse("residents_school:lecture_change", args=[lecture.pk])


def stands(lecture: Lecture) -> tuple[str, str, int]:
    occasion = Occasion.objects.get(activity=lecture)
    return (
        Lecture.objects.get(pk=lecture.pk).title,
        f"{local(occasion.starts_at):%H:%M}",
        occasion.revision,
    )


@pytest.fixture
def lead(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_who_mends_a_word_in_an_older_form_moves_nothing_and_tells_nobody(
    lead: Client, make_lecture: Callable[..., Lecture]
) -> None:
    lecture = make_lecture(title="家常莱")
    fill(lecture, 2)
    address = page_of(lecture)
    old = form_on(lead, address, TITLE)
    moved = old.typing({"starts": ["14:00"], "ends": ["15:30"]})
    assert moved.send(lead).status_code == 302
    before, notices = stands(lecture), told(lecture)

    answer = old.typing({TITLE: ["家常菜"]}).send(lead)

    assert (stands(lecture), told(lecture)) == (before, notices)
    again = shown_again(answer, TITLE)
    assert again.controls[TITLE].values == ["家常菜"]
    assert again.controls["starts"].values == ["14:00"], "left alone, so it shows what stands"
    assert again.send(lead).status_code == 302
    assert stands(lecture) == ("家常菜", *before[1:])
    assert told(lecture) == notices


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_where_both_typed_both_values_are_shown_and_saving_again_counts(
    lead: Client, make_lecture: Callable[..., Lecture]
) -> None:
    address = page_of(lecture := make_lecture(title="太极"))
    old = form_on(lead, address, TITLE)
    old.typing({TITLE: ["太极拳"]}).send(lead)
    answer = old.typing({TITLE: ["太极剑"]}).send(lead)
    assert {"太极拳", "太极剑"} <= {
        word for row in answer.context["form"].differences for word in (row.now, row.own)
    }
    assert stands(lecture)[0] == "太极拳"
    assert shown_again(answer, TITLE).send(lead).status_code == 302
    assert stands(lecture)[0] == "太极剑"


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_the_same_form_sent_twice_is_harmless(
    lead: Client, make_lecture: Callable[..., Lecture]
) -> None:
    sent = form_on(lead, page_of(make_lecture()), TITLE).typing({TITLE: ["太极剑"]})
    assert [sent.send(lead).status_code for _tap in range(2)] == [302, 302]


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_another_account_or_lecture_has_other_hashes(
    lead: Client,
    make_lecture: Callable[..., Lecture],
    make_user: Callable[..., User],
    as_user: Callable[[User], Client],
) -> None:
    one, other = (make_lecture(title="太极") for _number in range(2))
    colleague = as_user(make_user("staff"))
    opened = [
        form_on(lead, page_of(one)).opened["opened"],
        form_on(lead, page_of(other)).opened["opened"],
        form_on(colleague, page_of(one)).opened["opened"],
    ]
    assert len({part for text in opened for part in text.split() if part.startswith("title:")}) == 3


# --- At the same moment ----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_of_two_saves_at_once_exactly_one_wins(
    lead: Client,
    make_lecture: Callable[..., Lecture],
    as_user: Callable[[User], Client],
    staff_user: User,
    monkeypatch: pytest.MonkeyPatch,
    guarded: bool,
) -> None:
    """Without the lock both compare before either saves, and the later one undoes the other."""
    if not guarded:
        monkeypatch.setattr("residents_school.forms.lectures.LectureForm.lock", unlocked)
    for number in range(ROUNDS if guarded else 1):
        lecture = make_lecture(title="太极")
        form = form_on(lead, page_of(lecture), TITLE)
        own = {as_user(staff_user): f"{word}{number}" for word in ("太极拳", "太极剑")}
        if not guarded:
            all_look_first(monkeypatch, EditForm, "_compare", len(own))
        answers = together(
            *(partial(form.typing({TITLE: [word]}).send, client) for client, word in own.items())
        )
        codes = [answer.status_code for answer in answers]
        assert sorted(codes) == ([200, 302] if guarded else [302, 302])
        if guarded:
            assert stands(lecture)[0] == list(own.values())[codes.index(302)]
