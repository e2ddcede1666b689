-- After a restore: what was due when the backup was made may have been sent since. Nobody
-- knows, so the portal must not send it by itself again; staff see it among the messages that
-- did not surely arrive (docs/deploy.md, section 5).
UPDATE notices_notice
SET status = 'unknown', lease = NULL, lease_until = NULL, sealed = '', settled_at = now()
WHERE channel <> 'inbox'
  AND status IN ('queued', 'claimed', 'sending')
  AND next_try_at <= now();
