"""A fifth programme appears everywhere, though nothing outside its folder knows of it."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.urls import reverse

from diedie_edu.accounts.models import RoleGrant
from diedie_edu.accounts.permissions import Permission, Role
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import Attendance
from diedie_edu.common.documents import read_document
from diedie_edu.common.manifests import parts_by, programmes
from diedie_edu.common.references import erase
from diedie_edu.decisions.actions.deciding import decide
from diedie_edu.decisions.actions.requests import submit
from diedie_edu.decisions.kinds import DecisionKind, shown_now
from diedie_edu.decisions.rules import Decision
from diedie_edu.files.actions import store
from diedie_edu.jobs.actions import asking
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.jobs.kinds import job_kind
from diedie_edu.lists import kinds
from diedie_edu.lists.actions import imports
from diedie_edu.notices import outbox
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind, render
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import ConsentText
from residents_school.demo.handouts import picture
from tests.conftest import NOW
from tests.fifth_programme.conftest import APP, SLUG
from tests.support.sent_forms import form_on
from tests.support.two_browsers import faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def lead(make_user):
    return make_user(Role.PROGRAMME_LEAD, scope=SLUG)


def test_no_other_app_needs_a_migration():
    call_command("makemigrations", "--check", "--dry-run")


def test_home_shows_it_among_the_programmes(client, gardening):
    page = client.get(reverse("portal:home")).text
    assert "社区菜园" in page
    assert "In the garden" in page
    assert gardening.title in page
    assert "Garden" in page


def test_its_page_leads_into_it(client, gardening):
    page = client.get(reverse("portal:programme", args=[SLUG])).text
    assert "Into the garden" in page
    assert "陆种瓜" in page


def test_one_address_leads_to_its_course(client, gardening):
    answer = client.get(reverse("portal:activity", args=[gardening.pk]), follow=True)
    assert answer.text == gardening.title


def test_the_desk_shows_its_figures_problems_and_dates(as_user, lead, gardening):
    answer = as_user(lead).get(reverse("portal:desk"))
    assert [row.url for row in answer.context["occasions"]] == [f"/desk/garden/{gardening.pk}/"]
    assert f"Nothing grows in {gardening.title}." in answer.text
    for words in ("beds", "Beds", "Dig a bed"):
        assert words in answer.text


def test_a_leads_rights_end_at_it(as_user, lead, make_user, gardening):
    other = make_user(Role.PROGRAMME_LEAD, scope="residents-school")
    assert lead.scopes(Permission.PLAN_ACTIVITIES) == {SLUG}
    assert as_user(lead).get(f"/desk/garden/{gardening.pk}/").status_code == 200
    assert as_user(other).get(f"/desk/garden/{gardening.pk}/").status_code == 403
    assert "Dig a bed" not in as_user(other).get(reverse("portal:desk")).text
    assert as_user(lead).get(reverse("residents_school:lecture_create")).status_code == 403


def test_its_old_form_undoes_nothing(as_user, lead, gardening):
    address = f"/desk/garden/{gardening.pk}/"
    form = form_on(as_user(lead), address)
    assert form.opened
    assert list(faults(as_user(lead), address, form)) == []


def test_its_role_is_among_the_choices(lead):
    grant = RoleGrant.objects.get(user=lead)
    grant.full_clean()
    assert "Community garden" in str(grant)


def test_my_page_and_the_record_hold_its_courses(as_user, resident_user, gardening, clock):
    person, occasion = resident_user.resident, gardening.occasions.get()
    seats.sign_up(activity=gardening, resident=person, by=resident_user, now=NOW)
    page = as_user(resident_user).get(reverse("portal:my_page")).text
    assert "My bed" in page
    assert page.count(gardening.title) > 1
    Attendance.objects.create(occasion=occasion, resident=person, arrived_at=occasion.starts_at)
    clock.move_to(occasion.ends_at + timedelta(minutes=1))
    assert gardening.title in as_user(resident_user).get(reverse("portal:learning")).text


def test_the_calendar_and_its_feed_hold_its_dates(client, gardening):
    assert gardening.title in client.get(reverse("portal:calendar_month")).text
    assert gardening.title in client.get(reverse("portal:programme_feed", args=[SLUG])).text


def test_the_admin_opens_it_to_its_lead_and_not_to_another(as_user, lead, make_user, gardening):
    ContentType.objects.clear_cache()
    other = make_user(Role.PROGRAMME_LEAD, scope="residents-school")
    address = reverse("admin:fifth_programme_gardening_changelist")
    assert gardening.title in as_user(lead).get(address).text
    assert gardening.title not in as_user(other).get(address).text


def test_its_list_goes_out_and_comes_in(upload, lead, make_user, gardening, as_user):
    kind = kinds.list_kind("crops")
    assert kind in kinds.kinds_open_to(lead)
    assert kind not in kinds.kinds_open_to(make_user(Role.PROGRAMME_LEAD, scope="after-school"))
    page = as_user(lead).get(reverse("lists:export", args=["crops", "csv"]))
    assert str(gardening.pk) in page.content.decode("utf-8-sig")

    job = upload(["编号", "作物"], [gardening.pk, "豆角"], kind="crops", by=lead)
    assert run_next(NOW)
    job.refresh_from_db()
    assert (job.rows_changed, job.faults) == (1, [])
    assert imports.confirm_import(job=job)


def test_its_long_work_is_done_and_its_files_are_its_own(as_user, lead, make_user, gardening):
    about = {"title": "Beds", "params": {}, "by": lead, "language": "en"}
    job = asking.ask(kind=job_kind("count_beds"), **about)
    assert run_next(NOW)
    job.refresh_from_db()
    plan = store.keep_document(
        document=read_document(picture()), kind="plan_of_beds", title="Plan", by=lead, now=NOW
    )
    other = as_user(make_user(Role.PROGRAMME_LEAD, scope="residents-school"))
    for file, words in ((job.result, b"beds: 1"), (plan, b"PNG")):
        address = reverse("files:file", args=[file.key])
        assert words in as_user(lead).get(address).content
        assert other.get(address).status_code == 404


def test_its_messages_are_read(resident_user, gardening):
    harvest = parts_by(Kind, "code")["fifth_programme.harvest"]
    data = {"activity": gardening.pk, "title": gardening.title}
    notify(
        kind=harvest, recipients=[resident_user.resident.pk], subject="bed:1", data=data, now=NOW
    )
    assert render(Notice.objects.first(), "en").title == f"Harvest: {gardening.title}"


def test_its_lead_calls_whom_nothing_reached_and_sees_to_its_alarms(
    as_user, lead, make_user, make_resident, gardening
):
    harvest, withering = (
        parts_by(Kind, "code")[f"fifth_programme.{name}"] for name in ("harvest", "withering")
    )
    told = {"data": {"activity": 1, "title": gardening.title, "bed": "Bed 3"}, "now": NOW}
    notify(kind=harvest, recipients=[make_resident().pk], subject="bed:3", **told)
    notify(kind=withering, subject="bed:3", **told)
    outbox.deliver()
    others = make_user(Role.PROGRAMME_LEAD, scope="residents-school")
    for words in (f"Harvest: {gardening.title}", "Bed 3 withers"):
        assert words in as_user(lead).get(reverse("notices:call_list")).text
        assert words not in as_user(others).get(reverse("notices:call_list")).text
    urls = [row.url for row in as_user(lead).get(reverse("portal:desk")).context["problems"]]
    assert urls.count(reverse("notices:call_list")) == 2


def test_guardians_are_asked_by_its_own_text(gardening):
    text = ConsentText.objects.get(programme=SLUG)
    text.full_clean()
    assert str(text) == "Community garden 1"


def test_its_lead_decides_what_is_asked_of_it(as_user, lead, make_user, resident_user, gardening):
    request = submit(
        kind=parts_by(DecisionKind, "slug")["digging"],
        subject=gardening.pk,
        programme=SLUG,
        data={"title": gardening.title},
        by=resident_user,
        now=NOW,
    )
    waiting = reverse("decisions:waiting")
    other = make_user(Role.PROGRAMME_LEAD, scope="residents-school")
    assert gardening.title in as_user(lead).get(waiting).text
    assert gardening.title not in as_user(other).get(waiting).text
    decision = Decision("approved", shown_now(request))
    decide(request=request, decision=decision, by=lead, now=NOW)
    gardening.refresh_from_db()
    assert gardening.crop == "as asked"


def test_it_answers_when_a_child_is_erased(make_resident, gardening):
    child = make_resident()
    harvest = parts_by(Kind, "code")["fifth_programme.harvest"]
    data = {"activity": gardening.pk, "title": gardening.title}
    notify(kind=harvest, recipients=[child.pk], subject=f"bed:{child.pk}", data=data, now=NOW)
    erase(child, NOW)
    assert not Notice.objects.filter(subject=f"bed:{child.pk}").exists()


def test_it_is_the_last_programme_of_five():
    assert list(programmes())[-1] == SLUG
    assert len(programmes()) == 5
    assert APP.endswith("fifth_programme")
