package io.github.kmsjca.conformance.library;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.jsonwebtoken.Jwts;
import io.smallrye.jwt.build.Jwt;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** The libraries that sign a JWT with PS256 (RFC 7518 §3.5). */
enum JwtLibrary {
    NIMBUS {
        @Override
        String token(PrivateKey key, PublicKey publicKey) throws JOSEException {
            SignedJWT token = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.PS256),
                    new JWTClaimsSet.Builder().subject(SUBJECT).build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        }
    },
    JJWT {
        @Override
        String token(PrivateKey key, PublicKey publicKey) {
            return Jwts.builder().subject(SUBJECT).signWith(key, Jwts.SIG.PS256).compact();
        }
    },
    JOSE4J {
        @Override
        String token(PrivateKey key, PublicKey publicKey) throws JoseException {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload("{\"sub\":\"" + SUBJECT + "\"}");
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_PSS_USING_SHA256);
            signature.setKey(key);
            return signature.getCompactSerialization();
        }
    },
    SPRING_SECURITY {
        @Override
        String token(PrivateKey key, PublicKey publicKey) {
            RSAKey jwk =
                    new RSAKey.Builder((RSAPublicKey) publicKey).privateKey(key).build();
            return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(jwk)))
                    .encode(JwtEncoderParameters.from(
                            JwsHeader.with(SignatureAlgorithm.PS256).build(),
                            JwtClaimsSet.builder().subject(SUBJECT).build()))
                    .getTokenValue();
        }
    },
    SMALLRYE {
        @Override
        String token(PrivateKey key, PublicKey publicKey) {
            return Jwt.subject(SUBJECT)
                    .jws()
                    .algorithm(io.smallrye.jwt.algorithm.SignatureAlgorithm.PS256)
                    .sign(key);
        }
    };

    private static final String SUBJECT = "release";

    /** Returns a token in compact form. */
    abstract String token(PrivateKey key, PublicKey publicKey) throws JOSEException, JoseException;
}
