"""Publicity for the walk of `test_access.py`: its rows, and what its addresses name."""

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident
from diedie_edu.publicity.models import OutwardRecord, Picture, PictureConsent, Post
from tests.support.children import NINE, consented
from tests.support.news import agreed, make_draft, make_picture, make_post, make_record

PAGES = """
publicity:news                             vrugslob  200 405
publicity:post                             vrugslob  200 405
publicity:post missing                     vrugslob  404 405
publicity:feed                             vrugslob  200 405
publicity:feed_of                          vrugslob  200 405
publicity:feed_of missing                  vrugslob  404 405
publicity:say_no                            rugslob  405 404
publicity:say_no missing                    rugslob  405 404
publicity:desk                                 slob  200 405
publicity:write                                slob  200 200
publicity:newsletter                           slob  200 200
publicity:work                                 sl b  200 405
publicity:work                                   o   404 405
publicity:work missing                         slob  404 405
publicity:change                               sl b  200 200
publicity:change                                 o   404 404
publicity:change missing                       slob  404 404
publicity:publish                              sl b  405 302
publicity:publish                                o   405 404
publicity:publish missing                      slob  405 404
publicity:correct                              sl b  200 200
publicity:correct                                o   404 404
publicity:correct missing                      slob  404 404
publicity:take_down                            sl b  200 200
publicity:take_down                              o   404 404
publicity:take_down missing                    slob  404 404
publicity:pin                                  sl b  405 302
publicity:pin                                    o   405 404
publicity:pin missing                          slob  405 404
publicity:drop                                 sl b  405 302
publicity:drop                                   o   405 404
publicity:drop missing                         slob  405 404
publicity:put_in                               slob  405 404
publicity:put_in missing                       slob  405 404
publicity:take_out                             sl b  405 302
publicity:take_out                               o   405 404
publicity:take_out missing                     slob  405 404
publicity:pictures                             slob  200 405
publicity:picture_add                          slob  200 200
publicity:picture                              sl b  200 200
publicity:picture                                o   404 404
publicity:picture missing                      slob  404 404
publicity:picture_remove                       sl b  405 302
publicity:picture_remove                         o   405 404
publicity:picture_remove missing               slob  405 404
publicity:gone_out                             slob  200 405
publicity:take_in                              sl b  405 302
publicity:take_in                                o   405 404
publicity:take_in missing                      slob  405 404
publicity:consents                             slob  200 200
publicity:consent_give                         slob  200 200
publicity:consent_give missing                 slob  404 404
publicity:consent_for                          slob  200 200
publicity:consent_for missing                  slob  404 404
publicity:consent_withdraw                     slob  200 302
publicity:consent_withdraw missing             slob  404 404
publicity:records                              slob  200 405
publicity:went_out                             slob  200 405
publicity:record_add                           slob  200 200
publicity:record_change                        sl b  200 200
publicity:record_change                          o   404 404
publicity:record_change missing                slob  404 404
publicity:posters                              slob  200 405
publicity:poster                               sl b  200 405
publicity:poster                                 o   404 405
publicity:poster missing                       slob  404 405
publicity:reviewed                                b  200 404
"""
OF_A_DRAFT = ("change", "publish", "drop", "put_in")
OF_A_PICTURE = ("picture", "picture_remove")


def make_news(by: User) -> None:
    """A post with a picture of a child, which went out elsewhere too, and a draft."""
    mother = Resident.objects.create(full_name="何家长")
    child = consented(Resident.objects.create(full_name="小何", birth_date=NINE), mother)
    agreed(child, mother)
    post = make_post(by, shows=make_picture(child))
    make_draft(by)
    make_record(post=post, picture=Picture.objects.get())


def news_values(name: str) -> dict[str, object]:
    """What stands in the addresses of publicity."""
    page = name.removeprefix("publicity:")
    consent = PictureConsent.objects.get()
    draft, post = Post.objects.order_by("state")
    values = {
        "place": 1,
        "key": "year-2026",
        "bond": consent.guardian.wards.get(child=consent.person).pk,
    }
    if page in ("consent_give", "consent_for"):
        return values | {"pk": consent.guardian_id}
    if page in ("consent_withdraw", "say_no"):
        return values | {"pk": consent.pk}
    if page in OF_A_PICTURE:
        return values | {"pk": Picture.objects.get().pk}
    if page in ("take_in", "record_change"):
        return values | {"pk": OutwardRecord.objects.get().pk}
    if page == "poster":
        return {}
    return values | {"pk": draft.pk if page in OF_A_DRAFT else post.pk}
