package dev.callout.esl.client;

import dev.callout.esl.wire.EslEvent;
import dev.callout.esl.wire.Quoted;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first exchange on a session: logs in, subscribes, sets filters, and learns the switch's incarnation. Used on
 * the event loop only.
 */
final class LogIn {

    private static final Logger LOG = LoggerFactory.getLogger(LogIn.class);

    private final EslSettings settings;
    private final EslSession session;
    private boolean greeted;
    private boolean subscribed;
    private boolean ready;
    private String knownCore;
    private String coreUuid;

    LogIn(EslSettings settings, EslSession session) {
        this.settings = settings;
        this.session = session;
    }

    /** The incarnation to assume if the switch does not give it; null: wait for an event that has it. */
    void assume(String core) {
        knownCore = core;
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
        EslSettings.Account account = settings.account();
        if (account.user() == null) {
            logIn(
                    "auth " + account.password(),
                    "the switch refused the password: it must be the one of its event_socket.conf.xml");
        } else {
            logIn(
                    "userauth " + account.user() + ":" + account.password(),
                    "the switch refused user " + account.user()
                            + " or its password: its directory must have the user, with this esl-password");
        }
    }

    private void logIn(String command, String refused) {
        session.ask(command).thenAccept(reply -> {
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
        if (!settings.subscription().events().isEmpty()) {
            commands.add(
                    "event json " + String.join(" ", settings.subscription().events()));
        }
        settings.subscription().filters().forEach(filter -> commands.add("filter " + filter));
        for (String command : commands) {
            session.ask(command).thenAccept(reply -> {
                if (!reply.ok()) {
                    session.drop("refused '" + command + "': " + Quoted.of(reply.said()));
                }
            });
        }
        session.ask("api global_getvar core_uuid").thenAccept(reply -> {
            String said = reply.said().trim();
            subscribed = true;
            if (coreUuid == null) {
                coreUuid = reply.ok() && !said.isEmpty() ? said : knownCore;
            }
            if (coreUuid == null) {
                LOG.info("{}: the switch does not give its core_uuid; waiting for an event that has it", settings);
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
