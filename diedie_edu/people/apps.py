from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "diedie_edu.people"
    verbose_name = _("Residents and volunteers")

    def ready(self) -> None:
        from diedie_edu.lists import kinds
        from diedie_edu.people.lists.people import RESIDENTS_LIST, VOLUNTEERS_LIST

        kinds.register(RESIDENTS_LIST)
        kinds.register(VOLUNTEERS_LIST)
