"""Writing the next rules of a programme, from the words that hold now."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.bilingual import sections_of
from diedie_edu.common.errors import Refused
from diedie_edu.office.actions import drafts
from diedie_edu.office.models import Paragraph, Version
from diedie_edu.office.queries.rulebook import document_of
from diedie_edu.programmes.models import Programme
from diedie_edu.programmes.queries import rules_in_force


@transaction.atomic
def write(*, programme: Programme, by: User, now: datetime) -> Version:
    """The version that is being written; a new one says what the last one says, the first what is
    in force. Raises `Refused` (`not_owed`) where the programme owes no rules this year."""
    document = document_of(programme, now)
    if document is None:
        raise Refused("not_owed", _("This programme owes no rules this year."))
    version = drafts.begin(document=document, by=by, now=now)
    if version.number == 1 and not version.paragraph_rows.exists():
        _copy_what_holds(version, programme, now)
    return version


def _copy_what_holds(version: Version, programme: Programme, now: datetime) -> None:
    found = rules_in_force(programme.slug, now)
    sections = sections_of(found.text_zh) if found else []
    Paragraph.objects.bulk_create(
        Paragraph(
            version=version,
            position=place,
            title=section.heading,
            text="\n\n".join(section.paragraphs) or section.heading,
        )
        for place, section in enumerate(sections, 1)
    )
