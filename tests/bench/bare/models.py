"""The portal's tables, with the columns that the bare views touch."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models


class User(AbstractBaseUser):
    last_login = None
    phone = models.CharField(max_length=20, unique=True)
    is_active = models.BooleanField()

    USERNAME_FIELD = "phone"

    class Meta:
        managed = False
        db_table = "accounts_user"


class Resident(models.Model):
    full_name = models.CharField(max_length=50)
    household_id = models.BigIntegerField(null=True)
    account = models.OneToOneField(User, models.CASCADE, null=True)

    class Meta:
        managed = False
        db_table = "people_resident"


class Volunteer(models.Model):
    resident = models.OneToOneField(Resident, models.CASCADE)

    class Meta:
        managed = False
        db_table = "people_volunteer"


class TopicArea(models.Model):
    title_zh = models.CharField(max_length=100)

    class Meta:
        managed = False
        db_table = "people_topicarea"


class Topic(models.Model):
    title_zh = models.CharField(max_length=100)
    area = models.ForeignKey(TopicArea, models.CASCADE)

    class Meta:
        managed = False
        db_table = "people_topic"


class Organisation(models.Model):
    title = models.CharField(max_length=100)

    class Meta:
        managed = False
        db_table = "people_organisation"


class Venue(models.Model):
    title_zh = models.CharField(max_length=100)
    address = models.CharField(max_length=200)

    class Meta:
        managed = False
        db_table = "activities_venue"


class Activity(models.Model):
    title = models.CharField(max_length=80)
    summary = models.CharField(max_length=200)
    state = models.CharField(max_length=10)
    capacity = models.IntegerField()
    taken = models.IntegerField()
    sign_up_opens_at = models.DateTimeField()
    sign_up_closes_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "activities_activity"


class Lecture(Activity):
    topic = models.ForeignKey(Topic, models.CASCADE)
    partner = models.ForeignKey(Organisation, models.CASCADE, null=True)
    outline = models.TextField()

    class Meta:
        managed = False
        db_table = "residents_school_lecture"


class Occasion(models.Model):
    activity = models.ForeignKey(Lecture, models.CASCADE, related_name="occasions")
    venue = models.ForeignKey(Venue, models.CASCADE)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "activities_occasion"


class Duty(models.Model):
    occasion = models.ForeignKey(Occasion, models.CASCADE)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE)

    class Meta:
        managed = False
        db_table = "activities_duty"


class SignUp(models.Model):
    activity_id = models.BigIntegerField()
    resident_id = models.BigIntegerField()
    status = models.CharField(max_length=10)
    signed_up_at = models.DateTimeField()
    seated_at = models.DateTimeField()
    signed_up_by_id = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "activities_signup"


class Notice(models.Model):
    dedupe_key = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    recipient_id = models.BigIntegerField()
    address = models.CharField(max_length=100)
    channel = models.CharField(max_length=8)
    data = models.JSONField()
    sealed = models.TextField()
    status = models.CharField(max_length=10)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.SmallIntegerField()

    class Meta:
        managed = False
        db_table = "notices_notice"
