package dev.callout.api.http;

import dev.callout.api.access.Caller;
import dev.callout.api.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One request, as the binding passes it to the beans.
 *
 * @param path    the value of each {@code {name}} of the REST path, decoded
 * @param query   parameters of the query, decoded, each at most once
 * @param headers by lower-case name: {@code content-type}, {@code content-encoding}, {@code accept}, {@code if-match} and
 *                {@code if-none-match}, where given
 * @param body    the complete body, already received
 * @param caller  who sent it
 */
public record ApiRequest(
        Map<String, String> path,
        Map<String, String> query,
        Map<String, String> headers,
        InputStream body,
        Caller caller) {

    /** The largest import in bytes, as it is sent and as it is unpacked: more than ten million numbers. */
    public static final long LARGEST_IMPORT = 256L << 20;

    /** The largest file of a prompt in bytes: half an hour at 8000 samples a second. */
    public static final long LARGEST_PROMPT = 32L << 20;

    private static final long MOST_DAYS = 2_567_000;

    /** The largest body in bytes of any other request. */
    static final int LARGEST_OBJECT = 1 << 20;

    /** Returns the same request with another body. */
    public ApiRequest withBody(InputStream other) {
        return new ApiRequest(path, query, headers, other, caller);
    }

    /** Returns the value of {@code {name}} of the REST path. */
    public String path(String name) {
        return path.get(name);
    }

    /**
     * Returns the value of {@code {key}} of the REST path.
     *
     * @param sought what has such a key
     * @throws ApiProblem if it cannot be a key
     */
    public long key(String sought) {
        if (!path("key").matches("\\d{1,18}")) {
            throw ApiProblem.notFound(sought);
        }
        return Long.parseLong(path("key"));
    }

    /**
     * Returns a query parameter that is a number.
     *
     * @throws ApiProblem if it is not a whole number in that range
     */
    public long whole(String parameter, long absent, long least, long most) {
        String text = query.get(parameter);
        if (text == null) {
            return absent;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The error below also says what is allowed.
        }
        throw new ApiProblem(
                400, "Query parameter " + parameter + " must be a whole number from " + least + " to " + most);
    }

    /**
     * Returns a query parameter that is a word.
     *
     * @throws ApiProblem if it is none of the words
     */
    public String word(String parameter, String absent, Set<String> words) {
        String text = query.getOrDefault(parameter, absent);
        if (!words.contains(text)) {
            throw new ApiProblem(400, "Query parameter " + parameter + " must be one of " + String.join(", ", words));
        }
        return text;
    }

    /**
     * Returns a query parameter that is an instant, from 1970 to the year 9000: the database knows no dates behind 9999.
     *
     * @param absent what it is if it is missing; may be null
     * @throws ApiProblem if it is none of these
     */
    public Instant instant(String parameter, Instant absent) {
        String given = query.get(parameter);
        try {
            Instant instant = given == null ? absent : Instant.parse(given);
            if (given == null
                    || !instant.isBefore(Instant.EPOCH)
                            && instant.isBefore(Instant.EPOCH.plus(MOST_DAYS, ChronoUnit.DAYS))) {
                return instant;
            }
        } catch (DateTimeException e) {
            // The problem below says what is allowed.
        }
        throw new ApiProblem(
                400, "Query parameter " + parameter + " must be an instant such as 2026-11-30T00:00:00Z, from 1970 on");
    }

    /** @throws ApiProblem if there is any other query parameter: a misspelt one must not be ignored silently */
    public void allow(List<String> parameters) {
        for (String given : query.keySet()) {
            if (!parameters.contains(given)) {
                throw new ApiProblem(
                        400,
                        "There is no query parameter " + given + " here"
                                + (parameters.isEmpty() ? "" : ", only " + String.join(", ", parameters)));
            }
        }
    }

    /**
     * Checks the role for a part of an operation that needs another role than the rest.
     *
     * @throws ApiProblem if the caller does not have it
     */
    public void require(Role needed) {
        if (!caller.role().includes(needed)) {
            throw ApiProblem.role(needed, caller);
        }
    }

    /** Returns the media type of the body, in lower case and without parameters; empty if none is given. */
    public String contentType() {
        return headers.getOrDefault("content-type", "")
                .replaceFirst(";.*", "")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** Returns the body as a JSON object, whichever of the JSON media types it claims. */
    public Map<String, Object> object() throws IOException {
        if (!contentType().equals("application/json") && !contentType().equals("application/merge-patch+json")) {
            throw new ApiProblem(415, "The body must be sent as application/json");
        }
        if (body.available() > LARGEST_OBJECT) {
            throw new ApiProblem(413, "The body must not be longer than " + LARGEST_OBJECT + " bytes");
        }
        return Json.object(body);
    }

    /** @throws ApiProblem if the client last saw a state other than the one with this tag */
    public void requireMatch(String etag) {
        String expected = headers.get("if-match");
        if (expected != null
                && !expected.strip().equals("*")
                && Stream.of(expected.split(",")).noneMatch(tag -> tag.strip().equals(etag))) {
            throw new ApiProblem(412, "It has changed since it was read: read it again");
        }
    }
}
