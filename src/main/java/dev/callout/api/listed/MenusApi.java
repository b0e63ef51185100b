package dev.callout.api.listed;

import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.campaign.menu.KeyAction;
import dev.callout.campaign.menu.Menu;
import dev.callout.campaign.menu.MenuKey;
import dev.callout.store.Statements;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Menus: a prompt after which callees press a key, and what each key does. */
public final class MenusApi extends ListedApi {

    private static final String KEYS = "keys";
    private static final int MOST_KEYS = 12;

    private static final List<Column> KEY = List.of(
            Column.text("key", 1),
            Column.text("answer", 32),
            Column.text("action", 16),
            Column.text("extension", 64),
            Column.whole("i_next_menu", 1, Long.MAX_VALUE),
            Column.whole("i_ivr_prompt", 1, Long.MAX_VALUE));

    /** @param statements read and write the rows */
    public MenusApi(Statements statements) {
        super(
                statements,
                "menu",
                "menus",
                "i_menu",
                List.of(
                        Column.text("name", 128),
                        Column.whole("i_ivr_prompt", 1, Long.MAX_VALUE),
                        Column.whole("timeout_ms", Menu.SHORTEST_TIMEOUT_MS, Menu.LONGEST_TIMEOUT_MS),
                        Column.whole("repeats", 0, Menu.MOST_REPEATS)));
    }

    @Override
    Map<String, Object> complete(Statements.Session session, Map<String, Object> row) {
        row.put(KEYS, session.query("menu-keys", Map.of("key", row.get("i_menu"))));
        return row;
    }

    /** Whether the prompts and the next menus exist is said by the campaign's "why idle", as people may add them later. */
    @Override
    void check(Statements.Session session, Map<String, Object> row, Map<String, Object> given) {
        if (row.get("i_ivr_prompt") == null) {
            throw ApiProblem.field("i_ivr_prompt", "must name the prompt that is played");
        }
        if (!(row.get(KEYS) instanceof List<?> keys) || keys.isEmpty()) {
            throw ApiProblem.field(KEYS, "must be a list with one key at least");
        }
    }

    @Override
    Details details(Map<String, Object> object) {
        if (!object.containsKey(KEYS)) {
            return super.details(object);
        }
        String shape = "a list of " + MOST_KEYS + " keys at most, each once";
        List<Map<String, Object>> keys = removeObjects(object, KEYS, shape).stream()
                .map(members -> Column.all(KEY, Column.read(KEY, members)))
                .toList();
        Set<Object> seen = new HashSet<>();
        if (keys.size() > MOST_KEYS || !keys.stream().allMatch(key -> seen.add(key.get("key")))) {
            throw ApiProblem.field(KEYS, "must be " + shape);
        }
        keys.forEach(MenusApi::require);
        return (session, menu) -> {
            deleteDetails(session, menu);
            for (Map<String, Object> key : keys) {
                key.put("menu", menu);
                session.update("menu-key-insert", key);
            }
        };
    }

    private static void require(Map<String, Object> row) {
        String word = Objects.toString(row.get("action"), KeyAction.END.word());
        KeyAction action = KeyAction.of(word)
                .orElseThrow(() -> ApiProblem.field(KEYS, "must have actions of: " + KeyAction.words()));
        MenuKey key =
                new MenuKey(text(row, "key"), text(row, "answer"), action, text(row, "extension"), next(row), null);
        row.put("action", word);
        row.put("answer", key.answer());
        key.problem().ifPresent(problem -> {
            throw ApiProblem.field(KEYS, "has key '" + key.key() + "', which " + problem);
        });
    }

    private static String text(Map<String, Object> row, String column) {
        return row.get(column) == null ? null : row.get(column).toString();
    }

    private static Long next(Map<String, Object> row) {
        return row.get("i_next_menu") instanceof Number next ? next.longValue() : null;
    }

    @Override
    String kindOfUsers() {
        return "Campaigns or menus";
    }

    @Override
    void deleteDetails(Statements.Session session, long key) {
        session.update("menu-keys-delete", Map.of("key", key));
    }
}
