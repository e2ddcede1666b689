"""What the database checks at the door of an afternoon: what shares a query has it here."""

import pgtrigger

from diedie_edu.common.guards import Guard, refuse
from diedie_edu.people.models import Resident
from diedie_edu.volunteering.models import Duty


class ChildIsNotLocked(Guard):
    """A child whose consent has ended is locked: nothing new is stored of it."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert
    constraint = "nothing_new_is_stored_of_a_locked_child"
    missing = """
    FROM people_resident
    WHERE id = NEW.child_id AND erase_due_on IS NULL AND erased_at IS NULL FOR SHARE
    """
    message = "The consent for this child has ended."


class NotBarred(Guard):
    """House rule: whoever is barred from a child is not named anew, by the same name or phone.

    It runs after the row is written, so that the row of a bar that is lifted does not count.
    """

    constraint = "a_barred_person_is_not_named_anew"
    found = "WHERE after_school_is_barred(NEW.child_id, NEW.name_key, NEW.phone_key, NULL)"
    message = "This person is barred from collecting this child."


class LiveConsent(Guard):
    """PIPL art. 31: whoever is under 14 is let in under a live consent alone."""

    when = pgtrigger.Before
    constraint = "a_child_is_let_in_under_a_live_consent"
    missing = """
    FROM people_resident r
    WHERE r.id = NEW.child_id AND r.erase_due_on IS NULL AND r.erased_at IS NULL
      AND (NOT people_is_child(r.birth_date) OR EXISTS (
          SELECT FROM people_consent c
          WHERE c.child_id = r.id AND c.ended_at IS NULL
            AND c.valid_until >= people_today()))
    FOR SHARE OF r
    """
    message = "There is no live consent for this child."


class OpenSession(Guard):
    """Children come and go while the session is open, and go with somebody who may collect.

    It shares the lock of the session's row; closing takes it alone.
    """

    constraint = "children_come_and_go_only_while_the_session_is_open"
    declare = [("locked", "after_school_session")]
    func = f"""
    SELECT * INTO locked FROM after_school_session
    WHERE id = NEW.session_id AND state = 'open' FOR SHARE;
    IF NOT FOUND THEN
        {refuse(constraint, "This session is not open.")}
    END IF;
    IF NEW.left_at IS NOT NULL THEN
        PERFORM after_school_check_hand_over(NEW, locked.day);
    END IF;
    RETURN NULL;
    """  # nosec B608 (a constant of ours)


class ZoneHasPlace(Guard):
    """Plan 四(一): a zone holds as many children as it has places, and no more than its room of
    that day; it locks the zone's row."""

    constraint = "no_more_children_in_a_zone_than_its_places"
    first = "PERFORM FROM after_school_zone WHERE id = NEW.zone_id FOR NO KEY UPDATE;"
    found = """
    FROM after_school_zone z
    LEFT JOIN after_school_zoneday d ON d.zone_id = z.id AND d.session_id = NEW.session_id
    LEFT JOIN activities_occasion o ON o.id = d.occasion_id
    LEFT JOIN venues_venue v ON v.id = o.venue_id
    WHERE z.id = NEW.zone_id AND least(z.places, v.places) < (
        SELECT count(*) FROM after_school_presence p
        WHERE p.session_id = NEW.session_id AND p.zone_id = z.id
          AND p.arrived_at IS NOT NULL AND p.left_at IS NULL)
    """
    message = "All places of this zone are taken."


class FewByOneAccount(Guard):
    """House rule: an account enrols four children by itself; staff enter one more, or approve it.

    It holds the guardian's row, so that two forms at once are counted one after the other.
    """

    first = """
    PERFORM FROM activities_signup s
    JOIN people_resident g ON g.account_id = s.signed_up_by_id
    JOIN after_school_guardianright r ON r.guardian_id = g.id AND r.child_id = NEW.child_id
    WHERE s.id = NEW.sign_up_id FOR NO KEY UPDATE OF g;
    """
    found = """
    FROM activities_signup own
    JOIN people_resident g ON g.account_id = own.signed_up_by_id
    JOIN after_school_guardianright r ON r.guardian_id = g.id AND r.child_id = NEW.child_id
    WHERE own.id = NEW.sign_up_id AND 4 < (
        SELECT count(DISTINCT s.resident_id) FROM activities_signup s
        JOIN after_school_enrolment e ON e.sign_up_id = s.id
        JOIN activities_activity a ON a.id = s.activity_id AND a.state <> 'called_off'
        JOIN after_school_term t ON t.activity_ptr_id = a.id AND t.last_day >= people_today()
        JOIN after_school_guardianright o ON o.child_id = s.resident_id AND o.guardian_id = g.id
        WHERE s.signed_up_by_id = own.signed_up_by_id
          AND s.status IN ('seated', 'offered', 'waiting'))
    """
    message = "This account has enrolled four children; let staff look at one more."


