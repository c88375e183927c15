package io.atelier.endpoints.security;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.atelier.kernel.Digest;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file of API keys: {@code {"keys":[{"name","sha256","owner","expires","roles"}]}}, the last two optional. Refuses
 * what it does not know, and repeats nothing of the file's content but names of entries.
 */
final class ApiKeyFile {
    static final int MAX_KEYS = 1000;
    private static final Set<String> ROLES = Set.of(Identity.PEER);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ApiKeyFile() {}

    private record Document(@Nullable List<Entry> keys) {}

    private record Entry(
            @Nullable String name,
            @Nullable String sha256,
            @Nullable String owner,
            @Nullable String expires,
            @Nullable List<String> roles) {}

    /** The keys, or an {@link IllegalArgumentException} that says which entry is wrong and how. */
    static List<ApiKey> read(byte[] content) {
        List<Entry> entries = parse(content);
        if (entries.size() > MAX_KEYS) {
            throw new IllegalArgumentException("it holds " + entries.size() + " keys; " + MAX_KEYS + " is the most");
        }
        List<ApiKey> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<Digest> hashes = new HashSet<>();
        for (int index = 0; index < entries.size(); index++) {
            ApiKey key = key(index, entries.get(index));
            if (!names.add(key.name()) || !hashes.add(key.sha256())) {
                throw wrong(index, "repeats the name or the hash of an earlier one");
            }
            keys.add(key);
        }
        return List.copyOf(keys);
    }

    private static List<Entry> parse(byte[] content) {
        try {
            Document document = JSON.readValue(content, Document.class);
            if (document == null || document.keys() == null) {
                throw new IllegalArgumentException("it is no object with a list 'keys'");
            }
            return document.keys();
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(
                    "a field at line " + e.getLocation().getLineNr()
                            + " is none of name, sha256, owner, expires, roles; only hashes of keys belong here");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "it is not the JSON it should be at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new IllegalArgumentException("it cannot be read");
        }
    }

    private static ApiKey key(int index, @Nullable Entry entry) {
        if (entry == null || entry.name() == null || !Identity.isPrincipal(entry.name())) {
            throw wrong(index, "has no name of 1 to 256 printable ASCII characters");
        }
        if (entry.owner() == null || !Identity.isPrincipal(entry.owner())) {
            throw wrong(index, "has no owner of 1 to 256 printable ASCII characters");
        }
        if (entry.sha256() == null || !Digest.isValid(entry.sha256())) {
            throw wrong(index, "has no sha256 of 64 lower-case hex digits");
        }
        List<String> roles = entry.roles() == null ? List.of() : entry.roles();
        if (!ROLES.containsAll(roles)) {
            throw wrong(index, "has another role than peer");
        }
        return new ApiKey(
                entry.name(),
                new Digest(entry.sha256()),
                entry.owner(),
                expiry(index, entry.expires()),
                Set.copyOf(roles));
    }

    private static Optional<Instant> expiry(int index, @Nullable String expires) {
        try {
            return Optional.ofNullable(expires).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw wrong(index, "has an expires that is no time such as 2027-01-31T00:00:00Z");
        }
    }

    private static IllegalArgumentException wrong(int index, String how) {
        return new IllegalArgumentException("entry " + (index + 1) + " " + how);
    }
}
