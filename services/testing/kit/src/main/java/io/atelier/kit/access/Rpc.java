package io.atelier.kit.access;

/**
 * A method that a running server serves.
 *
 * @param service its service, with package
 * @param method its name
 * @param clientStreams whether the client sends a stream
 * @param serverStreams whether the server sends a stream
 */
public record Rpc(String service, String method, boolean clientStreams, boolean serverStreams) {
    String fullName() {
        return service + "/" + method;
    }

    @Override
    public String toString() {
        return fullName();
    }
}
