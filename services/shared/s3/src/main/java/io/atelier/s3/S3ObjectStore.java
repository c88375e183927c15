package io.atelier.s3;

import io.atelier.kernel.objects.ObjectInfo;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kernel.objects.StoredObject;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects of a bucket below a prefix.
 *
 * <p>The SDK sends a request again when its answer got lost. A conditional write may so meet itself; it carries an id of
 * its own in the object's metadata, by which it knows itself again.
 */
final class S3ObjectStore implements ObjectStore {
    private static final String WRITER = "atelier-write";
    private static final int DELETED_AT_ONCE = 1000;
    private static final int CONFLICTS = 16;

    private final S3Client client;
    private final S3Location location;
    private final S3Failures failures;
    private final ExecutorService threads;

    S3ObjectStore(S3Client client, S3Location location, S3Failures failures, ExecutorService threads) {
        this.client = client;
        this.location = location;
        this.failures = failures;
        this.threads = threads;
    }

    @Override
    public Optional<StoredObject> read(String key, int maxBytes) {
        return call(() -> {
            try (ResponseInputStream<GetObjectResponse> in = get(key, 0)) {
                byte[] bytes = in.readNBytes(maxBytes);
                if (bytes.length == maxBytes) {
                    in.abort(); // there may be more, which nobody wants
                }
                return Optional.of(new StoredObject(bytes, in.response().eTag()));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public Optional<InputStream> open(String key, long offset) {
        return call(() -> {
            try {
                return Optional.of(new S3Stream(get(key, offset)));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    private ResponseInputStream<GetObjectResponse> get(String key, long offset) {
        return client.getObject(request -> {
            request.bucket(location.bucket()).key(full(key));
            if (offset > 0) {
                request.range("bytes=" + offset + "-");
            }
        });
    }

    @Override
    public void put(String key, byte[] bytes) {
        call(() -> client.putObject(request(key).build(), RequestBody.fromBytes(bytes)));
    }

    @Override
    public void put(String key, Path file) {
        call(() -> client.putObject(request(key).build(), RequestBody.fromFile(file)));
    }

    @Override
    public boolean putIfAbsent(String key, byte[] bytes) {
        return call(() -> putIf(key, bytes, request -> request.ifNoneMatch("*")));
    }

    @Override
    public boolean putIfUnchanged(String key, byte[] bytes, String tag) {
        return call(() -> putIf(key, bytes, request -> request.ifMatch(tag)));
    }

    private boolean putIf(String key, byte[] bytes, UnaryOperator<PutObjectRequest.Builder> condition) {
        String id = UUID.randomUUID().toString();
        PutObjectRequest request =
                condition.apply(request(key).metadata(Map.of(WRITER, id))).build();
        for (int conflicts = 1; ; conflicts++) {
            try {
                client.putObject(request, RequestBody.fromBytes(bytes));
                return true;
            } catch (S3Exception e) {
                boolean undecided = e.statusCode() == 409 && conflicts < CONFLICTS; // another write is under way
                if (e.statusCode() == 412 || e.statusCode() == 404 && !"NoSuchBucket".equals(word(e))) {
                    return id.equals(writer(key));
                } else if (!undecided) {
                    throw e;
                }
            }
        }
    }

    private static String word(S3Exception e) {
        return e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
    }

    private String writer(String key) {
        try {
            return client.headObject(
                            request -> request.bucket(location.bucket()).key(full(key)))
                    .metadata()
                    .getOrDefault(WRITER, "");
        } catch (NoSuchKeyException e) {
            return "";
        }
    }

    private PutObjectRequest.Builder request(String key) {
        return PutObjectRequest.builder().bucket(location.bucket()).key(full(key));
    }

    @Override
    public boolean copy(String from, String to) {
        return call(() -> {
            try {
                client.copyObject(request -> request.sourceBucket(location.bucket())
                        .sourceKey(full(from))
                        .destinationBucket(location.bucket())
                        .destinationKey(full(to)));
                return true;
            } catch (NoSuchKeyException e) {
                return false;
            }
        });
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> each) {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(location.bucket())
                .prefix(full(prefix))
                .build();
        while (true) {
            ListObjectsV2Request page = request;
            ListObjectsV2Response answer = call(() -> client.listObjectsV2(page));
            for (S3Object object : answer.contents()) {
                each.accept(new ObjectInfo(
                        object.key().substring(location.prefix().length()), object.size(), object.lastModified()));
            }
            if (answer.nextContinuationToken() == null) {
                return;
            }
            request = request.toBuilder()
                    .continuationToken(answer.nextContinuationToken())
                    .build();
        }
    }

    @Override
    public boolean any(String prefix) {
        return call(() -> client.listObjectsV2(request ->
                        request.bucket(location.bucket()).prefix(full(prefix)).maxKeys(1))
                .hasContents());
    }

    @Override
    public void delete(Collection<String> keys) {
        List<ObjectIdentifier> all = new ArrayList<>();
        keys.forEach(key -> all.add(ObjectIdentifier.builder().key(full(key)).build()));
        for (int from = 0; from < all.size(); from += DELETED_AT_ONCE) {
            List<ObjectIdentifier> some = all.subList(from, Math.min(all.size(), from + DELETED_AT_ONCE));
            DeleteObjectsResponse answer = call(() -> client.deleteObjects(request -> request.bucket(location.bucket())
                    .delete(what -> what.objects(some).quiet(true))));
            if (!answer.errors().isEmpty()) {
                throw failures.of(SdkException.create(answer.errors().getFirst().toString(), null));
            }
        }
    }

    private String full(String key) {
        return location.prefix() + key;
    }

    /** Does a call on a thread that nobody interrupts, and waits for it. */
    private <T> T call(Callable<T> work) {
        Future<T> running = threads.submit(work);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return running.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failure(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RuntimeException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case SdkException e -> failures.of(e);
            case java.io.IOException e -> failures.of(SdkException.create("the connection broke", e));
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException(cause);
        };
    }
}
