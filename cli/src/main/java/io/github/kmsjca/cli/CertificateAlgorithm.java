package io.github.kmsjca.cli;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureScheme;
import io.github.kmsjca.internal.handle.PairHandle;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Signature;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the signature algorithm of a certificate or certificate request. */
final class CertificateAlgorithm {
    /**
     * The algorithms that X.509 can name. The first argument is part of an error text: "… key cannot sign
     * certificates".
     */
    private static final AlgorithmChoice CHOICE = new AlgorithmChoice("certificates", row -> oid(row).isPresent());

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "Signature algorithm, such as SHA384withRSA/PSS. Default: the usual one for the key.")
    @Nullable
    String name;

    /** An initialized signature, and the X.509 identifier of its algorithm. */
    record Signing(Signature signature, AlgorithmIdentifier algorithm) {
        byte[] sign(byte[] message) throws GeneralSecurityException {
            signature.update(message);
            return signature.sign();
        }
    }

    /** Prepares a signature with a key. Makes no request yet. */
    Signing prepare(PairHandle key) throws GeneralSecurityException, IOException {
        SignatureAlgorithm row = row(key.spec());
        key.requireFit(row);
        Signature signature = Signature.getInstance(row.jcaName(), new KmsProvider());
        signature.initSign(key);
        return new Signing(signature, identifier(row, signature));
    }

    /** Returns the algorithm for keys of the given spec. */
    SignatureAlgorithm row(KeySpec spec) throws InvalidKeyException {
        return CHOICE.of(spec, name);
    }

    /**
     * Returns the object identifier of an algorithm for certificates; empty if the option cannot select the
     * algorithm. All PSS algorithms with a fixed hash share one identifier. The option takes only a name, so it
     * cannot select RSASSA-PSS, whose hash comes from a PSSParameterSpec.
     */
    private static Optional<String> oid(SignatureAlgorithm row) {
        if (row.scheme() != SignatureScheme.RSA_PSS) {
            return row.oid();
        }
        return row.digest().isPresent() ? SignatureAlgorithm.PSS.oid() : Optional.empty();
    }

    private static AlgorithmIdentifier identifier(SignatureAlgorithm row, Signature signature) throws IOException {
        ASN1ObjectIdentifier oid = new ASN1ObjectIdentifier(oid(row).orElseThrow());
        return switch (row.scheme()) {
            // the parameters are NULL (RFC 4055 §5)
            case RSA_PKCS1 -> new AlgorithmIdentifier(oid, DERNull.INSTANCE);
            case RSA_PSS -> new AlgorithmIdentifier(oid, parameters(signature.getParameters()));
            default -> new AlgorithmIdentifier(oid);
        };
    }

    private static ASN1Primitive parameters(AlgorithmParameters parameters) throws IOException {
        return ASN1Primitive.fromByteArray(parameters.getEncoded());
    }
}
