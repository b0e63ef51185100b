package dev.callout.campaign.prompt;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How uploaded files of prompts are called in the folder that switches read: by the hash of their content. So a file never
 * changes, a call up is never cut, and the name shows later what was heard.
 */
public final class UploadedFile {

    private static final String SUFFIX = ".wav";
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})\\.wav");
    private static final Pattern PATH = Pattern.compile("/(?:[^/]+/)*" + NAME);

    private UploadedFile() {}

    /** Returns the name of the file with a content of this SHA-256, given in hexadecimal digits. */
    public static String name(String sha256) {
        String name = sha256 + SUFFIX;
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + sha256 + "' is no SHA-256 in small hexadecimal digits");
        }
        return name;
    }

    /** Returns the SHA-256 in the name of an uploaded file; empty if the path is none of such a file. */
    public static Optional<String> sha256(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
