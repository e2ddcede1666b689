from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResidentsSchoolConfig(AppConfig):
    name = "residents_school"
    verbose_name = _("Residents' school")

    def ready(self) -> None:
        from diedie_edu.activities import sheets, topics
        from diedie_edu.lists import kinds
        from diedie_edu.notices import planners
        from residents_school import messages  # noqa: F401  (registers the kinds)
        from residents_school.actions import invitations, thanks
        from residents_school.lists.kinds import LECTURES_LIST
        from residents_school.rules import lectures

        planners.register(invitations.close_invitations)
        planners.register(thanks.thank_speakers)
        topics.register("lecture__topic")
        kinds.register(LECTURES_LIST)
        sheets.register(lectures.PROGRAMME, "residents_school:sign_in_sheet")
