package dev.callout.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import link.thingscloud.freeswitch.esl.IEslEventListener;
import link.thingscloud.freeswitch.esl.InboundClient;
import link.thingscloud.freeswitch.esl.inbound.option.InboundClientOption;
import link.thingscloud.freeswitch.esl.inbound.option.ServerOption;
import link.thingscloud.freeswitch.esl.transport.event.EslEvent;
import org.junit.jupiter.api.Test;

/** An independent implementation of the protocol finds its way about the simulated switch. */
class EslClientPeerIT {

    private static final class Events implements IEslEventListener {
        final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public void eventReceived(String address, EslEvent event) {
            seen.add(event.getEventName() + " " + event.getEventHeaders().get("Unique-ID"));
        }

        @Override
        public void backgroundJobResultReceived(String address, EslEvent event) {
            seen.add("BACKGROUND_JOB " + String.join("", event.getEventBodyLines()));
        }
    }

    @Test
    void eslClientLogsInSubscribesOriginatesAndSeesTheCall() {
        Events events = new Events();
        try (SimulatedSwitch fs = SimulatedSwitch.builder()
                .timeScale(20)
                .heartbeat(Duration.ofMillis(20))
                .callees(call -> CalleePlan.answers(Duration.ofSeconds(1), Duration.ofSeconds(2)))
                .start()) {
            InboundClientOption option = new InboundClientOption()
                    .defaultPassword("ClueCon")
                    .addServerOption(new ServerOption("127.0.0.1", fs.port()))
                    .addEvents("CHANNEL_ANSWER", "CHANNEL_HANGUP_COMPLETE", "BACKGROUND_JOB", "HEARTBEAT")
                    .addListener(events);
            InboundClient client = InboundClient.newInstance(option);
            client.start();
            try {
                String address = "127.0.0.1:" + fs.port();
                await().until(() -> fs.connections() == 1);
                await().ignoreExceptions().until(() -> client.sendSyncApiCommand(address, "uuid_exists", "none")
                        .getBodyLines()
                        .contains("false"));
                await("it has subscribed").until(() -> events.seen.contains("HEARTBEAT null"));
                client.sendAsyncApiCommand(
                        address,
                        "originate",
                        "{origination_uuid=u1,ignore_early_media=true}sofia/gateway/any/100 &park()");

                await("in whatever order its threads tell them").untilAsserted(() -> assertThat(events.seen)
                        .contains("CHANNEL_ANSWER u1", "BACKGROUND_JOB +OK u1", "CHANNEL_HANGUP_COMPLETE u1"));
            } finally {
                client.shutdown();
            }
        }
    }
}
