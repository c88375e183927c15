package io.atelier.kit.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Issues tokens with the JDK alone, so that the library that verifies them is not judged by itself. */
public final class TestIssuer {
    public static final String NAME = "https://issuer.test";
    public static final String AUDIENCE = "atelier";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair keys;

    public TestIssuer() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The public key as a JWK set. */
    public String keySet() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"test\",\"use\":\"sig\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(
                        BASE64.encodeToString(unsigned(key.getModulus().toByteArray())),
                        BASE64.encodeToString(unsigned(key.getPublicExponent().toByteArray())));
    }

    /** A signed token that ends so long from now; a negative time is long past. */
    public String token(String subject, String audience, Duration validity) {
        String content = encoded("{\"alg\":\"RS256\",\"kid\":\"test\"}") + "." + claims(subject, audience, validity);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A token that claims to need no signature. */
    public static String unsigned(String subject) {
        return encoded("{\"alg\":\"none\"}") + "." + claims(subject, AUDIENCE, Duration.ofHours(1)) + ".";
    }

    private static String claims(String subject, String audience, Duration validity) {
        return encoded("{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"exp\":%d}"
                .formatted(NAME, audience, subject, Instant.now().plus(validity).getEpochSecond()));
    }

    private static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] unsigned(byte[] number) {
        return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    }
}
