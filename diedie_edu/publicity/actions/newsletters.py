"""A month's newsletter, begun as a draft that people go on writing."""

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import override

from diedie_edu.accounts.models import User
from diedie_edu.publicity.actions import posts
from diedie_edu.publicity.models import Post
from diedie_edu.publicity.queries import newsletters as queries


def draft(*, first: date, programme: str, by: User, now: datetime) -> Post:
    """In the language of the community, whoever asks for it. `first` is the month's first day."""
    with override(settings.LANGUAGE_CODE):
        title = queries.title_of(first, programme)
        text = queries.text_of(first, programme, now)
    post = Post(programme=programme, title=title, text=text)
    return posts.write(post=post, by=by, now=now)
