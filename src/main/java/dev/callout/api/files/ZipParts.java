package dev.callout.api.files;

import dev.callout.api.http.ApiProblem;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The parts of a workbook's zip file, one after the other. They are read in the order in which they stand there: the
 * directory at the end of the file, which {@link java.util.zip.ZipFile} takes into memory, may be as long as the file.
 */
final class ZipParts implements Closeable {

    private static final String KIND = ".xlsx";

    private final ZipInputStream zip;
    private final InputStream content;

    /** @param most how many bytes all parts together may hold */
    ZipParts(Path file, long most) throws IOException {
        zip = new ZipInputStream(Files.newInputStream(file));
        content = new Unpacked(zip, KIND, most);
    }

    /**
     * Goes on to the next part.
     *
     * @return its name, with slashes and without one at its beginning; null at the end
     * @throws ApiProblem if the file is damaged or too long
     */
    String next() throws IOException {
        content.transferTo(OutputStream.nullOutputStream());
        try {
            ZipEntry entry = zip.getNextEntry();
            return entry == null ? null : entry.getName().replace('\\', '/').replaceFirst("^/+", "");
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw Unpacked.damaged(KIND, e);
        }
    }

    /** Returns the content of this part, until {@link #next}. */
    InputStream content() {
        return content;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
