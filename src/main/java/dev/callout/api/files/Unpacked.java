package dev.callout.api.files;

import dev.callout.api.http.ApiProblem;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** What a packed file holds. It ends with an {@link ApiProblem} where it is damaged, and where it becomes too long. */
final class Unpacked extends FilterInputStream {

    private final String kind;
    private final long most;
    private long left;

    /**
     * @param in   unpacks
     * @param kind what the packed file is, in a message
     * @param most how many bytes it may hold
     */
    Unpacked(InputStream in, String kind, long most) {
        super(in);
        this.kind = kind;
        this.most = most;
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int count = super.read(buffer, offset, length);
            left -= Math.max(count, 0);
            if (left < 0) {
                throw new ApiProblem(
                        413, "The " + kind + " file holds more than " + most + " bytes: send its lines in parts");
            }
            return count;
        } catch (ZipException | EOFException e) {
            throw damaged(kind, e);
        }
    }

    /** Reads, since a packed file cannot skip what it has not unpacked and counted. */
    @Override
    public long skip(long bytes) throws IOException {
        return readNBytes((int) Math.min(bytes, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    static ApiProblem damaged(String kind, Exception fault) {
        return new ApiProblem(
                400,
                "The " + kind + " file is damaged or cut off: save and send it again (" + fault.getMessage() + ")");
    }
}
