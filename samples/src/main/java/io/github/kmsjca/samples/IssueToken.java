package io.github.kmsjca.samples;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsPrivateKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * Issues a JSON Web Token that is valid for five minutes, and prints it. Also writes the key set (JWKS) that everybody
 * needs to verify such tokens; publish it at an address such as {@code https://issuer.example/.well-known/jwks.json}.
 *
 * <p>The algorithm is RS256 or PS256 for an RSA key, and ES256 for a key on the curve P-256. Each token costs one KMS
 * call.
 *
 * <p>IAM: {@code kms:GetPublicKey} and {@code kms:Sign} on the key.
 *
 * <p>Run: {@code samples/run issue-token KEY ALGORITHM SUBJECT JWKS}
 */
public final class IssueToken {
    private static final String ISSUER = "https://issuer.example";
    private static final String AUDIENCE = "https://api.example";
    private static final Duration VALIDITY = Duration.ofMinutes(5);

    private IssueToken() {}

    public static void main(String[] arguments) throws Exception {
        KeyStore keys = KeyStore.getInstance(KmsProvider.NAME, KmsProvider.install());
        keys.load(null, null);
        if (!(keys.getKey(arguments[0], null) instanceof KmsPrivateKey key)) {
            throw new KeyStoreException("there is no KMS key pair " + arguments[0]);
        }
        JWK published = jwk(key.publicKey(), JWSAlgorithm.parse(arguments[1]));
        System.out.println(token(key, published, arguments[2]));
        Files.writeString(Path.of(arguments[3]), new JWKSet(published).toString());
    }

    /** Returns a public key for the key set. The key id is the thumbprint of RFC 7638, so it changes with the key. */
    public static JWK jwk(PublicKey key, JWSAlgorithm algorithm) throws JOSEException {
        if (key instanceof RSAPublicKey rsa) {
            return new RSAKey.Builder(rsa)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(algorithm)
                    .keyIDFromThumbprint()
                    .build();
        }
        if (!(key instanceof ECPublicKey ec)) {
            throw new JOSEException("choose an RSA key or a key on the curve P-256, not " + key.getAlgorithm());
        }
        return new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(algorithm)
                .keyIDFromThumbprint()
                .build();
    }

    /** Returns a new token. Makes one KMS call. */
    public static String token(PrivateKey key, JWK published, String subject) throws JOSEException {
        Instant now = Instant.now();
        JWSHeader header = new JWSHeader.Builder((JWSAlgorithm) published.getAlgorithm())
                .type(JOSEObjectType.JWT)
                .keyID(published.getKeyID())
                .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(VALIDITY)))
                .build();
        JWSSigner signer = published instanceof ECKey ec ? new ECDSASigner(key, ec.getCurve()) : new RSASSASigner(key);
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }
}
