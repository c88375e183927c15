package io.atelier.kit.pictures;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ICC profiles whose colours are known.
 *
 * @see <a href="https://www.color.org/specification/ICC.1-2022-05.pdf">ICC.1:2022</a>
 */
public final class Profiles {
    private static final double[] WHITE = {0.9642, 1, 0.8249};
    private static final double[] RED = {0.43607, 0.22249, 0.01392};
    private static final double[] GREEN = {0.38515, 0.71687, 0.09708};
    private static final double[] BLUE = {0.14307, 0.06061, 0.71410};

    private Profiles() {}

    public static byte[] srgb() {
        return rgb(RED, GREEN, BLUE);
    }

    /** sRGB with the samples of red taken for blue's, green's for red's, blue's for green's. */
    public static byte[] rotated() {
        return rgb(BLUE, RED, GREEN);
    }

    public static byte[] displayP3() {
        return rgb(new double[] {0.51512, 0.2412, -0.00105}, new double[] {0.29198, 0.69225, 0.04189}, new double[] {
            0.1571, 0.06657, 0.78407
        });
    }

    /** Grey whose light is its sample to this power. */
    public static byte[] grey(double power) {
        Map<String, byte[]> tags = new LinkedHashMap<>();
        tags.put("wtpt", xyz(WHITE));
        tags.put("kTRC", curve(0, power));
        return profile("mntr", "GRAY", "XYZ ", tags);
    }

    /**
     * Inks that each take their own colour's light alone: linear red is {@code 0.1 + 0.8 (1 - cyan) (1 - black)}, and so
     * on, in sRGB's primaries.
     */
    public static byte[] inks() {
        ByteBuffer table = ByteBuffer.allocate(52 + 4 * 4 + 16 * 6 + 3 * 4);
        table.put(ascii("mft2")).putInt(0).put(new byte[] {4, 3, 2, 0});
        table.putInt(65_536).putInt(0).putInt(0).putInt(0).putInt(65_536);
        table.putInt(0).putInt(0).putInt(0).putInt(65_536);
        table.putShort((short) 2).putShort((short) 2);
        ends(table, 4);
        for (int node = 0; node < 16; node++) {
            double[] lab = lab(light(node, 3), light(node, 2), light(node, 1));
            table.putShort((short) Math.round(lab[0] / 100 * 0xFF00));
            table.putShort((short) Math.round((lab[1] + 128) * 256));
            table.putShort((short) Math.round((lab[2] + 128) * 256));
        }
        ends(table, 3);
        Map<String, byte[]> tags = new LinkedHashMap<>();
        tags.put("wtpt", xyz(WHITE));
        tags.put("A2B0", table.array());
        byte[] profile = profile("prtr", "CMYK", "Lab ", tags);
        profile[8] = 2;
        return profile;
    }

    private static double light(int node, int ink) {
        return 0.1 + 0.8 * (1 - (node & 1)) * (1 - (node >> ink & 1));
    }

    private static void ends(ByteBuffer table, int channels) {
        for (int i = 0; i < channels; i++) {
            table.putShort((short) 0).putShort((short) 0xFFFF);
        }
    }

    /** A profile of version 4. */
    static byte[] profile(String kind, String colours, String connection, Map<String, byte[]> tags) {
        int length = 132 + 12 * tags.size();
        int at = length;
        for (byte[] tag : tags.values()) {
            length += tag.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putInt(length).putInt(0).putInt(0x04200000);
        out.put(ascii(kind)).put(ascii(colours)).put(ascii(connection));
        out.position(36).put(ascii("acsp"));
        out.position(68).put(xyz(WHITE), 8, 12);
        out.position(128).putInt(tags.size());
        for (Map.Entry<String, byte[]> tag : tags.entrySet()) {
            out.put(ascii(tag.getKey())).putInt(at).putInt(tag.getValue().length);
            at += tag.getValue().length;
        }
        tags.values().forEach(out::put);
        return out.array();
    }

    private static byte[] rgb(double[] red, double[] green, double[] blue) {
        return profile("mntr", "RGB ", "XYZ ", rgbTags(red, green, blue));
    }

    /** The tags of sRGB. */
    static Map<String, byte[]> srgbTags() {
        return rgbTags(RED, GREEN, BLUE);
    }

    private static Map<String, byte[]> rgbTags(double[] red, double[] green, double[] blue) {
        Map<String, byte[]> tags = new LinkedHashMap<>();
        tags.put("wtpt", xyz(WHITE));
        tags.put("rXYZ", xyz(red));
        tags.put("gXYZ", xyz(green));
        tags.put("bXYZ", xyz(blue));
        for (String trc : new String[] {"rTRC", "gTRC", "bTRC"}) {
            tags.put(trc, curve(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045));
        }
        return tags;
    }

    private static byte[] curve(int kind, double... parameters) {
        ByteBuffer out = ByteBuffer.allocate(12 + 4 * parameters.length);
        out.put(ascii("para")).putInt(0).putShort((short) kind).putShort((short) 0);
        for (double parameter : parameters) {
            out.putInt((int) Math.round(parameter * 65_536));
        }
        return out.array();
    }

    private static byte[] xyz(double[] value) {
        ByteBuffer out = ByteBuffer.allocate(20).put(ascii("XYZ ")).putInt(0);
        for (double one : value) {
            out.putInt((int) Math.round(one * 65_536));
        }
        return out.array();
    }

    /** CIE L*a*b* of linear light in sRGB's primaries. */
    private static double[] lab(double red, double green, double blue) {
        double[] f = new double[3];
        for (int i = 0; i < 3; i++) {
            double t = (RED[i] * red + GREEN[i] * green + BLUE[i] * blue) / WHITE[i];
            f[i] = t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
        }
        return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