class FromGuardian(Guard):
    """What a guardian says of a child's afternoon comes from somebody who answers for the child,
    and who is not barred from it."""

    constraint = "who_speaks_for_a_child_answers_for_it"
    missing = """
    FROM after_school_presence p
    JOIN after_school_guardianright g ON g.child_id = p.child_id
    JOIN people_resident r ON r.id = g.guardian_id
    WHERE p.id = NEW.presence_id AND g.guardian_id = NEW.guardian_id
      AND NOT after_school_is_barred(p.child_id, r.name_key, '', r.id)
    FOR SHARE OF g
    """
    message = "This person does not answer for the child."


class GoesWithItsChild(Guard):
    """What is written of a child's afternoons goes when the child is erased, and not before.

    PIPL art. 47 ends it. `found` looks for the child, or for what hangs on it, when all is done.
    """

    operation = pgtrigger.Delete
    timing = pgtrigger.Deferred
    constraint = "what_is_written_of_a_child_goes_with_the_child"
    message = "This goes only together with the child."


class StaysWithItsChild(Guard):
    """What is written of a child moves to the record into which the child's is merged, and back
    when that is undone."""

    operation = pgtrigger.Update
    condition = pgtrigger.AnyChange("child")  # a whole row that is saved names it again
    timing = pgtrigger.Deferred
    constraint = "what_is_written_of_a_child_stays_with_it"
    missing = """
    FROM people_resident gone
    LEFT JOIN people_recordchange c ON c.other_id = gone.id AND c.kind = 'merged'
    WHERE gone.id = OLD.child_id AND gone.merged_into_id = NEW.child_id
       OR gone.id = NEW.child_id AND c.resident_id = OLD.child_id
    """
    message = "This stays with the child it is about."


class OpenedChild(Resident):
    """The person again, with the guard that only this programme can say: people know no rights."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            Guard(
                name="a_locked_child_is_opened_by_who_decides",
                operation=pgtrigger.UpdateOf("erase_due_on"),  # type: ignore[no-untyped-call]
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition(
                    "OLD.erase_due_on IS NOT NULL AND NEW.erase_due_on IS NULL"
                    " AND NEW.erased_at IS NULL"
                ),
                found="""
                FROM after_school_guardianright g
                WHERE g.child_id = NEW.id AND NOT EXISTS (
                    SELECT FROM people_consent c
                    JOIN after_school_guardianright own
                      ON own.child_id = c.child_id AND own.guardian_id = c.guardian_id
                    WHERE c.child_id = NEW.id AND c.ended_at IS NULL AND own.decides
                      AND NOT EXISTS (
                          SELECT FROM after_school_collector b
                          WHERE b.child_id = c.child_id AND b.guardian_id = c.guardian_id
                            AND b.barred_at IS NOT NULL))
                """,
                message="Only a guardian who decides gives the consent again.",
            ),
        ]


class DutyBesideChildren(Duty):
    """The slot again, with the guard that only this programme can say."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            Guard(
                name="nobody_barred_is_on_duty_beside_the_child",
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("volunteer_id", "occasion_id", "is_off", "signed_in_at"),  # type: ignore[no-untyped-call]
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__volunteer__isnull=False, new__is_off=False),
                first="PERFORM FROM people_volunteer WHERE id = NEW.volunteer_id FOR SHARE;",
                found="""
                FROM volunteering_duty d
                JOIN after_school_zoneday z ON z.occasion_id = d.occasion_id
                JOIN after_school_session s ON s.id = z.session_id
                WHERE d.id = NEW.id AND d.volunteer_id = NEW.volunteer_id AND NOT d.is_off
                  AND d.served_minutes IS NULL
                  AND after_school_is_kept_away(d.volunteer_id, s.term_id, s.weekday)
                """,
                message="A child comes that day from whom this volunteer is barred.",
            ),
        ]
