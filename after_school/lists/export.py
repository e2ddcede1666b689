"""Children in lists that go out: covered for everybody who looks after them, and opened only
for whoever asks with a reason (`views.lists`)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from after_school.lists.columns import (
    AFTERNOON,
    CHECKS,
    CHILD,
    COMES_ON,
    GRADE,
    NAME,
    OPENED,
    STATE,
    TERM,
    ZONE,
    pupil_columns,
)
from after_school.models import Enrolment, Presence, Session, Term
from after_school.queries import children, sessions
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local
from diedie_edu.common.names import covered
from diedie_edu.lists.kinds import Exported
from diedie_edu.people.models import Consent, Guardianship, Resident

CHUNK = 2000
COVERED = [CHILD, NAME, GRADE, COMES_ON, ZONE, STATE, TERM]
Rows = Iterator[dict[str, Any]]


def exported_children(user: User, today: date) -> Exported:
    """The children of terms that are not over, with the least that a list needs."""
    return COVERED, _covered(children.live_enrolments().filter(term__last_day__gte=today))


def children_of(user: User, today: date, term: int) -> Exported | None:
    """Those of one term (its number)."""
    if not Term.objects.filter(pk=term).exists():
        return None
    return COVERED, _covered(children.live_enrolments().filter(term=term))


def _covered(enrolments: QuerySet[Enrolment]) -> Rows:
    rows = enrolments.defer("allergies", "notes").order_by("term_id", "child__sort_key", "pk")
    for row in rows.iterator(chunk_size=CHUNK):
        yield _place(row) | {"full_name": covered(row.child.full_name)}


def _place(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "child": enrolment.child_id,
        "grade": enrolment.grade,
        "weekdays": [str(number) for number in enrolment.weekdays],
        "zone": enrolment.zone.kind,
        "state": enrolment.sign_up.get_status_display(),
        "term": enrolment.term_id,
    }


def opened_children(term: Term, today: date) -> Exported:
    """All that staff may know of the children of a term, with the columns that are read first.

    Whoever calls this writes the looks down.
    """
    bonds = Guardianship.objects.select_related("guardian__account").order_by("pk")
    live = Consent.objects.filter(ended_at=None).select_related("text").order_by("-pk")
    rows = children.live_enrolments().filter(term=term).order_by("child__sort_key", "pk")
    rows = rows.prefetch_related(
        Prefetch("child__guardians", bonds), Prefetch("child__consents", live, "live_consents")
    )
    return [*pupil_columns(today), CHILD, STATE, *OPENED], [_opened(row) for row in rows]


def _opened(enrolment: Enrolment) -> dict[str, Any]:
    child = enrolment.child
    return {
        **_place(enrolment),
        **{name: getattr(enrolment, name) for name in ("school", "class_name")},
        **{name: getattr(enrolment, name) for name in ("allergies", "notes")},
        "full_name": child.full_name,
        "birth_date": child.birth_date,
        **_consented(child),
    }


def _consented(child: Resident) -> dict[str, str]:
    """The guardian whose consent holds, and where the paper lies."""
    consent = next(iter(child.live_consents), None)  # type: ignore[attr-defined]
    bonds = list(child.guardians.all())
    bond = next((one for one in bonds if consent and one.guardian_id == consent.guardian_id), None)
    told = {"version": consent.text.version if consent else ""}
    told["paper_reference"] = consent.paper_reference if consent else ""
    if bond is None:
        return told
    account = bond.guardian.account
    return told | {
        "guardian_name": bond.guardian.full_name,
        "guardian_phone": bond.guardian.phone or (account.phone if account else ""),
        "relation": bond.relation,
    }


def exported_afternoons(user: User, today: date) -> Exported:
    """Who was there on which day in the terms that are not over, names covered."""
    rows = Presence.objects.filter(arrived_at__isnull=False, term__last_day__gte=today)
    rows = rows.select_related("session", "child", "zone")
    ordered = rows.order_by("session__day", "child__sort_key", "pk")
    return AFTERNOON, map(_covered_afternoon, ordered.iterator(chunk_size=CHUNK))


def afternoon_of(user: User, today: date, session: int) -> Exported | None:
    """One day's register (the number of its session), names covered: with whoever is expected,
    to be filled in from the paper."""
    found = Session.objects.select_related("term").filter(pk=session).first()
    return (AFTERNOON, list(_register(found, opened=False))) if found else None


def opened_afternoon(session: Session) -> Exported:
    """The same with names, and with whom each child went. Whoever calls this writes the looks
    down."""
    return AFTERNOON, list(_register(session, opened=True))


def _register(session: Session, *, opened: bool) -> Iterable[dict[str, Any]]:
    for line in sessions.register_of(session, session.starts_at):
        if line.stand in (sessions.Stand.FREE, sessions.Stand.ABSENT):
            continue
        presence = line.presence
        row = {
            "day": session.day,
            "child": line.child.pk,
            "full_name": line.child.full_name if opened else covered(line.child.full_name),
            "zone": line.enrolment.zone.kind,
        }
        if presence is not None and presence.arrived_at is not None:
            row |= _times(presence)
            row |= _gone_with(presence) if opened else {}
        yield row


def _covered_afternoon(presence: Presence) -> dict[str, Any]:
    return {
        "day": presence.session.day,
        "child": presence.child_id,
        "full_name": covered(presence.child.full_name),
        **_times(presence),
    }


def _times(presence: Presence) -> dict[str, Any]:
    arrived_at, left_at = presence.arrived_at, presence.left_at
    return {
        "arrived": arrived_at and local(arrived_at).time(),
        "zone": presence.zone.kind if presence.zone else "",
        "left": left_at and local(left_at).time(),
    }


def _gone_with(presence: Presence) -> dict[str, str]:
    """A pass or the way home alone is told in words, and read back as nothing new."""
    how = presence.checked_how if presence.checked_how in CHECKS else ""
    return {"collected_by": presence.went_with, "how": how}
