package io.github.kmsjca.internal.crypto;

import io.github.kmsjca.internal.algorithm.CipherAlgorithm;
import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.algorithm.OaepScheme;
import io.github.kmsjca.internal.config.EncryptMode;
import io.github.kmsjca.internal.delegation.OtherProviders;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.KmsPublicKey;
import io.github.kmsjca.internal.handle.RsaHandle;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.OAEPParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The Cipher engine for one transformation. With a KMS key, it decrypts in KMS or, for {@code RSA/ECB/PKCS1Padding},
 * signs in KMS. With the public key of a KMS key, an OAEP transformation encrypts locally with the padding that KMS
 * expects, or in KMS if {@code encrypt=kms} is set. In all other cases, the engine delegates to another provider. Not
 * thread-safe.
 */
public final class KmsCipher extends CipherSpi {
    private static final byte[] NO_BYTES = {};

    private final CipherAlgorithm algorithm;
    private final Provider provider;
    private final OtherProviders others;

    private @Nullable RsaOperation operation;

    /**
     * Creates an engine. Does no I/O and no look-up.
     *
     * @param provider the provider that this engine belongs to
     */
    public KmsCipher(CipherAlgorithm algorithm, Provider provider) {
        this.algorithm = algorithm;
        this.provider = provider;
        this.others = new OtherProviders(provider.getClass());
    }

