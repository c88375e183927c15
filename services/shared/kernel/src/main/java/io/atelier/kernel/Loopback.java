package io.atelier.kernel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Whether an address means this machine alone. What cannot be resolved, or not only to this machine, does not. */
public final class Loopback {
    private Loopback() {}

    /** Of a host's name or address. */
    public static boolean isHost(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Of {@code HOST:PORT}, an IPv6 address in brackets. */
    public static boolean isTarget(String target) {
        return isHost(target.replaceFirst(":\\d+$", "").replaceAll("[\\[\\]]", ""));
    }
}
