from diedie_edu.accounts.actions.accounts import (
    change_profile,
    close_account,
    keep_account,
    open_account,
    set_password,
)
from diedie_edu.accounts.actions.codes import TellCode, forget_old_codes, redeem_code, send_code
from diedie_edu.accounts.actions.privacy import agree_to_notice, publish_privacy_notice
from diedie_edu.accounts.actions.roles import grant_role, match_role, revoke_role
from diedie_edu.accounts.actions.tries import count_try, forget_old_tries, tries_so_far

__all__ = [
    "TellCode",
    "agree_to_notice",
    "change_profile",
    "close_account",
    "count_try",
    "forget_old_codes",
    "forget_old_tries",
    "grant_role",
    "keep_account",
    "match_role",
    "open_account",
    "publish_privacy_notice",
    "redeem_code",
    "revoke_role",
    "send_code",
    "set_password",
    "tries_so_far",
]
