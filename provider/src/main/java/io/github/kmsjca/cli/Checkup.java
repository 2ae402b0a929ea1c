package io.github.kmsjca.cli;

import io.github.kmsjca.algorithm.Digest;
import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.algorithm.MessageType;
import io.github.kmsjca.algorithm.SignatureAlgorithm;
import io.github.kmsjca.client.KeyDescription;
import io.github.kmsjca.client.KmsException;
import io.github.kmsjca.client.KmsProbe;
import io.github.kmsjca.client.PublicKeyAnswer;
import io.github.kmsjca.client.SigningInput;
import io.github.kmsjca.config.KeyId;
import io.github.kmsjca.config.KmsSettings;
import io.github.kmsjca.config.MessageMode;
import io.github.kmsjca.key.PublicKeys;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at what a signature needs, one thing after another, and reports each. Requests change nothing and sign nothing.
 */
final class Checkup {
    /** How far a clock may be off before KMS refuses requests (IAM User Guide, "Signing AWS API requests"). */
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    private static final int MU_LENGTH = 64;
    private static final String DENIED = "AccessDeniedException";

    private final KmsSettings settings;
    private final KmsProbe probe;
    private final CertificateAlgorithm algorithm;
    private final Consumer<Finding> report;

    Checkup(KmsSettings settings, KmsProbe probe, CertificateAlgorithm algorithm, Consumer<Finding> report) {
        this.settings = settings;
        this.probe = probe;
        this.algorithm = algorithm;
        this.report = report;
    }

    /** Looks at credentials and Region; returns whether there is any use in going on. */
    boolean access(Optional<KeyId> key) {
        try {
            report.accept(Finding.ok("credentials", "access key " + probe.accessKeyId()));
            report.accept(Finding.ok("Region", probe.region(key)));
            probe.endpointOverride(key)
                    .ifPresent(
                            url -> report.accept(Finding.note("endpoint", url + ", set in place of the Region's own")));
            return true;
        } catch (KmsException e) {
            report.accept(Finding.problem("access", e));
            return false;
        }
    }

    /**
     * Looks at a key and what the caller may do with it.
     *
     * @param certified the public key of its certificate, with which signing needs no other
     * @return the public key, if KMS tells it
     */
    Optional<PublicKey> key(KeyId id, Optional<PublicKey> certified) {
        try {
            if (!isUsable(id)) {
                return Optional.empty();
            }
            Optional<PublicKey> publicKey = publicKey(id, certified.isPresent());
            publicKey.or(() -> certified).flatMap(PublicKeys::spec).ifPresent(spec -> sign(id, spec));
            return publicKey;
        } catch (KmsException e) {
            report.accept(Finding.problem("key " + id, e));
            return Optional.empty();
        }
    }

    private boolean isUsable(KeyId id) {
        KeyDescription key;
        try {
            key = probe.describe(id);
        } catch (KmsException e) {
            if (!e.code().equals(DENIED)) {
                throw e;
            }
            report.accept(Finding.note(
                    "kms:DescribeKey", "not allowed, so the key state is not known; signing does not need it"));
            return true;
        }
        String subject = "key " + key.arn();
        String nature = key.keySpec() + ", " + key.keyUsage() + ", " + key.keyState();
        if (!key.canSign()) {
            report.accept(Finding.problem(
                    subject, nature + "; it cannot sign: name a key whose key usage is " + PublicKeyAnswer.SIGNING));
            return false;
        }
        if (!key.isEnabled()) {
            report.accept(Finding.problem(subject, nature + "; " + key.remedy()));
            return false;
        }
        report.accept(Finding.ok(subject, nature));
        return true;
    }

    private Optional<PublicKey> publicKey(KeyId id, boolean isCertified) {
        try {
            PublicKeyAnswer answer = probe.publicKey(id);
            report.accept(Finding.ok("kms:GetPublicKey", "allowed"));
            KeySpec spec = KeySpec.named(answer.keySpec())
                    .orElseThrow(() -> new InvalidKeySpecException(
                            "key spec " + answer.keySpec() + " is none that this version knows"));
            return Optional.of(PublicKeys.parse(spec, answer.publicKey()));
        } catch (KmsException e) {
            report.accept(
                    isCertified && e.code().equals(DENIED)
                            ? Finding.note(
                                    "kms:GetPublicKey",
                                    "not allowed, so the certificate cannot be compared; signing does not need it")
                            : Finding.problem("kms:GetPublicKey", e));
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            report.accept(Finding.problem("public key", e));
        }
        return Optional.empty();
    }

    /** Looks at whether the caller may sign with a key of a known spec. */
    private void sign(KeyId id, KeySpec spec) {
        try {
            SignatureAlgorithm row = algorithm.row(spec);
            SigningInput input = input(row, spec);
            probe.trySign(id, input);
            report.accept(Finding.ok(
                    "kms:Sign", "allowed, by " + row.jcaName() + " (" + input.algorithm() + ", " + input.type() + ")"));
        } catch (KmsException e) {
            report.accept(Finding.problem("kms:Sign", e));
        } catch (InvalidKeyException e) {
            report.accept(Finding.problem("--algorithm", e));
        }
    }

    /** Returns a request as a signature makes it, so that the conditions of policies count. */
    private SigningInput input(SignatureAlgorithm row, KeySpec spec) {
        Optional<Digest> digest = row.digest();
        MessageType type = settings.message() == MessageMode.RAW
                ? MessageType.RAW
                : row.scheme().messageType();
        int length = switch (type) {
            case RAW -> 1;
            case DIGEST -> row.scheme().signedDigest(spec, digest).orElseThrow().length();
            case EXTERNAL_MU -> MU_LENGTH;
        };
        return new SigningInput(row.scheme().kmsAlgorithm(spec, digest), type, new byte[length]);
    }

    /** Looks at whether the account's aliases may be listed. */
    void discovery() {
        try {
            probe.tryListAliases();
            report.accept(Finding.ok("kms:ListAliases", "allowed"));
        } catch (KmsException e) {
            report.accept(
                    e.code().equals(DENIED)
                            ? Finding.note(
                                    "kms:ListAliases",
                                    "not allowed; only -keystore NONE without the settings keys and key.<alias> needs it")
                            : Finding.problem("kms:ListAliases", e));
        }
    }

    /** Looks at the clock, after a request has been answered. */
    void clock() {
        probe.clockSkew().ifPresent(skew -> {
            Duration off = skew.abs();
            String text = off.toSeconds() + " s " + (skew.isNegative() ? "behind" : "ahead of") + " the service";
            report.accept(
                    off.compareTo(MOST_SKEW) < 0
                            ? Finding.ok("clock", text)
                            : Finding.problem("clock", text + "; KMS refuses requests from such clocks: set it"));
        });
    }
}
