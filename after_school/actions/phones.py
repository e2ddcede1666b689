"""What the 4:30 school has copied of a phone."""

from collections.abc import Collection

from django.db import IntegrityError, transaction

from after_school.models import Collector
from diedie_edu.common.phones import phone_key


def phone_changed(people: Collection[int], old: str, new: str) -> None:
    """Guardians stand with their phone among those who may collect. It is what staff ring at the
    gate. A bar stays as it was written, and where somebody of that name is barred, the row keeps
    the old number."""
    own = Collector.objects.filter(guardian__in=people, phone_key=phone_key(old), barred_at=None)
    for row in own:
        try:
            with transaction.atomic():
                Collector.objects.filter(pk=row.pk).update(phone=new, phone_key=phone_key(new))
        except IntegrityError:
            continue
