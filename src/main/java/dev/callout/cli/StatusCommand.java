package dev.callout.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callout.campaign.Printable;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.output.CampaignTable;
import dev.callout.cli.output.Printout;
import dev.callout.settings.file.SettingsException;
import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the state of dialler, switches and campaigns, through the API of the running dialler. */
@Command(
        name = "status",
        description =
                "Shows the state of the running dialler, its switches and its campaigns, and why campaigns are idle,"
                        + " until it is stopped.")
final class StatusCommand implements Callable<Integer> {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS_ELSEWHERE = Duration.ofSeconds(5);
    /** More do not fit on a terminal together with the lines above them. */
    private static final int CAMPAIGNS_ON_TERMINAL = 18;

    /** With the zone: whoever reads it may be elsewhere than this machine. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss z", Locale.ENGLISH);

    private static final List<String> ORDER = List.of("dialling", "idle", "paused");
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Mixin
    private ApiAccess api;

    @Option(
            names = "--once",
            description = "show it once; the exit code is 1 if the database or a switch does not answer the dialler")
    private boolean once;

    @Parameters(paramLabel = "CAMPAIGN", arity = "0..*", description = "show only campaigns of these names")
    private List<String> names = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ObjectNode status = look();
        if (once) {
            api.print(status, text(status, Integer.MAX_VALUE));
            return status.path("health").path("status").asText().equals("UP") ? 0 : 1;
        }
        boolean terminal = Ansi.AUTO.enabled() && !api.isJson();
        try {
            while (true) {
                show(status, terminal);
                Thread.sleep((terminal ? BETWEEN_LOOKS : BETWEEN_LOOKS_ELSEWHERE).toMillis());
                status = lookAgain();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Shows the state again. */
    private void show(ObjectNode status, boolean terminal) throws JsonProcessingException {
        if (terminal) {
            Printout.of(spec).control(CLEAR_SCREEN);
        }
        api.printLine(status, terminal ? text(status, CAMPAIGNS_ON_TERMINAL) : text(status, Integer.MAX_VALUE) + "\n");
    }

    /** Returns the error as status if the dialler cannot be reached: it may be restarting. */
    private ObjectNode lookAgain() throws SettingsException, InterruptedException {
        try {
            return look();
        } catch (IOException e) {
            return MAPPER.createObjectNode().put("error", e.getMessage());
        }
    }

    private ObjectNode look() throws SettingsException, IOException, InterruptedException {
        ObjectNode status = MAPPER.createObjectNode();
        status.set("health", api.get("/health"));
        status.set("switches", api.get("/api/switches").get("switches"));
        List<JsonNode> campaigns = names.isEmpty() ? api.campaigns() : new ArrayList<>();
        for (String name : names) {
            campaigns.add(api.get(ApiAccess.campaign(name)));
        }
        campaigns.sort(Comparator.comparing(
                (JsonNode campaign) -> ORDER.indexOf(campaign.path("state").asText())));
        status.set("campaigns", MAPPER.valueToTree(campaigns));
        return status;
    }

    private static String text(ObjectNode status, int most) {
        String now = TIME.format(ZonedDateTime.now()) + "  ";
        if (status.has("error")) {
            return now + status.get("error").asText() + "\n";
        }
        StringBuilder text = new StringBuilder(now);
        JsonNode campaigns = status.get("campaigns");
        text.append(String.format(
                Locale.ROOT,
                "%d of %d numbers finished, %d calls up (%d talking, %d ringing), %d a minute%n",
                sum(campaigns, "finished"),
                sum(campaigns, "numbers"),
                sum(campaigns, "calls_up"),
                sum(campaigns, "talking"),
                sum(campaigns, "ringing"),
                sum(campaigns, "calls_per_minute")));
        for (Map.Entry<String, JsonNode> check :
                status.get("health").get("checks").properties()) {
            if (!check.getValue().asText().equals("UP")) {
                text.append("DOWN  ")
                        .append(Printable.line(check.getValue().asText()))
                        .append('\n');
            }
        }
        for (JsonNode one : status.get("switches")) {
            text.append("switch ")
                    .append(one.path("name").asText())
                    .append(one.path("connected").asBoolean() ? "  connected, " : "  away, ")
                    .append(one.path("leaving").asBoolean() ? "removed, " : "")
                    .append(one.path("calls_up").asLong())
                    .append(" calls up\n");
        }
        List<JsonNode> shown = campaigns.valueStream().limit(most).toList();
        text.append('\n').append(CampaignTable.of(shown));
        if (shown.size() < campaigns.size()) {
            text.append("... and ").append(campaigns.size() - shown.size()).append(" more\n");
        }
        return text.toString();
    }

    private static long sum(JsonNode campaigns, String field) {
        return campaigns
                .valueStream()
                .mapToLong(campaign -> campaign.path(field).asLong())
                .sum();
    }
}
