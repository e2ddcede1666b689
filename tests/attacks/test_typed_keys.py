"""Nobody becomes family of strangers by a word for “nothing”, or by a number alone."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import Column
from diedie_edu.common.typed import means_nothing, typed_key
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports
from diedie_edu.lists.models import ImportJob
from diedie_edu.people.actions import families
from diedie_edu.people.actions.parting import part_household
from diedie_edu.people.models import Household, Organisation, Resident
from edu_base.actions import dwellings
from edu_base.models import PaperKind
from edu_base.rules.papers import clean_number

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TITLES = ["姓名", "手机", "户号", "家庭住址"]
CHEN, WANG = ["陈建城", "13812345678"], ["王芳", "13912345678"]
NOTHING = [
    *("无", "無", "没有", "不详", "待定", "暂无", "暂 无", "同上", "〃", "/", "-", "—", "——", "?"),
    *("0", "00", "０", "0-0", "N/A", "n/a", "NA", "null", "None", "#REF!", "#N/A", "（无）", "XX"),
    "138 0000 0000",
]
ONE = ["T-1", "t-1", "T－1", "T - 1", "T—1", "Ｔ-１", "T–1\u200b", "T 1"]


def homes() -> list[Household | None]:
    return [one.household for one in Resident.objects.filter(account=None).order_by("pk")]


# --- Words for “nothing” -----------------------------------------------------------------


@pytest.mark.parametrize("word", ["1", "T-1", "12-3-501", "X1", "无锡路3号", "同心里1号", "Nana"])
def test_what_names_a_house_is_no_word_for_nothing(word):
    assert not means_nothing(word)
    assert typed_key(word)


def test_words_for_nothing_in_a_list_are_empty_cells(checked):
    """All of them in one list: nobody is brought together with anybody. An error is none."""
    words = [word for word in NOTHING if not word.startswith("#")]
    rows = [[f"陈{chr(0x53E3 + number)}", "", word, ""] for number, word in enumerate(words)]

    job = checked(TITLES, *rows)

    assert (job.status, job.rows_new, job.asks) == ("ready", len(words), 0), job.faults
    assert job.preview["as_empty"][0].startswith("Column C “户号”, rows 2, 3")


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "＃ＤＩＶ／０！", "#SPILL!", "####", "Err:502"])
def test_an_error_in_words_is_a_fault(checked, error):
    text = "\n".join(",".join(row) for row in [TITLES, [*CHEN, error, ""]])

    job = checked(content=text.encode())

    assert [fault["place"] for fault in job.faults] == ["Row 2, column C “户号”"]
    assert "Type the value itself" in job.faults[0]["message"]


@pytest.mark.django_db(transaction=True)
def test_strangers_without_a_number_stay_strangers(loaded):
    loaded(TITLES, [*CHEN, "无", ""], [*WANG, "无", ""])

    assert homes() == [None, None]
    assert not Household.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_that_they_would_be_family(loaded, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(Column, "is_told_nothing", lambda *_told: False)
    monkeypatch.setattr("diedie_edu.common.typed.means_nothing", lambda _text: False)

    loaded(TITLES, [*CHEN, "无", "A"], [*WANG, "无", "A"])

    assert homes()[0] == homes()[1] is not None


@pytest.mark.parametrize("word", NOTHING)
def test_the_database_knows_no_household_of_that_name(word):
    with pytest.raises(IntegrityError), transaction.atomic():
        Household.objects.create(label=word)


def test_no_action_brings_anybody_there(staff_user, make_resident, now):
    own, other = make_resident(), make_resident()
    home = Household.objects.create(label="1-1")
    Resident.objects.update(household=home)
    facts = {"by": staff_user, "now": now}
    entry = families.Entry("陈建城")
    ways = [
        lambda: families.enter_people(entries=[entry], house="无", residency="permanent", **facts),
        lambda: families.move_in(person=own, house="N/A", reason="x", **facts),
        lambda: part_household(
            household=home, members=[other], new=Household(label="-"), reason="x", **facts
        ),
    ]
    for way in ways:
        with pytest.raises(Refused) as refused:
            way()
        assert refused.value.code == "says_nothing"


def test_no_form_takes_such_a_word(as_user, staff_user, make_resident):
    desk, person = as_user(staff_user), make_resident()
    answers = [
        desk.post(
            reverse("portal:person_family", args=[person.pk]), {"house": "无", "reason": "x"}
        ),
        desk.post(reverse("admin:people_household_add"), {"label": "不详"}),
        desk.post(reverse("admin:people_organisation_add"), {"title": "无", "kind": "school"}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert "“无”" in answer.content.decode() or "none" in answer.content.decode()
    assert not Household.objects.exists()
    assert not Organisation.objects.exists()


def test_no_paper_and_nobody_has_such_a_name(now, staff_user):
    with pytest.raises(Refused):
        clean_number(PaperKind.OTHER, "无", now.date())
    with pytest.raises(Refused):
        dwellings.known(dwellings.Seen("booklet", "不详"), staff_user, now)
    assert dwellings.address_key_of("无") == ""


# --- Spellings of one thing --------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_spellings_of_one_number_are_one_household(loaded, staff_user, now):
    rows = [[f"陈{chr(0x53E3 + number)}", "", word, "东街"] for number, word in enumerate(ONE)]

    loaded(TITLES, *rows)
    person = Resident.objects.filter(household=None).first() or Resident(full_name="陈芳")
    person.save()
    families.move_in(person=person, house="t—1", reason="x", by=staff_user, now=now)

    assert Household.objects.get().label == "T-1"
    assert {home.pk for home in homes() if home} == {Household.objects.get().pk}


def test_a_second_spelling_is_refused_where_rows_differ_by_it(topic):
    Organisation.objects.create(title="T-1 协会", kind="association")
    Household.objects.create(label="T-1")
    for row in (Organisation(title="t－1协会", kind="school"), Household(label="T — 1")):
        with pytest.raises(ValidationError, match="写法"):
            row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Household.objects.create(label="Ｔ-1")


def test_a_label_does_not_leave_its_key_behind():
    Household.objects.create(label="T-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Household.objects.update(label="T-2")
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER pgtrigger_key_changes_with_the_label_43bd0 ON people_household"
        )
    assert Household.objects.update(label="T-2")


# --- Joins that are asked about ----------------------------------------------------------


JOINS = {
    "unlike surnames": ([[*CHEN, "T-1", ""], [*WANG, "t－1", ""]], 1),
    "one tells an address": ([[*CHEN, "T-1", "东街"], [*WANG, "T-1", ""]], 1),
    "unlike surnames at one address": ([[*CHEN, "T-1", "东街"], [*WANG, "T-1", "东街"]], 0),
    "one surname": ([[*CHEN, "T-1", ""], ["陳芳", "", "T-1", ""]], 0),
    "eight": ([[f"陈{chr(0x53E3 + n)}", "", "T-1", "东街"] for n in range(8)], 0),
    "nine": ([[f"陈{chr(0x53E3 + n)}", "", "T-1", "东街"] for n in range(9)], 1),
}


@pytest.mark.parametrize("name", JOINS)
def test_who_may_be_strangers_is_asked_about(checked, name):
    rows, questions = JOINS[name]

    assert checked(TITLES, *rows).asks == questions


def test_who_lives_there_already_counts(checked, make_resident):
    home = Household.objects.create(label="T-1", address="东街")
    make_resident(full_name="陈建城", household=home)

    job = checked(TITLES, [*WANG, "t-1", ""])

    assert [question["what"] for question in job.preview["questions"]] == ["T-1"]
    assert checked(TITLES, [*WANG, "t-1", "东街"]).asks == 0


def test_nothing_is_loaded_before_it_is_answered(checked, as_user, staff_user):
    job = checked(TITLES, [*CHEN, "T-1", ""], [*WANG, "T-1", ""])
    desk, confirm = as_user(staff_user), reverse("lists:import_confirm", args=[job.pk])
    page = desk.get(reverse("lists:import_job", args=[job.pk])).content.decode()
    assert 'name="sure"' in page

    desk.post(confirm)
    job.refresh_from_db()
    assert job.status == "ready"
    desk.post(confirm, {"sure": "on"})
    job.refresh_from_db()
    assert job.status == "loading"
    again = desk.post(confirm, {"sure": "on"}, follow=True)
    assert "之前已经做过了" in again.content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_was_not_asked_is_not_loaded(checked, make_resident, now):
    job = checked(TITLES, [*WANG, "T-1", ""])
    assert imports.confirm_import(job=job)
    make_resident(full_name="陈建城", household=Household.objects.create(label="T-1"))

    assert run_next(now)

    job = ImportJob.objects.get(pk=job.pk)
    assert (job.status, Resident.objects.filter(full_name="王芳").exists()) == ("faulty", False)


def test_the_desk_is_asked_too(as_user, staff_user, make_resident):
    make_resident(full_name="陈建城", household=Household.objects.create(label="T-1"))
    told = {f"p-{name}": "6" for name in ("TOTAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    told |= {"p-INITIAL_FORMS": "0", "p-0-full_name": "王芳", "p-0-is_grown": "on"}
    told |= {"house": "t－1", "residency": "permanent"}
    desk, url = as_user(staff_user), reverse("portal:people_new")

    assert "陈**" in desk.post(url, told).content.decode()
    assert not Resident.objects.filter(full_name="王芳").exists()
    assert desk.post(url, told | {"together": "on"}).status_code == 302
    assert Household.objects.get().members.count() == 2
