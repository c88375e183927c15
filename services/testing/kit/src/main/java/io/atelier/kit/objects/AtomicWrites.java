package io.atelier.kit.objects;

import java.io.InputStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The server's stores look at If-Match and then write; real stores do both as one, and so does this. */
final class AtomicWrites extends ForwardingBlobStore {
    private final Object writing = new Object();

    AtomicWrites(BlobStore blobs) {
        super(blobs);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream bytes) {
        synchronized (writing) {
            if (request.ifMatch() != null) {
                requireUnchanged(request);
            }
            return super.putBlob(request, bytes);
        }
    }

    private void requireUnchanged(PutObjectRequest request) {
        String tag = blobMetadata(request.bucket(), request.key()).eTag();
        if (!plain(request.ifMatch()).equals(plain(tag))) {
            throw S3Exception.builder()
                    .statusCode(412)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("PreconditionFailed")
                            .errorMessage("The object has changed.")
                            .build())
                    .message("The object has changed.")
                    .build();
        }
    }

    private static String plain(String tag) {
        return tag.replace("\"", "");
    }
}
