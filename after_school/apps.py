from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AfterSchoolConfig(AppConfig):
    name = "after_school"
    verbose_name = _("4:30 school")

    def ready(self) -> None:
        from after_school.actions import erasure, missing, reminders, short_staffed
        from after_school.actions.clearances import release_uncleared
        from after_school.lists.afternoons import AFTERNOONS_LIST
        from after_school.lists.enrolments import PUPILS_LIST
        from after_school.lists.roster import ROSTER_LIST
        from after_school.rules import terms
        from diedie_edu.activities import own_ways
        from diedie_edu.lists import kinds
        from diedie_edu.notices import planners
        from diedie_edu.people import partings
        from diedie_edu.people.actions.clearances import register_release

        planners.register(reminders.plan_consent_reminders)
        planners.register(reminders.plan_end_of_term)
        planners.register(missing.plan_missing)
        planners.register(short_staffed.plan_short_staffed)
        partings.register(when_locked=erasure.release_child, when_erased=erasure.erase_child)
        register_release(release_uncleared)
        own_ways.register(terms.PROGRAMME)
        for kind in (PUPILS_LIST, ROSTER_LIST, AFTERNOONS_LIST):
            kinds.register(kind)
