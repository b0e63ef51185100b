package dev.callout.cli.testcall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.cli.access.ApiAccess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a campaign call a test number, and shows the call step by step. */
@Command(
        name = "test-call",
        description =
                "Lets a campaign call a test number, whether it is paused or closed, and shows the call step by step."
                        + " Exit code 0: the call was answered.")
public final class TestCallCommand implements Callable<Integer> {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What is said of each time of the call. */
    private static final Map<String, String> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("dialled", "dialled");
        STEPS.put("ringing", "rings");
        STEPS.put("answered", "answered");
    }

    @Mixin
    private ApiAccess api;

    @Parameters(index = "0", paramLabel = "CAMPAIGN")
    private String campaign;

    @Parameters(index = "1", paramLabel = "NUMBER", description = "a test number")
    private String number;

    @Option(
            names = "--as",
            paramLabel = "CONTACT",
            description = "a number of the campaign, as it is written there: the call gets its variables")
    private String contact;

    @Override
    public Integer call() throws Exception {
        JsonNode call = api.post(
                ApiAccess.campaign(campaign) + "/test-call",
                MAPPER.createObjectNode().put("number", number).put("contact", contact));
        String path = "/api/test-calls/" + call.path("id").asText();
        int told = 0;
        while (true) {
            told = tell(call, told);
            if (!call.path("ended").isNull()) {
                break;
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            call = api.get(path);
        }
        api.printLine(call, end(call));
        return call.path("answered").isNull() ? 1 : 0;
    }

    /** Says which steps are new. With --json each is the whole answer. */
    private int tell(JsonNode call, int told) throws Exception {
        int reached = 0;
        for (Map.Entry<String, String> step : STEPS.entrySet()) {
            if (!call.path(step.getKey()).isNull() && ++reached > told) {
                api.printLine(call, call.path(step.getKey()).asText() + " " + step.getValue() + "\n");
            }
        }
        return Math.max(reached, told);
    }

    private static String end(JsonNode call) {
        StringBuilder text = new StringBuilder(call.path("ended").asText());
        text.append("refused".equals(call.path("state").asText()) ? " not called" : " ended");
        if (!call.path("heard_sec").isNull()) {
            text.append(", heard for ").append(call.path("heard_sec").asText()).append(" s");
        }
        if (call.hasNonNull("answered_by")) {
            text.append(", answered by ").append(call.path("answered_by").asText());
        }
        if (call.hasNonNull("digits")) {
            text.append(", pressed ").append(call.path("digits").asText());
            append(text, call.path("menu_answer"));
        }
        if (call.hasNonNull("agent")) {
            text.append(", talked with ").append(call.path("agent").asText());
        }
        append(text, call.path("hangup_cause"));
        append(text, call.path("reason"));
        return text.append("\n").toString();
    }

    private static void append(StringBuilder text, JsonNode value) {
        if (!value.isNull()) {
            text.append(": ").append(value.asText());
        }
    }
}
