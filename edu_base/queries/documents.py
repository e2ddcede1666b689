"""Who may open a paper of an application.

Asked for every paper that is opened, so what the applicant needs is one narrow statement, written
out: composing it and building its rows, some of them sealed, would cost more than the bytes.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day, local_now
from diedie_edu.files.kinds import Reader
from diedie_edu.files.models import StoredFile
from edu_base.models import Application, State
from edu_base.models.schemes import PROGRAMME
from edu_base.queries import reviewers
from edu_base.queries.concerned import is_concerned
from edu_base.rules.guardians import stands_beside

PAPER = """
SELECT paper.application_id, paper.sort, person.account_id, guardian.account_id,
       application.guardian_stays, person.birth_date
FROM edu_base_applicationdocument paper
JOIN edu_base_application application ON application.id = paper.application_id
JOIN people_resident person ON person.id = application.person_id
LEFT JOIN people_resident guardian ON guardian.id = application.guardian_id
WHERE paper.file_id = %s
"""


@dataclass(frozen=True)
class Paper:
    """Of which application, what it is, and whose accounts stand behind it."""

    application: int
    sort: str
    applicant: int | None
    guardian: int | None
    guardian_stays: bool
    born: date | None

    def is_own(self, user: User, today: date) -> bool:
        """Whether an account is the applicant's, or the guardian's who acts."""
        acts = self.guardian == user.pk and stands_beside(self.born, self.guardian_stays, today)
        return self.applicant == user.pk or acts


def paper_of(file: StoredFile) -> Paper | None:
    """What a stored file is; None where it belongs to nobody's application. Asked once for the row
    at hand: whoever may open it, and whether that is written down, follow from the same answer."""
    known = vars(file)
    if "paper" not in known:
        with connection.cursor() as cursor:
            cursor.execute(PAPER, [file.pk])
            found = cursor.fetchone()
        known["paper"] = Paper(*found) if found else None
    return known["paper"]


def may_read_document(reader: Reader, file: StoredFile) -> bool:
    """The applicant, the guardian while one acts, and where it does not concern them staff who keep
    applications, once it has come in, and the reviewers who may open the case: they say first whom
    they know."""
    if not isinstance(reader, User):
        return False
    paper = paper_of(file)
    if paper is None:
        return False
    return paper.is_own(reader, local_day(local_now())) or _may_review(reader, paper.application)


def _may_review(reader: User, number: int) -> bool:
    rows = Application.objects.select_related("person", "guardian", "intake")
    found = rows.get(pk=number)
    if reviewers.must_declare(reader, found) or is_concerned(reader, found):
        return False
    may_keep = reader.may(Permission.KEEP_APPLICANTS, PROGRAMME) and has_come_in(found)
    return may_keep or reviewers.may_open(reader, found)


def has_come_in(application: Application) -> bool:
    """A draft on the portal is the applicant's own; what came on paper staff type in."""
    is_on_paper = application.origin == Application.Origin.PAPER
    return application.state != State.DRAFT or is_on_paper
