"""Loading the plan's facts; what exists already is left as staff have made it."""

import json
import tomllib
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from after_school.models import DayTopic
from diedie_edu.accounts.actions import privacy
from diedie_edu.activities.models import ReminderTime
from diedie_edu.people.models import ConsentText, Organisation, Topic, TopicArea
from diedie_edu.programmes.models import Lead, Programme, Responsibility, RuleVersion, Statement
from diedie_edu.venues.models import Venue

Facts = dict[str, Any]
PLAN = settings.BASE_DIR / "fixtures" / "plan.json"
PRIVACY = settings.BASE_DIR / "fixtures" / "privacy"
CONSENT = settings.BASE_DIR / "fixtures" / "consent"
RULES = settings.BASE_DIR / "fixtures" / "rules"


@transaction.atomic
def load_plan() -> None:
    """Add what is missing: whole tables and programmes, never single rows that staff removed."""
    plan: Facts = json.loads(PLAN.read_text(encoding="utf-8"))
    for position, facts in enumerate(plan["programmes"]):
        _load_programme(facts, position)
    if not TopicArea.objects.exists():
        for position, facts in enumerate(plan["topic_areas"]):
            _load_topics(facts, position)
    _load_into_empty(Organisation, plan["organisations"])
    _load_into_empty(Venue, plan["venues"])
    _load_into_empty(ReminderTime, [_reminder_time(row) for row in plan["reminder_times"]])
    for path in sorted(PRIVACY.glob("*.toml")):
        privacy.publish_privacy_notice(**tomllib.loads(path.read_text(encoding="utf-8")))
    _load_into_empty(DayTopic, plan["day_topics"])
    for path in sorted(CONSENT.glob("*.toml")):
        _load_consent_text(tomllib.loads(path.read_text(encoding="utf-8")))
    for path in sorted(RULES.glob("*.toml")):
        _load_rules(tomllib.loads(path.read_text(encoding="utf-8")))


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
    area = TopicArea.objects.create(
        slug=facts["slug"],
        title_zh=facts["title_zh"],
        title_en=facts["title_en"],
        position=position,
    )
    for place, (title_zh, title_en) in enumerate(facts["topics"]):
        Topic.objects.create(area=area, title_zh=title_zh, title_en=title_en, position=place)


def _load_into_empty(model: type[Model], rows: list[Facts]) -> None:
    """Staff may have renamed a row, or deleted it, on purpose."""
    if not model.objects.exists():
        model.objects.bulk_create(model(**row) for row in rows)


def _reminder_time(facts: Facts) -> Facts:
    return facts | {"programme": Programme.objects.get(slug=facts["programme"])}


def _load_consent_text(facts: Facts) -> None:
    name = {key: facts.pop(key) for key in ("programme", "version")}
    told = {key: value.strip() if isinstance(value, str) else value for key, value in facts.items()}
    ConsentText.objects.get_or_create(**name, defaults=told)


def _load_rules(facts: Facts) -> None:
    programme = Programme.objects.get(slug=facts.pop("programme"))
    RuleVersion.objects.get_or_create(
        programme=programme, number=facts.pop("number"), defaults=facts
    )
