package io.atelier.artifacts.objects;

import io.atelier.artifacts.ArtifactInfo;
import io.atelier.artifacts.ArtifactStore;
import io.atelier.artifacts.NewArtifact;
import io.atelier.artifacts.stored.Received;
import io.atelier.artifacts.stored.Refusals;
import io.atelier.artifacts.stored.Sidecars;
import io.atelier.kernel.Digest;
import io.atelier.kernel.objects.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** Artifacts as objects by their digest and the day they were put, with a sidecar. */
final class ObjectArtifactStore implements ArtifactStore {
    private static final int MAX_SIDECAR = 1 << 20;

    private final ObjectStore objects;
    private final Set<String> mediaTypes;
    private final Path uploads;
    private final Days days;
    private final Usage usage;
    private final ExecutorService threads;
    private final Recent recent = new Recent();

    ObjectArtifactStore(
            ObjectStore objects,
            Set<String> mediaTypes,
            Path uploads,
            Days days,
            Usage usage,
            ExecutorService threads) {
        this.objects = objects;
        this.mediaTypes = mediaTypes;
        this.uploads = uploads;
        this.days = days;
        this.usage = usage;
        this.threads = threads;
    }

    @Override
    public List<ArtifactInfo> putAll(List<NewArtifact> artifacts) {
        artifacts.forEach(artifact -> Refusals.requireAccepted(artifact.mediaType(), mediaTypes));
        Map<Digest, CompletableFuture<ArtifactInfo>> puts = new LinkedHashMap<>();
        List<Digest> order =
                artifacts.stream().map(artifact -> Digest.of(artifact.bytes())).toList();
        for (int i = 0; i < order.size(); i++) {
            NewArtifact artifact = artifacts.get(i);
            ArtifactInfo info = new ArtifactInfo(
                    order.get(i), artifact.mediaType(), artifact.bytes().length, artifact.provenance());
            puts.computeIfAbsent(
                    info.id(),
                    id -> CompletableFuture.supplyAsync(
                            () -> place(info, key -> objects.put(key, artifact.bytes())), threads));
        }
        return Together.all(order.stream().map(puts::get).toList());
    }

    @Override
    public ArtifactInfo put(InputStream bytes, String mediaType, Optional<Digest> expected, long maxBytes) {
        Refusals.requireAccepted(mediaType, mediaTypes);
        try (Received upload = Received.receive(bytes, uploads, maxBytes)) {
            upload.require(expected);
            return place(
                    new ArtifactInfo(upload.digest(), mediaType, upload.size(), Optional.empty()),
                    key -> objects.put(key, upload.file()));
        }
    }

    /** Puts again what is known and sure to stay, and anything else for the first time. */
    private ArtifactInfo place(ArtifactInfo info, Consumer<String> bytes) {
        LocalDate today = days.today();
        Optional<Kept> known = known(info.id()).filter(kept -> kept.info().size() == info.size());
        ArtifactInfo told = known.map(Kept::info)
                .filter(before ->
                        before.provenance().isPresent() || info.provenance().isEmpty())
                .orElse(info);
        boolean stays = known.isPresent() && days.isKept(known.get().edition().put());
        if (stays && known.get().isPutOn(today) && told.equals(known.get().info())) {
            return told;
        }
        if (stays) {
            return write(known.get().again(told, today));
        }
        usage.add(info.size());
        Edition edition = new Edition(info.id(), today, today);
        bytes.accept(edition.bytesKey());
        return write(new Kept(told, edition));
    }

    /** Writes a sidecar; one that tells nothing of its making does not take the place of one that may. */
    private ArtifactInfo write(Kept kept) {
        byte[] json = sidecar(kept.info());
        if (kept.info().provenance().isPresent()) {
            objects.put(kept.edition().sidecarKey(), json);
        } else if (!objects.putIfAbsent(kept.edition().sidecarKey(), json)) {
            return look(kept.info().id()).map(Kept::info).orElse(kept.info());
        }
        return recent.keep(kept).info();
    }

    private static byte[] sidecar(ArtifactInfo info) {
        try {
            return Sidecars.write(info);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes artifacts outlive an outcome that is put now and names them; those that are not here stay unknown. */
    void renew(List<Digest> ids) {
        Together.all(ids.stream()
                .distinct()
                .map(id -> CompletableFuture.supplyAsync(() -> renew(id), threads))
                .toList());
    }

    private boolean renew(Digest id) {
        LocalDate today = days.today();
        Optional<Kept> known = known(id).filter(kept -> !kept.isPutOn(today));
        if (known.isEmpty()) {
            return false;
        }
        Kept kept = known.get();
        if (days.isKept(kept.edition().put())) {
            write(kept.again(kept.info(), today));
            return true;
        }
        Edition copy = new Edition(id, today, today);
        return objects.copy(kept.edition().bytesKey(), copy.bytesKey())
                && write(new Kept(kept.info(), copy)).id().equals(id);
    }

    private Optional<Kept> known(Digest id) {
        return recent.find(id).filter(kept -> days.isKept(kept.edition().put())).or(() -> look(id));
    }

    /** The newest sidecar whose bytes are there. */
    private Optional<Kept> look(Digest id) {
        Map<LocalDate, Long> bytes = new HashMap<>();
        TreeSet<Edition> editions = new TreeSet<>(Edition.BY_AGE);
        objects.list(Edition.prefix(id), object -> {
            Edition.ofBytes(object.key()).ifPresent(found -> bytes.put(found.bytes(), object.size()));
            Edition.ofSidecar(object.key()).ifPresent(editions::add);
        });
        for (Edition edition : editions.descendingSet()) {
            Optional<ArtifactInfo> info = objects.read(edition.sidecarKey(), MAX_SIDECAR)
                    .flatMap(stored -> Sidecars.read(id, stored.bytes()))
                    .filter(told -> Long.valueOf(told.size()).equals(bytes.get(edition.bytes())));
            if (info.isPresent()) {
                return Optional.of(recent.keep(new Kept(info.get(), edition)));
            }
        }
        recent.forget(id);
        return Optional.empty();
    }

    @Override
    public Optional<ArtifactInfo> find(Digest id) {
        return known(id).map(Kept::info);
    }

    @Override
    public InputStream open(Digest id, long offset) {
        Kept kept = known(id).orElseThrow(() -> Refusals.unknown(id));
        Refusals.requireOffset(offset, kept.info());
        if (offset == kept.info().size()) {
            return new ByteArrayInputStream(new byte[0]); // no range of bytes, which the store would refuse
        }
        return objects.open(kept.edition().bytesKey(), offset)
                .or(() ->
                        look(id).flatMap(again -> objects.open(again.edition().bytesKey(), offset))) // swept meanwhile
                .orElseThrow(() -> Refusals.unknown(id));
    }

    @Override
    public byte[] read(Digest id, int maxBytes) {
        Kept kept = known(id).orElseThrow(() -> Refusals.unknown(id));
        Refusals.requireSize(kept.info(), maxBytes);
        try (InputStream in = open(id, 0)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw Refusals.unavailable(e);
        }
    }
}
