package io.atelier.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kit.ChildJvm;
import io.atelier.kit.tier.Needs;
import io.atelier.kit.tier.Tier;
import io.atelier.local.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells a newcomer to type does what it says, against {@code ./atelier up} with the starter models. */
class ReadmeTest {
    private static final int PORT_OFFSET = 21_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern URI_IN_ANSWER = Pattern.compile("\"uri\":\\s*\"([^\"]+)\"");

    @TempDir
    static Path folder;

    private static ChildJvm suite;

    @BeforeAll
    static void up() {
        suite = ChildJvm.start(
                JavaCommand.of(
                                jar("services/cli/target", "atelier-cli"),
                                List.of(
                                        "-Datelier.home=" + Checkout.root(),
                                        "-Datelier.app.image="
                                                + Checkout.root()
                                                        .resolve("services/image/target/quarkus-app/quarkus-run.jar")))
                        .withArguments(List.of(
                                "up",
                                "--state",
                                folder.resolve("state").toString(),
                                "--port-offset",
                                Integer.toString(PORT_OFFSET))),
                folder.resolve("up.log"));
        suite.awaitLog("Ready after", PATIENCE);
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    @Test
    void javaClientWritesItsPictures() throws Exception {
        Path client = folder.resolve("Client.java");
        Files.writeString(client, withPorts(block("java")));
        String output = run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Checkout.root().resolve("services/cli/target/lib") + "/*",
                        client.toString()),
                "client");
        List<Path> pictures = output.lines()
                .filter(line -> line.endsWith(".png"))
                .map(Path::of)
                .toList();
        assertThat(pictures)
                .hasSize(2)
                .allSatisfy(picture -> assertThat(picture).isNotEmptyFile());
        for (Path picture : pictures) {
            assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
        }
    }

    @Test
    @Needs(Tier.KCAT)
    void kcatEventIsAnsweredAndItsPictureFetched() throws Exception {
        List<String> commands = List.of(withPorts(Pattern.compile("(?s)```sh\\n(echo .*?)```")
                        .matcher(Checkout.read("README.md"))
                        .results()
                        .map(match -> match.group(1))
                        .findFirst()
                        .orElseThrow())
                .replace("\\\n", " ")
                .split("\n"));
        assertThat(commands).hasSize(2);
        run(List.of("bash", "-c", commands.get(0)), "produce");
        String answer = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> run(List.of("bash", "-c", commands.get(1)), "consume"),
                        text -> text.contains("io.atelier.image.completed.v1"));
        List<String> addresses = URI_IN_ANSWER
                .matcher(answer)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(addresses).hasSize(2);
        for (String address : addresses) {
            assertThat(get(address)).startsWith(0x89, 'P', 'N', 'G');
        }
    }

    @Test
    void imageCommandsDoWhatTheySay() throws Exception {
        List<String> commands = Checkout.read("README.md")
                .lines()
                .filter(line -> line.startsWith("    ./atelier image "))
                .map(line -> line.replaceFirst(".*\\./atelier ", "").strip())
                .toList();
        assertThat(commands).hasSize(2);
        String made = command(commands.get(0), "generate");
        List<Path> pictures =
                made.lines().filter(line -> line.endsWith(".png")).map(Path::of).toList();
        assertThat(pictures).hasSize(8);
        Files.copy(folder.resolve(pictures.getFirst()), folder.resolve("picture.png"));
        assertThat(command(commands.get(1), "classify")).contains("%");
    }

    private static String command(String words, String name) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar("services/cli/target", "atelier-cli").toString()));
        line.addAll(List.of(words.split(" ")));
        line.addAll(List.of("--target", "127.0.0.1:" + (9081 + PORT_OFFSET)));
        return run(line, name);
    }

    private static String block(String language) {
        return Pattern.compile("(?s)```" + language + "\\n(.*?)```")
                .matcher(Checkout.read("README.md"))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    /** The README speaks of the usual ports; this suite listens elsewhere. */
    private static String withPorts(String text) {
        return Pattern.compile("(localhost:|\"localhost\", )(\\d{4})")
                .matcher(text)
                .replaceAll((MatchResult port) -> port.group(1) + (Integer.parseInt(port.group(2)) + PORT_OFFSET));
    }

    private static String run(List<String> command, String name) {
        try {
            Path output = folder.resolve(name + ".out");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(name + " did not end: " + Files.readString(output));
            }
            String text = Files.readString(output, StandardCharsets.ISO_8859_1);
            assertThat(process.exitValue()).as(text).isZero();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static byte[] get(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        }
    }

    private static Path jar(String target, String name) {
        try (Stream<Path> files = Files.list(Checkout.root().resolve(target))) {
            return files.filter(file -> file.getFileName().toString().matches(name + "-[0-9].*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
