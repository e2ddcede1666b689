"""Papers of one person, by their number, and on the public list."""

from datetime import date

from django.db.models import QuerySet

from diedie_edu.people.models import Resident
from diedie_edu.volunteering.models import Certificate


def certificates_of(resident: Resident, kind: str) -> list[Certificate]:
    return list(Certificate.objects.filter(resident=resident, kind=kind))


def certificate_numbered(number: str) -> Certificate | None:
    return Certificate.objects.filter(number=number).first()


def on_public_list(today: date) -> QuerySet[Certificate]:
    """公示: proofs of service in their days, the first to take effect on top; a revoked one is
    gone."""
    shown = Certificate.objects.filter(kind=Certificate.Kind.SERVICE, public_until__gte=today)
    return shown.filter(revoked_at=None).order_by("public_until", "pk")
