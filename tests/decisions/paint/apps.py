from django.apps import AppConfig


class PaintConfig(AppConfig):
    name = "tests.decisions.paint"
    label = "paint"
