"""What a provider's codes mean, for staff who look why a message did not go out."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from diedie_edu.community.known import community

NO_MONEY = _("the provider's account has no money left")
WRONG_KEY = _("the AppSecret is wrong")
USED_UP = _("WeChat takes no more of them at the moment")
WORDS = {
    "isv.AMOUNT_NOT_ENOUGH": NO_MONEY,
    "FailedOperation.InsufficientBalanceInSmsPackage": NO_MONEY,
    "isv.OUT_OF_SERVICE": _("the provider has stopped the account"),
    "isv.BUSINESS_LIMIT_CONTROL": _("this phone was sent too much in a short time"),
    "LimitExceeded": _("this phone was sent too much in a short time"),
    "isv.DAY_LIMIT_CONTROL": _("the account's limit of the day is used up"),
    "isv.MONTH_LIMIT_CONTROL": _("the account's limit of the month is used up"),
    "isv.MOBILE_NUMBER_ILLEGAL": _("the provider takes no such phone number"),
    "InvalidParameterValue.IncorrectPhoneNumber": _("the provider takes no such phone number"),
    "FailedOperation.PhoneNumberInBlacklist": _("this phone wants no text messages"),
    "isv.SMS_SIGNATURE_ILLEGAL": _("the provider has not approved the signature"),
    "FailedOperation.SignatureIncorrectOrUnapproved": _(
        "the provider has not approved the signature"
    ),
    "isv.SMS_TEMPLATE_ILLEGAL": _("the provider does not know the template's code"),
    "FailedOperation.TemplateIncorrectOrUnapproved": _(
        "the provider does not know the template's code"
    ),
    "SignatureDoesNotMatch": _("the secret of the key is wrong"),
    "AuthFailure": _("the key or its secret is wrong"),
    "InvalidAccessKeyId": _("the provider does not know the key"),
    "isp.RAM_PERMISSION_DENY": _("the key may not send text messages"),
    "UnauthorizedOperation": _("the key may not send text messages"),
    "robot.keyword": _("the robot says: a keyword is missing. Put “{short}” among its keywords."),
    "robot.signature": _("the robot says: the signature is wrong. Copy its secret anew."),
    "robot.clock": _("the robot says: the clock of this server is wrong."),
    "robot.network": _(
        "the robot says: this server's address is not on its list. Put it there, or choose a "
        "keyword or a signature instead."
    ),
    "robot.gone": _(
        "there is no such robot (any more), or it was switched off in the chat. Copy its address "
        "anew."
    ),
    "robot.too_long": _("the robot says: the text is too long."),
    "robot.too_fast": _("the robot was told too much in a short time; it goes on later."),
    "robot.busy": _("the robot is busy; it goes on later."),
    "robot.other": _("the robot does not take this message."),
    "robot.host": _("this is no address of such a robot. Copy it anew."),
    "wechat.43004": _("does not follow the official account"),
    "wechat.43101": _("wants no messages of the official account"),
    "wechat.40001": WRONG_KEY,
    "wechat.40013": _("WeChat does not know the AppID"),
    "wechat.40125": WRONG_KEY,
    "wechat.40164": _("this machine's address is not on WeChat's list (IP白名单)"),
    "wechat.40003": _("WeChat does not know whom it is for"),
    "wechat.40037": _("WeChat does not know the template"),
    "wechat.47003": _("a field of the template does not take what stands there"),
    "wechat.45009": USED_UP,
    "wechat.45047": USED_UP,
    "wechat.48001": _("the official account may not send template messages"),
    "abroad": _("numbers abroad need templates of their own, and are not sent to"),
}


def in_words(code: str) -> str:
    """By the whole code, or else by what stands before its colon or point; "" for one we do not
    know."""
    known = WORDS.get(code.partition(":")[0]) or WORDS.get(code.partition(".")[0])
    return gettext(known).replace("{short}", community().short) if known else ""
