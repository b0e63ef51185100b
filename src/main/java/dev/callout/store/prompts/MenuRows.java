package dev.callout.store.prompts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.Printable;
import dev.callout.campaign.menu.KeyAction;
import dev.callout.campaign.menu.Menu;
import dev.callout.campaign.menu.MenuKey;
import dev.callout.campaign.menu.Menus;
import dev.callout.campaign.prompt.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes menus of what tables {@code menus} and {@code menu_keys} hold. */
public final class MenuRows {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private MenuRows() {}

    /**
     * Returns the menus of a campaign.
     *
     * @param  first                    {@code i_menu} of the campaign
     * @param  json                     the rows of that menu, and of those to which its keys lead, as a JSON array of
     *                                  objects; null: there are none
     * @throws IllegalArgumentException if a row cannot be read; the message says what to correct
     */
    public static Menus menus(long first, String json) {
        Map<Long, Menu> menus = new HashMap<>();
        if (json != null) {
            for (JsonNode item : array(json)) {
                Menu menu = menu(item);
                menus.put(menu.id(), menu);
            }
        }
        return new Menus(first, menus);
    }

    private static Menu menu(JsonNode item) {
        String name = "menu " + item.path("i_menu").asText();
        try {
            List<MenuKey> keys = new ArrayList<>();
            for (JsonNode key : list(item.path("menu_keys"))) {
                keys.add(key(key));
            }
            return new Menu(
                    item.path("i_menu").asLong(),
                    text(item, "name"),
                    prompt(item),
                    Duration.ofMillis(item.path("timeout_ms").asLong(Menu.DEFAULT_TIMEOUT_MS)),
                    item.path("repeats").asInt(Menu.DEFAULT_REPEATS),
                    keys);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static MenuKey key(JsonNode item) {
        return new MenuKey(
                text(item, "menu_key"),
                text(item, "answer"),
                action(text(item, "action")),
                text(item, "extension"),
                item.path("i_next_menu").isNumber() ? item.path("i_next_menu").asLong() : null,
                prompt(item));
    }

    /**
     * Returns the action of a key.
     *
     * @param  word                     null: the default
     * @throws IllegalArgumentException if there is none of that name
     */
    public static KeyAction action(String word) {
        return word == null
                ? KeyAction.END
                : KeyAction.of(word)
                        .orElseThrow(() -> new IllegalArgumentException("table menu_keys has action '"
                                + Printable.of(word) + "', which is none of " + KeyAction.words()));
    }

    private static Prompt prompt(JsonNode item) {
        JsonNode pieces = item.path("pieces");
        return PromptRows.prompt(
                text(item, "i_ivr_prompt"),
                text(item, "file"),
                pieces.isMissingNode() || pieces.isNull()
                        ? null
                        : pieces.isTextual() ? pieces.asText() : pieces.toString());
    }

    private static Iterable<JsonNode> list(JsonNode node) {
        return node.isTextual() ? array(node.asText()) : node;
    }

    private static JsonNode array(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the rows of menus and menu_keys cannot be read", e);
        }
    }

    private static String text(JsonNode item, String column) {
        JsonNode value = item.path(column);
        return value.isMissingNode() || value.isNull() || value.asText().isBlank()
                ? null
                : value.asText().strip();
    }
}
