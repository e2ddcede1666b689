"""Small tables through django-import-export, tried on organisations and topics."""

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Organisation, Topic
from tests.common.spreadsheets.files import values, xlsx

pytestmark = pytest.mark.django_db
HEADER = ["单位名称", "单位类型", "联系人", "联系电话", "备注"]
CLUB = ["博士俱乐部", "协会", "陈建城", "138 1234 5678", "教书法"]


@pytest.fixture
def desk(as_user, staff_user):
    browser = as_user(staff_user)
    browser.cookies["django_language"] = "en"
    return browser


def check(desk, content: bytes, model: str = "organisation"):
    """Upload a file and see what it would change."""
    file = SimpleUploadedFile("单位.xlsx", content)
    post = {"import_file": file, "format": "0", "resource": "0"}
    return desk.post(reverse(f"admin:people_{model}_import"), post)


def confirm(desk, page, model: str = "organisation") -> None:
    fields = page.context["confirm_form"].initial
    desk.post(reverse(f"admin:people_{model}_process_import"), fields)


def export(desk, choice: int) -> bytes:
    post = {"format": str(choice), "resource": "0"}
    return desk.post(reverse("admin:people_organisation_export"), post).content


@pytest.mark.parametrize(
    "content", [xlsx(HEADER, CLUB), "\n".join(map(",".join, (HEADER, CLUB))).encode("gbk")]
)
def test_a_list_is_shown_first_and_loaded_when_confirmed(desk, content):
    page = check(desk, content)
    assert "博士俱乐部" in page.content.decode()
    assert not Organisation.objects.exists()

    confirm(desk, page)
    club = Organisation.objects.get()
    assert (club.kind, club.phone, club.note) == ("association", "13812345678", "教书法")


def test_the_preview_is_in_words_and_needs_no_styles_of_its_own(desk):
    Organisation.objects.create(title="博士俱乐部", kind="school")

    page = check(desk, xlsx(HEADER, CLUB)).content.decode()

    assert "<del>school</del><ins>association</ins>" in page.replace("</del> <ins>", "</del><ins>")
    assert " style=" not in page


def test_faults_are_named_with_place_and_remedy_and_nothing_is_changed(desk):
    page = check(desk, xlsx(HEADER, CLUB, ["社工协会", "帮派", "", "12", ""]))

    errors = page.context["form"].errors["import_file"]
    assert len(errors) == 2
    assert errors[0].startswith("Sheet “居民”, row 3, column B “单位类型”: Only these entries")
    assert not Organisation.objects.exists()


def test_a_file_that_is_no_list_says_what_to_do(desk):
    [error] = check(desk, b"<html></html>").context["form"].errors["import_file"]

    assert "web page" in error


def test_a_blank_cell_leaves_what_is_there(desk):
    Organisation.objects.create(title="博士俱乐部", kind="association", contact="王芳")

    confirm(desk, check(desk, xlsx(HEADER[:3], ["博士俱乐部", "学校", ""])))

    assert Organisation.objects.values_list("kind", "contact").get() == ("school", "王芳")


@pytest.mark.parametrize("choice", [0, 1])
def test_an_export_is_safe_and_comes_back_unchanged(desk, choice):
    Organisation.objects.create(title="=社工协会", kind="association", phone="13812345678")

    content = export(desk, choice)

    assert (
        values(content, admin.site.get_model_admin(Organisation).list_columns())[0]["title"]
        == "=社工协会"
    )
    if choice:
        assert "'=社工协会" in content.decode("utf-8-sig")
    assert "as it is" in check(desk, content).content.decode()


def test_topics_name_their_area_in_words(desk, topic):
    header = ["领域", "专题", "英文名称", "排序", "是否开设"]

    page = check(desk, xlsx(header, [str(topic.area), "太极", "Tai chi", 8, "是"]), "topic")
    confirm(desk, page, "topic")

    added = Topic.objects.get(title_zh="太极")
    assert (added.area, added.position, added.is_offered) == (topic.area, 8, True)


def test_who_may_only_look_may_not_import(as_user, make_user):
    lead = as_user(make_user(Role.PROGRAMME_LEAD, scope="residents-school"))

    assert lead.get(reverse("admin:people_organisation_import")).status_code == 403
    assert lead.get(reverse("admin:people_organisation_export")).status_code == 200
