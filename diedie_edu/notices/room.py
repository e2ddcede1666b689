"""What notices bring themselves: the messages with one-time codes, and rights to see delivery."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.endings import AfterRestore, EndingKind
from diedie_edu.common.links import Bearer
from diedie_edu.common.manifests import Manifest
from diedie_edu.common.merging import Meeting, Rewritten, own_goes
from diedie_edu.common.parts import DeskEntry, DeskGroup, NavEntry, QuickAction
from diedie_edu.common.references import DELETE, Loose, On
from diedie_edu.common.resealing import EndsWithKey, Rehashed
from diedie_edu.notices import bearers, messages
from diedie_edu.notices.actions import forgetting, merging, wechat
from diedie_edu.notices.actions.watching import plan_watch
from diedie_edu.notices.lists.templates import TEMPLATES_LIST
from diedie_edu.notices.outbox import upkeep
from diedie_edu.notices.planners import Planner
from diedie_edu.notices.queries import desk, inbox
from diedie_edu.notices.queries.person import person_sections
from diedie_edu.notices.queries.wechat import hash_anew
from diedie_edu.people.endings import Endings
from diedie_edu.people.parts import Copied, PersonSection

KEPT = ("notices.approvedtemplate",)
LOOKED_UP = ("view:notices.notice", "view:notices.attempt", "view:notices.reached")
WECHAT = (
    EndingKind(
        "wechat",
        14,
        "notices_wechattie",
        "UPDATE",
        wechat.end_again,
        when="OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL",
        back="OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL",
    ),
    Rehashed("notices.WeChatTie", "openid_hash", hash_anew),
    EndsWithKey("notices.WeChatCode", "scene_hash", _("codes that tie a WeChat")),
    Meeting("wechat_tied_once", own_goes),
)

MANIFEST = Manifest(
    parts=(
        *WECHAT,
        AfterRestore(upkeep.forget_what_was_sent),
        EndsWithKey("notices.Attempt", "sent_to", _("links of text messages")),
        *messages.CODES.values(),
        messages.TRIAL,
        *messages.ABOUT_THE_PORTAL,
        Bearer(bearers.holds),
        AdminModels(Permission.SEE_DELIVERY, KEPT + LOOKED_UP),
        TEMPLATES_LIST,
        Loose(
            "accounts.User",
            "notices.Notice",
            "address",
            On(erased=DELETE, merged=DELETE),
            value=attrgetter("phone"),
        ),
        Meeting("reached_once", own_goes),
        Rewritten("notices.Notice", merging.rewrite_keys),
        Endings(departed=merging.stop_all),
        Endings(erased=forgetting.forget_name),
        Copied(
            "notices.Notice",
            "recipient",
            only=("channel", "created_at", "read_at"),
            more=((_("message"), inbox.words_of),),
        ),
        NavEntry(40, _("Messages"), "notices:inbox", "bell"),
        DeskEntry(
            60,
            _("Delivery"),
            "notices:trouble",
            "paper-airplane",
            Permission.SEE_DELIVERY,
            group=DeskGroup.LISTS,
        ),
        DeskEntry(
            61,
            _("Templates of text messages"),
            "notices:templates",
            "chat-bubble-bottom-center-text",
            Permission.SEE_DELIVERY,
            group=DeskGroup.LISTS,
        ),
        DeskEntry(
            62,
            _("Try the channels"),
            "notices:trial",
            "signal",
            Permission.SEE_DELIVERY,
            group=DeskGroup.LISTS,
        ),
        DeskEntry(
            63,
            _("Robots of group chats"),
            "notices:robots",
            "megaphone",
            Permission.SEE_DELIVERY,
            group=DeskGroup.LISTS,
        ),
        DeskEntry(
            20,
            _("Call list"),
            "notices:call_list",
            "phone",
            Permission.CALL_PEOPLE,
            group=DeskGroup.DAILY,
        ),
        QuickAction(
            15,
            _("Call list"),
            "notices:call_list",
            "phone",
            Permission.CALL_PEOPLE,
            group=DeskGroup.DAILY,
        ),
        *desk.PROBLEMS,
        PersonSection(person_sections),
        Planner(plan_watch),
    )
)
