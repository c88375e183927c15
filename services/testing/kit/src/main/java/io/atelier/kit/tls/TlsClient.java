package io.atelier.kit.tls;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** What a client trusts and what it shows. */
public final class TlsClient {
    private final KeyManager[] keys;
    private final TrustManager[] trusted;

    private TlsClient(KeyManager[] keys, TrustManager[] trusted) {
        this.keys = keys;
        this.trusted = trusted;
    }

    /** Trusts an authority and shows nothing. */
    public static TlsClient of(Path ca) {
        return new TlsClient(new KeyManager[0], trusting(ca));
    }

    /** Trusts an authority and shows a certificate. */
    public static TlsClient of(Path ca, Path certificate, Path key) {
        AdvancedTlsX509KeyManager own = new AdvancedTlsX509KeyManager();
        try {
            own.updateIdentityCredentials(certificate.toFile(), key.toFile());
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return new TlsClient(new KeyManager[] {own}, trusting(ca));
    }

    public ChannelCredentials grpc() {
        return TlsChannelCredentials.newBuilder()
                .keyManager(keys)
                .trustManager(trusted)
                .build();
    }

    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The name in the certificate that a port of this machine shows now. */
    public String servedBy(int port) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private static TrustManager[] trusting(Path ca) {
        try {
            AdvancedTlsX509TrustManager manager =
                    AdvancedTlsX509TrustManager.newBuilder().build();
            manager.updateTrustCredentials(ca.toFile());
            return new TrustManager[] {manager};
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
