package dev.callout.campaign.menu;

import dev.callout.campaign.prompt.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A menu, as it stands in table {@code menus}: a prompt, and the keys that callees may press while it is played and for
 * some time after it.
 *
 * @param id      {@code i_menu}
 * @param name    for people; null: none
 * @param prompt  what is played; null is a {@link #problems problem}
 * @param timeout how long a key is waited for after the prompt, 500 ms to a minute
 * @param repeats how often it is played again if no key is pressed, 0 to 5
 * @param keys    its keys
 */
public record Menu(long id, String name, Prompt prompt, Duration timeout, int repeats, List<MenuKey> keys) {

    /** How long a key is waited for if nothing is set. */
    public static final int DEFAULT_TIMEOUT_MS = 5000;

    /** The shortest time-out that can be set. */
    public static final int SHORTEST_TIMEOUT_MS = 500;

    /** The longest time-out that can be set. */
    public static final int LONGEST_TIMEOUT_MS = 60_000;

    /** How often a menu is played again if nothing is set. */
    public static final int DEFAULT_REPEATS = 1;

    /** How often a menu can be played again. */
    public static final int MOST_REPEATS = 5;

    /** Copies the keys. */
    public Menu {
        keys = List.copyOf(keys);
    }

    /** Returns how it is called in messages. */
    public String title() {
        return "menu " + id + (name == null || name.isBlank() ? "" : " " + name.strip());
    }

    /** Returns why it cannot be played, each in words that follow its title. Where its keys lead is not looked at. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (prompt == null) {
            problems.add("has no prompt: set i_ivr_prompt");
        }
        if (timeout.toMillis() < SHORTEST_TIMEOUT_MS || timeout.toMillis() > LONGEST_TIMEOUT_MS) {
            problems.add("has a timeout_ms that is not " + SHORTEST_TIMEOUT_MS + " to " + LONGEST_TIMEOUT_MS);
        }
        if (repeats < 0 || repeats > MOST_REPEATS) {
            problems.add("has repeats that are not 0 to " + MOST_REPEATS);
        }
        if (keys.isEmpty()) {
            problems.add("has no keys: add rows to menu_keys");
        }
        Set<String> seen = new HashSet<>();
        for (MenuKey key : keys) {
            Optional<String> problem =
                    seen.add(String.valueOf(key.key())) ? key.problem() : Optional.of("is there twice");
            problem.ifPresent(one -> problems.add("has key '" + key.key() + "', which " + one));
        }
        return problems;
    }
}
