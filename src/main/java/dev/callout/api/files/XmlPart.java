package dev.callout.api.files;

import dev.callout.api.http.ApiProblem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One part of a workbook, event by event. No event can take much memory, whatever the part holds. */
final class XmlPart {

    /** What has been read. */
    enum Event {
        /** The start of the element {@link #name}. */
        START,
        /** The end of the element {@link #name}. */
        END,
        /** A piece of {@link #text}. */
        TEXT
    }

    private static final int LONGEST_EVENT = 1 << 20;
    private static final int DEEPEST = 100;

    private final String part;
    private final Bounded in;
    private final XMLStreamReader xml;
    private int depth;

    /**
     * @param part name of the part, in messages
     * @throws ApiProblem if its beginning is no XML
     */
    XmlPart(String part, InputStream in) {
        this.part = part;
        this.in = new Bounded(in);
        try {
            // The JDK's own, also where a container offers another one.
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            xml = factory.createXMLStreamReader(this.in);
        } catch (XMLStreamException e) {
            throw problem(e.getMessage());
        }
    }

    /**
     * Goes on to the next event.
     *
     * @return null at the end
     * @throws ApiProblem if the rest is no XML of a workbook
     */
    Event next() {
        try {
            while (xml.hasNext()) {
                in.left = LONGEST_EVENT;
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++depth > DEEPEST) {
                            throw problem("more than " + DEEPEST + " elements within each other");
                        }
                        return Event.START;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        return Event.END;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        return Event.TEXT;
                    }
                    default -> {}
                }
            }
            return null;
        } catch (XMLStreamException e) {
            throw problem(e.getMessage());
        }
    }

    /** Returns the name of the present element, without its namespace. */
    String name() {
        return xml.getLocalName();
    }

    /** Returns an attribute of the element that starts, in whatever namespace; null if it has none. */
    String attribute(String name) {
        return xml.getAttributeValue(null, name);
    }

    /** Returns an attribute that is a whole number of at least 0; the given number if it is none. */
    int whole(String name, int absent) {
        String text = attribute(name);
        try {
            int number = text == null ? absent : Integer.parseInt(text);
            return number < 0 ? absent : number;
        } catch (NumberFormatException e) {
            return absent;
        }
    }

    /** Returns the present piece of text. */
    String text() {
        return xml.getText();
    }

    /** Returns the problem of a part that no program writes so. */
    ApiProblem problem(String why) {
        return new ApiProblem(
                400, "Part " + part + " of the .xlsx file is damaged: save the workbook again (" + why + ")");
    }

    /** Fails on an event that is too long, such as an endless comment. */
    private final class Bounded extends FilterInputStream {

        private int left = LONGEST_EVENT;

        private Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left < 0) {
                throw problem("a text is longer than " + LONGEST_EVENT + " bytes");
            }
            int count = super.read(buffer, offset, length);
            left -= Math.max(count, 0);
            return count;
        }

        /** Does nothing: the parser closes what it has read to the end, but more parts follow. */
        @Override
        public void close() {}
    }
}
