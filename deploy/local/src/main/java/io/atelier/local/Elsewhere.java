package io.atelier.local;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.s3.S3Connection;
import io.atelier.s3.S3Location;
import io.atelier.s3.S3Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a suite uses by its address in the place of its own. The starter models are published into the state's folder
 * alone: a repository elsewhere is somebody's, and a start must not promote anything there.
 *
 * @param models the model repository: a folder, or {@code s3://bucket/prefix}
 * @param artifacts the store of works and outcomes, likewise
 * @param kafka the broker's {@code HOST:PORT}, or several by commas
 * @param database the database's JDBC address, {@code jdbc:postgresql://HOST:PORT/NAME}; a password is best left to
 *     the user's {@code .pgpass}, for command lines are open to all
 * @param runs where trainings keep their runs beside the state's folder, {@code s3://bucket/prefix}
 * @param s3 how the object store is reached
 */
public record Elsewhere(
        Optional<String> models,
        Optional<String> artifacts,
        Optional<String> kafka,
        Optional<String> database,
        Optional<String> runs,
        S3Settings s3) {
    private static final String POSTGRES = "jdbc:postgresql://";
    private static final int POSTGRES_PORT = 5432;
    private static final int CONNECT_MILLIS = 3000;

    /** A suite with everything of its own. */
    public static Elsewhere nothing() {
        return new Elsewhere(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new S3Settings(Optional.empty(), S3Settings.DEFAULT_REGION, false, Optional.empty()));
    }

    /** A place as services find it, which run in a folder of their own. */
    private static String place(Optional<String> given, Path own) {
        return given.map(place -> S3Location.isMeant(place)
                        ? place
                        : Path.of(place).toAbsolutePath().normalize().toString())
                .orElseGet(own::toString);
    }

    /** The settings by which a service finds all of it. */
    List<String> settings(StateFolder state) {
        List<String> settings = new ArrayList<>(List.of(
                "-Datelier.models.repository=" + place(models, state.models()),
                "-Datelier.models.cache=" + state.modelCache(),
                "-Datelier.artifacts.directory=" + place(artifacts, state.artifacts()),
                "-Datelier.artifacts.uploads=" + state.path().resolve("uploads"),
                "-Datelier.s3.region=" + s3.region()));
        s3.endpoint().ifPresent(address -> settings.add("-Datelier.s3.endpoint=" + address));
        if (s3.pathStyle()) {
            settings.add("-Datelier.s3.path-style=true");
        }
        s3.credentials().ifPresent(file -> settings.add("-Datelier.s3.credentials-file=" + file.toAbsolutePath()));
        return settings;
    }

    /** Refuses stores that are not there or do not answer, before anything is started. */
    void requireStores() {
        Stream.of(models, artifacts).flatMap(Optional::stream).forEach(this::requireStore);
        runs.ifPresent(place -> requireStore(location(place)));
    }

    /** Refuses a database that is none of ours or does not answer. */
    void requireDatabase() {
        if (database.isEmpty()) {
            return;
        }
        String address = database.get();
        URI server = URI.create("none:/");
        if (address.startsWith(POSTGRES)) {
            try {
                server = new URI(address.substring("jdbc:".length()));
            } catch (URISyntaxException e) {
                // refused below
            }
        }
        if (server.getHost() == null) {
            throw new LocalException(shown(address) + " is no address of the form " + POSTGRES + "HOST:PORT/NAME.");
        }
        int port = server.getPort() < 0 ? POSTGRES_PORT : server.getPort();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHost(), port), CONNECT_MILLIS);
        } catch (IOException e) {
            throw new LocalException("No database answers at " + server.getHost() + ":" + port + ".", e);
        }
    }

    /** A JDBC address without what stands behind it: among its parameters may be a password. */
    static String shown(String address) {
        int parameters = address.indexOf('?');
        String plain = parameters < 0 ? address : address.substring(0, parameters);
        return plain.replaceFirst("//[^/@]*@", "//");
    }

    private void requireStore(String place) {
        if (!S3Location.isMeant(place)) {
            if (!Files.isDirectory(Path.of(place))) {
                throw new LocalException("There is no folder " + place + "; make it, or name another place.");
            }
            return;
        }
        requireStore(location(place));
    }

    private static S3Location location(String place) {
        return S3Location.parse(place)
                .orElseThrow(() -> new LocalException(place + " is no address of the form s3://bucket/prefix."));
    }

    private void requireStore(S3Location location) {
        if (s3.credentials().isPresent() && !Files.isReadable(s3.credentials().get())) {
            throw new LocalException("The credentials file " + s3.credentials().get() + " cannot be read.");
        }
        try (S3Connection connection = S3Connection.open(s3)) {
            connection.store(location, ErrorCode.STORE_UNAVAILABLE).read("conditional-writes", 64);
        } catch (ProblemException e) {
            throw new LocalException(e.problem().message(), e);
        }
    }
}
