"""Forms of the account keepers in the admin site."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts import queries, rules
from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import SCOPED, Role
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.edit_formsets import EditFormSet
from diedie_edu.common.fields import NameField, PhoneField
from diedie_edu.common.phones import is_mobile


class AccountForm(EditModelForm):
    """The keeper gives a new account its phone; its password is the owner's affair, by code."""

    phone = PhoneField(label=_("mobile phone"))
    display_name = NameField(label=_("how we address you"))

    class Meta:
        model = User
        fields = ["phone", "display_name", "language", "is_active", "is_superuser"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("phone", None)  # shown, and changed on the site

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if not is_mobile(phone):
            raise ValidationError(
                _("An account needs a mobile of the mainland: it is told its codes there."),
                code="not_mobile",
            )
        return phone

    def clean(self) -> dict[str, Any]:
        if self.instance.pk and self.cleaned_data.get("is_active") is False:
            with refusals.as_error():
                rules.check_branch_keeps_a_lead(self.instance, queries.branch_leads())
        return super().clean()  # type: ignore[return-value]


class RoleGrantForm(forms.ModelForm):
    class Meta:
        model = RoleGrant
        fields = ["role", "scope", "first_day", "last_day"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "role" not in given:
            return given
        is_scoped = given["role"] in SCOPED
        if is_scoped and not given.get("scope"):
            self.add_error("scope", _("Choose the programme for which this role holds."))
        if not is_scoped and given.get("scope"):
            self.add_error("scope", _("This role holds in all programmes."))
        with refusals.in_form(self):
            days = given.get("first_day"), given.get("last_day")
            rules.check_days(given["role"], *days, local_day(local_now()))
        return given

    def validate_constraints(self) -> None:
        """`clean` says what does not fit; what is taken in the same step may be given anew."""


class RoleGrantFormSet(EditFormSet):
    """`by` is the keeper, set by the admin; what they may not hand out or take is said here."""

    by: User

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            is_new, is_taken = form.instance._state.adding, form.cleaned_data.get("DELETE", False)
            role = form.cleaned_data.get("role") if is_new else form.instance.role
            if role and is_new != is_taken:
                self._check(role, is_taken)

    def _check(self, role: str, is_taken: bool) -> None:
        with refusals.as_error():
            rules.check_may_hand_out(self.by, role, self.instance)
            if is_taken and role == Role.BRANCH_LEAD:
                rules.check_branch_keeps_a_lead(self.instance, queries.branch_leads())
