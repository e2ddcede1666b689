"""One object of each kind for the walk of `test_access.py`, and the addresses of each."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from after_school.models import Term
from diedie_edu.accounts.models import PrivacyNotice, RoleChange, User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import (
    Activity,
    SignUp,
)
from diedie_edu.common.links import token
from diedie_edu.door.queries import attendance
from diedie_edu.lists.models import ImportJob
from diedie_edu.notices.models import Attempt, Notice, Reached
from diedie_edu.notices.text_messages import key_of
from diedie_edu.people.models import Household, Resident, Volunteer
from diedie_edu.portal.calendar.actions import renew_feed
from diedie_edu.venues.models import SpecialDay
from diedie_edu.volunteering.models import Duty
from residents_school.actions import materials
from residents_school.demo.handouts import picture
from residents_school.models import Invitation, Lecture, Survey, Wish
from tests.conftest import NOW
from tests.support.access_closing import closing_pk, make_wishes
from tests.support.access_education import education_values, make_base
from tests.support.access_figures import figures_values
from tests.support.access_news import make_news, news_values
from tests.support.access_office import make_office, office_values
from tests.support.access_phones import phone_values
from tests.support.access_pieces import (
    MISSING,
    make_attendance,
    make_dropped_draft,
    make_export,
    make_import,
    make_message,
    make_paper,
    make_series,
    make_survey,
    own_pk,
)
from tests.support.access_rooms import make_room_request, room_values
from tests.support.access_school import make_request, make_school, request_pk, school_values
from tests.support.access_square import make_square, square_values
from tests.support.access_working import working_values
from tests.support.approving import approve
from tests.support.children import consented
from tests.support.duties import make_volunteer, on_duty

NUMBER = "DDX-2026-000001-K7M4PQ"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


@cache
def addresses() -> dict[str, str]:
    """Name and route of every address; those of the admin site without a name get one here."""
    return dict(_addresses(get_resolver(), (), ""))


def _addresses(
    resolver: URLResolver, spaces: tuple[str, ...], route: str
) -> Iterator[tuple[str, str]]:
    for row in resolver.url_patterns:
        here = route + str(row.pattern).lstrip("^").rstrip("$")
        if isinstance(row, URLResolver):
            inner = (*spaces, row.namespace) if row.namespace else spaces
            yield from _addresses(row, inner, here)
        else:
            yield ":".join((*spaces, row.name or _unnamed(row, route))), here


def _unnamed(row: URLPattern, route: str) -> str:
    """The old address of an object, and the one that catches what fits nothing."""
    model = route.removeprefix("admin/").strip("/").replace("/", "_")
    return f"{model}_old" if "object_id" in str(row.pattern) else "anything_else"


@dataclass(frozen=True)
class Things:
    lecture: Lecture
    draft: Lecture
    dropped: Lecture
    stranger: User
    job: ImportJob
    troubled: Notice
    survey: Survey
    token: str
    mother: Resident
    term: Term
    done: Duty

    def path(self, name: str, which: str, user: User | None) -> str:
        """An address; `which` is the object where another than the plain one is meant."""
        route = addresses()[name].replace("\\.", ".")
        values = self._values(name, user)
        if name.startswith("after_school:"):
            whose = self.stranger if which == "stranger" or user is None else user
            values |= school_values(name, whose, self.term)
        if of_app := VALUES.get(name.partition(":")[0]):
            values |= of_app(name)
        if which == "missing":
            values |= MISSING | ({"day": "someday"} if name in OF_A_DAY else {})
        elif which == "draft":
            values["pk"] = self._draft_pk(name)
            values["file_key"] = self.draft.materials.get().file.key
        elif which == "dropped":
            values |= self._dropped(name)
        elif which == "stranger" and not name.startswith("after_school:"):
            values["pk"] = self._pk(name, self.stranger)
            values["file_key"] = self.stranger.jobs.get(kind="export").result.key
        filled = PARAMETER.sub(lambda match: str(values[match[1] or match[2]]), route)
        return f"/{filled}" + (AUTOCOMPLETE if which == "accounts" else "")

    def form(self, name: str, which: str) -> dict[str, object]:
        """What is sent by POST: a person at the door, else at most another's family member."""
        if name in OF_AN_OCCASION:
            return {"resident": self.mother.pk, "words": "李梅"}
        return {"resident": self.stranger.resident.pk} if which == "stranger" else {}

    def _values(self, name: str, user: User | None) -> dict[str, object]:
        return {
            "slug": "residents-school",
            "kind": KINDS.get(name, "residents"),
            "extension": "xlsx",
            "language": "en",
            "number": NUMBER,
            "key": key_of(self.troubled.reference),
            "year": 2026,
            "month": 11,
            "token": self._token(name),
            "lecture": self.lecture.pk,
            "invitation": self.lecture.invitations.get().pk,
            "material": self.lecture.materials.get().pk,
            "file_key": self.lecture.materials.get().file.key,
            "day": "2026-11-28" if name in OF_A_DAY else 28,
            "answer": self.survey.answers.get().pk,
            "other": self.stranger.resident.pk,
            "app_label": "people",
            "content_type_id": 1,
            "url": "nowhere/",
            "object_id": self._row_of(name),
            "pk": self._pk(name, user or self.stranger),
        }

    def _token(self, name: str) -> str:
        """Of an invitation, of a ticket, of a place, or of a calendar feed."""
        if name == "residents_school:invitation":
            return token("invitation", self.lecture.invitations.get().pk)
        if name == "door:feedback":
            return token("feedback", self.mother.attendances.get().pk)
        if name == "door:ticket":
            return attendance.ticket_of(self.lecture.occasion.pk, self.mother.pk)
        sign_up = self.lecture.sign_ups.first()
        return token("sign_up", sign_up.pk) if name == "activities:place" else self.token

    def _pk(self, name: str, reader: User) -> int:
        if number := closing_pk(name, reader) or own_pk(name, reader):
            return number
        plain = {
            **dict.fromkeys(OF_TROUBLE, self.troubled.pk),
            **{row: self.mother.pk for row in addresses() if row.startswith("portal:person")},
            "residents_school:burst": self.survey.bursts.get().pk,
            "portal:room_week": self.lecture.occasion.venue_id,
            **dict.fromkeys(OF_A_TOPIC, self.lecture.topic_id),
            **dict.fromkeys(OF_A_DUTY, self.done.pk),
            **dict.fromkeys(OF_A_SURVEY, self.survey.pk),
            **{row: self.lecture.series_id for row in addresses() if "school:season" in row},
        }
        if name.startswith("decisions:"):
            return request_pk(name, reader)
        if name in plain or name in OF_AN_OCCASION:
            return plain.get(name, self.lecture.occasion.pk)
        if name.startswith("portal:certificate"):
            return self.mother.certificates.get().pk
        return self.job.pk if name.startswith("lists:import") else self.lecture.pk

    def _draft_pk(self, name: str) -> int:
        if name in OF_AN_OCCASION:
            return self.draft.occasion.pk
        return self.survey.pk - 1 if "survey" in name else self.draft.pk

    def _dropped(self, name: str) -> dict[str, object]:
        return {
            "pk": self.dropped.occasion.pk if name in OF_AN_OCCASION else self.dropped.pk,
            "file_key": self.dropped.materials.get().file.key,
            "token": token("sign_up", self.dropped.sign_ups.get().pk),
        }

    def _row_of(self, name: str) -> int:
        """Of the model that a page of the admin site is about."""
        page = name.removeprefix("admin:")
        for model in apps.get_models():
            if page.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
                rows = model.objects.order_by("pk")
                return self.stranger.pk if model is User else rows.first().pk
        return 1


