"""One row of each kind that ends, and how it ends, in the season of the demo."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import models, transaction

from after_school.actions import custody
from after_school.models import Collector, CollectorPass, GuardianRight, WalkHomePermission
from diedie_edu.accounts.actions import accounts, devices, roles
from diedie_edu.accounts.models import Device, RoleGrant, SecondFactor, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import CalendarFeed
from diedie_edu.common.phones import phone_key
from diedie_edu.decisions.models import Deputy
from diedie_edu.notices.actions import wechat
from diedie_edu.people.actions import clearances, consents, erasing, volunteers
from diedie_edu.people.models import Clearance, Consent, Guardianship, Resident, Volunteer
from diedie_edu.portal.calendar.actions import renew_feed
from diedie_edu.publicity.actions import consents as picture_consents
from diedie_edu.publicity.actions import pictures, posts
from diedie_edu.publicity.models import Picture, PictureConsent, Post
from diedie_edu.volunteering.models import Certificate
from edu_base.actions import reviewers
from edu_base.models import Reviewer
from happy_square.actions import leading
from happy_square.models import Leadership
from tests.conftest import new_user

DAY = timedelta(days=1)
FAR = datetime(2100, 1, 1, tzinfo=UTC)  # by the database's own clock, too


@dataclass(frozen=True)
class Ender:
    """`row`, what `end` does to it, and whether it `lives`."""

    row: models.Model
    end: Callable[[], object]
    lives: Callable[[], bool]


def there(row: models.Model, **facts: object) -> Callable[[], bool]:
    rows = type(row)._base_manager.filter(pk=row.pk, **facts)
    return lambda: rows.all().exists()


def enders(now: datetime) -> dict[str, Ender]:
    """By kind."""
    keeper = User.objects.filter(role_grants__role=Role.BRANCH_LEAD).earliest("pk")
    found = of_accounts(keeper, now) | of_people(keeper, now)
    found |= of_children(keeper, now) | of_pictures(now)
    return found | of_work(keeper, now)


def of_work(keeper: User, now: datetime) -> dict[str, Ender]:
    leader = Leadership.objects.filter(ended_at=None).latest("pk")
    reviewer = Reviewer.objects.filter(ended_at=None).earliest("pk")
    post = Post.objects.filter(state="published").earliest("pk")
    return {
        "leader": Ender(
            leader,
            lambda: leading.end_leadership(leadership=leader, by=keeper, now=now),
            there(leader, ended_at=None),
        ),
        "reviewer": Ender(
            reviewer,
            lambda: reviewers.end(reviewer=reviewer, now=now),
            there(reviewer, ended_at=None),
        ),
        "post": Ender(
            post,
            lambda: posts.take_down(post=post, reason="某", by=keeper, now=now),
            there(post, state="published"),
        ),
    }


def of_accounts(keeper: User, now: datetime) -> dict[str, Ender]:
    users = [new_user(Role.STAFF, password="榕树下learning") for _number in range(7)]
    out, typed, held, moved, power, lost, gone = users
    User.objects.filter(pk=power.pk).update(is_superuser=True)
    session = Session.objects.create(session_key="a" * 32, session_data="x", expire_date=FAR)
    seen = {"first_seen": now, "last_seen": now.date(), "label": "x"}
    device = Device.objects.create(user=held, token_hash="1" * 64, **seen)
    factor = SecondFactor.objects.create(user=lost, key="k", since=now)
    grant = lost.role_grants.get()
    reader = RoleGrant.objects.get(role=Role.COMMITTEE_READER)
    deputy = Deputy.objects.create(
        account=keeper,
        deputy=out,
        first_day=now.date(),
        last_day=now.date() + DAY,
        named_by=keeper,
        named_at=now,
    )
    feed = CalendarFeed.objects.create(account=out, digest="a" * 64, made_at=now)
    renewed = CalendarFeed.objects.create(account=held, digest="b" * 64, made_at=now)
    tied = wechat.tie(account=held, openid="oEnds", now=now)
    signed_out, former = out.sign_outs, typed.password
    return {
        "session": Ender(session, session.delete, there(session)),
        "device": Ender(device, lambda: devices.end(device), there(device)),
        "signed_out": Ender(out, lambda: devices.end_all(out), there(out, sign_outs=signed_out)),
        "password": Ender(
            typed,
            lambda: accounts.set_password(user=typed, password="叠滘learning", now=now),
            there(typed, password=former),
        ),
        "account_held": Ender(
            held, lambda: write(held, is_active=False), there(held, is_active=True)
        ),
        "phone": Ender(
            moved,
            lambda: change_phone(moved),
            there(moved, phone=moved.phone, is_active=True),
        ),
        "superuser": Ender(
            power, lambda: write(power, is_superuser=False), there(power, is_superuser=True)
        ),
        "factor": Ender(factor, factor.delete, there(factor)),
        "role": Ender(grant, lambda: roles.take_away(grant, by=keeper, now=now), there(grant)),
        "role_days": Ender(
            reader,
            lambda: write(reader, last_day=now.date() + DAY),
            there(reader, last_day__gt=now.date() + DAY),
        ),
        "account": Ender(
            gone, lambda: accounts.erase_account(user=gone, now=now), there(gone, erased_at=None)
        ),
        "deputy": Ender(deputy, lambda: write(deputy, ended_at=now), there(deputy, ended_at=None)),
        "wechat": Ender(
            tied, lambda: wechat.end_own(account=held, now=now), there(tied, ended_at=None)
        ),
        "feed": Ender(feed, feed.delete, there(feed)),
        "feed_renewed": Ender(
            renewed, lambda: renew_feed(by=held, now=now), there(renewed, digest="b" * 64)
        ),
    }


def of_people(keeper: User, now: datetime) -> dict[str, Ender]:
    person = Resident.objects.create(full_name="第五安", phone="13900009999")
    checked, other = Clearance.objects.filter(result="clear").order_by("pk")[:2]
    serves = Volunteer.objects.filter(is_active=True, clearances=None).earliest("pk")
    early = {"result": "clear", "valid_until": now.date() + DAY, "by": keeper, "now": now}
    bad = {"result": "not_clear", "checked_on": now.date(), "valid_until": now.date() + DAY}
    proof = Certificate.objects.filter(revoked_at=None).earliest("pk")
    return {
        "person": Ender(
            person,
            lambda: erasing.erase_person(resident=person, now=now),
            there(person, erased_at=None),
        ),
        "clearance": Ender(
            checked,
            lambda: clearances.change_clearance(clearance=checked, **early),
            there(checked, valid_until__gt=now.date() + DAY),
        ),
        "not_clear": Ender(
            other.volunteer,
            lambda: clearances.record_clearance(
                volunteer=other.volunteer, **bad, by=keeper, now=now
            ),
            lambda: not Clearance.objects.filter(volunteer=other.volunteer, **bad).exists(),
        ),
        "volunteer": Ender(
            serves,
            lambda: volunteers.leave(volunteer=serves, by=keeper, now=now),
            there(serves, is_active=True),
        ),
        "certificate": Ender(
            proof,
            lambda: write(proof, revoked_at=now, revoke_reason="误发"),
            there(proof, revoked_at=None),
        ),
    }


def of_children(keeper: User, now: datetime) -> dict[str, Ender]:
    second = GuardianRight.objects.get(place=GuardianRight.Place.SECOND)
    firsts = GuardianRight.objects.exclude(child=second.child_id).exclude(guardian__account=None)
    first, other = firsts.order_by("pk")[:2]
    consent = Consent.objects.filter(child=other.child, ended_at=None).earliest("pk")
    ended, barred = Collector.objects.filter(guardian=None, barred_at=None).order_by("pk")[:2]
    given = {"child": first.child, "made_by": first.guardian.account, "made_at": now}
    day_pass = CollectorPass.objects.create(
        day=now.date(), full_name="王某", code_hash="1" * 64, expires_at=now + DAY, **given
    )
    walk = WalkHomePermission.objects.create(
        child=first.child,
        valid_from=now.date(),
        valid_until=now.date(),
        given_by=first.guardian.account,
        given_at=now,
    )
    bond = Guardianship.objects.get(child=second.child, guardian=second.guardian)

    @transaction.atomic
    def part() -> None:
        custody.end_right(right=second, reason="某", by=keeper, now=now)

    return {
        "consent": Ender(
            consent,
            lambda: consents.end_consent(consent=consent, ending="online", by=None, now=now),
            there(consent, ended_at=None),
        ),
        "collector_ended": Ender(
            ended, lambda: write(ended, ended_at=now), there(ended, ended_at=None)
        ),
        "collector_barred": Ender(
            barred,
            lambda: write(barred, barred_at=now, barred_by=keeper, barred_reason="某"),
            there(barred, barred_at=None),
        ),
        "pass": Ender(
            day_pass,
            lambda: write(day_pass, taken_back_at=now),
            there(day_pass, taken_back_at=None),
        ),
        "walk_home": Ender(
            walk, lambda: write(walk, taken_back_at=now), there(walk, taken_back_at=None)
        ),
        "right": Ender(second, part, there(second)),
        "bond": Ender(bond, lambda: None, there(bond)),
    }


def of_pictures(now: datetime) -> dict[str, Ender]:
    consent = PictureConsent.objects.filter(withdrawn_at=None).earliest("pk")
    picture = Picture.objects.exclude(shown__person=consent.person).earliest("pk")
    return {
        "picture_consent": Ender(
            consent,
            lambda: picture_consents.withdraw(consent=consent, by=None, now=now),
            there(consent, withdrawn_at=None),
        ),
        "picture": Ender(
            picture, lambda: pictures.remove(picture=picture, now=now), there(picture)
        ),
    }


def write(row: models.Model, **columns: object) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**columns)


@transaction.atomic
def change_phone(user: User) -> None:
    """Both together, the person with its key."""
    phone = "13900008888"
    User.objects.filter(pk=user.pk).update(phone=phone)
    Resident.objects.filter(account=user).update(phone=phone, phone_key=phone_key(phone))
