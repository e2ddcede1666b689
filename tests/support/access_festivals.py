"""A festival for the walk of `test_access.py`: its rows, and what its addresses name."""

from diedie_edu.accounts.models import User
from diedie_edu.volunteering.actions.helpers import put_on_duty
from diedie_edu.volunteering.models import Duty
from happy_square.actions.rehearsals import RehearsalPlan, plan_rehearsal
from happy_square.models import Festival, Group
from tests.conftest import NOW
from tests.support.duties import make_volunteer
from tests.support.festivals import BEGINS, invited, item, make_festival
from tests.support.groups import make_place

PAGES = """
happy_square:festival_list                 vrugslob  200 405
happy_square:festival                      vrugslob  200 405
happy_square:festival missing              vrugslob  404 405
happy_square:festival_invitation               s ob  200 200
happy_square:festival_invitation            rug l    404 404
happy_square:festival_invitation missing    rugslob  404 404
happy_square:staff_festival_list               s ob  200 405
happy_square:festival_create                   s ob  200 200
happy_square:festival_change                   s ob  200 200
happy_square:festival_change missing           s ob  404 404
happy_square:festival_announce                 s ob  405 302
happy_square:festival_announce missing         s ob  405 404
happy_square:festival_call_off                 s ob  200 200
happy_square:festival_call_off missing         s ob  404 404
happy_square:festival_sheet                    s ob  200 405
happy_square:festival_sheet missing            s ob  404 405
happy_square:festival_order                    s ob  200 405
happy_square:festival_order missing            s ob  404 405
happy_square:festival_send_order               s ob  405 302
happy_square:festival_send_order missing       s ob  405 404
happy_square:festival_item_add                 s ob  200 200
happy_square:festival_item_add missing         s ob  404 404
happy_square:festival_item                     s ob  200 200
happy_square:festival_item missing             s ob  404 404
happy_square:festival_item_move                s ob  405 302
happy_square:festival_item_move missing        s ob  405 404
happy_square:festival_item_remove              s ob  405 302
happy_square:festival_item_remove missing      s ob  405 404
happy_square:festival_invite                   s ob  200 200
happy_square:festival_invite missing           s ob  404 404
happy_square:festival_withdraw                 s ob  405 302
happy_square:festival_withdraw missing         s ob  405 404
happy_square:rehearsal_add                     s ob  200 200
happy_square:rehearsal_add missing             s ob  404 404
happy_square:rehearsal_off                     s ob  405 302
happy_square:rehearsal_off missing             s ob  405 404
happy_square:festival_helper_add               s ob  200 200
happy_square:festival_helper_add missing       s ob  404 404
happy_square:festival_helper_release           s ob  405 302
happy_square:festival_helper_release missing   s ob  405 404
"""
NUMBERS = {"withdraw": "invitation", "rehearsal_off": "rehearsal", "release": "helper"}


def make_a_festival(by: User, group: Group) -> None:
    festival = make_festival(by)
    item(festival, 5, invited(festival, group, by))
    before = {"starts_at": BEGINS.replace(hour=8), "ends_at": BEGINS.replace(hour=9)}
    plan = RehearsalPlan(**before, venue=make_place("排练厅"))
    plan_rehearsal(festival=festival, plan=plan, now=NOW)
    put_on_duty(occasion=festival.occasion, volunteer=make_volunteer("柏大雪"), by=by, now=NOW)


def festival_values(name: str) -> dict[str, object]:
    """What stands in the addresses of festivals."""
    festival = Festival.objects.get()
    numbers = {
        "invitation": festival.invitations.get().pk,
        "item": festival.items.get().pk,
        "rehearsal": festival.rehearsals.get().pk,
        "helper": Duty.objects.get(occasion__activity=festival.pk).pk,
    }
    row = next((row for end, row in NUMBERS.items() if name.endswith(end)), "item")
    pk = numbers["invitation"] if name.endswith("festival_invitation") else festival.pk
    return {"pk": pk, "item": numbers["item"], "row": numbers[row]}
