"""The rows of the worked register for the table of `access_table.py`, with what they name."""

from uuid import UUID

from diedie_edu.activities.models import SignUp, WordToAll
from diedie_edu.common.links import token
from diedie_edu.people.models import Topic
from diedie_edu.programmes.models import Programme
from residents_school.models import Survey
from tests.conftest import NOW

PAGES = """
activities:note                                sl b  405 302
activities:note                                  o   405 404
activities:note_done                           sl b  405 302
activities:note_done                             o   405 404
activities:together                            sl b  405 302
activities:together                              o   405 404
activities:word_to_all                         sl b  200 200
activities:word_to_all                           o   404 404
activities:withdraw                            sl b  405 302
activities:withdraw                              o   405 404
activities:undo_withdrawal                     sl b  405 302
activities:undo_withdrawal                       o   405 404
activities:confirm                             sl b  405 302
activities:confirm                               o   405 404
activities:call_person                         sl b  200 405
activities:call_person                           o   404 405
activities:word                            vrugslob  200 405
activities:word missing                    vrugslob  404 405
activities:sign_up_series                   rugslob  302 302
activities:sign_up_series missing           rugslob  302 404
activities:sign_somebody_up_for_series         sl b  405 404
activities:sign_somebody_up_for_series           o   405 404
residents_school:season_copy                   sl b  200 200
residents_school:word_to_wishers               sl b  200 200
residents_school:word_to_wishers missing       sl b  404 404
residents_school:announcement_back             sl b  405 302
residents_school:announcement_back missing     sl b  405 404
residents_school:lecture_delete                sl b  405 302
residents_school:lecture_delete missing        sl b  405 404
residents_school:lecture_restore               sl b  405 302
residents_school:lecture_restore missing       sl b  405 404
residents_school:lecture_hold                  sl b  405 302
residents_school:lecture_hold missing          sl b  405 404
residents_school:survey_delete                 sl b  405 302
residents_school:survey_delete missing         sl b  405 404
residents_school:survey_restore                sl b  405 302
residents_school:survey_restore missing        sl b  405 404
"""


def working_values(name: str) -> dict[str, object]:
    """A place in a lecture, a word to everybody, a topic, a survey."""
    found: dict[str, object] = {"sign_up": SignUp.objects.order_by("pk").values_list("pk")[0][0]}
    found["note"] = 1  # taken off already
    if name == "activities:word":
        found["token"] = token("staff_word", _word().pk)
    if name == "residents_school:word_to_wishers":
        found["pk"] = Topic.objects.order_by("pk").values_list("pk")[0][0]
    if name in ("residents_school:survey_delete", "residents_school:survey_restore"):
        found["pk"] = Survey.objects.filter(is_published=True).values_list("pk")[0][0]
    return found


def _word() -> WordToAll:
    facts = {
        "about": "activity:1",
        "title": "讲座",
        "text": "请带剪刀",
        "people": 1,
        "sent_at": NOW,
    }
    programme = Programme.objects.get(slug="residents-school")
    key = UUID("9c6f2c0e-5f0e-4a52-9a77-1a2b3c4d5e6f")
    return WordToAll.objects.get_or_create(key=key, defaults=facts | {"programme": programme})[0]
