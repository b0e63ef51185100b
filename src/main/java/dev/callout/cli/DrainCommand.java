package dev.callout.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callout.cli.access.ApiAccess;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets the calls of the running dialler end, through its API, so that it can be stopped without losing one. */
@Command(
        name = "drain",
        description =
                "Makes no new calls on this node and waits until it has no call up. Then the node can be stopped.")
final class DrainCommand implements Callable<Integer> {

    private static final String DRAIN = "/api/drain";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    @Mixin
    private ApiAccess api;

    @Option(names = "--cancel", description = "make new calls again")
    private boolean cancel;

    @Override
    public Integer call() throws Exception {
        JsonNode drain = api.post(DRAIN + (cancel ? "/stop" : "/start"));
        String node = "Node " + drain.path("node").asText();
        if (cancel) {
            api.printLine(drain, node + " makes new calls.\n");
            return 0;
        }
        int shown = -1;
        while (drain.path("draining").asBoolean() && drain.path("calls_left").asInt() > 0) {
            int left = drain.path("calls_left").asInt();
            if (left != shown) {
                api.printLine(drain, node + " makes no new calls; " + left + " are up.\n");
                shown = left;
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            drain = api.get(DRAIN);
        }
        boolean drained = drain.path("draining").asBoolean();
        api.printLine(
                drain,
                drained
                        ? node + " has no call up and can be stopped.\n"
                        : node + " makes new calls: somebody cancelled the drain, or the node was restarted.\n");
        return drained ? 0 : 1;
    }
}
