package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of the API as an OpenAPI document. */
public final class OpenApi {

    private final byte[] document;

    /** Reads the document. */
    public OpenApi() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
            this.document = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the document. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, () -> ApiResponse.of(200, ApiResponse.JSON, document));
    }
}