OF_AN_OCCASION = {
    f"door:{page}"
    for page in (
        *("door", "find", "arrived", "undo", "walk_in", "newcomer", "sheet", "scan"),
        *("kiosk_unlock", "excuse", "tickets", "feedback_of"),
    )
}
OF_TROUBLE = [
    f"notices:{page}"
    for page in ("send_again", "not_dealt_with", "calls_about", "reached", "not_reached")
]
OF_A_TOPIC = ("residents_school:wish", "residents_school:wish_back")
OF_A_DUTY = [f"volunteering:{page}" for page in ("hours_confirm", "hours_absent", "cannot_come")]
OF_A_DAY = {"activities:change_day", "volunteering:hours_confirm_day"}
OF_A_SURVEY = {
    f"residents_school:{page}"
    for page in (
        *("survey", "survey_results", "survey_change", "results_publish", "survey_sheet"),
        *("paper_entry", "paper_back"),
    )
}
VALUES = {
    **dict.fromkeys(("activities", "residents_school"), working_values),
    "happy_square": square_values,
    "edu_base": education_values,
    "venues": room_values,
    "office": office_values,
    "figures": figures_values,
    "publicity": news_values,
    "portal": phone_values,
}
KINDS = {"lists:export_of": "signups", "activities:change_day": "closed"}
AUTOCOMPLETE = "?app_label=programmes&model_name=lead&field_name=account"


