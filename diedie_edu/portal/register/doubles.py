"""Who may stand in the register twice."""

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from diedie_edu.people.models import Resident

SHOWN = 50
PAIRS = """
SELECT a.id, b.id FROM people_resident a
JOIN people_resident b ON b.name_key = a.name_key AND b.id > a.id
WHERE a.name_key <> '' AND a.erased_at IS NULL AND b.erased_at IS NULL
  AND (a.birth_date = b.birth_date) IS NOT FALSE
  AND (a.departed_on IS NULL) = (b.departed_on IS NULL)
  AND (a.phone_key <> '' AND a.phone_key = b.phone_key
       OR a.birth_date = b.birth_date OR a.household_id = b.household_id)
  AND NOT EXISTS (SELECT FROM people_recordchange c
                  WHERE c.kind = 'different' AND c.resident_id = a.id AND c.other_id = b.id)
  AND (%(person)s::bigint IS NULL OR %(person)s IN (a.id, b.id))
ORDER BY a.sort_key, a.id, b.id LIMIT %(most)s
"""


@dataclass(frozen=True)
class Double:
    """Two records, and what they have in common beside the name."""

    first: Resident
    second: Resident

    @property
    def order(self) -> tuple[int, int]:
        """Numbers of the one that is proposed to stay, for it has an account or was there first,
        and of the other."""
        one, two = self.first.pk, self.second.pk
        return (two, one) if self.second.account_id and not self.first.account_id else (one, two)

    @property
    def same(self) -> list[str]:
        one, two = self.first, self.second
        found = {
            _("same phone"): one.phone_key and one.phone_key == two.phone_key,
            _("same date of birth"): one.birth_date and one.birth_date == two.birth_date,
            _("same household"): one.household_id and one.household_id == two.household_id,
        }
        return [words for words, is_same in found.items() if is_same]


def likely_doubles(person: Resident | None = None) -> list[Double]:
    """Records of one name with the same phone, date of birth or household, of which nobody has
    said that they are two people; those of one person, or the first in the order of names."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"person": person.pk if person else None, "most": SHOWN})
        pairs = cursor.fetchall()
    ids = {pk for pair in pairs for pk in pair}
    people = Resident.objects.select_related("household", "account").in_bulk(ids)
    return [Double(people[one], people[two]) for one, two in pairs]
