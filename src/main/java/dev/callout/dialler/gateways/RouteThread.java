package dev.callout.dialler.gateways;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * Where a route goes on behind a step that made it wait: not on the thread that ends the wait, which others wait for, too, and
 * which must not stand still if a later step does. One thread, so that exchanges go on in the order in which their waits ended.
 */
public final class RouteThread {

    /** As many as a queue between two routes holds. If a step is so slow that more wait, who ends a wait has to help. */
    private static final int MOST_WAITING = 20_000;

    private final CamelContext camelContext;
    private final ExecutorService thread;

    /** @param source whom it belongs to, for management */
    public RouteThread(CamelContext camelContext, Object source, String name) {
        this.camelContext = camelContext;
        this.thread = camelContext
                .getExecutorServiceManager()
                .newThreadPool(
                        source,
                        name,
                        new ThreadPoolProfileBuilder(name)
                                .poolSize(1)
                                .maxPoolSize(1)
                                .maxQueueSize(MOST_WAITING)
                                .rejectedPolicy(ThreadPoolRejectedPolicy.CallerRuns)
                                .build());
    }

    /** Completes as {@code wait} does, on the thread. */
    public <T> CompletionStage<T> goOnAfter(CompletableFuture<T> wait) {
        CompletableFuture<T> over = new CompletableFuture<>();
        // Not the stage that this returns, which would wrap a failure.
        wait.whenCompleteAsync(
                (result, fault) -> {
                    if (fault == null) {
                        over.complete(result);
                    } else {
                        over.completeExceptionally(fault);
                    }
                },
                thread);
        return over;
    }

    /** Lets those go on whose waits are over; returns at once. */
    public void shutdown() {
        camelContext.getExecutorServiceManager().shutdown(thread);
    }
}
