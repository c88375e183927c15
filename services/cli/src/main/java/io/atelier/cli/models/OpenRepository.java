package io.atelier.cli.models;

import io.atelier.models.ModelRepository;
import io.atelier.s3.S3Connection;
import java.util.Optional;

/**
 * A repository while a command uses it.
 *
 * @param place where it is, ending with a slash
 * @param connection what it is reached by, when it is in an object store
 */
record OpenRepository(ModelRepository models, String place, Optional<S3Connection> connection)
        implements AutoCloseable {
    @Override
    public void close() {
        connection.ifPresent(S3Connection::close);
    }
}
