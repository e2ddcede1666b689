from typing import Any

from django.core.management.base import BaseCommand, CommandError

from diedie_edu.portal.base_data import load_plan
from diedie_edu.programmes.plan_shape import PlanFault


class Command(BaseCommand):
    help = "Load the programme plan's facts; nothing that exists is changed."

    def handle(self, *args: Any, **options: object) -> None:
        try:
            load_plan()
        except PlanFault as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(self.style.SUCCESS("The plan's facts are loaded. 规划数据已载入。"))
