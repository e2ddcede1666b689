"""What of posts and pictures stays ended when an older back-up is brought back."""

from datetime import datetime

from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.endings import EndingKind
from diedie_edu.publicity.actions import consents, pictures
from diedie_edu.publicity.models import Picture, PictureConsent, Post


def _consent(number: int, _how: str, now: datetime) -> bool:
    consent = PictureConsent.objects.filter(pk=number, withdrawn_at=None).first()
    if consent:
        consents.withdraw(consent=consent, by=None, now=now)
    return consent is not None


def _picture(number: int, _how: str, now: datetime) -> bool:
    picture = Picture.objects.filter(pk=number).select_related("file", "card").first()
    if picture:
        pictures.remove(picture=picture, now=now)
    return picture is not None


def _post(number: int, how: str, now: datetime) -> bool:
    rows = Post.objects.filter(pk=number, state=Post.State.PUBLISHED)
    return bool(
        rows.update(
            state=Post.State.TAKEN_DOWN,
            taken_down_at=now,
            taken_down_by=User.objects.filter(pk=how).first() if how else None,
            taken_down_reason=_("taken down before, and again after a back-up was brought back"),
            changed_at=now,
        )
    )


ENDINGS = (
    EndingKind(
        "post",
        40,
        "publicity_post",
        "UPDATE",
        _post,
        when="OLD.state = 'published' AND NEW.state = 'taken_down'",
        how="coalesce(NEW.taken_down_by_id::text, '')",
    ),
    EndingKind(
        "picture_consent",
        40,
        "publicity_pictureconsent",
        "UPDATE",
        _consent,
        when="OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL",
    ),
    EndingKind("picture", 40, "publicity_picture", "DELETE", _picture, number="OLD.id"),
)
