from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AfterSchoolConfig(AppConfig):
    name = "after_school"
    verbose_name = _("4:30 school")

    def ready(self) -> None:
        from after_school import actions
        from after_school.lists.afternoons import AFTERNOONS_LIST
        from after_school.lists.enrolments import PUPILS_LIST
        from after_school.lists.roster import ROSTER_LIST
        from after_school.rules import PROGRAMME
        from diedie_edu.activities import own_ways
        from diedie_edu.notices import planners
        from diedie_edu.people import partings
        from diedie_edu.people.actions.clearances import register_release
        from diedie_edu.people.imports import kinds

        planners.register(actions.plan_consent_reminders)
        planners.register(actions.plan_end_of_term)
        planners.register(actions.plan_missing)
        planners.register(actions.plan_short_staffed)
        partings.register(when_locked=actions.part_with_child, when_erased=actions.forget_child)
        register_release(actions.release_uncleared)
        own_ways.register(PROGRAMME)
        for kind in (PUPILS_LIST, ROSTER_LIST, AFTERNOONS_LIST):
            kinds.register(kind)
