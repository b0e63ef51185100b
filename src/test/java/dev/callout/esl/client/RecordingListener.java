package dev.callout.esl.client;

import dev.callout.esl.wire.EslEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it was told. */
final class RecordingListener implements EslListener {

    final List<String> ready = new CopyOnWriteArrayList<>();
    final List<EslEvent> events = new CopyOnWriteArrayList<>();
    final List<String> down = new CopyOnWriteArrayList<>();

    @Override
    public void onReady(String coreUuid) {
        ready.add(coreUuid);
    }

    @Override
    public void onEvent(EslEvent event) {
        events.add(event);
    }

    @Override
    public void onDown(String reason) {
        down.add(reason);
    }
}
