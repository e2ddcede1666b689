"""A word to everybody who wishes for a topic."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.activities.forms.working import WordForm
from diedie_edu.activities.views.words import Writing, answer
from diedie_edu.common.days import local_now
from diedie_edu.people.models import Topic
from residents_school.queries.wishes import open_wishes
from residents_school.rules.lectures import PROGRAMME
from residents_school.views.staff import plans

OF_USE = timedelta(days=14)


@plans
def word_to_wishers(request: SignedInRequest, pk: int) -> HttpResponse:
    """To all whose wish for the topic no lecture has answered yet."""
    topic = get_object_or_404(Topic, pk=pk)
    wishers = open_wishes().filter(topic=topic).order_by().values_list("resident", flat=True)
    writing = Writing(
        programme=PROGRAMME,
        about=f"topic:{topic.pk}",
        title=topic.title,
        people=lambda: set(wishers),
        expires_at=local_now() + OF_USE,
        back=reverse("residents_school:board"),
        back_title=_("Planning board"),
    )
    return answer(request, WordForm(request.POST or None), writing)
