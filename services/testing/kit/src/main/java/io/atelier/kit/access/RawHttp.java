package io.atelier.kit.access;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * An answer to a request that was written to the socket as it stands: Java's own client tidies paths and headers up.
 *
 * @param status its status
 * @param text head and body
 */
record RawHttp(int status, String text) {
    private static final int MAX_BYTES = 1 << 16;

    static RawHttp of(int port, String methodAndTarget, Shown shown) {
        StringBuilder request =
                new StringBuilder(methodAndTarget).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
        shown.headers()
                .forEach(header -> request.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append("\r\n"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            String text = read(socket.getInputStream());
            return new RawHttp(text.isEmpty() ? 0 : Integer.parseInt(text.split(" ", 3)[1]), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        for (int n = in.read(buffer); n > 0 && text.size() < MAX_BYTES; n = in.read(buffer)) {
            text.write(buffer, 0, n);
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }
}
