package dev.callout.esl.wire;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.EventLoopGroup;

/** Keeps one connection to one switch up. */
public final class EslClient implements AutoCloseable {

    public EslClient(EslSettings settings, EventLoopGroup group, EslListener listener) {
    }

    public void start() {
        throw new UnsupportedOperationException();
    }

    public boolean isReady() {
        throw new UnsupportedOperationException();
    }

    public String coreUuid() {
        throw new UnsupportedOperationException();
    }

    public String lastError() {
        throw new UnsupportedOperationException();
    }

    public long reconnects() {
        throw new UnsupportedOperationException();
    }

    public long commandsSent() {
        throw new UnsupportedOperationException();
    }

    public void reconnect() {
        throw new UnsupportedOperationException();
    }

    /** {@code command} is the whole line, such as {@code nixevent HEARTBEAT}; fails with {@link EslRejectedException} on -ERR. */
    public CompletableFuture<EslReply> command(String command) {
        throw new UnsupportedOperationException();
    }

    /** {@code command} without the word {@code api}. */
    public CompletableFuture<String> api(String command) {
        throw new UnsupportedOperationException();
    }

    /** {@code command} without the word {@code bgapi}. */
    public CompletableFuture<String> bgapi(String command, String jobUuid, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
