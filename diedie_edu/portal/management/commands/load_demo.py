from typing import Any

from django.core.management.base import BaseCommand

from diedie_edu.common.days import local_now
from diedie_edu.portal.demo.loading import load_demo


class Command(BaseCommand):
    help = "Load a demo season with people who do not exist; only where DEMO=true."

    def handle(self, *args: Any, **options: object) -> None:
        is_new = load_demo(local_now())
        said = "is loaded. 演示数据已载入。" if is_new else "was there already. 演示数据已存在。"
        self.stdout.write(self.style.SUCCESS(f"The demo season {said}"))
