package dev.callout.api.files;

import dev.callout.api.http.ApiProblem;
import java.io.BufferedInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes a text in UTF-8, or in UTF-16 if it begins with a byte order mark or if its first character shows a zero byte.
 * In UTF-8, what is no character becomes U+FFFD, so that a Latin-1 name does not stop an import. In UTF-16 it ends with an
 * {@link ApiProblem}, because all that follows would be misread.
 */
final class TextReader extends FilterReader {

    private static final int LONGEST_MARK = 3;

    private TextReader(Reader in) {
        super(in);
    }

    static Reader of(InputStream in) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in);
        bytes.mark(LONGEST_MARK);
        byte[] head = bytes.readNBytes(LONGEST_MARK);
        bytes.reset();
        Charset utf16 = utf16(head);
        if (utf16 != null) {
            bytes.skipNBytes(isMarked(head) ? 2 : 0);
            return new TextReader(new InputStreamReader(
                    bytes,
                    utf16.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
        }
        if (begins(head, 0xEF, 0xBB, 0xBF)) {
            bytes.skipNBytes(LONGEST_MARK);
        }
        return new InputStreamReader(bytes, StandardCharsets.UTF_8);
    }

    /** Returns the form of UTF-16 in which a text is written that begins so; null if it is not in UTF-16. */
    static Charset utf16(byte[] head) {
        if (isMarked(head)) {
            return head[0] == (byte) 0xFF ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        }
        if (head.length < 2 || (head[0] == 0) == (head[1] == 0)) {
            return null;
        }
        return head[1] == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    private static boolean isMarked(byte[] head) {
        return begins(head, 0xFF, 0xFE) || begins(head, 0xFE, 0xFF);
    }

    static boolean begins(byte[] bytes, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= bytes.length || bytes[i] != (byte) with[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (CharacterCodingException e) {
            throw new ApiProblem(
                    400,
                    "The UTF-16 text is damaged or cut off within a character: save it as CSV UTF-8 and send it again");
        }
    }
}
