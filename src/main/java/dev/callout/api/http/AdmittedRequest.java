package dev.callout.api.http;

import dev.callout.api.access.Caller;
import io.netty.handler.codec.http.HttpRequest;
import java.io.InputStream;
import org.apache.camel.component.netty.http.InboundStreamHttpRequest;

/** A request on its way through Camel, with who sent it. */
final class AdmittedRequest extends InboundStreamHttpRequest {

    private final Caller caller;

    AdmittedRequest(HttpRequest request, InputStream body, Caller caller) {
        super(request, body);
        this.caller = caller;
    }

    Caller caller() {
        return caller;
    }
}
