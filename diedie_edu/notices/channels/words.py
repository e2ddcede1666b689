"""What a provider's codes mean, for staff who look why a message did not go out."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

NO_MONEY = _("the provider's account has no money left")
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
    "abroad": _("numbers abroad need templates of their own, and are not sent to"),
}


def in_words(code: str) -> str:
    """By the whole code, or else by what stands before its point; "" for one we do not know."""
    known = WORDS.get(code) or WORDS.get(code.partition(".")[0])
    return gettext(known) if known else ""
