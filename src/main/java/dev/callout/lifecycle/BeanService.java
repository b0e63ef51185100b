package dev.callout.lifecycle;

import org.apache.camel.support.service.ServiceSupport;

/**
 * Starts and stops a bean with the context. A bean that is itself a service would be stopped by Camel with every route
 * that calls it, even if others still use it.
 */
public final class BeanService extends ServiceSupport {

    private final Runnable start;
    private final Runnable stop;

    /**
     * @param start starts the bean
     * @param stop  stops it
     */
    public BeanService(Runnable start, Runnable stop) {
        this.start = start;
        this.stop = stop;
    }

    @Override
    protected void doStart() {
        start.run();
    }

    @Override
    protected void doStop() {
        stop.run();
    }
}
