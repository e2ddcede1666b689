"""What of the 4:30 school stays ended when an older back-up is brought back: who may collect a
child, and who decides for it."""

from datetime import datetime

from django.utils.translation import gettext as _

from after_school.actions.collecting import end_what_they_gave
from after_school.models import Collector, CollectorPass, GuardianRight, WalkHomePermission
from diedie_edu.accounts.models import User
from diedie_edu.common.endings import EndingKind


def _barred(number: int, how: str, now: datetime) -> bool:
    """The words of the reason went with the database; who barred them is known."""
    collector = Collector.objects.filter(pk=number, barred_at=None).first()
    if collector is None:
        return False
    by, reason = User.rows.get(pk=how), _("barred before a back-up was brought back")
    Collector.objects.filter(pk=number).update(barred_at=now, barred_by=by, barred_reason=reason)
    right = GuardianRight.objects.filter(
        child=collector.child_id, guardian=collector.guardian_id
    ).first()
    if right:
        end_what_they_gave(right, now)
    return True


def _unlisted(number: int, _how: str, now: datetime) -> bool:
    return bool(Collector.objects.filter(pk=number, ended_at=None).update(ended_at=now))


def _pass(number: int, _how: str, now: datetime) -> bool:
    open_pass = CollectorPass.objects.filter(pk=number, used_at=None, taken_back_at=None)
    return bool(open_pass.update(taken_back_at=now))


def _walk(number: int, _how: str, now: datetime) -> bool:
    given = WalkHomePermission.objects.filter(pk=number, taken_back_at=None)
    return bool(given.update(taken_back_at=now))


def _right(number: int, _how: str, now: datetime) -> bool:
    """Whoever is left is first."""
    right = GuardianRight.objects.filter(pk=number).first()
    if right is None:
        return False
    end_what_they_gave(right, now)
    child = right.child_id
    right.delete()
    first = {"place": GuardianRight.Place.FIRST, "decides": True}
    GuardianRight.objects.filter(child=child).update(**first)
    return True


BACK = "OLD.taken_back_at IS NULL AND NEW.taken_back_at IS NOT NULL"
COLLECTOR = "after_school_collector"
ENDINGS = (
    EndingKind(
        "collector_barred",
        30,
        COLLECTOR,
        "UPDATE",
        _barred,
        when="OLD.barred_at IS NULL AND NEW.barred_at IS NOT NULL",
        how="NEW.barred_by_id::text",
        back="OLD.barred_at IS NOT NULL AND NEW.barred_at IS NULL",
    ),
    EndingKind(
        "collector_ended",
        30,
        COLLECTOR,
        "UPDATE",
        _unlisted,
        when="OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL",
        back="OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL",
    ),
    EndingKind("pass", 30, "after_school_collectorpass", "UPDATE", _pass, when=BACK),
    EndingKind("walk_home", 30, "after_school_walkhomepermission", "UPDATE", _walk, when=BACK),
    EndingKind("right", 34, "after_school_guardianright", "DELETE", _right, number="OLD.id"),
)
