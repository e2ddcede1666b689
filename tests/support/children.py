"""Children as the register may hold them: with a guardian and a live consent."""

from datetime import date, timedelta

from diedie_edu.accounts.models import User
from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Consent, ConsentText, Guardianship, Resident
from tests.conftest import NOW

NINE = date(2017, 5, 4)  # a birth date


def consent_text(version: str = "2026-0", **fields: object) -> ConsentText:
    told = ("purpose", "scope", "keeping", "rights", "refusal", "complaints")
    defaults = {f"{part}_zh": f"说明{part}" for part in told} | {
        "valid_days": 365,
        "erase_days": 15,
        "in_force_from": NOW - timedelta(days=30),
    }
    return ConsentText.objects.get_or_create(
        programme="after-school", version=version, defaults=defaults | fields
    )[0]


def consented(child: Resident, guardian: Resident | None = None, **fields: object) -> Resident:
    """The child, after a guardian has consented; a new guardian where none is named."""
    guardian = guardian or Resident.objects.create(full_name=f"{child.full_name}的家长")
    Guardianship.objects.get_or_create(
        guardian=guardian, child=child, defaults={"relation": "mother"}
    )
    give_consent(child, guardian, **fields)
    return child


def give_consent(child: Resident, guardian: Resident, **fields: object) -> Consent:
    defaults = {
        "text": consent_text(),
        "child_hash": f"1:{keyed_hash(f'{child.pk}', 'child')}",
        "given_at": NOW,
        "valid_until": local_day(NOW) + timedelta(days=365),
        "way": "online",
        "recorded_by": guardian.account or somebody(),
    }
    return Consent.objects.create(child=child, guardian=guardian, **defaults | fields)


def seen() -> dict[str, object]:
    """A guardian whom staff have seen: fields of the right."""
    return {"seen_at": NOW, "seen_by": somebody(), "seen_how": "document"}


def somebody() -> User:
    return User.objects.get_or_create(phone="13600000000", defaults={"display_name": "工作人员"})[0]
