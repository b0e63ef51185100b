package dev.callout.esl.client;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The address on which a switch listens. It is looked up for each connection. Used by one thread at a time. */
final class SwitchAddress {

    private final EslSettings settings;
    private final Executor lookUps;
    /** The last look-up of the host's name; null before the first one. */
    private CompletableFuture<InetSocketAddress> last;

    /** @param lookUps runs name look-ups, which may block for long; not used if the host is an address */
    SwitchAddress(EslSettings settings, Executor lookUps) {
        this.settings = settings;
        this.lookUps = lookUps;
    }

    /**
     * Looks up the address. The JDK's look-up blocks. If the name server is away, it blocks for longer than a
     * connection may take. So it does not run on the caller's thread, and a new one starts only when the last one has
     * ended.
     *
     * @return unresolved if the name is not known, or not found within the time that a connection may take
     */
    CompletableFuture<InetSocketAddress> lookUp() {
        if (NetUtil.createByteArrayFromIpAddressString(settings.host()) != null) {
            return CompletableFuture.completedFuture(new InetSocketAddress(settings.host(), settings.port()));
        }
        if (last == null || last.isDone()) {
            last = CompletableFuture.supplyAsync(
                    () -> new InetSocketAddress(settings.host(), settings.port()), lookUps);
        }
        return last.copy()
                .completeOnTimeout(
                        InetSocketAddress.createUnresolved(settings.host(), settings.port()),
                        settings.limits().connectTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }
}
