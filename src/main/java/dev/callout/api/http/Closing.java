package dev.callout.api.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Releases a request's body, and with it the file that it may be in, when the exchange is done. */
final class Closing extends SynchronizationAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final InputStream body;

    Closing(InputStream body) {
        this.body = body;
    }

    @Override
    public void onDone(Exchange exchange) {
        try {
            body.close();
        } catch (IOException e) {
            LOG.warn("The temporary file of a request cannot be deleted: {}", e.toString());
        }
    }
}
