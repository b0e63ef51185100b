package dev.callout.lifecycle;

import org.apache.camel.support.service.ServiceSupport;

/**
 * Starts and stops a bean with the context. A bean that is a service itself is stopped by Camel with every route that calls it,
 * whoever else does.
 */
public final class BeanService extends ServiceSupport {

    private final Runnable start;
    private final Runnable stop;

    /**
     * @param start what starts the bean
     * @param stop  what stops it
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
