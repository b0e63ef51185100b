package dev.callout.api.files;

import dev.callout.api.http.ApiProblem;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The texts of a workbook, to which its cells refer by number. There may be a million of them, so they are in a temporary
 * file, and memory holds only where every 64th begins.
 */
final class SharedStrings implements Closeable {

    private static final int BLOCK = 64;

    /** Excel's own limit. */
    private static final int LONGEST = 32_767;

    /** A row refers to the texts of its own, which stand near those of the row before, and to those of many rows. */
    private static final int BLOCKS_AT_HAND = 4;

    private final FileChannel file;
    private long[] starts = new long[BLOCK];
    private int count;
    private long end;

    /** The texts of the blocks that were used last. */
    private final Map<Integer, String[]> blocks = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param folder folder of the temporary file
     * @throws IOException if it cannot be created
     */
    SharedStrings(Path folder) throws IOException {
        file = FileChannel.open(
                Files.createTempFile(folder, "callout-texts", null),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    /**
     * Takes all texts of the part {@code sharedStrings.xml}.
     *
     * @throws ApiProblem if it cannot be read
     */
    void take(XmlPart xml) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16));
        CellText text = new CellText(LONGEST);
        for (XmlPart.Event event = xml.next(); event != null; event = xml.next()) {
            text.take(xml, event);
            if (event == XmlPart.Event.END && xml.name().equals("si")) {
                add(text.toString().getBytes(StandardCharsets.UTF_8), out);
                text.clear();
            }
        }
        out.flush();
    }

    private void add(byte[] text, DataOutputStream out) throws IOException {
        if (count % BLOCK == 0) {
            if (count / BLOCK == starts.length) {
                starts = Arrays.copyOf(starts, starts.length * 2);
            }
            starts[count / BLOCK] = end;
        }
        out.writeInt(text.length);
        out.write(text);
        end += Integer.BYTES + text.length;
        count++;
    }

    /** Returns the text of a number from 0; null if there is none. */
    String get(int number) throws IOException {
        if (number < 0 || number >= count) {
            return null;
        }
        String[] block = blocks.get(number / BLOCK);
        if (block == null) {
            if (blocks.size() == BLOCKS_AT_HAND) {
                blocks.remove(blocks.keySet().iterator().next());
            }
            block = readBlock(number / BLOCK);
            blocks.put(number / BLOCK, block);
        }
        return block[number % BLOCK];
    }

    private String[] readBlock(int which) throws IOException {
        int texts = Math.min(BLOCK, count - which * BLOCK);
        long until = texts < BLOCK || (which + 1) * BLOCK == count ? end : starts[which + 1];
        ByteBuffer bytes = ByteBuffer.allocate((int) (until - starts[which]));
        while (bytes.hasRemaining()) {
            if (file.read(bytes, starts[which] + bytes.position()) < 0) {
                throw new EOFException("A temporary file of an import has been cut off");
            }
        }
        bytes.flip();
        String[] block = new String[texts];
        for (int i = 0; i < texts; i++) {
            byte[] text = new byte[bytes.getInt()];
            bytes.get(text);
            block[i] = new String(text, StandardCharsets.UTF_8);
        }
        return block;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
