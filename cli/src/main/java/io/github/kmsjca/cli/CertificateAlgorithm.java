package io.github.kmsjca.cli;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureScheme;
import io.github.kmsjca.internal.handle.PairHandle;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Signature;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The algorithm that a certificate or request is signed with. */
final class CertificateAlgorithm {
    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "Signature algorithm, such as SHA384withRSA/PSS; by default the usual one for the key.")
    @Nullable
    String name;

    /** A signature that is about to be made, and what stands for its algorithm in X.509. */
    record Signing(Signature signature, AlgorithmIdentifier algorithm) {
        byte[] sign(byte[] message) throws GeneralSecurityException {
            signature.update(message);
            return signature.sign();
        }
    }

    /** Prepares a signature by a key; no request is made yet. */
    Signing by(PairHandle key) throws GeneralSecurityException, IOException {
        Optional<KeyUsage> other = key.usage().filter(usage -> usage != KeyUsage.SIGN_VERIFY);
        if (other.isPresent()) {
            throw new InvalidKeyException(key + " was made for " + other.get()
                    + " and cannot sign; name a key whose key usage is " + KeyUsage.SIGN_VERIFY);
        }
        SignatureAlgorithm row = row(key.spec());
        Signature signature = Signature.getInstance(row.jcaName(), new KmsProvider());
        signature.initSign(key);
        return new Signing(signature, identifier(row, signature));
    }

    /** Returns the row of the table that the option names for keys of a spec. */
    SignatureAlgorithm row(KeySpec spec) throws InvalidKeyException {
        return name == null ? usual(spec) : named(name, spec);
    }

    private static SignatureAlgorithm named(String name, KeySpec spec) throws InvalidKeyException {
        return fitting(spec)
                .filter(row -> row.isCalled(name))
                .findFirst()
                .orElseThrow(() -> new InvalidKeyException("no certificate can be signed with " + name + " by a key of "
                        + spec + ", which can "
                        + fitting(spec).map(SignatureAlgorithm::jcaName).collect(Collectors.joining(", "))));
    }

    /** Returns the first algorithm of the table that is KMS's own for the key: for a curve, that with its hash. */
    private static SignatureAlgorithm usual(KeySpec spec) {
        return fitting(spec).filter(row -> row.isUsualFor(spec)).findFirst().orElseThrow();
    }

    private static Stream<SignatureAlgorithm> fitting(KeySpec spec) {
        return Arrays.stream(SignatureAlgorithm.values()).filter(row -> row.fits(spec) && oid(row).isPresent());
    }

    /** Returns the identifier of a row; those of PSS with a hash in the name have the one of PSS, with parameters. */
    private static Optional<String> oid(SignatureAlgorithm row) {
        return row.scheme() == SignatureScheme.RSA_PSS
                ? row.digest().flatMap(digest -> SignatureAlgorithm.PSS.oid())
                : row.oid();
    }

    private static AlgorithmIdentifier identifier(SignatureAlgorithm row, Signature signature) throws IOException {
        ASN1ObjectIdentifier oid = new ASN1ObjectIdentifier(oid(row).orElseThrow());
        return switch (row.scheme()) {
            // RFC 4055 §5
            case RSA_PKCS1 -> new AlgorithmIdentifier(oid, DERNull.INSTANCE);
            case RSA_PSS -> new AlgorithmIdentifier(oid, parameters(signature.getParameters()));
            default -> new AlgorithmIdentifier(oid);
        };
    }

    private static ASN1Primitive parameters(AlgorithmParameters parameters) throws IOException {
        return ASN1Primitive.fromByteArray(parameters.getEncoded());
    }
}
