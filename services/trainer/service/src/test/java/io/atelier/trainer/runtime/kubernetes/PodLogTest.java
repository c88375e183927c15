package io.atelier.trainer.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log over real connections that stay open, break and answer with errors. */
@Timeout(60)
class PodLogTest {
    private static final String FIRST = "2026-01-01T00:00:05.100000001Z ";
    private static final String SECOND = "2026-01-01T00:00:05.200000002Z ";

    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(handlers);
        server.start();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .withRequestRetryBackoffLimit(0)
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterEach
    void stop() {
        end.countDown();
        client.close();
        server.stop(0);
        handlers.shutdownNow();
    }

    @Test
    void linesAreHeardWhileTheConnectionIsOpenAndClosingEndsIt() throws InterruptedException {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            say(exchange, FIRST + "one\n");
            stayOpen();
        });
        PodLog log = follow();
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("one");
        log.close();
        assertThat(asked).singleElement().asString().contains("follow=true", "timestamps=true");
    }

    @Test
    void brokenConnectionIsGoneOnWithAndALineCutInTwoIsReadWhole() throws InterruptedException {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            say(exchange, FIRST + "one\n");
            if (asked.size() == 1) {
                say(exchange, SECOND + "{\"half");
                exchange.close();
            } else {
                say(exchange, SECOND + "{\"half\":1}\n");
                stayOpen();
            }
        });
        PodLog log = follow();
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("one");
        String next = heard.poll(20, TimeUnit.SECONDS);
        assertThat("{\"half".equals(next) ? heard.poll(20, TimeUnit.SECONDS) : next)
                .isEqualTo("{\"half\":1}");
        log.close();
        assertThat(asked.getLast()).contains("sinceTime=2026-01-01T00:00:04Z");
        assertThat(heard).isEmpty();
    }

    @Test
    void errorIsNoLogAndIsTriedAgain() throws InterruptedException {
        answer(exchange -> {
            if (asked.size() == 1) {
                exchange.sendResponseHeaders(400, 0);
                say(exchange, FIRST + "container is waiting to start\n");
            } else {
                exchange.sendResponseHeaders(200, 0);
                say(exchange, FIRST + "one\n");
            }
            exchange.close();
        });
        PodLog log = follow();
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("one");
        log.finish(Duration.ofSeconds(20));
        assertThat(heard).isEmpty();
    }

    @Test
    void lastLinesOfAnEndedPodAreWaitedForWhileTheyAreTaken() throws InterruptedException {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int line = 0; line < 50; line++) {
                say(exchange, "2026-01-01T00:00:05." + (100 + line) + "Z " + line + "\n");
            }
            exchange.close();
        });
        CountDownLatch slow = new CountDownLatch(1);
        PodLog log = PodLog.follow(cluster(), "pod", Duration.ofSeconds(20), line -> {
            var _ = slow.await(20, TimeUnit.MILLISECONDS);
            return heard.add(line);
        });
        log.finish(Duration.ofMillis(500));
        assertThat(heard).hasSize(50);
    }

    private PodLog follow() {
        return PodLog.follow(cluster(), "pod", Duration.ofMillis(20), heard::add);
    }

    private Cluster cluster() {
        return new Cluster(client, "atelier");
    }

    /** What a handler does with a connection. */
    @FunctionalInterface
    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private void answer(Answer answer) {
        server.createContext("/api/v1/namespaces/atelier/pods/pod/log", exchange -> {
            asked.add(String.valueOf(exchange.getRequestURI()));
            answer.give(exchange);
        });
    }

    private static void say(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private void stayOpen() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
