package io.atelier.kit.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.s3.S3Connection;
import io.atelier.s3.S3Location;
import io.atelier.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ObjectStoreTest {
    @TempDir
    Path folder;

    private final ObjectStore store = OneS3Server.get().store(OneS3Server.freshPrefix());

    private S3Connection connect(URI endpoint, Path credentials) {
        return S3Connection.open(new S3Settings(Optional.of(endpoint), "us-east-1", true, Optional.of(credentials)));
    }

    private static void assertUnavailable(ObjectStore store, String words) {
        assertThatThrownBy(() -> store.read("any", 10))
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    }

    @Test
    void conditionalWritesLetOneWriterThrough() {
        assertThat(store.putIfAbsent("one", new byte[] {1})).isTrue();
        assertThat(store.putIfAbsent("one", new byte[] {2})).isFalse();
        String tag = store.read("one", 10).orElseThrow().tag();
        assertThat(store.putIfUnchanged("one", new byte[] {3}, tag)).isTrue();
        assertThat(store.putIfUnchanged("one", new byte[] {4}, tag)).isFalse();
        assertThat(store.putIfUnchanged("none", new byte[] {4}, tag)).isFalse();
        assertThat(store.read("one", 10).orElseThrow().bytes()).containsExactly(3);
    }

    @Test
    void listingTellsEveryPageInTheKeysOrder() {
        List<String> keys =
                IntStream.range(0, 1010).mapToObj("page/%04d"::formatted).toList();
        keys.parallelStream().forEach(key -> store.put(key, new byte[0]));
        store.put("other", new byte[0]);
        List<String> listed = new ArrayList<>();
        store.list("page/", object -> listed.add(object.key()));
        assertThat(listed).containsExactlyElementsOf(keys);
        store.delete(keys);
        listed.clear();
        store.list("", object -> listed.add(object.key()));
        assertThat(listed).containsExactly("other");
    }

    @Test
    void storeThatIsAwayOrRefusesSaysWhichAndWhy() {
        URI nobody = URI.create("http://127.0.0.1:1");
        try (S3Connection away = connect(nobody, S3Server.credentials(folder))) {
            assertUnavailable(
                    away.store(new S3Location(S3Server.BUCKET, "models/"), ErrorCode.STORE_UNAVAILABLE),
                    "s3://atelier/models/ on http://127.0.0.1:1 cannot be reached");
        }
        try (S3Connection here = connect(OneS3Server.get().endpoint(), S3Server.credentials(folder))) {
            assertUnavailable(
                    here.store(new S3Location("nobucket", ""), ErrorCode.STORE_UNAVAILABLE),
                    "s3://nobucket/ on " + OneS3Server.get().endpoint() + " is not there");
        }
    }

    @Test
    void credentialsAreReadAgainWhenTheirFileChanges() {
        Path file = S3Server.credentials(folder, "wrong");
        try (S3Connection connection = connect(OneS3Server.get().endpoint(), file)) {
            ObjectStore refused =
                    connection.store(new S3Location(S3Server.BUCKET, "any/"), ErrorCode.STORE_UNAVAILABLE);
            assertUnavailable(refused, "refuses these credentials");
            S3Server.credentials(folder);
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(refused.read("any", 10)).isEmpty());
        }
    }
}
