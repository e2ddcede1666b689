"""The figure of publicity."""

from collections.abc import Collection
from datetime import date, timedelta

from diedie_edu.common.days import moment
from diedie_edu.publicity.models import OutwardRecord, Post

DAY = timedelta(days=1)


def went_out(programmes: Collection[str], first_day: date, last_day: date) -> int:
    """How often something went out in a period: posts that came into public then and were not
    taken down, and each record of what went out elsewhere. `programmes` are slugs; the empty one
    stands for what is of all programmes together."""
    start, end = moment(first_day), moment(last_day + DAY)
    posts = Post.objects.filter(state=Post.State.PUBLISHED, programme__in=programmes)
    records = OutwardRecord.objects.filter(programme__in=programmes)
    in_period = posts.filter(publish_at__gte=start, publish_at__lt=end)
    return in_period.count() + records.filter(went_out_on__range=(first_day, last_day)).count()
