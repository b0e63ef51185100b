-- What the keys of menus do. answer is the word that is stored. action: end, transfer (to extension), menu (to i_next_menu), repeat,
-- opt_out, hand_over; NULL: end. i_ivr_prompt is what is played after the key by end and opt_out.
CREATE TABLE IF NOT EXISTS menu_keys (
  i_menu_key BIGINT NOT NULL AUTO_INCREMENT,
  i_menu BIGINT NOT NULL,
  menu_key VARCHAR(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  answer VARCHAR(32),
  action VARCHAR(16),
  extension VARCHAR(64),
  i_next_menu BIGINT,
  i_ivr_prompt BIGINT,
  PRIMARY KEY (i_menu_key),
  UNIQUE INDEX callout_key (i_menu, menu_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
