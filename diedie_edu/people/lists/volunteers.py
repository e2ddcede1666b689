"""What a list of volunteers would change: the person as in a list of residents, and service."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.actions.copying import BATCH, batches
from diedie_edu.lists.plans import Report, take
from diedie_edu.people.actions.residents import match_volunteer_roles
from diedie_edu.people.lists.residents import PersonEntry, ResidentsPlan
from diedie_edu.people.models import Skill, Topic, Volunteer


@dataclass
class Service:
    """The volunteer of an entry; `skills` are None where the list says nothing of them."""

    volunteer: Volunteer
    skills: list[Topic] | None


class VolunteersPlan(ResidentsPlan):
    def prepare(self) -> None:
        super().prepare()
        self.known = {volunteer.resident_id: volunteer for volunteer in Volunteer.objects.all()}
        self.skills: dict[int, set[int]] = defaultdict(set)
        for volunteer_id, topic_id in Skill.objects.values_list("volunteer_id", "topic_id"):
            self.skills[volunteer_id].add(topic_id)
        self.services: dict[int, Service] = {}
        self.service = self.fields_of(Volunteer)

    def entry(self, row: Row) -> PersonEntry:
        entry = super().entry(row)
        volunteer = self.known.get(entry.resident.pk) or Volunteer()
        entry.changes += take(volunteer, row.values, self.service, entry.was)
        if not volunteer.kinds:
            raise Refused("kinds_missing", _KINDS_MISSING, "kinds")
        skills = row.values.get("skills") or None
        if skills and {topic.pk for topic in skills} != self.skills.get(volunteer.pk, set()):
            entry.changes.append("skills")
        self.services[row.number] = Service(volunteer, skills)
        return entry

    def write(self, report: Report, by: User, now: datetime) -> None:
        super().write(report, by, now)
        written = [*self.new, *self.changed]
        services = [self.services[entry.row.number] for entry in written]
        for entry, service in zip(written, services, strict=True):
            service.volunteer.resident = entry.resident
        self._write_volunteers([service.volunteer for service in services])
        _write_skills(services)
        residents = [entry.resident.pk for entry in written]
        match_volunteer_roles(residents=residents, by=by, now=now)

    def _write_volunteers(self, volunteers: list[Volunteer]) -> None:
        Volunteer.objects.bulk_create([one for one in volunteers if not one.pk], batch_size=BATCH)
        if self.service:
            known = [one for one in volunteers if one.pk]
            Volunteer.objects.bulk_update(known, self.service, batch_size=BATCH)


def _write_skills(services: list[Service]) -> None:
    told = [service for service in services if service.skills is not None]
    for batch in batches(told):
        Skill.objects.filter(volunteer__in=[service.volunteer for service in batch]).delete()
        Skill.objects.bulk_create(
            Skill(volunteer=service.volunteer, topic=topic)
            for service in batch
            for topic in service.skills or ()
        )


_KINDS_MISSING = _("Enter at least one volunteer kind for somebody who is new.")
