package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;

/** Tells a caller who it is taken for. */
public final class CallerApi {

    private record Shown(String name, String role) {}

    /** Returns the caller's name and role. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(
                request,
                () -> ApiResponse.json(
                        200,
                        new Shown(
                                request.caller().name(), request.caller().role().word())));
    }
}
