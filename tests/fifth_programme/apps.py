from django.apps import AppConfig


class FifthProgrammeConfig(AppConfig):
    name = "tests.fifth_programme"
    verbose_name = "Community garden"
