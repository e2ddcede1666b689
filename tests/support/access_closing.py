"""The rows of `access_table` about what people ask of their own data and of their service."""

from diedie_edu.accounts.models import User
from diedie_edu.people.models import ErasureRequest, PersonCorrection
from tests.conftest import NOW

PAGES = """
portal:data                                 rugslob  200 405
portal:data_copy                            rugslob  405 302
portal:correct                              rugslob  200 200
portal:correct stranger                     rugslob  404 404
portal:correct missing                      rugslob  404 404
portal:erasure                              rugslob  200 200
portal:erasure_take_back                    rugslob  405 404
portal:volunteering                         rugslob  200 200
portal:volunteering_leave                   r gslob  404 404
portal:volunteering_leave                    u       200 302
portal:erasures                                s     200 405
portal:erasure_do                              s     200 302
portal:erasure_do missing                      s     404 404
portal:erasure_end                             s     405 302
portal:erasure_end missing                     s     405 404
portal:person_erasure                          s     200 200
portal:person_erasure missing                  s     404 404
portal:person_leave_service                    s     404 404
portal:person_leave_service missing            s     404 404
portal:correction_paper                        s     405 302
portal:correction_paper missing                s     405 404
volunteering:cannot_come                    rugslob  404 404
volunteering:cannot_come missing            rugslob  404 404
"""


def make_wishes(stranger: User) -> None:
    person = stranger.resident
    ErasureRequest.objects.create(
        resident=person, scope="all", seen="card", asked_at=NOW, due_on=NOW.date()
    )
    PersonCorrection.objects.create(resident=person, asked_by=person, full_name="李四")


def closing_pk(name: str, reader: User) -> int | None:
    """Whom or which wish a page is about; None for other pages."""
    if name == "portal:correct":
        return reader.resident.pk
    if name in {"portal:erasure_do", "portal:erasure_end"}:
        return ErasureRequest.objects.get().pk
    if name == "portal:correction_paper":
        return PersonCorrection.objects.get().pk
    return None
