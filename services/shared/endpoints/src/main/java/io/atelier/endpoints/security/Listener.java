package io.atelier.endpoints.security;

import io.atelier.kernel.Loopback;

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
        return Loopback.isHost(host);
    }
}
