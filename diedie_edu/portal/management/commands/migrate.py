"""`migrate`, which compares with the models as our `makemigrations` does: Django asks for that."""

from django.core.management.commands import migrate

from diedie_edu.portal.management.commands.makemigrations import Autodetector


class Command(migrate.Command):
    autodetector = Autodetector
