package io.atelier.s3;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.objects.ObjectStore;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSupplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** A client of one S3 endpoint, shared by all stores behind it. Thread-safe; close it after the last use. */
public final class S3Connection implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration STALL = Duration.ofSeconds(20);

    private final S3Client client;
    private final String address;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("s3-", 0).factory());

    private S3Connection(S3Client client, String address) {
        this.client = client;
        this.address = address;
    }

    /** Makes a client; nothing is sent yet. */
    public static S3Connection open(S3Settings settings) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(STALL))
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .credentialsProvider(settings.credentials()
                        .<AwsCredentialsProvider>map(S3Connection::fromFile)
                        .orElseGet(() -> DefaultCredentialsProvider.builder().build()));
        settings.endpoint().ifPresent(builder::endpointOverride);
        String address = settings.endpoint().map(Object::toString).orElse("Amazon S3 in " + settings.region());
        return new S3Connection(builder.build(), address);
    }

    private static AwsCredentialsProvider fromFile(Path file) {
        AwsCredentialsProvider profile = ProfileCredentialsProvider.builder()
                .profileName("default")
                .profileFile(ProfileFileSupplier.reloadWhenModified(file, ProfileFile.Type.CREDENTIALS))
                .build();
        return () -> {
            try {
                return profile.resolveCredentials();
            } catch (IllegalArgumentException | UncheckedIOException e) { // no file of that form, or none any more
                throw SdkClientException.create("the credentials file cannot be read", e);
            }
        };
    }

    /** The objects below a location; failures answer problems of this code. */
    public ObjectStore store(S3Location location, ErrorCode unavailable) {
        return new S3ObjectStore(client, location, new S3Failures(location, address, unavailable), threads);
    }

    @Override
    public void close() {
        threads.close();
        client.close();
    }
}
