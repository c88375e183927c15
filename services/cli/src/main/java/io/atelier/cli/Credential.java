package io.atelier.cli;

import io.atelier.kernel.CredentialFile;
import io.grpc.Metadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** An API key or a token, as it stands in a file. */
final class Credential {
    private static final Pattern TOKEN = Pattern.compile("[^.]+\\.[^.]+\\.[^.]*");

    private final String value;

    private Credential(String value) {
        this.value = value;
    }

    /** Reads a credential; a {@link CommandException} says what is wrong with the file, never what it holds. */
    static Credential read(Path file) {
        try {
            return CredentialFile.read(file)
                    .map(Credential::new)
                    .orElseThrow(() -> CommandException.failed("--credential-file names " + file
                            + ", which does not hold one API key or token: printable ASCII, at most "
                            + CredentialFile.MAX_BYTES + " characters."));
        } catch (IOException e) {
            throw CommandException.failed("--credential-file names " + file + ", which cannot be read ("
                    + e.getClass().getSimpleName() + ").");
        }
    }

    /** The header that shows it: tokens after {@code Bearer}, keys in {@code x-api-key}. */
    Metadata header() {
        boolean token = TOKEN.matcher(value).matches();
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of(token ? "authorization" : "x-api-key", Metadata.ASCII_STRING_MARSHALLER),
                token ? "Bearer " + value : value);
        return headers;
    }
}
