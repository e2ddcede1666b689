"""Delete files of lectures that no row knows."""

from django.core.management.base import BaseCommand

from diedie_edu.common.days import local_now
from residents_school.actions import materials


class Command(BaseCommand):
    help = "Deletes files of lectures that no row knows. 清理没有登记的讲座资料文件。"

    def handle(self, **_options: object) -> None:
        self.stdout.write(f"{materials.tidy_materials(now=local_now())}")
