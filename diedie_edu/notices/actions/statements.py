"""Planning messages as one statement: who hears, and by which ways."""

COLUMNS = (
    *("recipient_id", "to_account", "subject", "revision", "data", "next_try_at", "expires_at"),
)
# What is for nobody is for the desk, and settled at once. E-mails are for those who want them: for
# all others there is no row.
INSERT = """
INSERT INTO notices_notice
    (dedupe_key, event, kind, subject, recipient_id, account_id, channel, data, next_try_at,
     expires_at, created_at, status, settled_at, address, sealed, tries)
SELECT concat_ws(':', e.event, p.recipient_id, 'a' || p.to_account, c.channel), e.event,
       e.kind, p.subject, p.recipient_id::bigint, p.to_account::bigint, c.channel, p.data::jsonb,
       p.next_try_at::timestamptz, p.expires_at::timestamptz, e.now,
       CASE c.channel WHEN 'desk' THEN 'suppressed' ELSE 'queued' END,
       CASE c.channel WHEN 'desk' THEN e.now END, '', '', 0
FROM ({people}) AS p ({columns})
CROSS JOIN LATERAL (
    SELECT k.kind, k.now, concat_ws(':', k.kind, p.subject, p.revision)
    FROM (VALUES (%s::text, %s::timestamptz)) AS k (kind, now)) AS e (kind, now, event)
CROSS JOIN unnest(CASE WHEN p.recipient_id IS NULL AND p.to_account IS NULL
    THEN ARRAY['desk'] ELSE %s::text[] END) AS c (channel)
-- Whoever has moved away or died is sent nothing any more.
WHERE NOT EXISTS (SELECT FROM people_resident gone
                  WHERE gone.id = p.recipient_id::bigint AND gone.departed_on IS NOT NULL)
AND (c.channel <> 'email' OR coalesce(
    (SELECT r.wants_email AND r.email <> '' FROM people_resident r
     WHERE r.id = p.recipient_id::bigint OR r.account_id = p.to_account::bigint),
    (SELECT u.mailbox <> '' FROM accounts_user u WHERE u.id = p.to_account::bigint),
    FALSE))
-- By WeChat to those alone who have tied theirs, and what has a template there.
AND (c.channel <> 'wechat'
OR EXISTS (SELECT FROM notices_approvedtemplate t
           WHERE t.provider = 'wechat' AND t.name = e.kind || '.zh-hans')
AND EXISTS (SELECT FROM notices_wechattie w
            WHERE w.ended_at IS NULL AND w.follows <> 'no'
            AND w.account_id = COALESCE(p.to_account::bigint, (
                SELECT r.account_id FROM people_resident r WHERE r.id = p.recipient_id::bigint))))
ORDER BY 1  -- two planners at once take the keys in one order and cannot deadlock
ON CONFLICT (dedupe_key) DO NOTHING
"""
# Whoever hears as a resident does not hear as an account too.
ADDRESSEES = """
SELECT id, NULL::bigint FROM people_resident WHERE id = ANY(%s) AND erased_at IS NULL
UNION ALL
SELECT NULL, id FROM accounts_user WHERE id = ANY(%s) AND is_active AND NOT EXISTS (
    SELECT FROM people_resident own WHERE own.account_id = accounts_user.id AND own.id = ANY(%s))
"""
THE_DESK = "UNION ALL SELECT NULL, NULL"
