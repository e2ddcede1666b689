"""Publishing privacy notices and agreeing to them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.models import NoticeAcceptance, PrivacyNotice, User
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused


@transaction.atomic
def publish_privacy_notice(
    *, version: str, text: str, text_en: str, in_force_from: datetime, is_demo: bool = False
) -> PrivacyNotice:
    """Publish a version; publishing the same once more changes nothing.

    Raises `Refused` (`version_taken`) where that version stands with another text: people
    may have agreed to it, so a new text is a new version.
    """
    notice, is_new = PrivacyNotice.objects.get_or_create(
        version=version,
        defaults={
            "text": text,
            "text_en": text_en,
            "in_force_from": in_force_from,
            "is_demo": is_demo,
        },
    )
    if (notice.text, notice.text_en) != (text, text_en):
        raise Refused(
            "version_taken",
            _("This version has another text already. Publish the new text as a new version."),
            "version",
        )
    if is_new:
        trail.note(trail.Kind.NOTICE, what=version, now=local_now())
    return notice


@transaction.atomic
def keep_notice(*, notice: PrivacyNotice, now: datetime) -> None:
    """Save a version that somebody wrote, a new one or one whose day has not come."""
    notice.save()
    trail.note(trail.Kind.NOTICE, what=notice.version, now=now)


@transaction.atomic
def drop_notice(*, notice: PrivacyNotice, now: datetime) -> None:
    """Delete a version to which nobody has agreed."""
    notice.delete()
    trail.note(trail.Kind.NOTICE, what=f"deleted {notice.version}"[:80], now=now)


def agree_to_notice(*, user: User, notice: PrivacyNotice, now: datetime) -> NoticeAcceptance:
    """Note that somebody agreed; the first time counts."""
    acceptance, _is_new = NoticeAcceptance.objects.get_or_create(
        user=user, notice=notice, defaults={"accepted_at": now}
    )
    return acceptance
