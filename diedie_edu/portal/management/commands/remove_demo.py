from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from diedie_edu.common.days import local_now
from diedie_edu.portal.demo import removing


class Command(BaseCommand):
    help = "Take the demonstration away; what real rows stand on stays. Counts first, then asks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="without asking")

    def handle(self, *args: Any, yes: bool, **options: object) -> None:
        found = removing.to_remove()
        if found.is_nothing:
            self.stdout.write("没有演示数据。There is nothing of a demonstration.")
            return
        self.stdout.write("演示数据 · 之后加上的 · 留下的  demonstration · added since · stays")
        for title, made, added, stays in found.lines():
            self.stdout.write(f"{made:6} {added:6} {stays:6}  {title}")
        if not yes and input("删除吗？输入 yes  Take it away? Type yes: ").strip() != "yes":
            self.stdout.write("没有改动。Nothing was changed.")
            return
        removing.remove(by=None, now=local_now())
        self.stdout.write(self.style.SUCCESS("演示数据已删除。The demonstration is gone."))
