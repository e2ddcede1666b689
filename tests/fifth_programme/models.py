from django.db import models

from diedie_edu.activities.models import Activity


class Gardening(Activity):
    """A course in the garden."""

    crop = models.CharField("crop", max_length=40, blank=True)
