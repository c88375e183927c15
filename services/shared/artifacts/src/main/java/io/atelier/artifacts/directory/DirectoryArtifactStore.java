package io.atelier.artifacts.directory;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.NewArtifact;
import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Artifacts as files by their digest, with a sidecar. */
public final class DirectoryArtifactStore implements ArtifactStore {
    private final StoreSettings settings;
    private final Placing placing;

    DirectoryArtifactStore(StoreSettings settings, Placing placing) {
        this.settings = settings;
        this.placing = placing;
    }

    @Override
    public List<ArtifactInfo> putAll(List<NewArtifact> artifacts) {
        Map<Digest, Incoming> incoming = new LinkedHashMap<>();
        List<Digest> order = new ArrayList<>();
        for (NewArtifact artifact : artifacts) {
            accept(artifact.mediaType());
            Digest id = Digest.of(artifact.bytes());
            order.add(id);
            incoming.putIfAbsent(id, Incoming.of(id, artifact));
        }
        Map<Digest, ArtifactInfo> stored = placing.place(List.copyOf(incoming.values()));
        return order.stream()
                .map(id -> known(id, Optional.ofNullable(stored.get(id))))
                .toList();
    }

    @Override
    public ArtifactInfo put(InputStream bytes, String mediaType, Optional<Digest> expected, long maxBytes) {
        accept(mediaType);
        try (Upload upload = Upload.receive(bytes, placing.staging(), maxBytes)) {
            if (expected.isPresent() && !expected.get().equals(upload.digest())) {
                throw Problem.field(
                                ErrorCode.DIGEST_MISMATCH,
                                "sha256",
                                expected.get().hex(),
                                "The bytes' SHA-256 is " + upload.digest() + ".")
                        .exception();
            }
            ArtifactInfo info = new ArtifactInfo(upload.digest(), mediaType, upload.size(), Optional.empty());
            return known(
                    info.id(),
                    Optional.ofNullable(
                            placing.place(List.of(upload.incoming(info))).get(info.id())));
        }
    }

    @Override
    public Optional<ArtifactInfo> find(Digest id) {
        try {
            return placing.find(id);
        } catch (IOException e) {
            throw Disk.unavailable(e);
        }
    }

    @Override
    public InputStream open(Digest id, long offset) {
        ArtifactInfo info = known(id, find(id));
        if (offset < 0 || offset > info.size()) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "offset",
                            "0.." + info.size(),
                            "The artifact has " + info.size() + " bytes.")
                    .exception();
        }
        try {
            InputStream in = Files.newInputStream(placing.bytes(id));
            try {
                in.skipNBytes(offset);
                return in;
            } catch (IOException e) {
                in.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw unknown(id); // swept meanwhile
        } catch (IOException e) {
            throw Disk.unavailable(e);
        }
    }

    @Override
    public byte[] read(Digest id, int maxBytes) {
        ArtifactInfo info = known(id, find(id));
        if (info.size() > maxBytes) {
            throw Problem.field(
                            ErrorCode.TOO_LARGE,
                            "artifact_id",
                            maxBytes + " bytes",
                            "The artifact has " + info.size() + " bytes.")
                    .exception();
        }
        Path file = placing.bytes(id);
        try {
            return Disk.read(file).orElseThrow(() -> unknown(id));
        } catch (IOException e) {
            throw Disk.unavailable(e);
        }
    }

    private void accept(String mediaType) {
        if (!settings.mediaTypes().contains(mediaType)) {
            List<String> accepted = settings.mediaTypes().stream().sorted().toList();
            throw Problem.field(
                            ErrorCode.WRONG_TYPE,
                            "media_type",
                            String.join(", ", accepted),
                            "This store does not accept the media type.")
                    .exception();
        }
    }

    private static ArtifactInfo known(Digest id, Optional<ArtifactInfo> info) {
        return info.orElseThrow(() -> unknown(id));
    }

    private static ProblemException unknown(Digest id) {
        return Problem.field(
                        ErrorCode.UNKNOWN_ARTIFACT, "artifact_id", "a stored id", "No artifact " + id + " is stored.")
                .exception();
    }
}
