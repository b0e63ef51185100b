package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.cli.DataSources;
import dev.callout.store.schema.ListSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

class SwitchInspectionIT extends InspectedInstallation {

    @Test
    void aFileThatTheSwitchDoesNotHaveIsWarnedOf() throws Exception {
        campaign("warning", 0, "profile_gateway = 'external/good', i_ivr_prompt = 1");
        campaign("siren", 1, "profile_gateway = 'external/good'");
        execute("UPDATE campaigns SET action_on_answer = 'playback(/prompts/missing.wav)' WHERE name = 'siren'");
        execute("REPLACE INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, '/prompts/hello 5s.wav')");
        assertThat(wrong())
                .singleElement()
                .asString()
                .startsWith("WARN  file /prompts/missing.wav on fs1: ")
                .contains("played to callees of siren");
    }

    @Test
    void whatAPromptNeedsAndTheSwitchOrTheNumbersDoNotHaveIsWarnedOf() throws Exception {
        campaign("reminder", 0, "profile_gateway = 'external/good', i_ivr_prompt = 12");
        execute("REPLACE INTO ivr_prompts (i_ivr_prompt) VALUES (12)");
        execute("DELETE FROM ivr_prompt_pieces");
        execute("INSERT INTO ivr_prompt_pieces (i_ivr_prompt, language, position, kind, value, engine, voice) VALUES"
                + " (12, 'de', 1, 'file', '/prompts/hello.wav', NULL, NULL),"
                + " (12, 'de', 2, 'file', '/prompts/missing.wav', NULL, NULL),"
                + " (12, 'de', 2, 'file', 'https://sounds.example/a.wav', NULL, NULL),"
                + " (12, 'de', 3, 'amount', '{amount}', NULL, NULL),"
                + " (12, 'de', 4, 'text', 'Hallo {name}', 'flite', 'slt'),"
                + " (12, 'fr', 1, 'amount', '{amount}', NULL, NULL),"
                + " (12, 'de', 5, 'date', '2026-12-02', NULL, NULL),"
                + " (12, 'fr', 2, 'text', 'Bonjour', 'polly', 'celine'),"
                + " (12, 'fr', 3, 'text', 'Au revoir', NULL, NULL)");
        execute("INSERT INTO campaign_phones (i_campaign, cld, vars) SELECT i_campaign, '100', '{\"amount\": \"1\"}'"
                + " FROM campaigns WHERE name = 'reminder'");
        assertThat(wrong())
                .hasSize(6)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "WARN  language fr on fs1: the switch's configuration has no such language, so callees"
                                        + " of reminder"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "WARN  text to speech on fs1: its variables tts_engine and tts_voice name no engine that"
                                        + " it has, so callees of reminder"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN  file /prompts/missing.wav on fs1: ")
                        .contains("played to callees of reminder"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN  mod_say_fr on fs1: the switch has not loaded it, so callees of reminder"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN  text to speech on fs1: it has no engine polly, so callees of reminder"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN  campaign reminder: its prompt needs variables that none of its next numbers"
                                + " has: name;"));
    }

    @Test
    void aModuleThatIsToFindMachinesAndIsNotLoadedIsWarnedOf() throws Exception {
        execute("REPLACE INTO ivr_prompts (i_ivr_prompt, file) VALUES (12, '/prompts/hello.wav')");
        execute("DELETE FROM ivr_prompt_pieces");
        campaign(
                "machines",
                0,
                "profile_gateway = 'external/good', i_ivr_prompt = 12, i_machine_prompt = 12, amd = 'amd'");
        assertThat(wrong())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN  mod_amd on fs1: the switch has not loaded it, so calls end as they are"
                                + " answered, those of machines"))
                .noneMatch(line -> line.contains("mod_avmd"));
    }

    @Test
    void aQueueThatTheSwitchDoesNotHaveIsWarnedOf() throws Exception {
        execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (13, '/prompts/missing-sorry.wav')");
        campaign(
                "agents",
                0,
                "profile_gateway = 'external/good', hand_over = 'queue:sales@default', i_no_agent_prompt = 13");
        assertThat(wrong())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN  queue sales@default on fs1: the switch does not have it; callees of agents"))
                .anySatisfy(line -> assertThat(line).startsWith("WARN  file /prompts/missing-sorry.wav on fs1: "));
    }

    @Test
    void aVariableThatNoNumberOfAListHasIsWarnedOf() throws Exception {
        try (HikariDataSource dataSource = DataSources.open(settings().database())) {
            new ListSchema(dataSource, "list_of_debtors").prepare();
        }
        campaign("debtors", 0, "profile_gateway = 'good', i_ivr_prompt = 12, destination_list = 'list_of_debtors'");
        execute("REPLACE INTO ivr_prompts (i_ivr_prompt) VALUES (12)");
        execute("DELETE FROM ivr_prompt_pieces");
        execute("INSERT INTO ivr_prompt_pieces (i_ivr_prompt, kind, value) VALUES (12, 'amount', '{amount}')");
        try {
            assertThat(wrong()).as("no numbers yet").isEmpty();
            execute("INSERT INTO list_of_debtors (number, vars) VALUES ('100', NULL), ('101', '{\"name\": \"Ann\"}')");
            assertThat(wrong())
                    .singleElement()
                    .asString()
                    .startsWith("WARN  campaign debtors: its prompt needs variables that none of its next numbers has:"
                            + " amount;");
            execute("INSERT INTO list_of_debtors (number, vars) VALUES ('102', '{\"amount\": \"1\"}')");
            assertThat(wrong()).isEmpty();
        } finally {
            execute("DROP TABLE list_of_debtors");
        }
    }

    @Test
    void twoNamesOfOneSwitchAreToldAndTheirRatesAddUp() throws Exception {
        environment.put("CALLOUT_SWITCHES", "fs1,fs2");
        environment.put("CALLOUT_SWITCH_FS2_PORT", Integer.toString(simulated.port()));
        environment.put("CALLOUT_SWITCH_FS2_PASSWORD", PASSWORD);
        assertThat(wrong())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN  switches fs1, fs2: are one FreeSWITCH")
                        .contains("leave one of them in callout.switches"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN  limits of switch fs2: 40 calls per second wanted")
                        .contains("lower callout.switch.fs2.calls-per-second to 12 "));
    }

    @Test
    void wrongPasswordIsTheSwitchsNo() throws Exception {
        environment.put("CALLOUT_SWITCH_FS1_PASSWORD", "another secret");
        assertThat(wrong())
                .singleElement()
                .asString()
                .startsWith("FAIL  switch fs1: 127.0.0.1:" + simulated.port() + ": the switch refused the password")
                // The refusal, the notice and the end of the connection come on different threads of esl-client's.
                .containsPattern("esl-client: the switch (refused the password|(ended|closed) the connection)")
                .contains("the fault is the switch or the network", "callout.switch.fs1.host, .port and .password")
                .doesNotContain("another secret");
    }

    @Test
    void switchThatIsAwayIsToldAtOnceByBoth() throws Exception {
        environment.put("CALLOUT_SWITCHES", "fs1,fs2");
        environment.put("CALLOUT_SWITCH_FS2_PORT", Integer.toString(freePort()));
        environment.put("CALLOUT_SWITCH_FS2_PASSWORD", PASSWORD);
        assertThat(wrong())
                .singleElement()
                .asString()
                .startsWith("FAIL  switch fs2")
                .contains("cannot connect: Connection refused", "esl-client: cannot connect: Connection refused");
    }

    @Test
    void portThatAcceptsAndIsSilentDoesNotHoldTheCheck() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            environment.put("CALLOUT_SWITCH_FS1_PORT", Integer.toString(silent.getLocalPort()));
            long begun = System.nanoTime();
            assertThat(wrong())
                    .singleElement()
                    .asString()
                    .startsWith("FAIL  switch fs1")
                    .contains("is this an event socket?", "esl-client: no answer within 15 s");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void switchThatOnlyEslClientUnderstandsIsOurFault() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> refuseSubscriptions(server), "OtherSwitch");
            thread.setDaemon(true);
            thread.start();
            environment.put("CALLOUT_SWITCH_FS1_PORT", Integer.toString(server.getLocalPort()));
            assertThat(wrong())
                    .singleElement()
                    .asString()
                    .startsWith("FAIL  switch fs1: refused 'event json BACKGROUND_JOB'")
                    .contains(
                            "but esl-client gets an answer",
                            "from FreeSWITCH 9",
                            "the fault is likely in Callout's own protocol code");
        }
    }

    /** An event socket that takes everything but what only our own protocol code sends. */
    private static void refuseSubscriptions(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> converse(socket), "OtherSwitch");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void converse(Socket socket) {
        try (socket;
                Scanner commands = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8).useDelimiter("\n\n")) {
            say(socket, "Content-Type: auth/request\n\n");
            while (commands.hasNext()) {
                String command = commands.next();
                say(
                        socket,
                        command.startsWith("api")
                                ? "Content-Type: api/response\nContent-Length: 12\n\nFreeSWITCH 9"
                                : "Content-Type: command/reply\nReply-Text: "
                                        + (command.startsWith("auth") ? "+OK" : "-ERR no") + "\n\n");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void limitsOfTheSwitchAreComparedWithWhatAllNodesWantTogether() throws Exception {
        execute("INSERT INTO nodes (incarnation, name, expires, capabilities)"
                + " VALUES ('two-1', 'two', UTC_TIMESTAMP(3) + INTERVAL 1 MINUTE, 'some,utc-instants,line-counts,telephones,calling-rules,stop-all'),"
                + " ('old-1', 'old', UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE, NULL)");
        campaign("large", 0, "profile_gateway = 'good', max_concurrent_calls = 2000");
        try {
            assertThat(findings()).extracting(Finding::toString).anySatisfy(line -> assertThat(line)
                    .contains("20 calls per second wanted by all 2 nodes together", "sessions-per-second is 30"));
            assertThat(wrong()).satisfiesExactly(line -> assertThat(line)
                    .startsWith("WARN  lines: campaigns that are not paused may have 2020 calls up at"
                            + " once, max-sessions of the switches fs1 is 1000"));
        } finally {
            execute("DELETE FROM nodes");
        }
        simulated.pause(true);
        try {
            assertThat(wrong())
                    .anySatisfy(line -> assertThat(line).startsWith("FAIL  limits of switch fs1: it is paused"));
        } finally {
            simulated.pause(false);
        }
    }
}
