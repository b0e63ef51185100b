package dev.callout.campaign.menu;

import dev.callout.campaign.prompt.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The menu of a campaign, with the menus to which its keys lead.
 *
 * @param first what {@code campaigns.i_menu} names
 * @param there the menus that are known, by {@code i_menu}; those to which no key leads do not matter
 */
public record Menus(long first, Map<Long, Menu> there) {

    /** Menus that one call can come to. */
    public static final int MOST_MENUS = 9;

    /** Copies the menus. */
    public Menus {
        there = Map.copyOf(there);
    }

    /** Returns the first menu, and behind it those to which keys lead, each once, as far as they are there. */
    public List<Menu> reachable() {
        Map<Long, Menu> reached = new LinkedHashMap<>();
        List<Long> open = new ArrayList<>(List.of(first));
        for (int i = 0; i < open.size(); i++) {
            Menu menu = there.get(open.get(i));
            if (menu != null && reached.putIfAbsent(menu.id(), menu) == null) {
                menu.keys().stream()
                        .filter(key -> key.action() == KeyAction.MENU)
                        .map(MenuKey::next)
                        .filter(Objects::nonNull)
                        .forEach(open::add);
            }
        }
        return List.copyOf(reached.values());
    }

    /** Returns why no callee can be asked; each sentence begins with {@code i_menu}, or with a menu's title. */
    public List<String> problems() {
        if (!there.containsKey(first)) {
            return List.of("i_menu is " + first + ": table menus has no such row");
        }
        List<String> problems = new ArrayList<>();
        List<Menu> reachable = reachable();
        for (Menu menu : reachable) {
            menu.problems().forEach(problem -> problems.add("i_menu: " + menu.title() + " " + problem));
            menu.keys().stream()
                    .filter(key ->
                            key.action() == KeyAction.MENU && key.next() != null && !there.containsKey(key.next()))
                    .forEach(key -> problems.add("i_menu: " + menu.title() + " leads by key " + key.key()
                            + " to menu " + key.next()
                            + ", which does not exist, or is more than three keys away from the"
                            + " campaign's menu"));
        }
        if (reachable.size() > MOST_MENUS) {
            problems.add("i_menu: its keys lead to more than " + MOST_MENUS + " menus");
        }
        return problems;
    }

    /** Returns the prompts of all reachable menus, and of their keys. */
    public Stream<Prompt> prompts() {
        return reachable().stream()
                .flatMap(menu -> Stream.concat(
                        Stream.of(Optional.ofNullable(menu.prompt())),
                        menu.keys().stream().map(key -> Optional.ofNullable(key.prompt()))))
                .flatMap(Optional::stream)
                .distinct();
    }

    /** Returns whether any key does this. */
    public boolean has(KeyAction action) {
        return reachable().stream().flatMap(menu -> menu.keys().stream()).anyMatch(key -> key.action() == action);
    }
}
