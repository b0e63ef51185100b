package dev.callout.api.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.component.netty.http.InboundStreamHttpRequest;
import org.apache.camel.component.netty.http.NettyHttpConfiguration;
import org.apache.camel.component.netty.http.RestNettyHttpBinding;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an {@link ApiRequest} from a request, and a response from an {@link ApiResponse}. Camel's own binding would put
 * path, query and headers into one namespace, where {@code ?name=} could pass for another resource. It would also send
 * the request's headers back.
 */
public final class ApiBinding extends RestNettyHttpBinding {

    private static final Logger LOG = LoggerFactory.getLogger(ApiBinding.class);
    private static final List<String> HEADERS =
            List.of("content-type", "content-encoding", "accept", "if-match", "if-none-match");

    @Override
    public Message toCamelMessage(
            InboundStreamHttpRequest request, Exchange exchange, NettyHttpConfiguration configuration) {
        String uri = request.getHttpRequest().uri();
        Map<String, String> path = new LinkedHashMap<>();
        String[] template = configuration.getPath().split("/");
        String[] segments = URI.create(uri).getRawPath().split("/");
        for (int i = 0; i < Math.min(template.length, segments.length); i++) {
            if (template[i].startsWith("{")) {
                path.put(template[i].substring(1, template[i].length() - 1), PathSegment.decode(segments[i]));
            }
        }
        Map<String, String> query = new LinkedHashMap<>();
        new QueryStringDecoder(uri, StandardCharsets.UTF_8)
                .parameters()
                .forEach((name, values) -> query.put(name, values.get(0)));
        Map<String, String> headers = new LinkedHashMap<>();
        HttpHeaders sent = request.getHttpRequest().headers();
        HEADERS.stream().filter(sent::contains).forEach(name -> headers.put(name, String.join(",", sent.getAll(name))));

        Message message = new DefaultMessage(exchange);
        message.setBody(
                new ApiRequest(path, query, headers, request.getInputStream(), ((AdmittedRequest) request).caller()));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                IOHelper.close(request.getInputStream(), "temporary file of a request", LOG);
            }
        });
        return message;
    }

    @Override
    public HttpResponse toNettyResponse(Message message, NettyHttpConfiguration configuration) throws IOException {
        Exception failure = message.getExchange().getException();
        if (failure instanceof RejectedExecutionException) {
            return Responses.of(ApiProblem.busy());
        }
        if (failure != null) {
            ApiProblem problem = failure instanceof DirectConsumerNotAvailableException
                    ? new ApiProblem(503, ApiProblem.HALTED)
                    : ApiProblem.fault(failure);
            return Responses.of(problem.response());
        }
        if (message.getBody() instanceof ApiResponse response) {
            return Responses.of(response);
        }
        // The answer of a route that somebody has changed.
        byte[] body = message.getBody(byte[].class);
        return Responses.of(ApiResponse.of(
                message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class),
                message.getHeader(Exchange.CONTENT_TYPE, "application/octet-stream", String.class),
                body == null ? new byte[0] : body));
    }
}
