package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.algorithm.Hashing;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureScheme;
import io.github.kmsjca.internal.delegation.OtherProviders;
import io.github.kmsjca.internal.handle.PublicKeys;
import io.github.kmsjca.internal.library.Library;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Opens operations that need no KMS call: with private keys that are not KMS keys, and with public keys.
 *
 * @param others the engines of other providers
 */
record ForeignKeys(SignatureAlgorithm algorithm, OtherProviders others) {

    Operation signing(PrivateKey key, @Nullable AlgorithmParameterSpec spec, @Nullable SecureRandom random)
            throws InvalidKeyException {
        return delegate(key, spec, engine -> {
            if (random == null) {
                engine.initSign(key);
            } else {
                engine.initSign(key, random);
            }
        });
    }

    /**
     * Opens the verification with a public key. Most algorithms are verified by another provider. Bouncy Castle
     * verifies ECDSA with an algorithm and a curve that KMS supports, because JDK 17 accepts malformed signatures,
     * refuses valid ones whose first number was reduced modulo the order of the curve, and cannot verify with
     * secp256k1. Bouncy Castle also verifies PSS over a digest, because the JDK does not have this algorithm, and some
     * algorithms for which no other provider accepts the key, see {@link #substitute}.
     *
     * @return null only for PSS over a digest, if its parameters are missing and no other provider opens the operation
     */
    @Nullable
    Operation verification(PublicKey key, @Nullable AlgorithmParameterSpec spec) throws InvalidKeyException {
        Library.BOUNCY_CASTLE.require();
        Optional<SigningPlan> plan = localPlan(key, spec);
        if (algorithm.scheme() == SignatureScheme.ECDSA && plan.isPresent()) {
            ParameterRules.requireOwnCurve(spec, key);
            return new LocalVerifyOperation(plan.get());
        }
        if (isRawPss() && plan.isPresent()) {
            return new LocalVerifyOperation(plan.get());
        }
        // engines read the numbers of RSA and EC keys, and the encoding of other keys, so check that encoding
        boolean hasNumbers = key instanceof RSAPublicKey || key instanceof ECPublicKey;
        if (!hasNumbers && !PublicKeys.isWellFormed(key)) {
            throw new InvalidKeyException("the encoding of the public key is not valid");
        }
        try {
            return delegate(key, spec);
        } catch (InvalidKeyException refusal) {
            if (isRawPss()
                    && spec == null
                    && PublicKeys.spec(key).filter(algorithm::fits).isPresent()) {
                return null;
            }
            return substitute(plan.orElseThrow(() -> refusal), spec, refusal);
        }
    }

    /**
     * Returns the plan for verification with Bouncy Castle; empty if no key spec fits both the key and the algorithm
     * or, for PSS over a digest, if KMS does not support the parameters.
     */
    private Optional<SigningPlan> localPlan(PublicKey key, @Nullable AlgorithmParameterSpec spec)
            throws InvalidKeyException {
        Optional<KeySpec> keySpec = PublicKeys.spec(key).filter(algorithm::fits);
        if (keySpec.isEmpty() || !isRawPss()) {
            return keySpec.map(found -> SigningPlan.local(algorithm, found, key));
        }
        Optional<Digest> digest = spec instanceof PSSParameterSpec pss ? PssParameters.digest(pss) : Optional.empty();
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        PublicKey rsa = key instanceof RSAPublicKey ? key : reread(keySpec.get(), key);
        return Optional.of(SigningPlan.local(algorithm, keySpec.get(), rsa).withDigest(digest.get()));
    }

    /** Returns whether the caller passes a digest instead of the message, for PSS. The JDK has no such algorithm. */
    private boolean isRawPss() {
        return algorithm.scheme() == SignatureScheme.RSA_PSS && algorithm.hashing() == Hashing.BY_CALLER;
    }

    /**
     * Returns the operation for a key object that no other provider accepts. If every JDK supports keys of this spec,
     * another provider gets an equal key in a class of an installed provider. Otherwise Bouncy Castle verifies, without
     * parameters.
     *
     * @param refusal the reason of the first provider that refused
     */
    private Operation substitute(SigningPlan plan, @Nullable AlgorithmParameterSpec spec, InvalidKeyException refusal)
            throws InvalidKeyException {
        // an RSA key object may have only numbers, so there is nothing to parse again
        if (plan.publicKey().getEncoded() == null) {
            throw refusal;
        }
        if (plan.spec().isSupportedByEveryJdk()) {
            return delegate(reread(plan.spec(), plan.publicKey()), spec);
        }
        if (spec != null) {
            throw refusal;
        }
        plan.requireLibrary();
        return new LocalVerifyOperation(plan);
    }

    /** Returns an equal key in a class of an installed provider. For Ed25519, the JDK requires an EdECPublicKey. */
    private static PublicKey reread(KeySpec spec, PublicKey key) throws InvalidKeyException {
        try {
            return PublicKeys.reread(spec, key);
        } catch (InvalidKeySpecException | IllegalArgumentException unreadable) {
            throw new InvalidKeyException("the public key is not a valid key of spec " + spec, unreadable);
        }
    }

    private Operation delegate(PublicKey key, @Nullable AlgorithmParameterSpec spec) throws InvalidKeyException {
        return delegate(key, spec, engine -> engine.initVerify(key));
    }

    private Operation delegate(
            Key key, @Nullable AlgorithmParameterSpec spec, ForeignOperation.Initialization initialization)
            throws InvalidKeyException {
        // few providers have a name for PSS with a fixed hash, so request RSASSA-PSS and set its parameters
        SignatureAlgorithm portable =
                algorithm.scheme() == SignatureScheme.RSA_PSS && algorithm.isSupported() && !isRawPss()
                        ? SignatureAlgorithm.PSS
                        : algorithm;
        OtherProviders.WantedService wanted =
                new OtherProviders.WantedService(portable.service(), portable.jcaName(), key);
        // the JCA builds NONEwithRSA from any RSA cipher, see Signature.getInstance(String, Provider)
        OtherProviders.WantedService substitute =
                algorithm == SignatureAlgorithm.NONE_RSA ? wanted.replacedBy("Cipher", "RSA") : wanted;
        Signature engine = others.find(wanted, substitute, provider -> {
            Signature opened = Signature.getInstance(portable.jcaName(), provider);
            if (spec != null) {
                opened.setParameter(spec);
            }
            initialization.apply(opened);
            return opened;
        });
        Predicate<byte[]> isWellFormed = key instanceof PublicKey publicKey
                ? signature -> SignatureForm.isWellFormed(algorithm, publicKey, signature)
                : signature -> true;
        return new ForeignOperation(engine, initialization, algorithm.hashing(), isWellFormed);
    }
}
