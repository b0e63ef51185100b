package dev.callout.esl.client;

import dev.callout.esl.wire.EslEvent;
import dev.callout.esl.wire.EslReply;
import dev.callout.esl.wire.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first exchange on a connection: logs in, subscribes, sets filters, and learns the switch's incarnation. Used on
 * the event loop only.
 */
final class LogIn {

    /** The operations of the connection that are needed here. */
    interface Session {

        /**
         * Sends a command. The reply completes the future. The end of the connection fails it or leaves it incomplete.
         */
        CompletableFuture<EslReply> ask(String command, String verb);

        /** Ends the connection; the reason is one sentence without the password. */
        void drop(String reason);

        /** The log-in is complete. Called once, and not after the end of the connection. */
        void ready(String coreUuid);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LogIn.class);

    private final EslSettings settings;
    private final Session session;
    private boolean greeted;
    private boolean subscribed;
    private boolean ready;
    private String coreUuid;

    LogIn(EslSettings settings, Session session) {
        this.settings = settings;
        this.session = session;
    }

    /** Whether commands other than those of this class may be sent. */
    boolean isSubscribed() {
        return subscribed;
    }

    boolean isReady() {
        return ready;
    }

    /** The switch asks for authentication. */
    void greeted() {
        if (greeted) {
            session.drop("asked for the password twice");
            return;
        }
        greeted = true;
        if (settings.user() == null) {
            logIn(
                    "auth",
                    settings.password(),
                    "the switch refused the password: it must be the one of its" + " event_socket.conf.xml");
        } else {
            logIn(
                    "userauth",
                    settings.user() + ":" + settings.password(),
                    "the switch refused user " + settings.user()
                            + " or its password: its directory must have the user, with this esl-password");
        }
    }

    private void logIn(String verb, String secret, String refused) {
        session.ask(verb + " " + secret, verb).thenAccept(reply -> {
            if (reply.ok()) {
                subscribe();
            } else {
                session.drop(refused);
            }
        });
    }

    /**
     * All commands are written at once: on a link with a round trip of 100 ms, that is one round trip instead of one
     * for each filter.
     */
    private void subscribe() {
        List<String> commands = new ArrayList<>();
        if (!settings.events().isEmpty()) {
            commands.add("event json " + String.join(" ", settings.events()));
        }
        settings.filters().forEach(filter -> commands.add("filter " + filter));
        for (String command : commands) {
            session.ask(command, command).thenAccept(reply -> {
                if (!reply.ok()) {
                    session.drop("refused '" + command + "': " + Quoted.of(reply.said()));
                }
            });
        }
        session.ask("api global_getvar core_uuid", "api global_getvar").thenAccept(reply -> {
            String said = reply.said().trim();
            subscribed = true;
            if (coreUuid == null && reply.ok() && !said.isEmpty()) {
                coreUuid = said;
            }
            if (coreUuid == null) {
                LOG.info("{}: does not tell its core_uuid; waiting for an event that does", settings);
            }
            becomeReady();
        });
    }

    /** An event has arrived. It may contain the core uuid that the switch did not give. */
    void heard(EslEvent event) {
        if (coreUuid == null) {
            coreUuid = event.get("Core-UUID");
            becomeReady();
        }
    }

    private void becomeReady() {
        if (subscribed && coreUuid != null && !ready) {
            ready = true;
            session.ready(coreUuid);
        }
    }
}