    @Override
    protected void engineInit(int mode, Key key, SecureRandom random) throws InvalidKeyException {
        try {
            engineInit(mode, key, (AlgorithmParameterSpec) null, random);
        } catch (InvalidAlgorithmParameterException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    @Override
    protected void engineInit(int mode, Key key, @Nullable AlgorithmParameters encoded, SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        discardOperation();
        engineInit(mode, key, OaepParameters.decode(encoded), random);
    }

    @Override
    protected void engineInit(int mode, Key key, @Nullable AlgorithmParameterSpec spec, SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        discardOperation();
        if (key instanceof KmsHandle handle) {
            // throws for every handle that is not an RsaHandle
            handle.requireFit(algorithm);
        }
        if (key instanceof RsaHandle ours) {
            operation = algorithm.signs() ? signing(mode, ours, spec) : decryption(mode, ours, spec);
            return;
        }
        if (isEncryption(mode) && !algorithm.signs() && key instanceof KmsPublicKey ours) {
            OaepScheme scheme = scheme(spec);
            operation = encryption(
                    ours,
                    scheme,
                    engine -> engine.init(mode, KmsPublicKey.plain(ours), OaepParameters.of(scheme), random));
            return;
        }
        operation = foreign(algorithm.jcaName(), key, engine -> {
            if (spec == null) {
                engine.init(mode, key, random);
            } else {
                engine.init(mode, key, spec, random);
            }
        });
    }

    private static boolean isEncryption(int mode) {
        return mode == Cipher.ENCRYPT_MODE || mode == Cipher.WRAP_MODE;
    }

    private RsaOperation decryption(int mode, RsaHandle key, @Nullable AlgorithmParameterSpec spec)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (isEncryption(mode)) {
            throw new InvalidKeyException(key + " only decrypts and unwraps; to encrypt or wrap, use its public key");
        }
        return new RsaDecryption(key, scheme(spec));
    }

    private RsaOperation signing(int mode, RsaHandle key, @Nullable AlgorithmParameterSpec spec)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (mode != Cipher.ENCRYPT_MODE) {
            throw new InvalidKeyException("with " + algorithm.jcaName() + ", " + key + " only signs: to sign, use"
                    + " encrypt mode with a DigestInfo; to decrypt or unwrap, use an OAEP transformation"
                    + " and a key whose key usage is " + KeyUsage.ENCRYPT_DECRYPT
                    + ", because KMS does not decrypt with this padding");
        }
        if (spec != null) {
            throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " takes no parameters");
        }
        return new RsaSigning(key, provider);
    }

    private void discardOperation() {
        if (operation != null) {
            operation.clear();
        }
        operation = null;
    }

    /**
     * Returns the KMS scheme for the parameters, or for the transformation if there are none. In both cases, MGF1 uses
     * the same hash as OAEP. The JDK differs: without parameters, its MGF1 uses SHA-1.
     */
    private OaepScheme scheme(@Nullable AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (spec == null) {
            return algorithm.scheme().orElse(OaepScheme.RSAES_OAEP_SHA_1);
        }
        Optional<OaepScheme> scheme =
                spec instanceof OAEPParameterSpec oaep ? OaepParameters.scheme(oaep) : Optional.empty();
        return scheme.filter(found -> algorithm.scheme().orElse(found) == found)
                .orElseThrow(() -> new InvalidAlgorithmParameterException(OaepParameters.refusal(algorithm, spec)));
    }

    /** Initializes an engine of another provider. */
    private interface Initialization {
        void apply(Cipher engine) throws GeneralSecurityException;
    }

    /** Returns the operation that encrypts for a KMS key: in KMS, or locally with the padding that KMS expects. */
    private RsaOperation encryption(KmsPublicKey key, OaepScheme scheme, Initialization local)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        key.handle().requireFit(algorithm);
        return key.handle() instanceof RsaHandle owner && owner.settings().encrypt() == EncryptMode.KMS
                ? new RsaEncryption(owner, scheme)
                : foreign(CipherAlgorithm.OAEP.jcaName(), KmsPublicKey.plain(key), local);
    }

    private RsaOperation foreign(String transformation, Key key, Initialization initialization)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        return new RsaOperation.Foreign(others.findWithParameters(
                new OtherProviders.WantedService(algorithm.service(), "RSA", key), provider -> {
                    Cipher engine = Cipher.getInstance(transformation, provider);
                    initialization.apply(engine);
                    return engine;
                }));
    }

    @Override
    protected byte[] engineUpdate(byte[] input, int offset, int count) {
        requireOperation().update(input, offset, count);
        return NO_BYTES;
    }

    @Override
    protected int engineUpdate(byte[] input, int offset, int count, byte[] output, int outputOffset) {
        requireOperation().update(input, offset, count);
        return 0;
    }

    @Override
    protected byte[] engineDoFinal(byte @Nullable [] input, int offset, int count)
            throws IllegalBlockSizeException, BadPaddingException {
        if (input != null) {
            requireOperation().update(input, offset, count);
        }
        return requireOperation().finish();
    }

    @Override
    protected int engineDoFinal(byte @Nullable [] input, int offset, int count, byte[] output, int outputOffset)
            throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
        // check first, because finishing makes a request and discards the data from earlier updates
        if (output.length - outputOffset < requireOperation().longestOutput()) {
            throw new ShortBufferException(
                    "the output needs room for " + requireOperation().longestOutput() + " bytes");
        }
        byte[] result = engineDoFinal(input, offset, count);
        System.arraycopy(result, 0, output, outputOffset, result.length);
        Arrays.fill(result, (byte) 0);
        return result.length;
    }

    @Override
    protected byte[] engineWrap(Key key) throws IllegalBlockSizeException, InvalidKeyException {
        return requireOperation().wrap(key);
    }

    @Override
    protected Key engineUnwrap(byte[] wrapped, String wrappedAlgorithm, int type)
            throws InvalidKeyException, NoSuchAlgorithmException {
        return requireOperation().unwrap(wrapped, wrappedAlgorithm, type);
    }

    private RsaOperation requireOperation() {
        if (operation == null) {
            throw new IllegalStateException("no key is set: call init first");
        }
        return operation;
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return operation == null ? null : operation.parameters();
    }

    /** Returns 0, because RSA is not a block cipher. */
    @Override
    protected int engineGetBlockSize() {
        return 0;
    }

    @Override
    protected int engineGetOutputSize(int inputLength) {
        return requireOperation().longestOutput();
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
        return null;
    }

    @Override
    protected int engineGetKeySize(Key key) throws InvalidKeyException {
        if (key instanceof RSAKey rsa) {
            return rsa.getModulus().bitLength();
        }
        throw new InvalidKeyException("not an RSA key: " + key.getClass().getName());
    }

    /** Always refuses, because the provider offers only complete transformations, with mode and padding. */
    @Override
    protected void engineSetMode(String mode) throws NoSuchAlgorithmException {
        throw new NoSuchAlgorithmException("mode " + mode + " cannot be set separately");
    }

    @Override
    protected void engineSetPadding(String padding) throws NoSuchPaddingException {
        throw new NoSuchPaddingException("padding " + padding + " cannot be set separately");
    }
}
