from typing import Any

from django.core.management.base import BaseCommand

from diedie_edu.portal.base_data import load_plan


class Command(BaseCommand):
    help = "Load the programme plan's facts; nothing that exists is changed."

    def handle(self, *args: Any, **options: object) -> None:
        load_plan()
        self.stdout.write(self.style.SUCCESS("The plan's facts are loaded. 规划数据已载入。"))
