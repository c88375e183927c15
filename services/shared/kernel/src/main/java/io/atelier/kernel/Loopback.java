package io.atelier.kernel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Tells this machine from all others: what goes over its loopback addresses can be read by nobody else. When in doubt it
 * is another machine: a name that is not known now, a name of which one address is elsewhere (a client tries them all),
 * the addresses that mean every network of this machine (0.0.0.0 and ::), and no name at all.
 */
public final class Loopback {
    private Loopback() {}

    /** Whether a host, by name or address, is this machine alone; asks the name service. */
    public static boolean isHost(String host) {
        if (host.isBlank()) {
            return false; // Java takes it for loopback, a server for every network
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The same of {@code HOST:PORT} or {@code HOST}; an IPv6 address stands in brackets. */
    public static boolean isTarget(String target) {
        return isHost(target.replaceFirst(":\\d+$", ""));
    }
}
