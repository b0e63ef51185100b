-- Keeps a base of calls, or that calls are still made by it. Who started the run is in the audit, by the same transaction as its start.
SET STATEMENT innodb_lock_wait_timeout = 1, lock_wait_timeout = 0 FOR
INSERT INTO call_bases (i_call_base, hash, i_campaign, run_started, started_by, revision, settings, prompt, prompt_sha256, rules,
  rules_version, made_at, used_at)
SELECT :#id, :#hash, :#campaign, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#run SECOND,
  (SELECT a.who FROM audit AS a FORCE INDEX (callout_at)
    WHERE a.at BETWEEN TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#run SECOND - INTERVAL 1 SECOND
        AND TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#run SECOND + INTERVAL 60 SECOND
      AND a.action = 'campaign.start' AND CONCAT(a.object, SPACE(1)) LIKE CONCAT('campaign ', :#campaign, ' %')
    ORDER BY a.i_audit LIMIT 1),
  :#revision, :#settings, LEFT(:#prompt, 512), :#prompt_sha256, LEFT(:#rules, 512), :#rules_version,
  TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#made SECOND, UTC_TIMESTAMP(3)
ON DUPLICATE KEY UPDATE made_at = LEAST(made_at, VALUE(made_at)), used_at = VALUE(used_at)
