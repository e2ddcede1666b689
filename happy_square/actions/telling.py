"""What members, and those who try it, are told of the dates of a group.

All hear in the portal. Who asked for reminders gets a text message too, for a change within
GROUP_TEXT_HOURS of the date alone, and no more often in a month than the group may.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import translation

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import ACTIVITY, occasion_facts
from diedie_edu.activities.models import Occasion, SignUp
from diedie_edu.activities.participants import Participants
from diedie_edu.common.days import local_day, short_day_text, time_text
from diedie_edu.notices.actions import cancel, plan_from
from diedie_edu.notices.kinds import QUIETLY, Kind
from diedie_edu.notices.models import Channel
from diedie_edu.notices.subjects import as_messages, text_of
from diedie_edu.people.queries import has_reader
from happy_square import meet_up_messages as messages
from happy_square.models import Group, MeetUp, Trial, WeeklyTime
from happy_square.participants import LEADING, MEMBERS, TRIERS

OF_DATES = (messages.MOVED, messages.CALLED_OFF, messages.HELD_AGAIN)
LANGUAGES = {"zh": "zh-hans", "en": "en"}

MEMBER = SignUp.objects.filter(status=SignUp.Status.SEATED, wants_reminders=True)
TRIER = Trial.objects.filter(wants_reminders=True)
WANTED = Exists(MEMBER.filter(activity=OuterRef("activity"))) | Exists(
    TRIER.filter(occasion=OuterRef("pk"))
)
# One statement, so that two changes at once cannot both take the last one.
COUNT_TEXT = """
INSERT INTO happy_square_monthlytexts AS texts (group_id, month, used)
SELECT activity_ptr_id, %s, 1 FROM happy_square_group
WHERE activity_ptr_id = %s AND sms_a_month > 0
ON CONFLICT (group_id, month) DO UPDATE SET used = texts.used + 1
WHERE texts.used < (SELECT sms_a_month FROM happy_square_group
                    WHERE activity_ptr_id = texts.group_id)
RETURNING used
"""


def tell_of_dates(
    kind: Kind,
    occasions: Collection[int],
    facts: Mapping[str, Any],
    by: User,
    now: datetime,
    was: datetime | None = None,
) -> None:
    """Of dates (occasions' ids) that have changed; what was to be said of them before is not. Who
    leads the group hears too, unless they did it themselves (`by`).

    `was` is when a date that was moved began before: whoever would come then has to know in time.
    """
    rows = Occasion.objects.filter(pk__in=occasions, ends_at__gt=now)
    ahead = dict(rows.values_list("pk", "activity"))
    _stop(ahead, now)
    texted = _texted(rows, now, was)
    leading = LEADING.at(list(ahead)).exclude(resident__account=by)
    _plan(kind, LEADING, leading, facts, now, QUIETLY)
    for sort in (MEMBERS, TRIERS):
        people = sort.at(list(ahead)).filter(Q(wants_reminders=True) | has_reader("resident_id"))
        _plan(kind, sort, people, facts, now, QUIETLY)
        with_text = sort.at(texted).filter(wants_reminders=True)
        _plan(kind, sort, with_text, facts, now, [Channel.SMS])


def _texted(rows: QuerySet[Occasion], now: datetime, was: datetime | None) -> list[int]:
    """Those of which a text message goes out; a group counts once, however many dates change, and
    only where somebody wants one."""
    until = now + timedelta(hours=settings.GROUP_TEXT_HOURS)
    soon = rows if was and was < until else rows.filter(starts_at__lt=until)
    pairs = list(soon.filter(WANTED).order_by("activity", "pk").values_list("pk", "activity"))
    counted = {group for group in dict.fromkeys(group for _, group in pairs) if _count(group, now)}
    return [pk for pk, group in pairs if group in counted]


def _count(group: int, now: datetime) -> bool:
    """Whether the group may send one more this month, which then counts."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_TEXT, [local_day(now).replace(day=1), group])
        return cursor.fetchone() is not None


def _stop(ahead: Mapping[int, int], now: datetime) -> None:
    subjects = [ACTIVITY.of(group) for group in set(ahead.values())]
    cancel(subject=subjects, kinds=OF_DATES, data={"occasion": list(ahead)}, now=now)  # type: ignore[arg-type]


def _plan(
    kind: Kind,
    sort: Participants,
    people: QuerySet,
    facts: Mapping[str, Any],
    now: datetime,
    channels: Sequence[str],
) -> None:
    to = sort.to_occasion
    rows = as_messages(
        people,
        subject=ACTIVITY.at(f"{to}activity_id"),
        revision=text_of(F(f"{to}id"), f".{now:%Y%m%d%H%M%S%f}"),
        data={**occasion_facts(to), "occasion": F(f"{to}id"), **facts},
        now=now,
        expires_at=F(f"{to}ends_at"),
    )
    plan_from(kind=kind, people=rows, now=now, channels=channels)


# --- What is said every now and then, quietly ------------------------------------------


def tell_week(group: Group, meet_ups: Sequence[MeetUp], words: str, now: datetime) -> int:
    """Members read when it meets in the days ahead; how many."""
    cancel(subject=ACTIVITY.of(group.pk), kinds=[messages.WEEK], now=now)
    dates = _in_both("dates", lambda: " · ".join(map(_date_words, meet_ups)))
    return _tell_members(messages.WEEK, group, dates | {"words": words}, now)


def tell_times(group: Group, now: datetime) -> int:
    """Members read the new weekly times; how many."""
    cancel(subject=ACTIVITY.of(group.pk), kinds=[messages.TIMES], now=now)
    rows = WeeklyTime.objects.filter(group=group, is_on=True).select_related("venue")
    times = list(rows.order_by("weekday", "starts"))
    if not times:
        return 0
    facts = _in_both("times", lambda: " · ".join(map(_time_words, times)))
    return _tell_members(messages.TIMES, group, facts, now)


def _tell_members(kind: Kind, group: Group, facts: dict[str, Any], now: datetime) -> int:
    seated = SignUp.objects.filter(activity=group.pk, status=SignUp.Status.SEATED)
    people = as_messages(
        seated.filter(has_reader("resident_id")),
        subject=ACTIVITY.of(group.pk),
        revision=f"{now:%Y%m%d%H%M%S%f}",
        data={"activity": group.pk, "title": group.title, **facts},
        now=now,
        expires_at=now + timedelta(days=7),
    )
    plan_from(kind=kind, people=people, now=now)
    return seated.filter(member_entry=None).count()


def _in_both(name: str, words: Any) -> dict[str, str]:
    """The same in both languages of messages."""
    found = {}
    for suffix, language in LANGUAGES.items():
        with translation.override(language):
            found[f"{name}_{suffix}"] = words()
    return found


def _date_words(row: MeetUp) -> str:
    occasion = row.occasion
    day, venue = local_day(occasion.starts_at), occasion.venue.title
    return f"{short_day_text(day)} {time_text(occasion.starts_at)} {venue}"


def _time_words(row: WeeklyTime) -> str:
    times = f"{time_text(row.starts)}–{time_text(row.ends)}"
    return f"{row.get_weekday_display()} {times} {row.venue.title}"
