"""What a page shows to one reader, and why it does not to the next, or not any more; a line for
each look-up; for `attacks/test_not_theirs.py`.

Each makes the thing and then what hides it, and returns what stands in the address both times.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from diedie_edu.accounts.models import SecondFactor, User
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.jobs.models import Job
from diedie_edu.office.actions.summaries import DRAFTING
from diedie_edu.office.models import Commitment, Expense, State, Version, Work
from diedie_edu.people.models import Consent, ConsentText, ErasureRequest, Resident, Volunteer
from diedie_edu.publicity.actions.pictures import put_in
from diedie_edu.publicity.models import Post
from diedie_edu.venues.models import RoomRequest
from diedie_edu.volunteering.models import Duty
from edu_base.models import (
    Announcement,
    Application,
    CampaignEvent,
    ContactList,
    Intake,
    Objection,
    Reviewer,
    SchemeYear,
)
from happy_square.actions import applications as groups
from happy_square.actions import pictures
from happy_square.models import Complaint, Festival, Group, GroupApplication, HandOver
from residents_school.demo.handouts import picture
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support import spending
from tests.support.campaign import make_event, make_offer
from tests.support.children import give_consent
from tests.support.duties import make_volunteer, on_duty
from tests.support.festivals import make_festival
from tests.support.groups import lead, make_group, make_kind, make_place, member
from tests.support.news import make_draft, make_picture
from tests.support.office import make_document
from tests.support.reviewing import declare, make_reviewer

DAY = timedelta(days=1)
Values = dict[str, Any]
# Address, who opens it, what they find, and why they find it no more.
Line = tuple[str, str, Callable[[User], Values], Callable[[User], Any]]


def lecture() -> Lecture:
    return Lecture.objects.filter(sign_ups__status="seated").earliest("pk")


def group() -> Group:
    return Group.objects.get(title="榕树舞蹈队")


def not_announced(_user: User) -> None:
    Activity.objects.filter(state=Activity.State.PUBLISHED).update(state=Activity.State.DRAFT)


def ticket(user: User) -> Values:
    about = {"resident": user.resident, "status": "seated", "signed_up_at": NOW, "seated_at": NOW}
    SignUp.objects.create(activity=lecture(), **about)
    return {"pk": lecture().occasion.pk}


def job(user: User) -> Values:
    drafts = Job.objects.filter(kind=DRAFTING.slug)
    drafts.update(asked_by=user)
    return {"pk": drafts.get().pk}


def promised(user: User) -> Values:
    """What is paid of a promise; that of another line is paid there."""
    item = Commitment.objects.latest("pk").item
    return {"pk": item.pk, "sent": {"promise": spending.promise(item, user, amount=1).pk}}


def of_another_line(_user: User) -> Values:
    return {"pk": Expense.objects.earliest("pk").item_id}


def next_years_budget(_user: User) -> Values:
    """It begins as an approved one of another year did."""
    like = Version.objects.filter(document__work=Work.BUDGET, state=State.APPROVED).earliest("pk")
    coming = make_document(Work.BUDGET, like.document.programme, year=2030)
    return {"pk": coming.pk, "sent": {"like": like.pk}}


def of_another_sort(_user: User) -> Values:
    """A plan does not begin like a budget."""
    like = Version.objects.filter(document__work=Work.BUDGET, state=State.APPROVED).earliest("pk")
    return {"pk": make_document(Work.PLAN, like.document.programme, year=2030).pk}


def erasure(user: User) -> Values:
    ErasureRequest.objects.update(account=user)
    return {}


def own_application(user: User) -> Values:
    asked = GroupApplication(leader=user.resident, title="隶书社", kind=make_kind("书法"))
    asked.introduction = "写字"
    groups.apply(application=asked, by=user, now=NOW)
    return {"pk": asked.pk}


def of_children(_user: User) -> Values:
    return {"pk": make_group(title="小画家", needs_clearance=True, takes_children=True).pk}


def group_picture(user: User) -> Values:
    told = {"data": picture(), "caption": "广场上", "shown": "", "agreed_note": ""}
    made = pictures.add(group=group(), **told, by=user, now=NOW)
    return {"pk": group().pk, "picture": made.pk}


def picture_of_a_post(user: User) -> Values:
    post = make_draft(user)
    put_in(post=post, picture=make_picture(), by=user, now=NOW)
    return {"pk": post.pk, "place": post.pictures.get().number}


def own_place(user: User) -> Values:
    return {"pk": group().pk, "member": member(group(), user.resident).pk}


def hand_over(user: User) -> Values:
    HandOver.objects.create(group=group(), successor=user.resident, offered_at=NOW)
    return {"pk": group().pk}


def helper_of(event: Activity) -> Values:
    duty = Duty.objects.filter(occasion__activity=event.pk, volunteer__isnull=False).first()
    duty = duty or on_duty(event.occasions.first(), make_volunteer("柏小寒"), "helper")
    return {"pk": event.pk, "row": duty.pk}


def of_a_lecture(user: User) -> Values:
    """The duty of somebody else's event, under the address of this one."""
    return {"row": on_duty(lecture().occasion, make_volunteer("柏小雪"), "helper").pk}


