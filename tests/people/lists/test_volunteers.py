import pytest

from diedie_edu.accounts.models import RoleGrant
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Resident, Skill, Topic, TopicArea, Volunteer
from tests.people.conftest import VOLUNTEERS

pytestmark = pytest.mark.django_db(transaction=True)
CHEN = ["陈建城", "13812345678", "专家、离退休党员", "中老年健康"]


@pytest.fixture(autouse=True)
def calligraphy(topic) -> Topic:
    leisure = TopicArea.objects.create(slug="leisure", title_zh="休闲娱乐", title_en="Leisure")
    return Topic.objects.create(area=leisure, title_zh="书法", title_en="Calligraphy")


def serves(user) -> bool:
    return RoleGrant.objects.filter(user=user, role=Role.VOLUNTEER).exists()


def test_a_list_brings_people_their_kinds_and_their_skills(loaded):
    job = loaded(VOLUNTEERS, [*CHEN[:3], "书法；中老年健康"], kind="volunteers")

    assert (job.status, job.rows_new) == ("done", 1)
    volunteer = Volunteer.objects.get()
    assert volunteer.kinds == ["expert", "retired_party"]
    assert set(volunteer.topics.values_list("title_zh", flat=True)) == {"书法", "中老年健康"}
    assert (volunteer.resident.full_name, volunteer.is_active) == ("陈建城", True)


def test_somebody_known_starts_to_serve_and_is_not_entered_twice(loaded, make_resident):
    chen = make_resident(full_name="陈建城", phone="13812345678")

    job = loaded(VOLUNTEERS, CHEN, kind="volunteers")

    assert (job.rows_new, job.rows_changed) == (0, 1)
    assert Volunteer.objects.get().resident == chen


def test_told_skills_replace_the_old_ones_and_a_blank_leaves_them(loaded, calligraphy):
    loaded(VOLUNTEERS, CHEN, kind="volunteers")

    same = loaded(VOLUNTEERS, [*CHEN[:2], "离退休党员、专家", ""], kind="volunteers")
    assert (same.rows_changed, Skill.objects.count()) == (0, 1)
    loaded(VOLUNTEERS, [*CHEN[:2], "", "Calligraphy"], kind="volunteers")
    assert Skill.objects.get().topic == calligraphy
    assert Volunteer.objects.get().kinds == ["expert", "retired_party"]


def test_a_list_tells_when_somebody_is_free_and_a_blank_leaves_it(loaded):
    header = [*VOLUNTEERS, "空闲时间"]

    loaded(header, [*CHEN, "周日下午、周六上午"], kind="volunteers")
    loaded(header, [*CHEN, ""], kind="volunteers")
    assert set(Volunteer.objects.get().free_times) == {"sun_pm", "sat_am"}


def test_the_role_of_an_account_follows(loaded, make_user):
    chen = make_user(display_name="陈建城", phone="13812345678")
    header = [*VOLUNTEERS, "在岗"]

    loaded(header, [*CHEN, "是"], kind="volunteers")
    assert serves(chen)
    loaded(header, [*CHEN, "否"], kind="volunteers")
    assert not serves(chen)
    assert Volunteer.objects.get().is_active is False


def test_a_new_volunteer_needs_a_kind(checked):
    job = checked(["姓名", "联系电话", "志愿者类别"], [*CHEN[:2], ""], kind="volunteers")

    [fault] = job.faults
    assert fault["place"].endswith("row 2, column C “志愿者类别”")
    assert "at least one volunteer kind" in fault["message"]


def test_an_unknown_topic_says_where_topics_are_kept(checked):
    job = checked(VOLUNTEERS, [*CHEN[:3], "书法、占星"], kind="volunteers")

    [fault] = job.faults
    assert fault["place"].endswith("row 2, column D “擅长专题”")
    assert "admin site, “Topics”" in fault["message"]
    assert "占星" not in fault["message"]


def test_a_title_in_two_areas_is_told_apart_by_its_area(checked, loaded, topic):
    twin = Topic.objects.create(area=topic.area, title_zh="书法", title_en="Calligraphy")

    job = checked(VOLUNTEERS, [*CHEN[:3], "书法"], kind="volunteers")
    assert "stands in two areas" in job.faults[0]["message"]
    loaded(VOLUNTEERS, [*CHEN[:3], "身心健康：书法"], kind="volunteers")
    assert Skill.objects.get().topic == twin


def test_nothing_is_left_of_a_list_with_one_bad_row(checked):
    job = checked(VOLUNTEERS, CHEN, ["王芳", "1234", "专家", ""], kind="volunteers")

    assert job.status == "faulty"
    assert not Resident.objects.filter(full_name="陈建城").exists()
