"""Loading the plan's facts; what exists already is left as staff have made it."""

import json
import tomllib
from typing import Any

from django.conf import settings
from django.db import transaction

from diedie_edu.accounts.actions import publish_privacy_notice
from diedie_edu.activities.models import ReminderTime, Venue
from diedie_edu.people.models import Organisation, Topic, TopicArea
from diedie_edu.programmes.models import Lead, Programme, Responsibility, Statement

Facts = dict[str, Any]
PLAN = settings.BASE_DIR / "fixtures" / "plan.json"
PRIVACY = settings.BASE_DIR / "fixtures" / "privacy"


@transaction.atomic
def load_plan() -> None:
    """Add the facts that are missing from an earlier or empty database."""
    plan: Facts = json.loads(PLAN.read_text(encoding="utf-8"))
    for position, facts in enumerate(plan["programmes"]):
        _load_programme(facts, position)
    for position, facts in enumerate(plan["topic_areas"]):
        _load_topics(facts, position)
    for facts in plan["organisations"]:
        Organisation.objects.get_or_create(title=facts["title"], defaults=facts)
    for facts in plan["venues"]:
        Venue.objects.get_or_create(title_zh=facts["title_zh"], defaults=facts)
    _load_reminder_times(plan["reminder_times"])
    for path in sorted(PRIVACY.glob("*.toml")):
        publish_privacy_notice(**tomllib.loads(path.read_text(encoding="utf-8")))


def _load_programme(facts: Facts, position: int) -> None:
    programme, is_new = Programme.objects.get_or_create(
        slug=facts["slug"],
        defaults={key: facts[key] for key in ("title_zh", "title_en", "summary_zh", "summary_en")}
        | {"position": position},
    )
    if not is_new:
        return
    for place, row in enumerate(facts["statements"]):
        Statement.objects.create(
            programme=programme,
            kind=row["kind"],
            clause=row["clause"],
            text_zh=row["zh"],
            text_en=row["en"],
            position=place,
        )
    for place, name in enumerate(facts["leads"]):
        Lead.objects.create(programme=programme, full_name=name, position=place)
    for row in facts["responsibilities"]:
        Responsibility.objects.create(
            programme=programme,
            work=row["work"],
            note_zh=row.get("zh", ""),
            note_en=row.get("en", ""),
        )


def _load_topics(facts: Facts, position: int) -> None:
    area, is_new = TopicArea.objects.get_or_create(
        slug=facts["slug"],
        defaults={
            "title_zh": facts["title_zh"],
            "title_en": facts["title_en"],
            "position": position,
        },
    )
    if not is_new:
        return
    for place, (title_zh, title_en) in enumerate(facts["topics"]):
        Topic.objects.create(area=area, title_zh=title_zh, title_en=title_en, position=place)


def _load_reminder_times(rows: list[Facts]) -> None:
    """Only into an empty table: staff may have deleted one on purpose."""
    if ReminderTime.objects.exists():
        return
    for row in rows:
        slug = row.pop("programme")
        ReminderTime.objects.create(programme=Programme.objects.get(slug=slug), **row)
