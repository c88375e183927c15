package io.atelier.endpoints.security;

import io.atelier.kernel.Loopback;
import java.net.URI;

/** Says from where signing keys may be fetched: over https, since whoever can change them on the way can sign for anyone. */
final class KeyAddress {
    private KeyAddress() {}

    /** Whether a setting is an address, not a file. */
    static boolean isAddress(String keys) {
        return keys.startsWith("https:") || keys.startsWith("http:");
    }

    /** The address; an {@link IllegalArgumentException} says why it is none. Plain http is good for loopback only. */
    static URI checked(String address) {
        URI uri = URI.create(address);
        boolean plainLoopback =
                "http".equals(uri.getScheme()) && uri.getHost() != null && Loopback.isHost(uri.getHost());
        if (uri.getHost() == null || !("https".equals(uri.getScheme()) || plainLoopback)) {
            throw new IllegalArgumentException("'" + address + "' is no https address");
        }
        return uri;
    }
}
