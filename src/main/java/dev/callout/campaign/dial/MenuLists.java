package dev.callout.campaign.dial;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.menu.Menu;
import dev.callout.campaign.menu.MenuKey;
import dev.callout.campaign.menu.Menus;
import dev.callout.campaign.menu.PressedKeys;
import dev.callout.campaign.outcome.HeardPieces;
import dev.callout.campaign.prompt.Prompt;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes menus as extensions of the dialplan {@code inline}: one for each menu, for each key, and for each prompt that a key
 * plays. Each stands in a channel variable of its own, in which what the switch would read or replace too early is
 * percent-encoded. An application {@code transfer} decodes it and goes there.
 *
 * <p>A key of the menu is one of {@code playback_terminators}: it ends the piece that is played, said or spoken, and
 * stands in {@code playback_terminator_used} then. Behind each piece {@code transfer} goes to the extension of that key.
 * If no key was pressed, there is no such variable, and {@code transfer} with nothing behind it does nothing
 * (transfer_function of mod_dptools). Behind the last piece silence waits for a key.
 *
 * <p>Why not {@code bind_digit_action} or {@code play_and_get_digits}: the first runs an application in the midst of
 * another, whose arguments are expanded when it is bound, and the second plays files only. What a callee presses only
 * chooses among the variables written here. (Read in FreeSWITCH's sources of August 2026.)
 */
final class MenuLists {

    /** The channel variable for the keys that were pressed. */
    private static final String KEYS = "callout_keys";

    private static final String USED = "${playback_terminator_used}";
    /** Each transfer adds the extension that it goes to, and each event of the call holds them all. */
    private static final String FORGET = "unset:transfer_history";

    /** What the switch would take apart, replace or refuse in a channel variable of an originate. */
    private static final String ENCODED = "%$\\'\", ";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final List<Menu> menus;
    private final String leads;
    private final NumberVariables variables;
    private final ChannelVariables channel;
    private final List<String> handOver;
    private final List<Prompt> ofKeys = new ArrayList<>();

    private MenuLists(
            List<Menu> menus,
            List<String> handOver,
            String leads,
            NumberVariables variables,
            ChannelVariables channel) {
        this.menus = menus;
        this.handOver = handOver;
        this.leads = leads;
        this.variables = variables;
        this.channel = channel;
    }

    /**
     * Returns the application that begins the first menu.
     *
     * @param handOver  the applications by which a key hands over; empty: no key does
     * @param leads     dialplan and context of extensions to which keys transfer
     * @param announced what stands behind the number of pieces
     * @param channel   to which the variables are added that the menus need
     */
    static String render(
            Menus menus,
            List<String> handOver,
            String leads,
            String announced,
            NumberVariables variables,
            ChannelVariables channel)
            throws UndialableException {
        List<String> problems = menus.problems();
        if (!problems.isEmpty()) {
            throw UndialableException.campaign(problems.get(0));
        }
        MenuLists lists = new MenuLists(menus.reachable(), handOver, leads, variables, channel);
        for (int i = 0; i < lists.menus.size(); i++) {
            lists.put(i, announced);
        }
        lists.putPromptsOfKeys();
        return jump(menu(0));
    }

    private void put(int index, String announced) throws UndialableException {
        Menu menu = menus.get(index);
        Sequence.Frame frame =
                new Sequence.Frame(index * HeardPieces.PLACES, "!" + USED, jump("callout_k" + index + USED));
        Sequence pieces = Sequence.of(menu.prompt().asPieces(), variables, frame);
        List<String> steps = new ArrayList<>(List.of(
                FORGET,
                "set:" + Sequence.TERMINATORS + "="
                        + menu.keys().stream().map(MenuKey::key).collect(Collectors.joining())));
        steps.addAll(pieces.steps());
        steps.addAll(Sequence.step(
                "playback:silence_stream://" + menu.timeout().toMillis(), HeardPieces.WAIT, HeardPieces.PLAYED, frame));
        if (menu.repeats() > 0) {
            // One x more each time: there are so many variables of such names as there are repeats.
            String counter = "callout_n" + index;
            steps.add("set:" + counter + "=${" + counter + "}x");
            steps.add(jump("callout_${callout_r" + index + "${" + counter + "}}"));
        }
        if (index == 0) {
            channel.put(Sequence.HEARD, pieces.total() + announced);
        }
        put(menu(index), steps);
        for (int i = 1; i <= menu.repeats(); i++) {
            channel.put("callout_r" + index + "x".repeat(i), menu(index).substring("callout_".length()));
        }
        for (MenuKey key : menu.keys()) {
            put("callout_k" + index + key.key(), after(key, index));
        }
    }

    private List<String> after(MenuKey key, int index) {
        List<String> steps = new ArrayList<>(List.of("set:" + KEYS + "=${" + KEYS + "}" + PressedKeys.note(key)));
        switch (key.action()) {
            case TRANSFER -> {
                steps.add("unset:" + Sequence.TERMINATORS);
                steps.add("transfer:" + (key.extension() + " " + leads).replace(" ", "\\s"));
            }
            case HAND_OVER -> {
                steps.add("unset:" + Sequence.TERMINATORS);
                steps.addAll(handOver);
            }
            case MENU -> steps.add(jump(menu(indexOf(key.next()))));
            case REPEAT -> steps.add(jump(menu(index)));
            default -> {
                if (key.prompt() != null) {
                    steps.add(jump(promptOfKey(key.prompt())));
                }
            }
        }
        return steps;
    }

    private int indexOf(long menu) {
        return menus.stream().map(Menu::id).toList().indexOf(menu);
    }

    private String promptOfKey(Prompt prompt) {
        if (!ofKeys.contains(prompt)) {
            ofKeys.add(prompt);
        }
        return "callout_p" + ofKeys.indexOf(prompt);
    }

    private void putPromptsOfKeys() throws UndialableException {
        for (int i = 0; i < ofKeys.size(); i++) {
            List<String> steps = new ArrayList<>(List.of(FORGET, "set:" + Sequence.TERMINATORS + "=none"));
            Sequence.Frame frame = new Sequence.Frame((menus.size() + i) * HeardPieces.PLACES, "!", null);
            steps.addAll(Sequence.of(ofKeys.get(i).asPieces(), variables, frame).steps());
            put("callout_p" + i, steps);
        }
    }

    private static String menu(int index) {
        return "callout_m" + index;
    }

    private void put(String variable, List<String> steps) {
        channel.put(variable, encoded(Sequence.list(steps) + " inline"));
    }

    /** Goes to the extension in that variable; does nothing if there is none. */
    static String jump(String variable) {
        return "transfer:${url_decode(${" + variable + "})}";
    }

    /** Writes an extension so that it can stand in a channel variable of an originate. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (ENCODED.indexOf(one) < 0) {
                encoded.append(one);
            } else {
                encoded.append('%').append(HEX.toHexDigits((byte) one));
            }
        }
        return encoded.toString();
    }
}
