package io.atelier.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object's bytes. Closed before its end it gives the connection up, rather than read what nobody wants. */
final class S3Stream extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> object;
    private boolean ended;

    S3Stream(ResponseInputStream<GetObjectResponse> object) {
        super(object);
        this.object = object;
    }

    @Override
    public int read() throws IOException {
        try {
            return told(super.read());
        } catch (SdkException e) {
            throw new IOException("the object store broke off", e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return told(super.read(bytes, offset, length));
        } catch (SdkException e) {
            throw new IOException("the object store broke off", e);
        }
    }

    private int told(int read) {
        ended |= read < 0;
        return read;
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            object.close();
        } else {
            object.abort();
        }
    }
}
