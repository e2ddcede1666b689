"""Whether somebody may be shown in pictures, on their page at the desk."""

from collections.abc import Iterator
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.parts import Panel
from diedie_edu.people.models import Resident
from diedie_edu.publicity.models import PictureConsent


def person_sections(user: User, resident: Resident, now: datetime) -> Iterator[Panel]:
    """The live permission, for whoever publishes."""
    consent = PictureConsent.objects.filter(person=resident, withdrawn_at=None).first()
    if consent is not None and user.may(Permission.PUBLISH):
        yield Panel(72, "publicity/person_pictures.html", {"consent": consent})
