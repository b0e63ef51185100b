package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.NumberRules;
import dev.callout.chaos.site.Site;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreshDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Numbers and caller IDs that try to be something else. Each is refused with a readable cause, or sent in the allowed
 * form. Every byte that goes to the switch is checked.
 */
@Tag("chaos")
class HostileRowsChaosIT {

    private static final List<String> PIECES = List.of(
            "\n",
            "\r\n",
            "\n\n",
            "\n\napi reloadxml\n\n",
            "\0",
            "\u0001",
            "\u001b[2J",
            "\u007f",
            "\u0085",
            "\u2028",
            "{",
            "}",
            "[",
            "]",
            "<",
            ">",
            ",",
            "'",
            "''",
            "\"",
            "`id`",
            "\\",
            "\\n",
            "\\,",
            "|",
            ";",
            "&",
            "$",
            "${uuid()}",
            "${system(reboot)}",
            "$${domain}",
            "^^:",
            ":_:",
            "%0a%0a",
            "%00",
            "@evil.example",
            "/",
            "//",
            "sofia/gateway/evil/1",
            " ",
            "\t",
            "\u00a0",
            "\u3000",
            "\u202e",
            "\u200b",
            "\ufeff",
            "😀",
            "𝟗",
            "١٢٣",
            "１２３",
            "ß",
            "é",
            "NULL",
            "' OR 1=1 -- ",
            "1);DROP TABLE campaign_phones;--",
            " &hangup()",
            " XML default",
            "origination_uuid=1",
            "=",
            "*",
            "#",
            "+",
            "~",
            "!",
            "?",
            "-",
            "(",
            ")",
            ".",
            "0",
            "49",
            "30",
            "123",
            "abc");

    /** What is left out of a number before it is checked: everything that Unicode calls a space, tab and - ( ) . / */
    private static final Pattern LEFT_OUT = Pattern.compile("[\\p{Z}\\t().\\-/]");

    private static final Pattern DIALABLE = Pattern.compile("[A-Za-z0-9_+*#]{1,32}");

    private static final Pattern CALLER_ID = Pattern.compile("[A-Za-z0-9_+*#]{1,64}");

    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern DIAL_STRING = Pattern.compile("\\{origination_uuid=" + UUID + ",callout=callout,"
            + "callout_campaign=\\d+,presence_data=callout-\\d+,originate_timeout=\\d+,ignore_early_media=true,hangup_after_bridge=true,outbound_redirect_fatal=true,"
            + "origination_caller_id_number=[A-Za-z0-9_+*#]{1,64},"
            + "origination_caller_id_name=([A-Za-z0-9_+*#().\\-/]|\\\\s){1,128},"
            + "execute_on_answer_1=sched_hangup\\\\s\\+\\d+\\\\sALLOTTED_TIMEOUT}sofia/gateway/gw/[A-Za-z0-9_+*#]{1,32}"
            + " &echo\\(\\)");
    private static final Pattern COMMAND = Pattern.compile("|auth ClueCon|exit|event json [A-Z_ ]+"
            + "|filter [A-Za-z_-]+ ([A-Za-z_]+|-12)|Job-UUID: " + UUID
            + "|bgapi uptime|api (uptime|global_getvar core_uuid|uuid_exists " + UUID
            + "|uuid_dump " + UUID + " json)");

    @Test
    void nothingButTheAllowedFormReachesTheSwitchAndEveryRowEndsWithACause() throws Exception {
        try (Site site =
                new Site("hostile rows", FreshDatabase.create()).with("callout.switch.sim.calls-per-second", "500")) {
            site.startSwitch("--answer-rate", "1", "--ring-sec", "1", "--talk-sec", "1");
            site.proxy().record();
            site.startDialler("a");
            site.database().awaitTables();
            List<String> dialable = insert(site, Site.size(600, 10_000));
            site.awaitAllFinished();
            site.end("a");

            assertThat(
                            site.database()
                                    .column(
                                            "SELECT CONCAT_WS('|', i_campaign_phone, status, hangup_cause) FROM campaign_phones"
                                                    + " WHERE NULLIF(TRIM(hangup_cause), '') IS NULL OR finished <> 1 OR hangup_cause REGEXP '[[:cntrl:]]'"))
                    .as("rows without a readable cause")
                    .isEmpty();
            List<LedgerCall> calls = site.ledger().calls();
            assertThat(calls)
                    .extracting(LedgerCall::line)
                    .allMatch(line -> DIAL_STRING.matcher(line).matches());
            assertThat(calls)
                    .extracting(LedgerCall::number)
                    .as("dialled")
                    .containsExactlyInAnyOrderElementsOf(dialable);
            assertCommands(site.proxy().recorded(), calls.size());
        }
    }

