"""Many rows in every table that grows, made from the few that a test has put there.

Each copy has numbers of its own, the same step away from its original everywhere, so that copies
name copies where the database lets a row name another only once. Triggers and keys that guard rows
do not fire, which takes the rights of a superuser; uniqueness, exclusions and checks hold.
"""

from collections.abc import Iterator

from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

STEP = 1_000_000
# A house has few of these, however long it lives: some a year, or as many as there are rooms.
FEW = """
    accounts_privacynotice after_school_daytopic after_school_schoolbreak after_school_term
    after_school_zone auth_permission community_community django_content_type django_migrations
    django_session edu_base_campaignevent edu_base_college edu_base_criterion edu_base_grantfund
    edu_base_intake edu_base_major edu_base_milestone edu_base_schemeyear happy_square_festival
    happy_square_group happy_square_groupkind office_budgetitem office_budgetline
    office_document office_yearclosing people_consenttext people_topic people_topicarea
    programmes_lead programmes_programme programmes_responsibility programmes_ruleversion
    programmes_statement publicity_publicitysetting residents_school_lectureseries
    residents_school_survey residents_school_surveytopic venues_closedtime venues_completeyear
    venues_musichours venues_openinghours venues_roompriority venues_specialday venues_venue
"""
# Of these all rows are copied, for others name each of them.
WHOLE = {
    *("accounts_user", "activities_activity", "activities_occasion", "people_resident"),
    *("venues_booking", "notices_notice"),
}
# Columns whose value is one of a few words.
WORDS = {"programme", "slug", "scheme", "kind", "work", "role", "scope", "state", "status"}
COLUMNS = """
    SELECT c.column_name, c.data_type, coalesce(c.character_maximum_length, 0),
        c.column_name IN (
            SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
            WHERE i.indrelid = c.table_name::regclass AND a.attnum = ANY (i.indkey)
            AND (i.indisunique OR i.indisexclusion)
        )
    FROM information_schema.columns c
    WHERE c.table_schema = 'public' AND c.table_name = %s AND c.is_generated = 'NEVER'
    ORDER BY c.ordinal_position
"""


def multiply(times: int) -> dict[str, str]:
    """The tables that hold a row, with so many copies of its newest; why not, where it cannot."""
    failed, few = {}, set(FEW.split())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in connection.introspection.django_table_names(only_existing=True):
            if table in few:
                continue
            try:
                with transaction.atomic():
                    _copy(cursor, table, times)
            except DatabaseError as error:
                failed[table] = str(error).splitlines()[0]
        cursor.execute("SET LOCAL session_replication_role = origin")
    return failed


def _copy(cursor: CursorWrapper, table: str, times: int) -> None:
    cursor.execute(COLUMNS, [table])
    columns = cursor.fetchall()
    names = ", ".join(f'"{name}"' for name, *_rest in columns)
    values = ", ".join(_values(columns))
    limit = "ALL" if table in WHOLE else 1
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM generate_series(1, {times}) AS step,"
        f" (SELECT * FROM {table} ORDER BY 1 DESC LIMIT {limit}) AS row"
    )


def _values(columns: list[tuple[str, str, int, bool]]) -> Iterator[str]:
    for name, kind, length, is_unique in columns:
        column = f'row."{name}"'
        if not is_unique or name in WORDS:
            yield column
        elif kind in {"bigint", "integer"}:
            yield f"{column} + step * {STEP}"
        elif kind == "uuid":
            yield "gen_random_uuid()"
        elif kind == "character varying" and length > 12:
            yield f"CASE WHEN {column} = '' THEN '' ELSE left({column}, {length - 6}) || step END"
        else:
            yield column
