package io.atelier.artifacts.pictures;

import io.atelier.artifacts.Provenance;
import java.util.Map;

/**
 * A work's provenance as an XMP packet. A template with escaped values: the packet has one fixed form, and must be the
 * same bytes for the same provenance.
 *
 * @see <a href="https://developer.adobe.com/xmp/docs/">XMP specification part 1 (ISO 16684-1)</a>
 */
final class Xmp {
    private Xmp() {}

    static String packet(Provenance made) {
        StringBuilder xml = new StringBuilder(1024);
        xml.append("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n")
                .append("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">")
                .append("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">")
                .append("<rdf:Description rdf:about=\"\"")
                .append(" xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"")
                .append(" xmlns:atelier=\"urn:io.atelier:provenance:1#\">\n");
        property(xml, "Iptc4xmpExt:DigitalSourceType", Provenance.DIGITAL_SOURCE_TYPE);
        property(xml, "atelier:Model", made.model());
        property(xml, "atelier:ModelDigest", made.modelDigest().hex());
        property(xml, "atelier:Seed", Long.toString(made.seed()));
        property(xml, "atelier:DeviceClass", made.deviceClass());
        xml.append("<atelier:Parameters><rdf:Seq>\n");
        for (Map.Entry<String, String> parameter : made.parameters().entrySet()) {
            property(xml, "rdf:li", parameter.getKey() + "=" + parameter.getValue());
        }
        return xml.append("</rdf:Seq></atelier:Parameters>\n")
                .append("</rdf:Description></rdf:RDF></x:xmpmeta>\n")
                .append("<?xpacket end=\"r\"?>")
                .toString();
    }

    private static void property(StringBuilder xml, String name, String value) {
        xml.append('<').append(name).append('>');
        value.codePoints().forEach(c -> escape(xml, c));
        xml.append("</").append(name).append(">\n");
    }

    private static void escape(StringBuilder xml, int c) {
        switch (c) {
            case '&' -> xml.append("&amp;");
            case '<' -> xml.append("&lt;");
            case '>' -> xml.append("&gt;");
            case '\t', '\n', '\r' -> xml.append("&#").append(c).append(';'); // a parser would make them blanks
            default -> xml.appendCodePoint(isXml(c) ? c : 0xFFFD);
        }
    }

    /** The Char production of XML 1.0. */
    private static boolean isXml(int c) {
        return c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}
