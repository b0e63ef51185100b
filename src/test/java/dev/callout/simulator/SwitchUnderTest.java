package dev.callout.simulator;

import dev.callout.simulator.callee.CalleePlan;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A simulated switch of which a test is the client. */
abstract class SwitchUnderTest {

    static final String CALLS = "json BACKGROUND_JOB CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA"
            + " CHANNEL_ANSWER CHANNEL_HANGUP_COMPLETE CHANNEL_DESTROY SHUTDOWN";
    static final String ID = "00000000-0000-4000-8000-000000000001";
    /** 72 minutes of real time: longer than any machine stands still. */
    static final String NO_TIMEOUT = ",originate_timeout=86400";

    @TempDir
    Path folder;

    SimulatedSwitch fs;

    @BeforeEach
    void start() {
        fs = SimulatedSwitch.builder()
                .gateway("gw")
                .timeScale(20)
                .callees(call -> CalleePlan.answers(Duration.ofSeconds(2)))
                .sessionsPerSecond(10_000)
                .ledger(folder.resolve("ledger.jsonl"))
                .start();
        fs.bePunctual();
    }

    @AfterEach
    void stop() {
        fs.close();
    }

    static String originate(String uuid, String variables, String dialled) {
        return "bgapi originate {origination_uuid=" + uuid + ",ignore_early_media=true" + variables + "}sofia/gateway/"
                + dialled + " &park()\nJob-UUID: job-" + uuid;
    }

    static String originate(String uuid) {
        return originate(uuid, "", "gw/100");
    }

    static String result(RawListener listener) {
        return listener.awaitEvent("BACKGROUND_JOB").body();
    }
}
