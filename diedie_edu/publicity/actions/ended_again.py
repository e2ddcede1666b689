"""What of pictures stays ended when an older back-up is brought back."""

from datetime import datetime

from diedie_edu.common.endings import EndingKind
from diedie_edu.publicity.actions import consents, pictures
from diedie_edu.publicity.models import Picture, PictureConsent


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


ENDINGS = (
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
