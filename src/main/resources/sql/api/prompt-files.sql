-- Uploaded files in a range of keys, and who plays them: prompts, menus, and campaigns, directly or by these.
SELECT f.i_prompt_file, f.name, f.sha256, f.bytes, f.rate, f.duration_ms,
  CONCAT(LEFT(DATE_FORMAT(f.uploaded_at, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS uploaded_at, f.uploaded_by,
  (SELECT GROUP_CONCAT(DISTINCT COALESCE(p.name, p.i_ivr_prompt) ORDER BY p.i_ivr_prompt SEPARATOR '\n') FROM ivr_prompts AS p
    WHERE p.file LIKE CONCAT('%/', f.sha256, '.wav')
      OR EXISTS (SELECT 1 FROM ivr_prompt_pieces AS q
        WHERE q.i_ivr_prompt = p.i_ivr_prompt AND q.kind = 'file' AND q.value LIKE CONCAT('%/', f.sha256, '.wav'))) AS prompts,
  (SELECT GROUP_CONCAT(DISTINCT COALESCE(c.name, c.i_campaign) ORDER BY c.i_campaign SEPARATOR '\n') FROM campaigns AS c
    WHERE c.action_on_answer LIKE CONCAT('%/', f.sha256, '.wav%')
      OR EXISTS (SELECT 1 FROM ivr_prompts AS p WHERE (p.i_ivr_prompt = c.i_ivr_prompt
          OR p.i_ivr_prompt IN (SELECT m.i_ivr_prompt FROM menus AS m WHERE m.i_menu = c.i_menu)
          OR p.i_ivr_prompt IN (SELECT k.i_ivr_prompt FROM menu_keys AS k WHERE k.i_menu = c.i_menu))
        AND (p.file LIKE CONCAT('%/', f.sha256, '.wav')
          OR EXISTS (SELECT 1 FROM ivr_prompt_pieces AS q
            WHERE q.i_ivr_prompt = p.i_ivr_prompt AND q.kind = 'file' AND q.value LIKE CONCAT('%/', f.sha256, '.wav'))))) AS campaigns
FROM prompt_files AS f
WHERE f.i_prompt_file BETWEEN :#first AND :#last
ORDER BY f.i_prompt_file
LIMIT :#limit
