package dev.callout.dialler.gateways;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * The thread on which a route continues after a step that made it wait. It is not the thread that ends the wait: others
 * wait for that thread, too, and a later step must not block it. It is one thread, so that exchanges continue in the
 * order in which their waits ended.
 */
public final class RouteThread {

    /**
     * As many as a queue between two routes holds. If a step is so slow that more wait, the thread that ends a wait has
     * to help.
     */
    private static final int MOST_WAITING = 20_000;

    private final CamelContext camelContext;
    private final ExecutorService thread;

    /** @param source the object that it belongs to, for management */
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

    /** Completes like {@code wait}, but on the thread. */
    public <T> CompletionStage<T> goOnAfter(CompletableFuture<T> wait) {
        CompletableFuture<T> over = new CompletableFuture<>();
        // Does not return the stage that this call returns, because that stage would wrap a failure.
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

    /** Lets those continue whose waits are over. Returns at once. */
    public void shutdown() {
        camelContext.getExecutorServiceManager().shutdown(thread);
    }
}
