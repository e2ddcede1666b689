"""What the addresses about phones, roles and the second step need; for `access_table.py`."""

from datetime import timedelta

from diedie_edu.accounts.models import PrivacyNotice, RoleGrant, SecondFactor, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.links import token
from diedie_edu.people.models import PhoneChange, Resident
from tests.conftest import NOW

PAGES = """
portal:own_phone                            rugslob  200 200
portal:own_phone_code                       rugslob  302 302
portal:own_phone_again                      rugslob  405 302
portal:own_phone_back                       rugslob  405 302
portal:phone_stop                          vrugslob  200 302
portal:phone_stop missing                  vrugslob  404 404
portal:person_phone                            s     200 200
portal:person_phone missing                    s     404 404
portal:account_phone                              b  200 200
portal:account_phone missing                      b  404 404
portal:appointing                                 b  200 200
portal:trail                                      b  200 405
community:facts                                   b  200 200
portal:begin                                      b  200 405
portal:begin_leave_out                            b  405 302
portal:demonstration                              b  200 302
portal:begin_rooms                                b  200 200
portal:begin_room_hours                           b  405 200
portal:appointed                                  b  200 405
portal:appointed missing                          b  404 405
portal:privacy_notices                            b  200 405
portal:privacy_new                                b  200 200
portal:privacy_version                            b  200 405
portal:privacy_version missing                    b  404 405
portal:privacy_edit                               b  200 200
portal:privacy_edit missing                       b  404 404
portal:take_role                                  b  405 302
portal:take_role missing                          b  405 404
portal:confirm                              rugslob  302 302
portal:second_step                          rug      302 302
portal:second_step                             slob  200 200
portal:second_step                         c         200 200
portal:second_step_set_up                   rug      302 302
portal:second_step_set_up                      slob  200 200
portal:second_step_set_up                  c         200 200
portal:second_step_sheet                    rugslob  302 302
portal:devices                              rugslob  200 404
portal:devices_everywhere                   rugslob  405 302
portal:end_second_step                            b  200 200
portal:end_second_step missing                    b  404 404
accounts:owner                             vrugslob  302 302
"""


def phone_values(name: str) -> dict[str, object]:
    """What stands in an address: a link to the old number, an account, or a role of one."""
    if name == "portal:phone_stop":
        return {"token": _link_to_the_old_number(Resident.objects.earliest("pk"))}
    if name == "portal:take_role":
        return {"pk": RoleGrant.objects.filter(role=Role.RESIDENT).earliest("pk").pk}
    if name == "portal:end_second_step":
        facts = {"key": "JBSWY3DPEHPK3PXP", "since": NOW}
        user = User.objects.earliest("pk")
        return {"pk": SecondFactor.objects.get_or_create(user=user, defaults=facts)[0].user_id}
    if name in ("portal:privacy_version", "portal:privacy_edit"):
        return {"pk": _a_coming_notice().pk}
    of_an_account = ("portal:appointed", "portal:account_phone")
    return {"pk": User.objects.earliest("pk").pk} if name in of_an_account else {}


def _a_coming_notice() -> PrivacyNotice:
    coming, _is_new = PrivacyNotice.objects.get_or_create(
        version="coming", defaults={"in_force_from": NOW + timedelta(days=9), "text": "空"}
    )
    return coming


def _link_to_the_old_number(resident: Resident) -> str:
    facts = {"old_phone": "13811112222", "new_phone": "13811113333", "how": "code"}
    times = {"proved_at": NOW, "in_force_at": NOW, "done_at": NOW}
    change = resident.phone_changes.first()
    change = change or PhoneChange.objects.create(resident=resident, **facts, **times)
    return token("phone_change", change.pk)
