"""What became of each grant: announced, signed for, paid; entries are added, never changed."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, NeverEmptied, Stays, refuse
from diedie_edu.common.keys import CompositeKey
from diedie_edu.office.models.closings import takes_no_entry
from edu_base.models.grants import Award
from edu_base.models.schemes import PROGRAMME


class Fact(models.TextChoices):
    """In the order in which they come."""

    AWARDED = "awarded", pgettext_lazy("a grant", "awarded")
    ANNOUNCED = "announced", pgettext_lazy("a grant", "announced")
    SIGNED = "signed", pgettext_lazy("a grant", "signed for")
    PAID = "paid", pgettext_lazy("a grant", "paid")


ORDER = f"ARRAY[{', '.join(repr(str(fact)) for fact in Fact)}]"
# A fact needs the one before it; what is taken back stands, and nothing that came after it does.
FACTS_FOLLOW = f"""
PERFORM FROM edu_base_award WHERE id = NEW.award_id FOR NO KEY UPDATE;
IF NEW.takes_back_id IS NULL THEN
    IF NEW.fact <> 'awarded' AND NOT EXISTS (
        SELECT FROM edu_base_grantfact WHERE award_id = NEW.award_id AND stands AND
        array_position({ORDER}, fact::text) = array_position({ORDER}, NEW.fact::text) - 1) THEN
        {refuse("a_fact_of_a_grant_needs_the_one_before_it", "The fact before it is missing.")}
    END IF;
    RETURN NULL;
END IF;
UPDATE edu_base_grantfact SET stands = false
WHERE id = NEW.takes_back_id AND stands AND takes_back_id IS NULL;
IF NOT FOUND OR EXISTS (
    SELECT FROM edu_base_grantfact WHERE award_id = NEW.award_id AND stands AND
    array_position({ORDER}, fact::text) > array_position({ORDER}, NEW.fact::text)) THEN
    {refuse("what_came_last_of_a_grant_is_taken_back_first", "Take back what came last first.")}
END IF;
IF NEW.fact = 'awarded' THEN
    UPDATE edu_base_award SET stands = false WHERE id = NEW.award_id;
END IF;
RETURN NULL;
"""  # nosec B608 (constants of the code)


class GrantFact(models.Model):
    """What happened with a grant on a day, and by whom it was entered; added to, never changed.

    An entry with `takes_back` is against an earlier one: that one `stands` no more, and the note
    says why. The `note` is otherwise where it was announced, or the number of the voucher. Of
    whoever signed for the student (代领), the name and who they are to them; no bank numbers.
    """

    belongs = Always(PROGRAMME)
    award = models.ForeignKey(
        Award, models.PROTECT, related_name="facts", verbose_name=_("award of a grant")
    )
    fact = models.CharField(_("fact"), max_length=9, choices=Fact)
    on = models.DateField(_("on the day"))
    at = models.DateTimeField(_("entered at"))
    by = by_whom(_("entered by"), null=False)
    note = models.CharField(_("note"), max_length=120, blank=True)
    proxy = models.CharField(_("signed for them by"), max_length=50, blank=True)
    proxy_is = models.CharField(_("who that is to the student"), max_length=30, blank=True)
    takes_back = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_back_by",
        db_constraint=False,
        verbose_name=_("takes back"),
    )
    stands = models.BooleanField(_("stands"), default=True, editable=False)

    class Meta:
        verbose_name = _("fact of a grant")
        verbose_name_plural = _("facts of grants")
        ordering = ["award", "id"]
        constraints = [
            # Above all: nobody is paid twice.
            models.UniqueConstraint(
                fields=["award", "fact"],
                condition=Q(stands=True),
                name="each_fact_of_a_grant_once",
            ),
            # What the key of entries against them refers to.
            models.UniqueConstraint(fields=["id", "award", "fact"], name="fact_with_its_award"),
            CompositeKey(
                name="what_is_taken_back_is_of_the_same_award",
                fields=["takes_back", "award", "fact"],
                to="edu_base.GrantFact",
                to_fields=["id", "award", "fact"],
            ),
            models.CheckConstraint(
                condition=Q(fact__in=Fact.values), name="fact_of_a_grant_is_known"
            ),
            models.CheckConstraint(
                condition=Q(takes_back=None) | Q(stands=False) & ~Q(note=""),
                name="an_entry_against_another_says_why",
            ),
            models.CheckConstraint(
                condition=Q(proxy="", proxy_is="")
                | Q(fact="signed", takes_back=None) & ~Q(proxy="") & ~Q(proxy_is=""),
                name="whoever_signs_for_a_student_is_named",
            ),
        ]
        triggers = [
            takes_no_entry(
                "(SELECT fund.item_id FROM edu_base_award award"
                " JOIN edu_base_grantfund fund ON fund.id = award.fund_id"
                " WHERE award.id = NEW.award_id)"
            ),
            Guard(
                name="facts_of_a_grant_follow_each_other",
                operation=pgtrigger.Insert,
                func=FACTS_FOLLOW,
            ),
            # The names may go with the people.
            Stays(
                name="facts_of_grants_stay_as_they_were",
                condition=pgtrigger.AnyChange(exclude=["stands", "note", "proxy", "proxy_is"]),
                message="Facts of grants are only ever added to.",
            ),
            Stays(
                name="a_fact_stands_until_it_is_taken_back",
                operation=pgtrigger.UpdateOf("stands"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition("NEW.stands OR pg_trigger_depth() = 0"),
                message="A fact of a grant is taken back by an entry against it.",
            ),
            Stays(
                name="facts_of_grants_are_never_deleted",
                operation=pgtrigger.Delete,
                message="Facts of grants are only ever added to.",
            ),
            NeverEmptied(name="facts_of_grants_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_fact_display()}"