def contact_list(_user: User) -> Values:
    return {"pk": ContactList.objects.earliest("pk").pk}


def of_another_year(_user: User) -> None:
    given = ContactList.objects.earliest("pk")
    another = SchemeYear.objects.exclude(pk=given.scheme_year_id).earliest("pk")
    ContactList.objects.update(scheme_year=another)


def appointment(user: User) -> Values:
    return {"pk": make_reviewer(Application.objects.earliest("pk").intake, user).intake_id}


def knows_the_applicant(user: User) -> None:
    case = Objection.objects.earliest("pk").application
    declare(make_reviewer(case.intake, user), case, tie="relative")


def announced_later(user: User) -> Values:
    another = Intake.objects.filter(announcements=None).earliest("pk")
    days = {"first_on": NOW.date() + DAY, "last_on": NOW.date() + 8 * DAY}
    made = Announcement.objects.create(intake=another, **days, made_by=user, made_at=NOW)
    return {"pk": made.pk}


def consent_for_the_school(_user: User) -> Values:
    live = Consent.objects.filter(text__programme="after-school", ended_at=None)
    found = live.filter(child__enrolments__isnull=False).earliest("pk")
    return {"child": found.child_id, "pk": found.pk}


def consent_for_groups(user: User) -> Values:
    """What a guardian agreed to for another programme is withdrawn there."""
    given = Consent.objects.get(**consent_for_the_school(user))
    text = ConsentText.objects.get(pk=given.text_id)
    text.pk, text.programme = None, "happy-square"
    text.save()
    return {"pk": give_consent(given.child, given.guardian, text=text).pk}


def date(_user: User) -> Values:
    """Of a request for rooms."""
    booking = RoomRequest.objects.earliest("pk").bookings.earliest("pk")
    return {"pk": booking.request_id, "booking": booking.pk}


def of_another_request(_user: User) -> Values:
    row = RoomRequest.objects.earliest("pk")
    row.pk = None
    row.save()
    return {"pk": row.pk}


def on_a_stage(rows: str, name: str = "row") -> Callable[[User], Values]:
    """What hangs on a festival: an item of its order, an invitation, a rehearsal."""

    def found(_user: User) -> Values:
        festival = Festival.objects.earliest("pk")
        return {"pk": festival.pk, name: getattr(festival, rows).earliest("pk").pk}

    return found


def of_another_festival(user: User) -> Values:
    return {"pk": make_festival(user, venue=make_place("别处")).pk}


def offer(user: User) -> Values:
    """What an enterprise brings to an event."""
    event = CampaignEvent.objects.earliest("pk")
    return {"pk": event.pk, "row": make_offer(event, user).pk}


def of_another_event(user: User) -> Values:
    return {"pk": make_event(user, venue=make_place("别处")).pk}


