package io.atelier.imports.onnx;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Names what a file is that is often taken for a model. */
final class LooksLike {
    private static final int HEAD = 64;
    private static final Map<String, String> KNOWN = Map.of(
            "PK\u0003\u0004", "it is a zip archive; unpack it and name the .onnx file in it",
            "<!", "it is a web page; download the file itself",
            "<html", "it is a web page; download the file itself",
            "version https://git-lfs", "it is a pointer of Git LFS; fetch the file itself (git lfs pull)",
            "\u0089PNG", "it is a picture",
            "\u0089HDF", "it is an HDF5 file; export the model to ONNX",
            "\u001f\u008b", "it is compressed; unpack it");

    private LooksLike() {}

    static void refuse(ByteBuffer bytes) {
        if (!bytes.hasRemaining()) {
            throw Refusal.notOnnx("it is empty");
        }
        byte[] head = new byte[Math.min(HEAD, bytes.remaining())];
        bytes.get(0, head);
        String begins = new String(head, StandardCharsets.ISO_8859_1);
        KNOWN.forEach((magic, why) -> {
            if (begins.startsWith(magic)) {
                throw Refusal.notOnnx(why);
            }
        });
        if (begins.chars().allMatch(letter -> letter >= ' ' && letter <= '~' || Character.isWhitespace(letter))) {
            throw Refusal.notOnnx("it is a text");
        }
    }
}
