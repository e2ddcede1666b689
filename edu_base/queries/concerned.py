"""Whom an application concerns."""

from django.db.models import Q, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.common.composed import Composed
from diedie_edu.people.models import Guardianship, Resident
from edu_base.models import Application, Declaration


def concerning(user: User) -> QuerySet[Application]:
    """What an account neither reviews nor decides on: its own, those of its household (of the
    register, and of the paper that staff saw), of whom it guards or is guarded by, those to whom it
    has declared a tie, and nominations of an enterprise whose contact it is (by the phone). The
    database holds it too (`models.marks.CONCERNED`)."""
    return _concerning(user.pk, user.phone)


def _concerning(account: int, phone: str) -> QuerySet[Application]:
    me = Resident.objects.filter(account=account)
    guarded = Guardianship.objects.filter(guardian__in=me).values("child")
    guardians = Guardianship.objects.filter(child__in=me).values("guardian")
    at_home = me.exclude(household=None).values("household")
    declared = Declaration.objects.filter(reviewer__account=account).exclude(tie="none")
    same_paper = Application.objects.filter(person__in=me).exclude(dwelling=None)
    by_phone = "nomination__allotment__enterprise__organisation__phone"
    return Application.objects.filter(
        Q(person__in=me.values("pk"))
        | Q(guardian__in=me.values("pk"))
        | Q(person__in=guarded)
        | Q(person__in=guardians)
        | Q(person__household__in=at_home)
        | Q(dwelling__in=same_paper.values("dwelling"))
        | Q(pk__in=declared.values("application"))
        | Q(**{by_phone: phone}) & ~Q(**{by_phone: ""})
        | Q(**{f"{by_phone}__in": me.exclude(phone="").values("phone")})
    )


def is_concerned(user: User, application: Application) -> bool:
    found = CONCERNED.first(account=user.pk, phone=user.phone, application=application.pk)
    return found is not None


CONCERNED: Composed[int] = Composed(
    lambda account, phone, application: (
        _concerning(account, phone).filter(pk=application).order_by().values_list("pk", flat=True)
    ),
    account=int,
    phone=str,
    application=int,
)
