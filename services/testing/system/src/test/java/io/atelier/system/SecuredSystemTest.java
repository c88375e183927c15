package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.cli.Main;
import io.atelier.kit.ChildJvm;
import io.atelier.kit.EventProbe;
import io.atelier.kit.SecuredBroker;
import io.atelier.kit.access.SecuredService;
import io.atelier.kit.models.TinyGenerator;
import io.atelier.kit.tls.Authority;
import io.atelier.local.JavaCommand;
import io.atelier.local.Ports;
import io.atelier.models.DirectoryModelRepository;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A service as it stands in a cluster: open to other machines, with TLS, API keys and a broker that asks who it is. */
class SecuredSystemTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "a-key-of-the-cli-0123456789";

    @TempDir
    static Path folder;

    private static final List<Integer> PORTS = Ports.free(2);
    private static SecuredBroker broker;
    private static EventProbe events;
    private static ChildJvm service;

    @BeforeAll
    static void start() throws IOException {
        broker = SecuredBroker.start(folder);
        events = EventProbe.on(
                broker.openBootstrapServers(), ImageSystem.REQUESTS, ImageSystem.RESULTS, ImageSystem.MODELS);
        for (String state : List.of("served", "promoted")) {
            TinyGenerator.named("tiny")
                    .publish(
                            new DirectoryModelRepository(
                                    folder.resolve(state).resolve("models"), InstantSource.system()),
                            folder.resolve(state + "-drafts"));
        }
        Authority authority = new Authority("Service authority");
        authority.write(folder.resolve("ca.pem"));
        authority.certify("image", folder.resolve("image.pem"), folder.resolve("image.key"));
        Files.writeString(folder.resolve("keys.json"), "{\"keys\":[" + SecuredService.entry("cli", KEY, "") + "]}");
        Files.writeString(folder.resolve("cli.key"), KEY + "\n");
        List<String> settings = new ArrayList<>(List.of(
                "-Datelier.security.mode=api-key",
                "-Datelier.security.api-keys=" + folder.resolve("keys.json"),
                "-Dquarkus.tls.key-store.pem.0.cert=" + folder.resolve("image.pem"),
                "-Dquarkus.tls.key-store.pem.0.key=" + folder.resolve("image.key"),
                "-Dquarkus.http.insecure-requests=disabled",
                "-Dkafka.bootstrap.servers=" + broker.bootstrapServers()));
        broker.clientSettings().forEach((name, value) -> settings.add("-Dkafka." + name + "=" + value));
        service = open("image", settings);
        service.awaitLog("Listening on", PATIENCE);
    }

    @AfterAll
    static void stop() {
        service.close();
        events.close();
        broker.close();
    }

    @Test
    void commandLineShowsItsKeyOverTlsAndIsServed() throws IOException {
        Said with = command("--credential-file", folder.resolve("cli.key").toString(), "--ca", ca());
        assertThat(with.code()).as(with.all()).isZero();
        try (var pictures = Files.list(folder.resolve("out"))) {
            assertThat(pictures).isNotEmpty();
        }
    }

    @Test
    void commandLineSaysWhatIsMissing() {
        Said without = command("--ca", ca());
        assertThat(without.code()).isEqualTo(1);
        assertThat(without.all()).contains("ATELIER-SECURITY-0001", "--credential-file");
        Said untrusted = command(
                "--cert",
                folder.resolve("image.pem").toString(),
                "--key",
                folder.resolve("image.key").toString());
        assertThat(untrusted.code()).isEqualTo(1);
        assertThat(untrusted.all()).contains("--ca FILE").doesNotContain("Exception:");
    }

    @Test
    void requestByKafkaIsAnsweredThroughTheBrokersLogin() {
        events.send(
                ImageSystem.REQUESTS,
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "io.atelier.image.generate.v1",
                        "ce_source", "/test",
                        "ce_id", "secured-1",
                        "content-type", "application/json"),
                "{\"model\":\"tiny\"}");
        events.awaitOne(
                PATIENCE,
                event -> event.topic().equals(ImageSystem.RESULTS)
                        && event.header("ce_requestid").equals(Optional.of("secured-1"))
                        && event.type().equals(Optional.of("io.atelier.image.completed.v1")));
    }

    @Test
    void promotionIsToldThroughTheBrokersLogin() throws IOException {
        Properties settings = new Properties();
        settings.putAll(broker.clientSettings());
        Path file = folder.resolve("kafka.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        Said said = Said.of(
                "models",
                "promote",
                "tiny",
                "1",
                "--state",
                folder.resolve("promoted").toString(),
                "--kafka",
                broker.bootstrapServers(),
                "--kafka-config",
                file.toString());
        assertThat(said.code()).as(said.all()).isZero();
        assertThat(said.all()).doesNotContain("could not be told");
        events.awaitOne(PATIENCE, event -> event.topic().equals(ImageSystem.MODELS));
    }

    @Test
    void logRepeatsNoCredential() {
        command("--credential-file", folder.resolve("cli.key").toString(), "--ca", ca());
        assertThat(service.log()).doesNotContain(KEY).doesNotContain(SecuredBroker.PASSWORD);
    }

    @Test
    void serviceThatOthersReachDoesNotStartUnsecured() {
        try (ChildJvm open = open("open", List.of())) {
            assertThat(open.awaitExit(PATIENCE)).isNotZero();
            assertThat(open.log())
                    .contains(
                            "quarkus.http.host is 0.0.0.0",
                            "quarkus.grpc.server.host is 0.0.0.0",
                            "atelier.security.mode",
                            "quarkus.tls.key-store.pem.0.cert")
                    .doesNotContain("Listening on");
        }
    }

    @Test
    void writtenNoneServesEverybodyAndSaysSo() {
        try (ChildJvm open = open("none", List.of("-Datelier.security.mode=none"))) {
            open.awaitLog("Listening on", PATIENCE);
            assertThat(open.log()).contains("Everybody who reaches this service is served");
        }
    }

    private static ChildJvm open(String name, List<String> more) {
        List<Integer> ports = name.equals("image") ? PORTS : Ports.free(2);
        List<String> settings = new ArrayList<>(List.of(
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=0.0.0.0",
                "-Dquarkus.http.port=" + ports.get(0),
                "-Dquarkus.http.ssl-port=" + ports.get(0),
                "-Dquarkus.grpc.server.host=0.0.0.0",
                "-Dquarkus.grpc.server.port=" + ports.get(1),
                "-Dquarkus.log.console.json.enabled=false",
                "-Datelier.models.repository=" + folder.resolve("served/models"),
                "-Datelier.artifacts.directory=" + folder.resolve(name + "-artifacts"),
                "-Datelier.artifacts.base-url=https://127.0.0.1:" + ports.get(0)));
        settings.addAll(more);
        Path jar = Checkout.root().resolve("services/image/target/quarkus-app/quarkus-run.jar");
        return ChildJvm.start(JavaCommand.of(jar, settings), folder.resolve(name + ".log"));
    }

    private static Said command(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "image",
                "generate",
                "--model",
                "tiny",
                "--out",
                folder.resolve("out").toString(),
                "--target",
                "127.0.0.1:" + PORTS.get(1)));
        all.addAll(List.of(more));
        return Said.of(all.toArray(String[]::new));
    }

    private static String ca() {
        return folder.resolve("ca.pem").toString();
    }

    private record Said(int code, String all) {
        static Said of(String... arguments) {
            StringWriter all = new StringWriter();
            CommandLine command = Main.commandLine();
            command.setOut(new PrintWriter(all, true));
            command.setErr(new PrintWriter(all, true));
            return new Said(command.execute(arguments), all.toString());
        }
    }
}
