-- A campaign of 200 numbers for the simulated switch, whose callees behave by the last two digits of their number. They are
-- mixed: a run of calls that cannot be carried would let the gateway rest.
INSERT INTO campaigns (name, description, profile_gateway, action_on_answer, max_concurrent_calls, max_attempts, timeout_sec,
                       backoff_sec, threshold_msec, call_min_duration, call_max_duration)
VALUES ('sample', 'Rings 200 simulated callees', 'external/sample', 'echo()', 60, 2, 20, 2, 3000, 5, 20);

INSERT INTO campaign_phones (i_campaign, cld)
SELECT LAST_INSERT_ID(), CONCAT('+493023125', LPAD(seq * 37 % 200, 3, '0')) FROM seq_0_to_199;
