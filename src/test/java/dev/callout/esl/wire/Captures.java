package dev.callout.esl.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What a real FreeSWITCH sent, and a plain-minded reading of it that shares no code with the decoder. */
public final class Captures {

    private static final Path FOLDER = Path.of("src/test/resources/esl-captures");

    private Captures() {}

    /** A frame as the plain-minded reader sees it. */
    public record Frame(Map<String, String> headers, byte[] body) {}

    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".recv"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("no captures in " + FOLDER.toAbsolutePath(), e);
        }
    }

    static Stream<String> smallNames() {
        return names().stream().filter(name -> bytes(name).length < 10_000);
    }

    public static byte[] bytes(String name) {
        try (InputStream file = Files.newInputStream(FOLDER.resolve(name));
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(file) : file) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read capture " + name, e);
        }
    }

    public static List<Frame> frames(String name) {
        String text = new String(bytes(name), StandardCharsets.ISO_8859_1);
        List<Frame> frames = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf("\n\n", at);
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line : text.substring(at, end).split("\n")) {
                headers.put(line.split(": ", 2)[0], line.split(": ", 2)[1]);
            }
            at = end + 2 + Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
            frames.add(new Frame(headers, text.substring(end + 2, at).getBytes(StandardCharsets.ISO_8859_1)));
        }
        return frames;
    }

    /**
     * The event in a frame of this type: one in the form plain, which Callout never asks for, is read as the same fields in JSON.
     * Null if there is none.
     */
    public static EslEvent event(String contentType, byte[] body) {
        return switch (contentType) {
            case "text/event-json" -> EslEvent.json(body);
            case "text/event-plain" -> plain(body);
            default -> null;
        };
    }

    private static EslEvent plain(byte[] body) {
        String[] parts = new String(body, StandardCharsets.UTF_8).split("\n\n", 2);
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : parts[0].split("\n")) {
            String[] field = line.split(": ", 2);
            fields.put(field[0], URLDecoder.decode(field[1].replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        if (!parts[1].isEmpty()) {
            fields.put("_body", parts[1]);
        }
        try {
            return EslEvent.json(new ObjectMapper().writeValueAsBytes(fields));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<byte[]> events(String name, String contentType) {
        return frames(name).stream()
                .filter(frame -> contentType.equals(frame.headers().get("Content-Type")))
                .map(Frame::body)
                .toList();
    }
}
