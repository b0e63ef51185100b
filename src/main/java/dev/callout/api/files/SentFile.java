package dev.callout.api.files;

import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file that somebody sends, unpacked if it is packed by gzip. Its first bytes say what it is. */
public final class SentFile {

    private static final int HEAD = 1024;

    /** XML is about four times as long as the CSV of the same table. */
    private static final long LARGEST_WORKBOOK = 4 * ApiRequest.LARGEST_IMPORT;

    /** An array of texts or objects, or an object. A heading such as {@code [number];[name]} is none. */
    private static final Pattern JSON = Pattern.compile("(?s)\uFEFF?\\s*(\\{|\\[\\s*[\\[\"{\\]]).*");

    private final InputStream content;
    private final byte[] head;

    private SentFile(InputStream content, byte[] head) {
        this.content = content;
        this.head = head;
    }

    /**
     * Looks at the beginning of a file.
     *
     * @throws ApiProblem  if it is a damaged gzip file
     * @throws IOException if a temporary file cannot be used
     */
    public static SentFile of(InputStream body) throws IOException {
        SentFile file = ahead(body);
        if (!file.isGzip()) {
            return file;
        }
        SentFile unpacked;
        try {
            unpacked = ahead(new Unpacked(new GZIPInputStream(file.content), "gzip", ApiRequest.LARGEST_IMPORT));
        } catch (ZipException | EOFException e) {
            throw Unpacked.damaged("gzip", e);
        }
        if (unpacked.isGzip()) {
            throw new ApiProblem(400, "The file is packed by gzip twice: unpack it once");
        }
        return unpacked;
    }

    private static SentFile ahead(InputStream in) throws IOException {
        BufferedInputStream content = new BufferedInputStream(in, 8 * HEAD);
        content.mark(HEAD);
        byte[] head = content.readNBytes(HEAD);
        content.reset();
        return new SentFile(content, head);
    }

    private boolean isGzip() {
        return TextReader.begins(head, 0x1F, 0x8B);
    }

    /** Returns whether the file looks like a JSON array or object. */
    public boolean isJson() {
        return JSON.matcher(new String(head, StandardCharsets.UTF_8)).matches();
    }

    /** Returns the content from its beginning. */
    public InputStream content() {
        return content;
    }

    /**
     * Returns the lines of the table: those of the first visible sheet of a workbook, or else those of a CSV text.
     *
     * @throws ApiProblem  if the file is neither
     * @throws IOException if a temporary file cannot be used
     */
    public Rows rows() throws IOException {
        if (TextReader.begins(head, 'P', 'K', 3, 4) || TextReader.begins(head, 'P', 'K', 5, 6)) {
            return Workbook.rows(content, Path.of(System.getProperty("java.io.tmpdir")), LARGEST_WORKBOOK);
        }
        if (TextReader.begins(head, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw new ApiProblem(
                    415,
                    "The file is a workbook in the old form .xls, or one with a password: save it as .xlsx or CSV");
        }
        if (TextReader.begins(head, '%', 'P', 'D', 'F')) {
            throw new ApiProblem(415, "The file is a PDF: send the table as .xlsx or CSV");
        }
        if (TextReader.utf16(head) == null && new String(head, StandardCharsets.ISO_8859_1).indexOf(0) >= 0) {
            throw new ApiProblem(415, "The file is neither a text nor a workbook: send the table as .xlsx or CSV");
        }
        return new CsvLines(content);
    }
}
