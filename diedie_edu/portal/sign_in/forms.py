"""Forms of signing in, registering and one's own account."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.models import User
from diedie_edu.common import refusals
from diedie_edu.common.characters import code_digits
from diedie_edu.common.edit_forms import EditForm
from diedie_edu.common.fields import NameField, PhoneField
from diedie_edu.people.models import Resident
from diedie_edu.portal.sign_in.actions import alarming


class PasswordField(forms.CharField):
    """A password as typed: its spaces belong to it."""

    def __init__(self, *, autocomplete: str, **kwargs: Any):
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(strip=False, widget=widget, **kwargs)


class NewPasswordField(PasswordField):
    def __init__(self, **kwargs: Any):
        kwargs.setdefault(
            "help_text", _("At least 8 characters, not digits alone. You type it once.")
        )
        super().__init__(autocomplete="new-password", **kwargs)


def fitting(request: HttpRequest, phone: str, password: str) -> User | None:
    """The account of both. Raises `ValidationError` after too many guesses."""
    with refusals.as_error(), alarming():
        return authenticate(request, username=phone, password=password)


class PhoneForm(forms.Form):
    phone = PhoneField(label=_("Mobile phone number"))


class SignInForm(forms.Form):
    phone = PhoneField(label=_("Mobile phone number"))
    password = PasswordField(label=_("Your password"), autocomplete="current-password")

    def __init__(self, request: HttpRequest, *args: Any):
        super().__init__(*args)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if {"phone", "password"} <= given.keys():
            self.user = fitting(self.request, given["phone"], given["password"])
            if self.user is None:
                raise forms.ValidationError(
                    _(
                        "The phone number and the password do not fit together. Try again, "
                        "or sign in with a code."
                    ),
                    code="no_match",
                )
        return given


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The 6 digits from the message"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        code = code_digits(self.cleaned_data["code"])
        if not (len(code) == 6 and code.isdecimal()):
            raise forms.ValidationError(_("Enter the 6 digits of the code."), code="not_a_code")
        return code


class OwnerForm(forms.Form):
    full_name = NameField(
        label=_("Your full name"), widget=forms.TextInput(attrs={"autocomplete": "name"})
    )


def _notice_link() -> str:
    return format_html(
        '<a href="{}" target="_blank">{}</a>',
        reverse_lazy("accounts:privacy"),
        _("Read the privacy notice (opens in a new page)"),
    )


class RegistrationForm(forms.Form):
    full_name = NameField(
        label=_("Your name"),
        help_text=_("As on your identity card, so that we find you on the sign-in sheet."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    residency = forms.ChoiceField(
        label=_("How do you belong to the community?"),
        choices=[
            (Resident.Residency.PERMANENT, _("I live here")),
            (Resident.Residency.WORKER, _("I work here and live elsewhere")),
            (Resident.Residency.OUTSIDE, _("Neither of the two")),
        ],
        help_text=_(
            "Some lectures are for who lives here. Where you are registered does not count."
        ),
        widget=forms.RadioSelect,
    )
    password = NewPasswordField(
        label=_("A password"),
        required=False,
        help_text=_(
            "Leave it empty to sign in with a code each time. Otherwise at least 8 "
            "characters, not digits alone."
        ),
    )
    language = User._meta.get_field("language").formfield(
        label=_("Language of our messages"), widget=forms.RadioSelect
    )
    agrees = forms.BooleanField(
        label=_("I have read the privacy notice and agree to it"),
        help_text=lazy(_notice_link, str)(),
        error_messages={"required": _("We can only keep an account for you if you agree.")},
    )
    is_old_enough = forms.BooleanField(
        label=_("I am 14 or older"),
        help_text=_("A guardian registers younger children at the community office."),
        error_messages={
            "required": _(
                "If you are under 14, please let a guardian register you at the community office."
            )
        },
    )

    def __init__(self, phone: str, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.phone = phone

    def clean_password(self) -> str | None:
        password = self.cleaned_data["password"]
        if password:
            validate_password(password, User(phone=self.phone))
        return password or None


class NewPasswordForm(forms.Form):
    password = NewPasswordField(label=_("Your new password"))

    def __init__(self, user: User, *args: Any):
        super().__init__(*args)
        self.user = user

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]


class PasswordChangeForm(NewPasswordForm):
    """Asks for the old password through the throttled door, lest it be guessed here."""

    old_password = PasswordField(label=_("Your present password"), autocomplete="current-password")
    field_order = ["old_password", "password"]

    def __init__(self, request: SignedInRequest, *args: Any):
        super().__init__(request.user, *args)
        self.request = request

    def clean_old_password(self) -> str:
        typed = self.cleaned_data["old_password"]
        if fitting(self.request, self.user.phone, typed) != self.user:
            raise forms.ValidationError(_("This is not your present password."), code="wrong")
        return typed


class ProfileForm(EditForm):
    """How somebody is addressed and told things.

    Wishes are a person's. An account without a person behind it has a mailbox of its own; where it
    is entered, e-mails go there.
    """

    display_name = NameField(
        label=_("How we address you"),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = User._meta.get_field("language").formfield(
        label=_("Language of our messages"), widget=forms.RadioSelect
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    wants_sms = forms.BooleanField(label=_("Send me text messages"), required=False)
    wants_email = forms.BooleanField(label=_("Send me e-mails"), required=False)

    mailbox = User._meta.get_field("mailbox").formfield(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("For messages of your work; left empty, none are sent by e-mail."),
    )

    ACCOUNT, CONTACT = ("display_name", "language"), ("email", "wants_sms", "wants_email")
    WITHOUT_A_PERSON = (*ACCOUNT, "mailbox")

    def __init__(self, user: User, resident: Resident | None, *args: Any):
        super().__init__(*args, rows=[user, *([resident] if resident else [])], by=user)
        self.own = self.ACCOUNT if resident else self.WITHOUT_A_PERSON
        for row, names in zip(self.rows, (self.own, self.CONTACT), strict=False):
            self.initial |= {name: getattr(row, name) for name in names}  # type: ignore[operator]
        for name in ["mailbox"] if resident else self.CONTACT:
            del self.fields[name]

    def given(self, names: tuple[str, ...]) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in names}
