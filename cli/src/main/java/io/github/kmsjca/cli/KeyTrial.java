package io.github.kmsjca.cli;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.internal.algorithm.Hashing;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.client.KmsProbe;
import io.github.kmsjca.internal.crypto.Trial;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.PairHandle;
import io.github.kmsjca.key.KmsException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.ProviderException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Uses a key for what it was created for, as a program does, so that all settings and all policy conditions apply. The
 * key must come from a session whose requests are dry runs.
 *
 * @param algorithm the name of the signature algorithm, or null for the usual algorithm of each key
 */
record KeyTrial(@Nullable String algorithm) {
    /**
     * All algorithms except those that need a digest or parameters from the caller. The first argument is part of an
     * error text: "… key cannot sign messages".
     */
    private static final AlgorithmChoice CHOICE = new AlgorithmChoice(
            "messages", row -> row.hashing() != Hashing.BY_CALLER && row.hashing() != Hashing.BY_PARAMETERS);

    /** Returns whether the caller may use the key. */
    Finding finding(KmsHandle key, KeyUsage usage) {
        try {
            return usage == KeyUsage.SIGN_VERIFY && key instanceof PairHandle pair
                    ? signature(pair)
                    : otherUse(key, usage);
        } catch (GeneralSecurityException | ProviderException e) {
            return Finding.problem(usage == KeyUsage.SIGN_VERIFY ? "signature" : "use", e);
        }
    }

    private Finding signature(PairHandle key) throws GeneralSecurityException {
        SignatureAlgorithm row = CHOICE.of(key.spec(), algorithm);
        Signature signature = Signature.getInstance(row.jcaName(), new KmsProvider());
        signature.initSign(key);
        signature.update(new byte[1]);
        String kmsAlgorithm = row.scheme().kmsAlgorithm(key.spec(), row.digest().orElse(null));
        String tried = row.jcaName() + " (" + kmsAlgorithm + ")";
        try {
            signature.sign();
            return dryRunIgnored("kms:Sign", tried);
        } catch (SignatureException e) {
            if (!(e.getCause() instanceof KmsException answer)) {
                throw e;
            }
            return KmsProbe.isAllowed(answer) ? allowed("kms:Sign", tried) : Finding.problem("kms:Sign", e);
        }
    }

    private Finding otherUse(KmsHandle key, KeyUsage usage) throws GeneralSecurityException {
        if (algorithm != null) {
            throw new InvalidKeyException(
                    key + " cannot be used with " + algorithm + "; " + KeyUsage.SIGN_VERIFY.remedy());
        }
        Optional<Trial> trial = Trial.of(key, usage);
        if (trial.isEmpty()) {
            throw new InvalidKeyException("this provider cannot use keys of spec " + key.spec() + " with key usage "
                    + usage + "; name another key");
        }
        String action = "kms:" + trial.get().operation();
        try {
            trial.get().request().run();
            return dryRunIgnored(action, trial.get().algorithm());
        } catch (KmsException e) {
            return KmsProbe.isAllowed(e) ? allowed(action, trial.get().algorithm()) : Finding.problem(action, e);
        }
    }

    private static Finding allowed(String action, String tried) {
        return Finding.ok(action, "allowed, with " + tried);
    }

    /**
     * The result if the call succeeds. AWS KMS answers a dry run with an exception, so a result means that the server
     * ignored DryRun.
     */
    private static Finding dryRunIgnored(String action, String tried) {
        return Finding.note(
                action,
                "allowed, with " + tried
                        + "; the server ignored DryRun, as most servers that imitate KMS do, so this check really used"
                        + " the key once");
    }
}
