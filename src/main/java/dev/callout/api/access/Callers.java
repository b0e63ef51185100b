package dev.callout.api.access;

import dev.callout.settings.HttpSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds out who sent a request: by the user that a trusted proxy names, else by a bearer token. Nobody has to be found
 * where there is neither a token nor a trusted proxy; then everybody who reaches the API may do everything.
 *
 * @param tokens the tokens of table {@code api_tokens}
 */
public record Callers(ApiTokens tokens) {

    /** The header in which a trusted proxy names the user that it has let in. */
    public static final String USER = "X-Callout-User";
    /** The header in which a trusted proxy names the user's role. */
    public static final String ROLE = "X-Callout-Role";

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String BEARER = "Bearer ";
    private static final String USERS = "[\\p{L}\\p{N}][\\p{L}\\p{N}@._+ -]{0,126}";

    /** A request that names nobody who is let in. */
    public static final class UnknownException extends Exception {

        private static final long serialVersionUID = 1;

        private UnknownException(String message) {
            super(message);
        }
    }

    /**
     * Returns who sent a request.
     *
     * @param peer    the address at the other end of the connection
     * @param headers returns all values of a header
     * @throws UnknownException if nobody is named who is let in; it says what is needed
     */
    public Caller of(HttpSettings http, String peer, Function<String, List<String>> headers) throws UnknownException {
        if (http.trusts(peer) && !headers.apply(USER).isEmpty()) {
            return user(peer, headers);
        }
        Optional<String> secret = secret(headers.apply("Authorization"));
        if (secret.isPresent()
                && http.token().isPresent()
                && areEqual(http.token().get(), secret.get())) {
            return new Caller("callout.http.token", Role.ADMIN, peer);
        }
        Optional<Caller> named = secret.flatMap(text -> tokens.callerWith(text, peer));
        if (named.isPresent()) {
            return named.get();
        }
        if (http.isProtected() || tokens.areThere()) {
            throw new UnknownException("The request needs a bearer token: that of callout.http.token, or one that"
                    + " callout token create has made");
        }
        // Until the table has been read, it may hold tokens: nobody may change anything without one.
        return new Caller(Caller.LOCAL, tokens.areRead() ? Role.ADMIN : Role.VIEWER, peer);
    }

    private static Caller user(String proxy, Function<String, List<String>> headers) throws UnknownException {
        String user = only(headers.apply(USER), USER);
        if (!user.matches(USERS)) {
            throw new UnknownException("The proxy's header " + USER + " must be a name of 127 characters at most");
        }
        Role role = Role.of(only(headers.apply(ROLE), ROLE))
                .orElseThrow(() ->
                        new UnknownException("The proxy's header " + ROLE + " must be viewer, operator or admin"));
        // The last address of the list is the one that the proxy itself has seen.
        List<String> forwarded = headers.apply(FORWARDED_FOR);
        String last = forwarded.isEmpty()
                ? ""
                : forwarded.get(forwarded.size() - 1).replaceFirst(".*,", "").strip();
        return new Caller("user " + user, role, last.matches("[0-9A-Fa-f:.]{2,45}") ? last : proxy);
    }

    private static String only(List<String> values, String header) throws UnknownException {
        if (values.size() != 1) {
            throw new UnknownException("The proxy must send one header " + header);
        }
        return values.get(0).strip();
    }

    private static Optional<String> secret(List<String> given) {
        return given.size() == 1 && given.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(given.get(0).substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private static boolean areEqual(String token, String secret) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }
}
