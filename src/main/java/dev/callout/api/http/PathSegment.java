package dev.callout.api.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A name as a segment of a path. */
public final class PathSegment {

    private PathSegment() {}

    /** A plus stands for itself in a path: phone numbers begin with one. */
    static String decode(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Returns the segment that stands for a name. */
    public static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
