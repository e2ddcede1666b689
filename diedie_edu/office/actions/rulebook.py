"""Rules of a programme: an approved version in the office is the next of its rules."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import parts_of, programmes
from diedie_edu.notices.actions import notify
from diedie_edu.office.models import Version, Work
from diedie_edu.office.parts import RuleReaders
from diedie_edu.office.queries.rulebook import not_confirmed, text_of
from diedie_edu.office.rulebook_messages import RULES, RULES_TO_CONFIRM
from diedie_edu.office.rules import rulebook as rules
from diedie_edu.programmes.models import Programme, RuleVersion
from diedie_edu.programmes.queries import rules_in_force


def check_can_be_confirmed(version: Version) -> None:
    """Raises `Refused` (`no_text`) for rules without a text."""
    if version.document.work == Work.RULES:
        rules.check_has_words(text_of(version))


def take_over(version: Version, now: datetime) -> None:
    """Approved rules come after those of their programme, which hold until the new ones' day; what
    else is approved has none. Entered as signed on paper, the text that holds already is that
    version: what was confirmed stays confirmed.

    The caller has locked the version and stored it. Raises `Refused` (`no_text`).
    """
    if version.document.work != Work.RULES:
        return
    text = text_of(version)
    rules.check_has_words(text)
    programme = Programme.objects.select_for_update().get(slug=version.document.programme)
    last = programme.rule_versions.order_by("-number").first()
    if last and last.approved_as is None and last.text_zh.strip() == text and version.signed_on:
        RuleVersion.objects.filter(pk=last.pk).update(approved_as=version.pk)
        return
    first_day = version.in_force_from or version.signed_on
    begins = rules.begins_at(first_day, now, on_paper=version.signed_on is not None)
    RuleVersion.objects.create(
        programme=programme,
        number=last.number + 1 if last else 1,
        text_zh=text,
        in_force_from=begins,
        confirm_by=rules.last_day_to_confirm(max(begins, now)),
        approved_as=version.pk,
    )


def withdraw(version: Version, now: datetime) -> None:
    """Rules whose approval is withdrawn hold no longer; those before them do again. Raises
    `Refused` (`last_rules`)."""
    row = RuleVersion.objects.filter(approved_as=version.pk, withdrawn_at=None).first()
    if row is None:
        return
    others = RuleVersion.objects.filter(programme=row.programme_id, withdrawn_at=None)
    Programme.objects.select_for_update().get(pk=row.programme_id)
    holding = others.filter(in_force_from__lte=now).exclude(pk=row.pk)
    rules.check_rules_remain(row.in_force_from > now or holding.exists())
    RuleVersion.objects.filter(pk=row.pk).update(withdrawn_at=now)


@transaction.atomic
def ask_to_confirm(now: datetime) -> int:
    """Ask those who confirm by a set day and have not: when the rules come into force, shortly
    before the day, and then every week; how many messages that were. Nobody loses a place."""
    return sum(_ask(slug, now) for slug in programmes())


def _ask(programme: str, now: datetime) -> int:
    found, today = rules_in_force(programme, now), local_day(now)
    if found is None or found.confirm_by is None:
        return 0
    rows = RuleVersion.objects.filter(Q(asked_on=None) | Q(asked_on__lt=today), pk=found.pk)
    row = rows.select_for_update(skip_locked=True).first()
    if row is None or not rules.is_to_be_asked(found.confirm_by, row.asked_on, today):
        return 0
    RuleVersion.objects.filter(pk=row.pk).update(asked_on=today)
    return sum(_tell(row, readers, now) for readers in parts_of(RuleReaders) if _asks(readers, row))


def _asks(readers: RuleReaders, version: RuleVersion) -> bool:
    return readers.asked and readers.programme == version.programme.slug


def _tell(version: RuleVersion, readers: RuleReaders, now: datetime) -> int:
    return notify(
        kind=RULES_TO_CONFIRM,
        accounts=list(not_confirmed(version, readers, now).values_list("pk", flat=True)),
        subject=RULES.of(version.pk),
        revision=local_day(now).isoformat(),
        data={
            "programme_zh": version.programme.title_zh,
            "programme_en": version.programme.title_en,
            "until_on": version.confirm_by,
            "page": reverse(readers.page),
        },
        now=now,
    )
