"""A second factor that is lost, switched off or left alone on a desk."""

import pytest
from django.core.management import call_command

from diedie_edu.accounts.models import SecondFactor, SecurityEvent
from diedie_edu.notices.models import Notice
from tests.support.second_step import code_of, confirm, sign_in, with_factor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "second_step_required")]


def test_a_lost_one_is_ended_by_another_who_keeps_accounts_and_never_ones_own(
    lead, staff, now, clock
):
    with_factor(staff, now)
    with_factor(lead, now)
    clock.shift(30)
    keeper, owner = sign_in(lead), sign_in(staff)
    confirm(keeper, code_of())
    confirm(owner, code_of(), trusts="on")
    form = {"reason": "手机丢了", "has_seen": "on"}
    own = keeper.post(f"/desk/accounts/{lead.pk}/second-step/", form)
    assert own.context["form"].errors
    assert keeper.post(f"/desk/accounts/{staff.pk}/second-step/", form).status_code == 302
    assert not SecondFactor.objects.filter(user=staff).exists()
    assert owner.get("/desk/").url.startswith("/sign-in/"), "the lost phone is signed out"
    event = SecurityEvent.objects.filter(kind="factor", about=staff.pk).latest("pk")
    assert (event.account, event.reason) == (lead.pk, "手机丢了")
    assert Notice.objects.filter(account=staff, data__what_en="two-step sign-in off").exists()


def test_staff_cannot_end_a_leads(lead, staff, now, as_user, settings):
    with_factor(lead, now)
    settings.SECOND_FACTOR_REQUIRED = False
    assert as_user(staff).post(f"/desk/accounts/{lead.pk}/second-step/").status_code == 403


def test_a_command_ends_the_last_leads(lead, now, capsys):
    with_factor(lead, now)
    call_command("end_second_step", lead.phone, reason="last lead, seen by the secretary")
    assert not SecondFactor.objects.exists()
    assert lead.phone not in capsys.readouterr().out


def test_staff_keep_it_and_the_demo_may_do_without(staff, now, clock, settings):
    with_factor(staff, now)
    clock.shift(30)
    client = sign_in(staff)
    confirm(client, code_of())
    client.post("/me/second-step/", {"do": "off"})
    assert SecondFactor.objects.exists()
    settings.SECOND_FACTOR_REQUIRED = False
    client.post("/me/second-step/", {"do": "off"})
    assert not SecondFactor.objects.exists()
    assert client.get("/desk/").status_code == 200


def test_staff_who_leave_are_signed_out_and_residents_are_not(
    staff, resident_user, as_user, clock, settings
):
    settings.SECOND_FACTOR_REQUIRED, settings.STAFF_IDLE_MINUTES = False, 60
    busy, left, resident = sign_in(staff), sign_in(staff), as_user(resident_user)
    resident.get("/me/")
    for _half_hour in range(3):
        clock.shift(1800)
        assert busy.get("/desk/").status_code == 200
        left.get("/desk/", headers={"sec-fetch-mode": "navigate"})  # a page that loads itself
    assert left.get("/desk/").url.startswith("/sign-in/")
    assert resident.get("/me/").status_code == 200
