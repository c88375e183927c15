package io.atelier.artifacts.directory;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.NewArtifact;
import io.atelier.artifacts.stored.Received;
import io.atelier.artifacts.stored.Refusals;
import io.atelier.kernel.Digest;
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
            Refusals.requireAccepted(artifact.mediaType(), settings.mediaTypes());
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
        Refusals.requireAccepted(mediaType, settings.mediaTypes());
        try (Received upload = Received.receive(bytes, placing.staging(), maxBytes)) {
            upload.require(expected);
            ArtifactInfo info = new ArtifactInfo(upload.digest(), mediaType, upload.size(), Optional.empty());
            Map<Digest, ArtifactInfo> placed = placing.place(List.of(Incoming.of(info, upload)));
            return known(info.id(), Optional.ofNullable(placed.get(info.id())));
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
        Refusals.requireOffset(offset, info);
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
            throw Refusals.unknown(id); // swept meanwhile
        } catch (IOException e) {
            throw Disk.unavailable(e);
        }
    }

    @Override
    public byte[] read(Digest id, int maxBytes) {
        ArtifactInfo info = known(id, find(id));
        Refusals.requireSize(info, maxBytes);
        Path file = placing.bytes(id);
        try {
            return Disk.read(file).orElseThrow(() -> Refusals.unknown(id));
        } catch (IOException e) {
            throw Disk.unavailable(e);
        }
    }

    private static ArtifactInfo known(Digest id, Optional<ArtifactInfo> info) {
        return info.orElseThrow(() -> Refusals.unknown(id));
    }
}
