package io.atelier.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A program that behaves like a service to whoever starts it: says who it is, is healthy, and dies when told to. */
public final class FakeService {
    private FakeService() {}

    public static void main(String[] args) throws IOException {
        System.out.println("models in " + System.getProperty("atelier.models.repository"));
        int port = Integer.getInteger("quarkus.http.port", 0);
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/q/health/ready", exchange -> exchange.sendResponseHeaders(200, -1));
        server.createContext("/die", exchange -> Runtime.getRuntime().halt(3));
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("drained")));
        System.out.println("process " + ProcessHandle.current().pid());
    }
}
