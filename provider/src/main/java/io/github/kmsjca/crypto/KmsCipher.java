package io.github.kmsjca.crypto;

import io.github.kmsjca.algorithm.CipherAlgorithm;
import io.github.kmsjca.algorithm.OaepScheme;
import io.github.kmsjca.key.KmsPrivateKey;
import io.github.kmsjca.key.KmsSessions;
import io.github.kmsjca.key.OtherProviders;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
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
 * The Cipher engine of one transformation. It decrypts in KMS and encrypts here with the public key, in the way that KMS
 * decrypts; for every other private key it does what the next provider would. As any engine, it is for one thread at a
 * time.
 */
public final class KmsCipher extends CipherSpi {
    private static final byte[] NOTHING = {};

    private final CipherAlgorithm algorithm;
    private final KmsSessions sessions;
    private final OtherProviders others;

    private @Nullable RsaOperation operation;
    private @Nullable OAEPParameterSpec parameters;

    /**
     * Makes an engine; no I/O, no look-up.
     *
     * @param provider the class of provider that this engine belongs to
     */
    public KmsCipher(CipherAlgorithm algorithm, KmsSessions sessions, Class<? extends Provider> provider) {
        this.algorithm = algorithm;
        this.sessions = sessions;
        this.others = new OtherProviders(provider);
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
        engineInit(mode, key, OaepParameters.decode(encoded), random);
    }

    @Override
    protected void engineInit(int mode, Key key, @Nullable AlgorithmParameterSpec spec, SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        operation = null;
        OAEPParameterSpec given = oaep(spec);
        operation = open(mode, key, given, random);
        parameters = given;
    }

    /** Returns what the caller wants, which without parameters is what KMS does: the JDK's own default differs. */
    private OAEPParameterSpec oaep(@Nullable AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (spec == null) {
            return OaepParameters.of(algorithm.scheme().orElse(OaepScheme.RSAES_OAEP_SHA_1));
        }
        if (!(spec instanceof OAEPParameterSpec oaep)) {
            throw new InvalidAlgorithmParameterException(algorithm.jcaName() + " takes OAEPParameterSpec, not "
                    + spec.getClass().getName());
        }
        Optional<String> named =
                algorithm.scheme().map(scheme -> scheme.digest().jcaName());
        if (named.filter(digest -> !digest.equalsIgnoreCase(oaep.getDigestAlgorithm()))
                .isPresent()) {
            throw new InvalidAlgorithmParameterException(
                    algorithm.jcaName() + " is with " + named.get() + ", not with " + oaep.getDigestAlgorithm());
        }
        return oaep;
    }

    private RsaOperation open(int mode, Key key, OAEPParameterSpec spec, SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        boolean encrypts = mode == Cipher.ENCRYPT_MODE || mode == Cipher.WRAP_MODE;
        if (key instanceof KmsPrivateKey ours) {
            ours.requireFit(algorithm);
            if (encrypts) {
                throw new InvalidKeyException(ours + " decrypts; encrypt with its public key");
            }
            return new RsaDecryption(ours, scheme(spec));
        }
        Optional<KmsPrivateKey> owner =
                encrypts && key instanceof PublicKey publicKey ? sessions.encrypter(publicKey) : Optional.empty();
        if (owner.isPresent()) {
            owner.get().requireFit(algorithm);
            return new RsaEncryption(owner.get(), scheme(spec));
        }
        return foreign(mode, key, spec, random);
    }

    private static OaepScheme scheme(OAEPParameterSpec spec) throws InvalidAlgorithmParameterException {
        return OaepParameters.scheme(spec)
                .orElseThrow(() -> new InvalidAlgorithmParameterException(OaepParameters.refusal(spec)));
    }

    private RsaOperation foreign(int mode, Key key, OAEPParameterSpec spec, SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        try {
            return new RsaOperation.Foreign(others.find(new OtherProviders.Wanted("Cipher", "RSA", key), provider -> {
                Cipher engine = Cipher.getInstance(CipherAlgorithm.OAEP.jcaName(), provider);
                engine.init(mode, key, spec, random);
                return engine;
            }));
        } catch (InvalidKeyException e) {
            if (e.getCause() instanceof InvalidAlgorithmParameterException unfit) {
                throw unfit;
            }
            throw e;
        }
    }

    @Override
    protected byte[] engineUpdate(byte[] input, int offset, int count) {
        ready().update(input, offset, count);
        return NOTHING;
    }

    @Override
    protected int engineUpdate(byte[] input, int offset, int count, byte[] output, int outputOffset) {
        ready().update(input, offset, count);
        return 0;
    }

    @Override
    protected byte[] engineDoFinal(byte @Nullable [] input, int offset, int count)
            throws IllegalBlockSizeException, BadPaddingException {
        if (input != null) {
            ready().update(input, offset, count);
        }
        return ready().finish();
    }

    @Override
    protected int engineDoFinal(byte @Nullable [] input, int offset, int count, byte[] output, int outputOffset)
            throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
        // before the request: afterwards the caller could not ask for the same again
        if (output.length - outputOffset < ready().longestOutput()) {
            throw new ShortBufferException("the output may have " + ready().longestOutput() + " bytes");
        }
        byte[] result = engineDoFinal(input, offset, count);
        System.arraycopy(result, 0, output, outputOffset, result.length);
        return result.length;
    }

    @Override
    protected byte[] engineWrap(Key key) throws IllegalBlockSizeException, InvalidKeyException {
        return ready().wrap(key);
    }

    @Override
    protected Key engineUnwrap(byte[] wrapped, String wrappedAlgorithm, int type)
            throws InvalidKeyException, NoSuchAlgorithmException {
        return ready().unwrap(wrapped, wrappedAlgorithm, type);
    }

    private RsaOperation ready() {
        if (operation == null) {
            throw new IllegalStateException("no key is set");
        }
        return operation;
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return parameters == null ? null : OaepParameters.encode(parameters);
    }

    /** Returns 0: RSA is no block cipher. */
    @Override
    protected int engineGetBlockSize() {
        return 0;
    }

    @Override
    protected int engineGetOutputSize(int inputLength) {
        return ready().longestOutput();
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
        throw new InvalidKeyException("no RSA key: " + key.getClass().getName());
    }

    /** Names of transformations say the mode already. */
    @Override
    protected void engineSetMode(String mode) throws NoSuchAlgorithmException {
        throw new NoSuchAlgorithmException("no mode " + mode);
    }

    @Override
    protected void engineSetPadding(String padding) throws NoSuchPaddingException {
        throw new NoSuchPaddingException("no padding " + padding);
    }
}
