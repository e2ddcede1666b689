"""Whose WeChat it is: one person's at a time, told to its owner, and gone when it ends."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.references import erase
from diedie_edu.common.resealing import rehash
from diedie_edu.notices.actions import wechat
from diedie_edu.notices.models import Notice, WeChatCode, WeChatTie
from diedie_edu.notices.outbox.upkeep import tidy
from diedie_edu.notices.queries.wechat import TIES, code_of, live_tie
from diedie_edu.people.actions.merging import merge_residents
from tests.support.dumping import places_of
from tests.support.races import together
from tests.support.refusals import guard_that_stops

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
KNOWN = "wechat_tie_says_what_is_known"
FOR_EVER = float("inf")
OPENID, OTHER = "oLi-of-OurAccount", "oWang-of-OurAccount"


def said_to(user: User) -> list[str]:
    rows = Notice.objects.filter(account=user, kind="portal.account_changed", channel="inbox")
    return [row.data["what_zh"] for row in rows.order_by("pk")]


def test_a_tie_is_sealed_found_again_and_told(make_user: Callable[..., User], now: datetime):
    user = make_user()
    tied = wechat.tie(account=user, openid=OPENID, now=now)
    assert tied is not None
    assert places_of(OPENID) == set()
    assert WeChatTie.objects.get().openid == OPENID
    assert live_tie(user) == tied
    assert said_to(user) == ["已开通微信通知"]


def test_saying_it_twice_is_harmless(make_user: Callable[..., User], now: datetime):
    user = make_user()
    for follows in ("unknown", "yes", "unknown"):
        wechat.tie(account=user, openid=OPENID, now=now, follows=follows)
    assert [tie.follows for tie in WeChatTie.objects.all()] == ["yes"]
    assert len(said_to(user)) == 1


def test_an_end_takes_the_wechat_out_and_is_told(make_user: Callable[..., User], now: datetime):
    user = make_user()
    wechat.tie(account=user, openid=OPENID, now=now)
    for _twice in range(2):
        wechat.end_own(account=user, now=now)
    tie = WeChatTie.objects.get()
    assert (tie.openid, tie.openid_hash, tie.why, tie.ended_at) == ("", "", "own", now)
    assert said_to(user) == ["已开通微信通知", "已停用微信通知"]
    assert live_tie(user) is None


def test_another_wechat_takes_the_place_of_the_first(make_user: Callable[..., User], now: datetime):
    user = make_user()
    wechat.tie(account=user, openid=OPENID, now=now)
    wechat.tie(account=user, openid=OTHER, now=now)
    assert live_tie(user).openid == OTHER
    assert WeChatTie.objects.exclude(ended_at=None).get().why == "another"


def test_a_wechat_goes_where_its_owner_ties_it(make_user: Callable[..., User], now: datetime):
    """Whoever holds it has shown so; the account that had it hears of it."""
    first, second = make_user(), make_user()
    wechat.tie(account=first, openid=OPENID, now=now)
    wechat.tie(account=second, openid=OPENID, now=now)
    assert (live_tie(first), live_tie(second).openid) == (None, OPENID)
    assert said_to(first)[-1] == "已停用微信通知"
    assert WeChatTie.objects.exclude(ended_at=None).get().why == "elsewhere"


def test_a_closed_account_is_not_tied(make_user: Callable[..., User], now: datetime):
    user = make_user()
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert wechat.tie(account=user, openid=OPENID, now=now) is None
    assert not WeChatTie.objects.exists()


def test_an_erased_account_leaves_no_tie(make_user: Callable[..., User], now: datetime):
    user = make_user()
    wechat.tie(account=user, openid=OPENID, now=now)
    erase(user, now)
    assert not WeChatTie.objects.exists()


@pytest.mark.parametrize(
    ("fields", "guard"),
    [
        ({"openid_hash": "b" * 64}, "wechat_tied_once"),
        ({"account": None}, "wechat_is_one_persons"),
        ({"account": None, "openid_hash": "c" * 64, "why": "own"}, "wechat_tie_ends_whole"),
        ({"account": None, "openid_hash": "", "openid": ""}, "wechat_tie_ends_whole"),
        ({"account": None, "openid_hash": "d" * 64, "follows": "x"}, KNOWN),
    ],
)
def test_the_database_holds_it(
    make_user: Callable[..., User], now: datetime, fields: dict, guard: str
):
    user, other = make_user(), make_user()
    row = {"account": user, "openid": OPENID, "openid_hash": "a" * 64, "tied_at": now}
    WeChatTie.objects.create(**row)
    if "account" in fields:
        fields = fields | {"account": other}
    assert guard_that_stops(lambda: WeChatTie.objects.create(**row | fields)) == guard


@pytest.mark.django_db(transaction=True)
def test_one_wechat_tied_by_two_at_once_is_one_persons(
    make_user: Callable[..., User], now: datetime
):
    for _round in range(5):
        users = [make_user(), make_user(), make_user()]
        together(*[partial(wechat.tie, account=one, openid=OPENID, now=now) for one in users])
        assert WeChatTie.objects.filter(ended_at=None).count() == 1


def test_a_new_key_finds_it_too(make_user: Callable[..., User], now: datetime, settings):
    wechat.tie(account=make_user(), openid=OPENID, now=now)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 60, [settings.SECRET_KEY]
    wechat.note_follows(openid=OPENID, follows="no")
    list(rehash(only_look=False))
    tie = WeChatTie.objects.get()
    assert (tie.follows, tie.openid_hash) == ("no", keyed_hash(OPENID, TIES))


# --- A code on a screen ----------------------------------------------------------------


def test_a_scanned_code_ties_once(make_user: Callable[..., User], now: datetime):
    user, scene = make_user(), wechat.new_scene()
    wechat.keep_code(account=user, scene=scene, address="http://weixin.qq.com/q/1", now=now)
    assert code_of(user, now).address == "http://weixin.qq.com/q/1"
    wechat.scanned(scene=scene, openid=OPENID, now=now)
    wechat.scanned(scene=scene, openid=OTHER, now=now)
    assert (live_tie(user).openid, live_tie(user).follows) == (OPENID, "yes")
    assert not WeChatCode.objects.exists()


def test_a_code_ends_and_a_new_one_ends_the_old(make_user: Callable[..., User], now: datetime):
    user, first, second = make_user(), wechat.new_scene(), wechat.new_scene()
    for scene in (first, second):
        wechat.keep_code(account=user, scene=scene, address="http://weixin.qq.com/q/1", now=now)
    later = now + timedelta(minutes=10)
    wechat.scanned(scene=first, openid=OPENID, now=now)
    wechat.scanned(scene=second, openid=OPENID, now=later)
    assert code_of(user, later) is None
    assert not WeChatTie.objects.exists()


# --- What becomes of it ----------------------------------------------------------------


def test_of_two_records_of_one_person_one_tie_stays(
    make_user: Callable[..., User], staff_user: User, now: datetime
):
    kept, gone, only = make_user(), make_user(), make_user()
    for user, openid in ((kept, OPENID), (gone, OTHER), (only, "oThird")):
        wechat.tie(account=user, openid=openid, now=now)
    facts = {"reason": "同一个人", "by": staff_user, "now": now}
    merge_residents(kept=kept.resident, gone=gone.resident, **facts)
    assert [tie.openid for tie in WeChatTie.objects.filter(account=kept)] == [OPENID]
    wechat.end_own(account=kept, now=now)
    merge_residents(kept=kept.resident, gone=only.resident, **facts)
    tie = live_tie(kept)
    assert tie is not None
    assert tie.openid == "oThird"


def test_ended_ties_go_with_old_messages_and_codes_with_their_end(
    make_user: Callable[..., User], now: datetime
):
    user = make_user()
    wechat.tie(account=user, openid=OPENID, now=now)
    wechat.tie(account=user, openid=OTHER, now=now)
    wechat.keep_code(account=user, scene="s", address="http://weixin.qq.com/q/1", now=now)
    tidy(now + timedelta(days=400), FOR_EVER)
    assert WeChatTie.objects.count() == 2
    assert not WeChatCode.objects.exists()
    tidy(now + timedelta(days=400, seconds=1), FOR_EVER)
    assert WeChatTie.objects.get().openid == OTHER
