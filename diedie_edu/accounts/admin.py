"""Where account keepers see accounts, hand out roles and publish the privacy notice."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts import rules
from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.actions import accounts, privacy, roles
from diedie_edu.accounts.admin_base import LastingAdmin, LookUpOnly, PortalAdmin, PortalInline
from diedie_edu.accounts.admin_out import written_as
from diedie_edu.accounts.forms import AccountForm, RoleGrantForm, RoleGrantFormSet
from diedie_edu.accounts.models import PrivacyNotice, RoleChange, RoleGrant, User
from diedie_edu.common.days import local_now
from diedie_edu.common.phones import masked
from diedie_edu.common.spreadsheets.columns import CellType, Column

# Roles are given here instead.
admin.site.unregister(auth_admin.Group)  # type: ignore[attr-defined]


class RoleGrantInline(PortalInline):
    """Roles are given and taken, never changed: each step leaves a line in the history. To give one
    other days, it is taken and given anew."""

    model = RoleGrant
    fk_name = "user"
    form, formset = RoleGrantForm, RoleGrantFormSet
    fields = ["role", "scope", "first_day", "last_day", "granted_by", "granted_at"]
    readonly_fields = ["granted_by", "granted_at"]
    extra = 0

    def get_formset(self, request: HttpRequest, obj: User | None = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.by = request.user
        return formset

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_add_permission(self, request: SignedInRequest, obj: User | None) -> bool:
        return super().has_add_permission(request, obj) and _may_keep(request, obj)

    def has_delete_permission(self, request: SignedInRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_keep(request, obj)


@admin.register(User)
class UserAdmin(LastingAdmin):
    confirmed = True
    form = AccountForm
    list_display = ["display_name", "masked_phone", "roles_in_words", "is_active", "created_at"]
    list_filter = ["is_active", "role_grants__role"]
    list_per_page = 50
    search_fields = ["phone", "display_name"]
    search_help_text = _("Search by phone or name")
    ordering = ["-created_at", "-pk"]
    inlines = [RoleGrantInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("role_grants")

    @written_as(Column("phone", "手机号 | Mobile phone", CellType.PHONE, covered=masked))
    @admin.display(description=_("mobile phone"))
    def masked_phone(self, user: User) -> str:
        return masked(user.phone)

    @admin.display(description=_("granted roles"))
    def roles_in_words(self, user: User) -> str:
        return _(", ").join(str(grant) for grant in user.role_grants.all())

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Only those who may do everything say who else may, and nobody about themselves. Another
        phone is given on the site, where both numbers are told (`people.actions.phones`)."""
        locked = not request.user.is_superuser or obj == request.user
        return ["is_superuser"] * locked + ["phone"] * (obj is not None)

    def has_change_permission(self, request: SignedInRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_keep(request, obj)

    def has_delete_permission(self, request: SignedInRequest, obj: User | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj) and _may_keep(request, obj)
        return allowed and obj != request.user

    def save_model(
        self, request: SignedInRequest, obj: User, form: ModelForm, change: bool
    ) -> None:
        if not change:
            obj.set_unusable_password()
        accounts.keep_account(user=obj, by=request.user, now=local_now())

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool
    ) -> None:
        formset.save(commit=False)
        by_whom_and_when = {"user": form.instance, "by": request.user, "now": local_now()}
        for grant in formset.deleted_objects:
            roles.revoke_role(role=grant.role, scope=grant.scope, **by_whom_and_when)
        for grant in formset.new_objects:
            days = roles.Days(grant.first_day, grant.last_day)
            roles.grant_role(role=grant.role, scope=grant.scope, days=days, **by_whom_and_when)

    def delete_model(self, request: SignedInRequest, obj: User) -> None:
        accounts.close_account(user=obj, by=request.user, now=local_now())


def _may_keep(request: SignedInRequest, user: User | None) -> bool:
    return user is None or rules.can_keep(request.user, user)


@admin.register(RoleChange)
class RoleChangeAdmin(LookUpOnly):
    list_display = ["at", "user", "role", "scope", "first_day", "last_day", "is_given", "by"]
    list_display_links = None
    list_filter = ["is_given", "role", "scope", "at"]
    list_select_related = ["user", "by"]
    search_fields = ["user__phone", "user__display_name"]
    search_help_text = _("Search by phone or name")


@admin.register(PrivacyNotice)
class PrivacyNoticeAdmin(PortalAdmin):
    confirmed = True
    list_display = ["version", "in_force_from"]
    fields = ["version", "in_force_from", "text", "text_en"]

    def has_change_permission(self, request: HttpRequest, obj: PrivacyNotice | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_change(obj)

    def has_delete_permission(self, request: HttpRequest, obj: PrivacyNotice | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_change(obj)

    def save_model(
        self, request: HttpRequest, obj: PrivacyNotice, form: ModelForm, change: bool
    ) -> None:
        privacy.keep_notice(notice=obj, now=local_now())

    def delete_model(self, request: HttpRequest, obj: PrivacyNotice) -> None:
        privacy.drop_notice(notice=obj, now=local_now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[PrivacyNotice]) -> None:
        for notice in queryset:
            self.delete_model(request, notice)


def _may_change(notice: PrivacyNotice | None) -> bool:
    return notice is None or notice.is_draft_at(local_now())
