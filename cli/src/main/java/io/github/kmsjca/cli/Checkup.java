package io.github.kmsjca.cli;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.internal.algorithm.Hashing;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.certificate.KeyCertificates;
import io.github.kmsjca.internal.certificate.Purpose;
import io.github.kmsjca.internal.client.Connection;
import io.github.kmsjca.internal.client.KeyDescription;
import io.github.kmsjca.internal.client.KmsErrors;
import io.github.kmsjca.internal.client.KmsProbe;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.internal.config.KmsSettings;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.internal.session.KmsSession;
import io.github.kmsjca.internal.session.Lookup;
import io.github.kmsjca.internal.text.ForeignText;
import io.github.kmsjca.key.KmsException;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a signature needs, step by step, and reports each result. Its requests change nothing and sign nothing.
 */
final class Checkup {
    /** The maximum clock error that KMS accepts (IAM User Guide, "Signing AWS API requests"). */
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    /** All algorithms except those that need a digest or parameters from the caller. */
    private static final AlgorithmChoice CHOICE = new AlgorithmChoice(
            "messages", row -> row.hashing() != Hashing.BY_CALLER && row.hashing() != Hashing.BY_PARAMETERS);

    private final KmsProbe probe;
    private final KmsSession session;
    private final @Nullable String algorithm;
    private final Consumer<Finding> report;

    /**
     * Creates a checkup. It makes no request yet.
     *
     * @param algorithm the name of the signature algorithm, or null for the usual algorithm of each key
     */
    Checkup(KmsSettings settings, KmsProbe probe, @Nullable String algorithm, Consumer<Finding> report) {
        this.probe = probe;
        this.session = new KmsSession(new Connection(settings, probe));
        this.algorithm = algorithm;
        this.report = report;
    }

    /** Returns the certificates of a key from settings or tags. Reuses what this checkup has already requested. */
    List<X509Certificate> chain(KeyId id) {
        return KeyCertificates.of(session).chain(id, Lookup.MAY_ASK, Purpose.SIGNATURE);
    }

    /**
     * Checks credentials, Region and endpoint. Returns whether the other checks are possible.
     *
     * @param key the key that is checked next, or null if there is none
     */
    boolean access(@Nullable KeyId key) {
        try {
            report.accept(Finding.ok("credentials", "access key " + probe.accessKeyId()));
            report.accept(Finding.ok("Region", probe.regions(key)));
            probe.endpointOverride(key)
                    .ifPresent(url -> report.accept(Finding.note("endpoint", url + ", instead of the Region's own")));
            return true;
        } catch (KmsException e) {
            report.accept(Finding.problem("access", e));
            return false;
        }
    }

    /**
     * Checks a key and the permissions of the caller.
     *
     * @param certified the public key in the certificate of the key; null if there is no certificate. With a
     *     certificate, signing does not need GetPublicKey
     * @return the public key, if KMS returns it
     */
    Optional<PublicKey> key(KeyId id, @Nullable PublicKey certified) {
        try {
            if (!isUsable(id)) {
                return Optional.empty();
            }
            Optional<PublicKey> publicKey = publicKey(id, certified != null);
            PublicKey known = publicKey.orElse(certified);
            if (known != null) {
                sign(id, known);
            }
            return publicKey;
        } catch (ProviderException e) {
            report.accept(Finding.problem("key " + id, e));
            return Optional.empty();
        }
    }

    private boolean isUsable(KeyId id) {
        KeyDescription key;
        try {
            key = probe.describe(id);
        } catch (KmsException e) {
            if (!KmsErrors.isDenied(e)) {
                throw e;
            }
            report.accept(Finding.note(
                    "kms:DescribeKey",
                    "not allowed, so the key state is unknown; signing does not need this permission"));
            return true;
        }
        String details = Stream.of(key.keySpec(), key.keyUsage(), key.keyState())
                .map(ForeignText::of)
                .collect(Collectors.joining(", "));
        String remedy = !key.canSign()
                ? "; it cannot sign: " + KeyUsage.SIGN_VERIFY.remedy()
                : key.isUsable() ? "" : "; " + key.remedy();
        String subject = "key " + ForeignText.of(key.arn());
        report.accept(remedy.isEmpty() ? Finding.ok(subject, details) : Finding.problem(subject, details + remedy));
        return remedy.isEmpty();
    }

    private Optional<PublicKey> publicKey(KeyId id, boolean isCertified) {
        try {
            PublicKey publicKey = session.keys().pair(id).publicKey();
            report.accept(Finding.ok("kms:GetPublicKey", "allowed"));
            return Optional.of(publicKey);
        } catch (KmsException e) {
            report.accept(
                    isCertified && KmsErrors.isDenied(e)
                            ? Finding.note(
                                    "kms:GetPublicKey",
                                    "not allowed, so the certificate cannot be compared; signing does not need this"
                                            + " permission")
                            : Finding.problem("kms:GetPublicKey", e));
            return Optional.empty();
        }
    }

    /** Signs as a program does, but with DryRun, so that all settings and all policy conditions apply. */
    private void sign(KeyId id, PublicKey publicKey) {
        try {
            PairHandle handle = session.keys().pair(id, publicKey);
            SignatureAlgorithm row = CHOICE.of(handle.spec(), algorithm);
            Signature signature = Signature.getInstance(row.jcaName(), new KmsProvider());
            signature.initSign(handle);
            signature.update(new byte[1]);
            String kmsAlgorithm =
                    row.scheme().kmsAlgorithm(handle.spec(), row.digest().orElse(null));
            String tried = row.jcaName() + " (" + kmsAlgorithm + ")";
            report.accept(result(signature, tried));
        } catch (GeneralSecurityException | ProviderException e) {
            report.accept(Finding.problem("signature", e));
        }
    }

    private static Finding result(Signature signature, String tried) throws SignatureException {
        try {
            signature.sign();
            return Finding.problem("kms:Sign", "KMS returned a signature, although the request was a DryRun");
        } catch (SignatureException e) {
            if (!(e.getCause() instanceof KmsException answer)) {
                throw e;
            }
            return KmsProbe.isAllowed(answer)
                    ? Finding.ok("kms:Sign", "allowed, with " + tried)
                    : Finding.problem("kms:Sign", e);
        }
    }

    /** Checks whether the caller may list the account's aliases. */
    void discovery() {
        try {
            probe.tryAliases();
            report.accept(Finding.ok("kms:ListAliases", "allowed"));
        } catch (KmsException e) {
            report.accept(
                    KmsErrors.isDenied(e)
                            ? Finding.note(
                                    "kms:ListAliases",
                                    "not allowed; only -keystore NONE without the settings keys and key.<alias> needs"
                                            + " this permission")
                            : Finding.problem("kms:ListAliases", e));
        }
    }

    /** Reports the proxies of the requests so far. */
    void proxies() {
        probe.proxies().forEach(proxy -> report.accept(Finding.note("proxy", proxy)));
    }

    /** Checks the clock. Needs an earlier answer from KMS. */
    void clock() {
        probe.clockSkew().ifPresent(skew -> {
            Duration off = skew.abs();
            String text = off.toSeconds() + " s " + (skew.isNegative() ? "behind" : "ahead of") + " the service";
            report.accept(
                    off.compareTo(MOST_SKEW) < 0
                            ? Finding.ok("clock", text)
                            : Finding.problem(
                                    "clock",
                                    text + "; KMS refuses requests if the clock is this far off; set the clock"));
        });
    }
}
