"""What a list of lectures would change: new drafts, and changes to those that lie ahead."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local, moment
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.plans import Entry, RowByRow
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty
from residents_school.actions import seasons
from residents_school.actions.lectures import LecturePlan, change_lecture, plan_lecture
from residents_school.lists.speakers import known_speakers, speakers_by_lecture
from residents_school.models import Lecture
from residents_school.queries.lectures import WHO_CAN_SPEAK, lectures

Values = dict[str, Any]
Key = tuple[str, datetime]
NEEDED = ("topic", "ends", "venue", "capacity")  # of a new lecture, besides title and beginning
PLANNED = {field.name for field in fields(LecturePlan)}
WORDS = PLANNED & {field.name for field in Lecture._meta.get_fields()}


@dataclass
class LectureEntry(Entry):
    """What is `known` of the lecture, if there is one, and what the filled cells tell."""

    lecture: Any = None
    known: Values = field(default_factory=dict)
    told: Values = field(default_factory=dict)


class LecturesPlan(RowByRow):
    def prepare(self) -> None:
        rows = self.table.rows
        self.lectures = {lecture.pk: lecture for lecture in _that_could_be_meant(rows)}
        self.by_key: dict[Key, list[Any]] = defaultdict(list)
        for lecture in self.lectures.values():
            self.by_key[lecture.title, lecture.starts_at].append(lecture)
        duties = Duty.objects.filter(occasion__activity__in=self.lectures)
        self.spoken = speakers_by_lecture(duties)
        self.speakers = known_speakers(_who_could_speak(self.spoken.values()))

    def shown(self, entry: LectureEntry) -> tuple[str, str]:
        values = entry.row.values
        return values["title"], f"{values['day']:%Y-%m-%d} {values['starts']:%H:%M}"

    def entry(self, row: Row) -> LectureEntry:
        lecture = self._find(row.values)
        self._refuse_twin(row, lecture)
        told = self._told(row.values)
        if lecture is None:
            _refuse_gaps(told)
            return LectureEntry(row, is_new=True, told=told)
        _refuse_new_state(lecture, row.values)
        known = _as_told(lecture, self.spoken[lecture.pk])
        entry = LectureEntry(row, False, _changes(known, told), lecture, known, told)
        entry.was = known
        return entry

    def carry_out(self, entry: LectureEntry, by: User, now: datetime) -> None:
        if entry.is_new:
            plan_lecture(plan=_new_plan(entry.told, now), by=by, now=now)
        else:
            plan = _changed_plan(entry)
            change_lecture(lecture=entry.lecture, plan=plan, by=by, now=now)

    def _find(self, values: Values) -> Any:
        """The lecture a row is about, None for a new one. Raises `Refused`."""
        key = _key_of(values)
        number = values.get("number")
        if number:
            return self._numbered(number, key)
        found = self.by_key.get(key, [])
        if len(found) > 1:
            raise Refused("several_fit", _SEVERAL_FIT, "title")
        return found[0] if found else None

    def _numbered(self, number: int, key: Key) -> Any:
        lecture = self.lectures.get(number)
        if lecture is None:
            raise Refused("number_unknown", _NUMBER_UNKNOWN, "number")
        if key[0] != lecture.title and key[1] != lecture.starts_at:
            raise Refused("number_of_another", _NUMBER_OF_ANOTHER, "number")
        return lecture

    def _refuse_twin(self, row: Row, lecture: Any) -> None:
        for key in (lecture.pk if lecture else None, _key_of(row.values)):
            if key is not None:
                self.check_alone(row, key, _TWIN, "title")

    def _told(self, values: Values) -> Values:
        """What the filled cells say."""
        told = {code: value for code, value in values.items() if value not in (None, "")}
        if "speakers" in told:
            told["speakers"] = self.speakers.several(told["speakers"])
        return told


def _that_could_be_meant(rows: Sequence[Row]) -> list[Any]:
    """Every lecture with a title or a number of the list."""
    titles = {row.values["title"] for row in rows}
    numbers = {number for row in rows if (number := row.values.get("number"))}
    found = lectures().filter(Q(title__in=titles) | Q(pk__in=numbers))
    return list(found.order_by("pk"))


def _who_could_speak(groups: Iterable[list[Volunteer]]) -> list[Volunteer]:
    """Those who may, and those who do already."""
    spoken = [volunteer.pk for volunteers in groups for volunteer in volunteers]
    rows = Volunteer.objects.filter(WHO_CAN_SPEAK | Q(pk__in=spoken))
    return list(rows.select_related("resident"))


def _key_of(values: Values) -> Key:
    return values["title"], moment(values["day"], values["starts"])


def _refuse_gaps(told: Values) -> None:
    for code in NEEDED:
        if code not in told:
            raise Refused("needed", _NEEDED_OF_NEW, code)


def _refuse_new_state(lecture: Lecture, values: Values) -> None:
    if values.get("state") not in (None, "", lecture.state):
        raise Refused("state_told", _STATE_TOLD, "state")


def _as_told(lecture: Any, speakers: Iterable[Volunteer]) -> Values:
    """What the list would say of a lecture as it stands."""
    starts_at, ends_at = local(lecture.starts_at), local(lecture.ends_at)
    return {
        **{code: getattr(lecture, code) for code in WORDS},
        "day": starts_at.date(),
        "starts": starts_at.time(),
        "ends": ends_at.time(),
        "venue": lecture.occasion.venue,
        "speakers": set(speakers),
        "sign_up_opens_at": _to_the_minute(lecture.sign_up_opens_at),
        "sign_up_closes_at": _to_the_minute(lecture.sign_up_closes_at),
    }


def _to_the_minute(value: datetime) -> datetime:
    return value.replace(second=0, microsecond=0)


def _changes(known: Values, told: Values) -> list[str]:
    return [code for code in known if code in told and not _same(told[code], known[code])]


def _same(told: Any, known: Any) -> bool:
    """Speakers are the same in any order."""
    return set(told) == known if isinstance(known, set) else told == known


def _new_plan(told: Values, now: datetime) -> LecturePlan:
    """Without a window, sign-up runs from now to the beginning, as in the form."""
    planned = _planned(told)
    unsaid = {"summary": "", "outline": "", "partner": None}
    window = {"sign_up_opens_at": now, "sign_up_closes_at": planned["starts_at"]}
    return LecturePlan(**(unsaid | window | planned))


def _changed_plan(entry: LectureEntry) -> LecturePlan:
    """The lecture as it stands with what changes; sign-up that closes at the beginning goes on
    doing so."""
    lecture = entry.lecture
    told = {code: entry.told[code] for code in entry.changes}
    planned = _planned(entry.known | told)
    follows = lecture.sign_up_closes_at == lecture.starts_at
    closes_at = planned["starts_at"] if follows else lecture.sign_up_closes_at
    window = {"sign_up_opens_at": lecture.sign_up_opens_at, "sign_up_closes_at": closes_at}
    window |= {code: value for code, value in told.items() if code in window}
    return replace(seasons.plan_of(lecture), **(planned | window))


def _planned(values: Values) -> Values:
    """The cells as the action wants them."""
    return {code: value for code, value in values.items() if code in PLANNED} | {
        "starts_at": moment(values["day"], values["starts"]),
        "ends_at": moment(values["day"], values["ends"]),
        "speakers": list(values.get("speakers", ())),
    }


_NUMBER_UNKNOWN = _("No lecture has this number. Leave the cell empty for a new lecture.")
_NUMBER_OF_ANOTHER = _(
    "This number belongs to a lecture of another title and time. Perhaps rows have slipped: "
    "export the list anew and enter the changes there."
)
_SEVERAL_FIT = _(
    "Several lectures have this title and time. Enter the number from an exported list."
)
_TWIN = _("Row {row} is about the same lecture. Keep only one of the two rows.")
_NEEDED_OF_NEW = _("A new lecture needs this. Fill it in.")
_STATE_TOLD = _(
    "A list neither announces lectures nor calls them off. Do that on the lecture's own page, "
    "and leave the state as it was."
)
