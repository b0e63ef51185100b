package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.callee.Voice;
import dev.callout.testbed.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls in which the switch listens first, and what is written for them. */
class AnsweringMachineIT {

    private static final Logger LOG = LoggerFactory.getLogger(AnsweringMachineIT.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration RING = Duration.ofMillis(20);
    /** The factor by which greetings.txt divides, and the one by which the switch does. */
    private static final int SCALE = 8 * 2;

    private static final int FRAME_MS = 20;

    @Test
    void peopleAndCalleesWhoSayNothingHearThePromptAndMachinesHearNothingOrTheirMessage() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> switch (call.number()) {
                    case "101" -> CalleePlan.answers(RING);
                    case "102" -> CalleePlan.answers(RING).saying(Voice.SILENT);
                    case "103" -> CalleePlan.answers(RING).saying(Voice.MACHINE);
                    case "104" -> CalleePlan.answers(RING).saying(Voice.SCREENED);
                    case "105" ->
                        CalleePlan.answers(RING, Duration.ofMillis(3500)).saying(Voice.HELLO);
                    case "106" ->
                        CalleePlan.answers(RING, Duration.ofMillis(8000)).saying(Voice.MACHINE);
                    default -> CalleePlan.answers(RING, Duration.ofMillis(400));
                }))
                .start()) {
            callout.simulated().bePunctual();
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, '/p/hello-2000ms.wav'),"
                    + " (2, '/p/message-700ms.wav')");
            Map<String, Object> columns = Map.of(
                    "i_ivr_prompt",
                    1,
                    "amd",
                    "cadence",
                    "threshold_msec",
                    1500,
                    "backoff_sec",
                    3600,
                    "retry_delays",
                    "machine=7200");
            long hangsUp = callout.campaign("hangs up", columns);
            long leaves =
                    callout.campaign("leaves", with(with(columns, "i_machine_prompt", 2), "machine_beep_wait_sec", 3));
            Map<String, Object> human = with(columns, "success_if", "human");
            long wantsPeople = callout.campaign(
                    "wants people", with(with(human, "i_machine_prompt", 2), "machine_beep_wait_sec", 3));
            for (long campaign : new long[] {hangsUp, leaves, wantsPeople}) {
                callout.execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT " + campaign
                        + ", seq FROM seq_101_to_107");
            }
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE status IN"
                                    + " ('success', 'premature hangup', 'failure') AND call_uuid IS NULL")
                            == 21);

            String rows = "SELECT CONCAT_WS(' ', cld, status, finished, IF(status = 'failure', hangup_cause, NULL),"
                    + " answered_by) FROM campaign_phones WHERE i_campaign = ";
            assertThat(callout.column(rows + hangsUp + " ORDER BY cld"))
                    .containsExactly(
                            "101 success 1 human",
                            "102 success 1 unknown",
                            "103 failure 0 MACHINE machine",
                            "104 failure 0 MACHINE machine",
                            "105 premature hangup 0 human",
                            "106 failure 0 MACHINE machine",
                            "107 premature hangup 0");
            assertThat(callout.column(rows + leaves + " ORDER BY cld"))
                    .as("104 never beeps, and 106 ends before its message is whole")
                    .containsExactly(
                            "101 success 1 human",
                            "102 success 1 unknown",
                            "103 success 1 machine",
                            "104 success 1 machine",
                            "105 premature hangup 0 human",
                            "106 failure 0 MACHINE machine",
                            "107 premature hangup 0");
            assertThat(callout.column(rows + wantsPeople + " ORDER BY cld"))
                    .containsExactly(
                            "101 success 1 human",
                            "102 failure 0 NOT_CONFIRMED unknown",
                            "103 failure 0 MACHINE machine",
                            "104 failure 0 MACHINE machine",
                            "105 premature hangup 0 human",
                            "106 failure 0 MACHINE machine",
                            "107 premature hangup 0");
            assertThat(callout.column("SELECT DISTINCT CONCAT_WS(' ', answered_by, retry_sec) FROM call_attempts"
                            + " WHERE hangup_cause = 'MACHINE'"))
                    .containsExactly("machine 7200.000");
            assertThat(callout.number(
                            "SELECT amd_ms FROM call_attempts WHERE number = '101' AND i_campaign = " + hangsUp))
                    .as("it says hello from 500 to 1100 ms")
                    .isBetween(2400L, 2900L);
            assertThat(callout.ledger().calls())
                    .filteredOn(call -> call.number().equals("103"))
                    .as("the message begins behind the beep, which ends at 7.8 s")
                    .filteredOn(call -> call.talkMs() > 8400)
                    .hasSize(2);
        }
    }

    /**
     * The published matrix, but played by the simulated switch: the same greetings, frame by frame. The half that was used
     * to choose the thresholds is counted apart.
     */
    @Test
    void mostGreetingsAreToldRightly() throws Exception {
        Map<String, String[]> greetings = greetings();
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(RING)
                        .saying(voice(greetings.get(call.number().substring(3))[4]))))
                .start()) {
            callout.execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, '/p/hello-100ms.wav')");
            long campaign = callout.campaign(
                    "all", Map.of("i_ivr_prompt", 1, "amd", "cadence", "max_concurrent_calls", 200, "max_attempts", 1));
            for (String number : greetings.keySet()) {
                callout.execute(
                        "INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '555" + number + "')");
            }
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1")
                            == greetings.size());

            Map<String, Integer> matrix = new TreeMap<>();
            List<Long> millis = new ArrayList<>();
            for (String row : callout.column(
                    "SELECT CONCAT_WS(' ', SUBSTRING(number, 4), answered_by, amd_ms) FROM" + " call_attempts")) {
                String[] words = row.split(" ");
                String[] greeting = greetings.get(words[0]);
                matrix.merge(greeting[3] + " half: " + greeting[1] + " taken for " + words[1], 1, Integer::sum);
                if (greeting[3].equals("report")) {
                    millis.add(Long.valueOf(words[2]));
                }
            }
            millis.sort(null);
            LOG.info(
                    "{}; ms to the verdict: p50 {}, most {}",
                    matrix,
                    millis.get(millis.size() / 2),
                    millis.get(millis.size() - 1));
            assertThat(matrix.get("report half: human taken for human")).isGreaterThanOrEqualTo(25);
            assertThat(matrix.get("report half: machine taken for machine")).isGreaterThanOrEqualTo(10);
        }
    }

    static Map<String, Object> with(Map<String, Object> columns, String name, Object value) {
        Map<String, Object> more = new HashMap<>(columns);
        more.put(name, value);
        return more;
    }

    private static Map<String, String[]> greetings() throws IOException {
        Map<String, String[]> greetings = new TreeMap<>();
        try (InputStream in = AnsweringMachineIT.class.getResourceAsStream("/greetings.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("#")) {
                    String[] words = line.split(" ");
                    greetings.put(words[0], words);
                }
            }
        }
        return greetings;
    }

    private static Voice voice(String frames) {
        List<Voice.Sound> sounds = new ArrayList<>();
        for (int i = 0; i + 2 <= frames.length(); i += 2) {
            int score = Integer.parseInt(frames.substring(i, i + 2), 16);
            long from = (long) i / 2 * FRAME_MS;
            sounds.add(new Voice.Sound(from, from + FRAME_MS, score * SCALE, false));
        }
        return new Voice(sounds);
    }
}
