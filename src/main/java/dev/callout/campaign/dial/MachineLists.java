package dev.callout.campaign.dial;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.amd.AnsweredBy;
import dev.callout.campaign.amd.Detection;
import dev.callout.campaign.amd.Greeting;
import dev.callout.campaign.amd.Machines;
import dev.callout.campaign.prompt.Prompt;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets the switch listen to the greeting before a callee hears anything, as extensions of the dialplan {@code inline} in
 * channel variables, as {@link MenuLists} writes them. Each application that listens sets a variable to its result, and
 * {@code transfer} behind it goes to the extension of that result, or does nothing if there is none.
 *
 * <p>The rule: nothing is said for {@link #FIRST_MS}: unknown. Silence follows within {@link #SHORT_MS}: a human. It
 * does not within {@link #LONG_MS} more: a machine. It does in between: a machine if something is said again within
 * {@link #AGAIN_MS}, else a human. The figures are the best for the tuning half of the greetings in docs/answering-machines.md
 * among those that let a human wait for {@link Greeting#LONGEST_SILENCE_MS} at most: silence that has begun in the short
 * time, and is not yet long enough at its end, is waited for once more.
 *
 * <p>A list that comes to its end without a verdict, because an application could not listen, goes on as for an unknown
 * callee: nobody is hung up on.
 */
final class MachineLists {

    /** Mean amplitude from which a frame is loud. FreeSWITCH adds up every other sample, and divides by all of them. */
    private static final int LOUD = 320;
    /** Loud frames of 20 ms that are needed more than. */
    private static final int LOUD_FRAMES = 5;
    /** Silent frames of 20 ms that are needed more than, after something short. */
    private static final int SHORT_SILENT_FRAMES = 20;
    /** Silent frames of 20 ms that are needed more than, after something longer. */
    private static final int SILENT_FRAMES = 28;

    private static final int FIRST_MS = 2500;
    private static final int SHORT_MS = 700;
    private static final int LONG_MS = 4300;
    private static final int AGAIN_MS = 600;

    private static final int POLLS_A_SECOND = 4;
    /** A beep has ended if it is silent for longer than 10 frames. It is not waited for longer than 2 s. */
    private static final String BEEP_ENDS = "detect_silence:" + LOUD + "\\s10\\s2000";
    /** Without a detector of beeps: half a second, and 50 silent frames before it. */
    private static final String LONG_SILENCE = "wait_for_silence:" + LOUD + "\\s50\\s0\\s";

    private static final String FORGET = "unset:transfer_history";
    private static final String NOW = "${strmicroepoch()}";
    private static final String NEXT = "callout_next";
    private static final String MESSAGE = "callout_message";

    private final ChannelVariables channel;

    private MachineLists(ChannelVariables channel) {
        this.channel = channel;
    }

    /**
     * Returns extension and dialplan.
     *
     * @param target  extension, dialplan and context of what a person gets, as they stand in a dial string
     * @param channel to which the variables are added that this needs
     */
    static String render(Machines machines, String target, NumberVariables variables, ChannelVariables channel)
            throws UndialableException {
        MachineLists lists = new MachineLists(channel);
        channel.put(NEXT, MenuLists.encoded(target));
        lists.put("callout_gh", FORGET, verdict(AnsweredBy.HUMAN), MenuLists.jump(NEXT));
        lists.put("callout_gu", FORGET, verdict(AnsweredBy.UNKNOWN), MenuLists.jump(NEXT));
        if (machines.message() == null) {
            lists.put("callout_gm", FORGET, verdict(AnsweredBy.MACHINE), "hangup:NORMAL_CLEARING");
        } else {
            lists.putMessage(machines, variables);
        }
        List<String> steps = new ArrayList<>(List.of(FORGET, "set:" + Greeting.VARIABLE + "=" + NOW));
        steps.addAll(machines.detection() == Detection.AMD ? lists.module() : lists.cadence());
        steps.add(verdict(AnsweredBy.UNKNOWN));
        steps.add(MenuLists.jump(NEXT));
        lists.put("callout_greeting", steps.toArray(String[]::new));
        return MenuLists.jump("callout_greeting") + " inline";
    }

    private List<String> cadence() {
        channel.put("callout_catrue", "u");
        channel.put("callout_cbfalse", "h");
        channel.put("callout_cctrue", "m");
        channel.put("callout_cdtrue", "h");
        channel.put("callout_cdfalse", "m");
        return List.of(
                detect("audio", LOUD_FRAMES, FIRST_MS),
                choose("callout_ca${detect_audio_timeout}"),
                detect("silence", SHORT_SILENT_FRAMES, SHORT_MS),
                choose("callout_cb${detect_silence_timeout}"),
                detect("silence", SILENT_FRAMES, LONG_MS),
                choose("callout_cc${detect_silence_timeout}"),
                detect("audio", LOUD_FRAMES, AGAIN_MS),
                choose("callout_cd${detect_audio_timeout}"));
    }

    /** The module calls a callee who says nothing a machine. Here nobody is hung up on for that. */
    private List<String> module() {
        channel.put("callout_caINITIALSILENCE", "u");
        channel.put("callout_cbHUMAN", "h");
        channel.put("callout_cbMACHINE", "m");
        return List.of("amd", choose("callout_ca${amd_cause}"), choose("callout_cb${amd_result}"));
    }

    private void putMessage(Machines machines, NumberVariables variables) throws UndialableException {
        channel.put("callout_cvtrue", "b");
        put(
                "callout_gm",
                FORGET,
                verdict(AnsweredBy.MACHINE),
                // Without the module, an application of it would end the call.
                "set:callout_avmd=${module_exists(mod_avmd)}",
                choose("callout_cv${callout_avmd}"),
                LONG_SILENCE + machines.beepWait().toMillis(),
                MenuLists.jump(MESSAGE));
        put("callout_gb", FORGET, "avmd_start", MenuLists.jump("callout_gw"));
        List<String> wait = new ArrayList<>(List.of(FORGET));
        for (int i = 0; i < POLLS_A_SECOND; i++) {
            wait.add("sleep:" + 1000 / POLLS_A_SECOND);
            wait.add(choose("callout_cw${avmd_detect}"));
        }
        // One x more each second. There is a variable of such a name for the last second only.
        wait.add("set:callout_waited=${callout_waited}x");
        wait.add(choose("callout_cw${callout_waited}"));
        wait.add(MenuLists.jump("callout_gw"));
        put("callout_gw", wait.toArray(String[]::new));
        channel.put("callout_cwTRUE", "s");
        channel.put("callout_cw" + "x".repeat((int) machines.beepWait().toSeconds()), "e");
        put("callout_gs", FORGET, "avmd_stop", BEEP_ENDS, MenuLists.jump(MESSAGE));
        put("callout_ge", FORGET, "avmd_stop", MenuLists.jump(MESSAGE));
        List<Prompt> message = List.of(machines.message().asPieces());
        Sequence pieces = Sequence.of(message.get(0), variables, Sequence.Frame.PLAIN);
        Sequence.putZone(message, channel);
        List<String> steps = new ArrayList<>(List.of(
                FORGET,
                "set:" + Sequence.HEARD + "=" + pieces.total(),
                "set:" + Sequence.TERMINATORS + "=none",
                "set:" + Greeting.VARIABLE + "=${" + Greeting.VARIABLE + "};" + Greeting.MESSAGE + ":" + NOW));
        steps.addAll(pieces.steps());
        put(MESSAGE, steps.toArray(String[]::new));
    }

    private static String detect(String what, int frames, int millis) {
        return "detect_" + what + ":" + LOUD + "\\s" + frames + "\\s" + millis;
    }

    private static String verdict(AnsweredBy by) {
        return "set:" + Greeting.VARIABLE + "=${" + Greeting.VARIABLE + "};" + by.word() + ":" + NOW;
    }

    /** Goes to the list whose letter stands in that variable; does nothing if there is none. */
    private static String choose(String variable) {
        return MenuLists.jump("callout_g${" + variable + "}");
    }

    private void put(String variable, String... steps) {
        channel.put(variable, MenuLists.encoded(Sequence.list(List.of(steps)) + " inline"));
    }
}