def make_things(make_lecture: Callable[..., Lecture], stranger: User, users: list[User]) -> Things:
    """One of each beside the plan's facts, and a message in everybody's inbox."""
    lecture = make_lecture(series=make_series())
    mother = _fill_register(lecture)
    SpecialDay.objects.create(day=date(2026, 12, 5), kind="closed")
    PrivacyNotice.objects.all().delete()
    PrivacyNotice.objects.create(version="draft", in_force_from=NOW + timedelta(days=9), text="x")
    for user in users:
        RoleChange.objects.create(user=user, role="resident", is_given=True, by=stranger, at=NOW)
        if user.may(Permission.SERVE):
            Volunteer.objects.create(resident=user.resident, kinds=["community"])
    make_wishes(stranger)
    for user in [stranger, *users]:
        make_message(user.resident, lecture, "inbox", "delivered")
        make_export(user)
    troubled = make_message(stranger.resident, lecture, "sms", "failed")
    Wish.objects.create(topic=lecture.topic, resident=stranger.resident, wished_at=NOW)
    Reached.objects.create(event=troubled.event, account=stranger, at=NOW)
    Attempt.objects.create(notice=troubled, number=1, lease=troubled.reference, started_at=NOW)
    approve("activities.seated.zh-hans")
    draft = make_lecture(state=Activity.State.DRAFT)
    dropped = make_dropped_draft(make_lecture, mother)
    for row in (lecture, draft, dropped):
        materials.add_material(
            lecture=row, data=picture(), file_name="x.png", title="", by=None, now=NOW
        )
    feed = renew_feed(by=stranger, now=NOW)
    make_square(stranger)
    make_room_request(stranger)
    make_base(stranger)
    make_news(stranger)
    approve("code")
    term = make_school([stranger, *users])
    for user in (stranger, *users):
        make_request(term, user, stranger)
    make_office(stranger)  # its requests come after those that are asked for
    done = on_duty(make_lecture(day=date(2026, 11, 21)).occasion, make_volunteer("孙教授"))
    people = (stranger, make_import(stranger), troubled, make_survey(), feed, mother)
    return Things(lecture, draft, dropped, *people, term, done)


def _fill_register(lecture: Lecture) -> Resident:
    home = Household.objects.create(label="12-3-501")
    mother = Resident.objects.create(full_name="李梅", household=home)
    child = Resident.objects.create(full_name="小宝", household=home, birth_date=date(2016, 5, 4))
    consented(child, mother)
    expert = Volunteer.objects.create(
        resident=Resident.objects.create(full_name="王教授"), kinds=["expert"]
    )
    on_duty(lecture.occasion, expert)
    asked = make_volunteer("钱教授")
    Invitation.objects.create(lecture=lecture, volunteer=asked, invited_at=NOW)
    SignUp.objects.create(
        activity=lecture, resident=mother, status="seated", signed_up_at=NOW, seated_at=NOW
    )
    Activity.objects.filter(pk=lecture.pk).update(taken=1)
    make_attendance(lecture.occasion, mother)
    make_paper(mother, NUMBER)
    return mother