LINES: list[Line] = [
    *(
        (f"venues:{page}", "s", date, of_another_request) for page in ("date_skip", "date_put_back")
    ),
    ("happy_square:festival_item", "s", on_a_stage("items", "item"), of_another_festival),
    ("happy_square:festival_item_move", "s", on_a_stage("items"), of_another_festival),
    ("happy_square:festival_item_remove", "s", on_a_stage("items"), of_another_festival),
    ("happy_square:festival_withdraw", "s", on_a_stage("invitations"), of_another_festival),
    ("happy_square:rehearsal_off", "s", on_a_stage("rehearsals"), of_another_festival),
    ("edu_base:offer_remove", "s", offer, of_another_event),
    ("door:tickets", "r", ticket, not_announced),
    ("activities:call_person", "s", lambda _user: {
        "pk": lecture().pk, "sign_up": lecture().sign_ups.earliest("pk").pk},
        lambda _user: {"pk": Lecture.objects.exclude(pk=lecture().pk).filter(
            state="published").earliest("pk").pk}),
    ("office:summary_drafting", "s", job, lambda _user: Job.objects.update(
        asked_by=User.objects.earliest("pk"))),
    ("office:expense_add", "s", promised, of_another_line),
    ("office:document_write", "s", next_years_budget, of_another_sort),
    ("portal:erasure_take_back", "r", erasure, lambda _user: ErasureRequest.objects.update(
        ended_at=NOW, ending="withdrawn")),
    ("portal:volunteering_leave", "u", lambda _user: {}, lambda user: Volunteer.objects.filter(
        resident=user.resident).update(is_active=False)),
    ("portal:person_phone", "s", lambda _user: {"pk": Resident.objects.create(
        full_name="缪某").pk}, lambda _user: Resident.objects.filter(full_name="缪某").update(
        **Resident.EMPTIED, erased_at=NOW)),
    ("portal:end_second_step", "b", lambda _user: {"pk": SecondFactor.objects.create(
        user=User.objects.earliest("pk"), key="JBSWY3DPEHPK3PXP", since=NOW).user_id},
        lambda _user: SecondFactor.objects.all().delete()),
    ("publicity:post", "v", lambda _user: {"pk": Post.objects.filter(
        state="published").earliest("pk").pk},
        lambda _user: Post.objects.update(publish_at=NOW + DAY)),
    ("publicity:take_out", "s", picture_of_a_post, lambda user: {"pk": make_draft(user).pk}),
    ("after_school:paper_withdrawal", "a", consent_for_the_school, consent_for_groups),
    ("happy_square:application_change", "r", own_application, lambda user: own_application(
        User.objects.exclude(pk=user.pk).filter(resident__isnull=False).earliest("pk"))),
    ("happy_square:children", "r", of_children, not_announced),
    ("happy_square:complaint", "s", lambda _user: {"pk": Complaint.objects.get().pk},
        lambda user: lead(group(), user.resident, part="deputy")),
    ("happy_square:picture_remove", "s", group_picture, lambda _user: {"pk": make_group().pk}),
    ("happy_square:wishes", "r", own_place, lambda _user: {"pk": make_group().pk}),
    ("happy_square:hand_over", "r", hand_over, not_announced),
    ("happy_square:festival_helper_release", "s", lambda _user: helper_of(
        Festival.objects.get()), of_a_lecture),
    ("edu_base:event_helper_release", "s", lambda _user: helper_of(
        CampaignEvent.objects.earliest("pk")), of_a_lecture),
    ("edu_base:contact_list", "s", contact_list, of_another_year),
    ("edu_base:object", "v", lambda _user: {"pk": Announcement.objects.earliest("pk").pk},
        announced_later),
    ("edu_base:objection", "s", lambda _user: {"pk": Objection.objects.earliest("pk").pk},
        knows_the_applicant),
    ("edu_base:ties", "s", appointment, lambda user: Reviewer.objects.filter(
        account=user).update(ended_at=NOW)),
]  # fmt: skip
