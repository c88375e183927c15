package io.atelier.endpoints.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A port of this process.
 *
 * @param setting the setting that binds it
 * @param host the address it is bound to
 * @param tls whether everything on it is encrypted
 */
record Listener(String setting, String host, boolean tls) {
    /** Whether only this machine can reach it. */
    boolean isLocal() {
        return isLoopback(host);
    }

    static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
