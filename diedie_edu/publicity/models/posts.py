"""Posts: what the community tells everybody, and how a published one is put right."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, Stays
from diedie_edu.common.manifests import programme_choices

KIND = "post"  # of the request that a branch lead decides
NOT_REVIEWED = f"""
FROM publicity_publicitysetting setting
WHERE setting.programme = NEW.programme AND setting.is_reviewed AND NOT EXISTS (
    SELECT FROM decisions_request request
    WHERE request.kind = '{KIND}' AND request.subject = NEW.id AND request.state = 'approved')
"""  # nosec B608 (constants of the code)


class Post(models.Model):
    """推送: a piece of news in Markdown, of one programme or (empty) of all.

    It is written as a draft. Published, it is in public from `publish_at` on, and at the top until
    `pinned_until`; from then on its words change by a correction alone, and it ends by being taken
    down. Whether a draft waits for its review, or came back, its request says (`decisions`).
    `changed_at` is when that which readers see last changed.
    """

    belongs = Along("programme")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a post", "draft")
        PUBLISHED = "published", pgettext_lazy("a post", "published")
        TAKEN_DOWN = "taken_down", pgettext_lazy("a post", "taken down")

    programme = models.SlugField(_("programme"), blank=True, choices=programme_choices)
    title = models.CharField(_("title"), max_length=60)
    text = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(_("in public from"), null=True, blank=True)
    pinned_until = models.DateField(_("at the top until"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last changed at"))
    published_by = by_whom(_("published by"))
    taken_down_at = models.DateTimeField(_("taken down at"), null=True)
    taken_down_by = by_whom(_("taken down by"))
    taken_down_reason = models.CharField(_("why it was taken down"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-publish_at", "-id"]
        indexes = [
            models.Index(
                fields=["-publish_at", "-id"],
                condition=Q(state="published"),
                name="posts_in_public",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""), name="post_says_something"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_by=None, taken_down_at=None)
                | Q(state="published", publish_at__isnull=False, published_by__isnull=False)
                & Q(taken_down_at=None)
                | Q(state="taken_down", taken_down_at__isnull=False, publish_at__isnull=False)
                & ~Q(taken_down_reason=""),
                name="post_stands_as_its_state_says",
            ),
        ]
        triggers = [
            Stays(
                name="a_post_begins_as_a_draft",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.state <> 'draft'"),
                message="A post is written first and published then.",
            ),
            Stays(
                name="what_was_published_is_no_draft_again",
                condition=pgtrigger.Q(old__state="published", new__state="draft"),
                message="Correct a published post, or take it down.",
            ),
            Stays(
                name="what_was_taken_down_stays_so",
                condition=pgtrigger.Q(old__state="taken_down"),
                message="This post was taken down. Write another one.",
            ),
            Stays(
                name="only_drafts_are_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state <> 'draft'"),
                message="Take a published post down.",
            ),
            Guard(
                name="a_post_is_reviewed_where_set",
                operation=pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(old__state="draft", new__state="published"),
                found=NOT_REVIEWED,
                message="Posts of this programme are reviewed before they are published.",
            ),
            Guard(
                name="published_words_change_with_a_note",
                operation=pgtrigger.UpdateOf("title", "text"),  # type: ignore[no-untyped-call]
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition(
                    "OLD.state = 'published' AND (NEW.title, NEW.text) <> (OLD.title, OLD.text)"
                ),
                missing="""
                FROM publicity_postcorrection WHERE post_id = NEW.id AND at = NEW.changed_at
                  AND title_before = OLD.title AND text_before = OLD.text
                """,
                message="Say by a correction what was changed.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_taken_down(self) -> bool:
        return self.state == self.State.TAKEN_DOWN


class PostAuthor(models.Model):
    """Somebody who wrote in a post; nobody reviews what is their own."""

    belongs = Along("post__programme")
    post = models.ForeignKey(Post, models.CASCADE, related_name="authors", verbose_name=_("post"))
    account = by_whom(_("account"), null=False)

    class Meta:
        verbose_name = _("author of a post")
        verbose_name_plural = _("authors of posts")
        constraints = [
            models.UniqueConstraint(fields=["post", "account"], name="author_of_a_post_once"),
        ]


class PostCorrection(models.Model):
    """更正: what was changed in a published post, for every reader to see, and what it said."""

    belongs = Along("post__programme")
    post = models.ForeignKey(
        Post, models.PROTECT, related_name="corrections", verbose_name=_("post")
    )
    note = models.CharField(_("what was corrected"), max_length=200)
    at = models.DateTimeField(_("at"))
    by = by_whom(_("by whom"))
    title_before = models.CharField(_("title before"), max_length=60)
    text_before = models.TextField(_("text before"))

    class Meta:
        verbose_name = _("correction of a post")
        verbose_name_plural = _("corrections of posts")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="correction_says_what"),
        ]
        triggers = [
            Stays(
                name="corrections_stay",
                operation=pgtrigger.Update | pgtrigger.Delete,
                message="What was corrected stays written down.",
            )
        ]


class PublicitySetting(models.Model):
    """Whether posts of a programme (empty: of all programmes together) are reviewed first."""

    belongs = Along("programme")
    programme = models.SlugField(_("programme"), blank=True, choices=programme_choices, unique=True)
    is_reviewed = models.BooleanField(_("posts are reviewed before they are published"))

    class Meta:
        verbose_name = _("setting of publicity")
        verbose_name_plural = _("settings of publicity")
        ordering = ["programme"]
