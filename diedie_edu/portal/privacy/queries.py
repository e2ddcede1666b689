"""The community's own privacy notice: where it begins, and what a version changes."""

import tomllib
from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from diedie_edu.accounts.models import PrivacyNotice, User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import privacy_notice_in_force
from diedie_edu.common.parts import Problem
from diedie_edu.community.known import community

BEGINNING = settings.BASE_DIR / "fixtures" / "privacy-beginning.toml"


class Difference(NamedTuple):
    """A paragraph that a version has and the one before had not, or the other way round."""

    is_new: bool
    text: str


def before(notice: PrivacyNotice) -> PrivacyNotice | None:
    return PrivacyNotice.objects.filter(in_force_from__lt=notice.in_force_from).first()


def differences(old: str, new: str) -> Iterator[Difference]:
    """Paragraph by paragraph, in the order of the text."""
    was, now = _paragraphs(old), _paragraphs(new)
    for what, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what != "equal":
            yield from (Difference(False, text) for text in was[a:b])
            yield from (Difference(True, text) for text in now[c:d])


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def beginning(now: datetime) -> dict[str, object]:
    """What a new version begins with: the text in force, or one with gaps to fill in."""
    count = PrivacyNotice.objects.filter(in_force_from__year=now.year).count()
    found = privacy_notice_in_force(now)
    texts = (
        {"text": found.text, "text_en": found.text_en}
        if found
        else {"text": _begun("text", "zh-hans"), "text_en": _begun("text_en", "en")}
    )
    return texts | {"version": f"{now.year}-{count + 1}", "in_force_from": now}


def _begun(name: str, language: str) -> str:
    """The text with gaps, in one language, with what the portal knows of the community."""
    text = tomllib.loads(BEGINNING.read_text(encoding="utf-8"))[name]
    with override(language):
        house = community()
        gap = "【……】" if language == "zh-hans" else "【…】"
        facts = {"portal": house.portal, "address": house.address, "phone": house.phone}
        return text.format_map({fact: said or gap for fact, said in facts.items()})


def nobody_registers(user: User, now: datetime) -> list[Problem]:
    """On the desk of whoever can write one."""
    if not user.may(Permission.KEEP_ACCOUNTS) or privacy_notice_in_force(now):
        return []
    return [
        Problem(
            place=1,
            text=_("Nobody can register: no privacy notice of the community is in force."),
            url=reverse("portal:privacy_notices"),
            action=_("Write it"),
            tone="brick",
        )
    ]