    private static void assertCommands(byte[] sent, int calls) {
        for (byte one : sent) {
            assertThat(one == '\n' || one >= ' ' && one < 0x7f)
                    .as("byte %d", one)
                    .isTrue();
        }
        List<String> lines = List.of(new String(sent, StandardCharsets.US_ASCII).split("\n", -1));
        List<String> originates = lines.stream()
                .filter(line -> line.startsWith("bgapi originate "))
                .toList();
        assertThat(originates).as("originates against the ledger").hasSize(calls);
        assertThat(originates).allMatch(line -> DIAL_STRING
                .matcher(line.substring("bgapi originate ".length()))
                .matches());
        assertThat(lines)
                .filteredOn(line -> !line.startsWith("bgapi originate "))
                .as("other lines")
                .allMatch(line -> COMMAND.matcher(line).matches());
    }

    private static String dialable(String number) {
        return LEFT_OUT.matcher(number).replaceAll("");
    }

    /** What is dialled of a number. What rules of telephones refuse is not what this test is about, but its form is. */
    private static Optional<String> dialled(String number) {
        try {
            String dialled = NumberRules.DEFAULT
                    .judge(number, Optional.empty())
                    .dialled()
                    .dialable();
            assertThat(dialled).matches(DIALABLE);
            assertThat(dialable(number)).startsWith(dialled);
            return Optional.of(dialled);
        } catch (UndialableException e) {
            return Optional.empty();
        }
    }

    /** Inserts this many rows, a third of them with a hostile caller ID. Returns the numbers that may be dialled. */
    private static List<String> insert(Site site, int count) throws Exception {
        List<String> numbers = new ArrayList<>();
        site.database()
                .execute(
                        "INSERT INTO campaigns (name, profile_gateway, action_on_answer, max_concurrent_calls, max_attempts,"
                                + " threshold_msec, paused) VALUES ('{a}\\n${b}', 'gw', 'echo()', 500, 1, 0, 1)");
        try (Connection connection = site.database().connect();
                PreparedStatement row = connection.prepareStatement(
                        "INSERT INTO campaign_phones (i_campaign, cld, callerid) VALUES (?, ?, ?)")) {
            row.setLong(1, site.database().number("SELECT i_campaign FROM campaigns"));
            for (int i = 0; i < count; i++) {
                String number = hostile(site.random());
                String callerId = i % 3 == 0 ? hostile(site.random()) : null;
                row.setString(2, number);
                row.setString(3, callerId);
                row.addBatch();
                boolean ownId = callerId != null && !callerId.isBlank();
                if (!ownId || CALLER_ID.matcher(dialable(callerId.strip())).matches()) {
                    dialled(number).ifPresent(numbers::add);
                }
            }
            row.executeBatch();
        }
        site.database().execute("UPDATE campaigns SET paused = 0");
        return numbers;
    }

    private static String hostile(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "4930" + random.nextInt(100_000) : "");
        int pieces = random.nextInt(4);
        for (int i = 0; i < pieces; i++) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            text.insert(random.nextInt(text.length() + 1), piece);
        }
        if (random.nextInt(20) == 0) {
            text.append("9".repeat(40));
        }
        // The column holds 64 characters.
        return text.codePointCount(0, text.length()) <= 64
                ? text.toString()
                : text.substring(0, text.offsetByCodePoints(0, 64));
    }
}
