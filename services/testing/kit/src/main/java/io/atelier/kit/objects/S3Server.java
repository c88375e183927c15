package io.atelier.kit.objects;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.s3.S3Connection;
import io.atelier.s3.S3Location;
import io.atelier.s3.S3Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** An S3 server with conditional writes and signed requests on a free loopback port. What it holds is in memory. */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "atelier";
    private static final String KEY_ID = "test-key";
    private static final String SECRET = "test-secret";

    private final S3Proxy server;
    private final S3Connection connection;

    private S3Server(S3Proxy server, Path folder) {
        this.server = server;
        this.connection = S3Connection.open(
                new S3Settings(Optional.of(endpoint()), "us-east-1", true, Optional.of(credentials(folder))));
    }

    /** Starts with one empty bucket; the folder takes the file of its credentials. */
    public static S3Server start(Path folder) {
        BlobStore blobs = new AtomicWrites(new TransientNio2BlobStore());
        blobs.createContainer(BUCKET);
        S3Proxy server = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY_ID, SECRET)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server did not start", e);
        }
        return new S3Server(server, folder);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** Writes a credentials file this server takes. */
    public static Path credentials(Path folder) {
        return credentials(folder, SECRET);
    }

    /** Writes a credentials file with a secret of one's own. */
    public static Path credentials(Path folder, String secret) {
        try {
            return Files.writeString(
                    folder.resolve("s3-credentials"),
                    "[default]\naws_access_key_id = " + KEY_ID + "\naws_secret_access_key = " + secret + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects below a prefix of the bucket; failures answer STORE_UNAVAILABLE. */
    public ObjectStore store(String prefix) {
        return store(prefix, ErrorCode.STORE_UNAVAILABLE);
    }

    public ObjectStore store(String prefix, ErrorCode unavailable) {
        return connection.store(S3Location.parse(address(prefix)).orElseThrow(), unavailable);
    }

    /** The address of a prefix, as it is configured. */
    public static String address(String prefix) {
        return "s3://" + BUCKET + "/" + prefix;
    }

    @Override
    public void close() {
        connection.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server did not stop", e);
        }
    }
}
