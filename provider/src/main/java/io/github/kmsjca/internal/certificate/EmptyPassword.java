package io.github.kmsjca.internal.certificate;

import io.github.kmsjca.internal.handle.BouncyCastle;
import io.github.kmsjca.internal.handle.DerBounds;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.RuntimeCryptoException;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.engines.RC2Engine;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * Decrypts the parts of a PKCS #12 file if its password is empty (RFC 7292, appendix B; RFC 8018 §6.2). Encryption
 * with an empty password hides nothing, but OpenSSL can write it.
 */
final class EmptyPassword {
    static {
        BouncyCastle.initialize();
    }

    /**
     * The maximum number of iterations. By default, OpenSSL uses 2,048, and the JDKs 17 and 25 use 10,000. Many more
     * would keep a program busy.
     */
    private static final int MOST_ITERATIONS = 20_000;

    /** The maximum size of an encrypted part in bytes. A part with certificates is much smaller. */
    private static final int LARGEST = 4 * 1024 * 1024;

    /** The forms of an empty password: in RFC 7292, it is two zero bytes, but some tools use no byte at all. */
    private static final List<byte[]> EMPTY_PASSWORDS = List.of(new byte[2], new byte[0]);

    private EmptyPassword() {}

    /**
     * A block cipher in CBC mode, with padding.
     *
     * @param keyBits the length of the key
     * @param engine makes the block cipher
     */
    private record Cipher(int keyBits, Supplier<BlockCipher> engine) {
        byte[] decrypt(CipherParameters key, byte[] content) throws InvalidCipherTextException {
            PaddedBufferedBlockCipher cipher = new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(engine.get()));
            cipher.init(false, key);
            byte[] plain = new byte[cipher.getOutputSize(content.length)];
            int length = cipher.processBytes(content, 0, content.length, plain, 0);
            return Arrays.copyOf(plain, length + cipher.doFinal(plain, length));
        }
    }

    /** The ciphers of RFC 7292. Their key and their initialization vector both come from the password. */
    private static final Map<ASN1ObjectIdentifier, Cipher> PKCS12_CIPHERS = Map.of(
            PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC, new Cipher(192, DESedeEngine::new),
            PKCSObjectIdentifiers.pbeWithSHAAnd2_KeyTripleDES_CBC, new Cipher(128, DESedeEngine::new),
            PKCSObjectIdentifiers.pbeWithSHAAnd128BitRC2_CBC, new Cipher(128, RC2Engine::new),
            PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC2_CBC, new Cipher(40, RC2Engine::new));

    /** The ciphers of RFC 8018. Their initialization vector is a parameter of the encryption. */
    private static final Map<ASN1ObjectIdentifier, Cipher> PBES2_CIPHERS = Map.of(
            NISTObjectIdentifiers.id_aes128_CBC, new Cipher(128, AESEngine::newInstance),
            NISTObjectIdentifiers.id_aes192_CBC, new Cipher(192, AESEngine::newInstance),
            NISTObjectIdentifiers.id_aes256_CBC, new Cipher(256, AESEngine::newInstance),
            PKCSObjectIdentifiers.des_EDE3_CBC, new Cipher(192, DESedeEngine::new));

    /** The hashes of PBKDF2, by the identifiers of their HMACs. */
    private static final Map<ASN1ObjectIdentifier, Supplier<Digest>> HASHES = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, SHA1Digest::new,
            PKCSObjectIdentifiers.id_hmacWithSHA224, SHA224Digest::new,
            PKCSObjectIdentifiers.id_hmacWithSHA256, SHA256Digest::newInstance,
            PKCSObjectIdentifiers.id_hmacWithSHA384, SHA384Digest::new,
            PKCSObjectIdentifiers.id_hmacWithSHA512, SHA512Digest::new);

    /**
     * Returns the decrypted content, which is one DER sequence of any depth. Empty if the password is not empty, the
     * content is damaged, or the algorithm is not in the tables above.
     *
     * @throws ExceededLimitException if the content is too large, or decrypting it would take too long; the message
     *     follows the name of the file in an error text
     */
    static Optional<byte[]> decrypt(EncryptedData encrypted) throws ExceededLimitException {
        byte[] content = encrypted.getContent() == null
                ? new byte[0]
                : encrypted.getContent().getOctets();
        if (content.length > LARGEST) {
            throw new ExceededLimitException("has an encrypted part of more than 4 MiB");
        }
        for (byte[] password : EMPTY_PASSWORDS) {
            Optional<byte[]> plain = decrypt(encrypted.getEncryptionAlgorithm(), password, content);
            if (plain.isPresent()) {
                return plain;
            }
        }
        return Optional.empty();
    }

    private static Optional<byte[]> decrypt(AlgorithmIdentifier algorithm, byte[] password, byte[] content)
            throws ExceededLimitException {
        try {
            Optional<byte[]> plain = algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)
                    ? pbes2(DerFile.required(PBES2Parameters.getInstance(algorithm.getParameters())), password, content)
                    : pkcs12(algorithm, password, content);
            return plain.filter(EmptyPassword::isSequence);
        } catch (InvalidCipherTextException
                | IllegalArgumentException
                | ArithmeticException
                | RuntimeCryptoException damagedOrOtherPassword) {
            return Optional.empty();
        }
    }

    /** Returns whether bytes are one DER sequence. Decryption with a wrong password gives other bytes. */
    private static boolean isSequence(byte[] plain) {
        return DerFile.matches(plain) && DerBounds.endOfValue(plain, 0) == plain.length;
    }

    private static Optional<byte[]> pkcs12(AlgorithmIdentifier algorithm, byte[] password, byte[] content)
            throws InvalidCipherTextException, ExceededLimitException {
        Cipher cipher = PKCS12_CIPHERS.get(algorithm.getAlgorithm());
        if (cipher == null) {
            return Optional.empty();
        }
        PKCS12PBEParams parameters = DerFile.required(PKCS12PBEParams.getInstance(algorithm.getParameters()));
        PKCS12ParametersGenerator keys = new PKCS12ParametersGenerator(new SHA1Digest());
        keys.init(password, parameters.getIV(), iterations(parameters.getIterations()));
        int blockBits = Byte.SIZE * cipher.engine.get().getBlockSize();
        return Optional.of(cipher.decrypt(keys.generateDerivedParameters(cipher.keyBits, blockBits), content));
    }

    private static Optional<byte[]> pbes2(PBES2Parameters parameters, byte[] password, byte[] content)
            throws InvalidCipherTextException, ExceededLimitException {
        PBKDF2Params derivation = DerFile.required(
                PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters()));
        Cipher cipher = PBES2_CIPHERS.get(parameters.getEncryptionScheme().getAlgorithm());
        Supplier<Digest> hash = HASHES.get(derivation.getPrf().getAlgorithm());
        // with PBKDF2, an empty password has no bytes, so two zero bytes would be another password
        if (cipher == null || hash == null || password.length > 0) {
            return Optional.empty();
        }
        PKCS5S2ParametersGenerator keys = new PKCS5S2ParametersGenerator(hash.get());
        keys.init(password, derivation.getSalt(), iterations(derivation.getIterationCount()));
        byte[] initializationVector = DerFile.required(ASN1OctetString.getInstance(
                        parameters.getEncryptionScheme().getParameters()))
                .getOctets();
        return Optional.of(cipher.decrypt(
                new ParametersWithIV(keys.generateDerivedParameters(cipher.keyBits), initializationVector), content));
    }

    /** Returns the number of iterations if it is within the limit. */
    private static int iterations(BigInteger number) throws ExceededLimitException {
        if (number.signum() <= 0) {
            throw new IllegalArgumentException("no iterations");
        }
        if (number.compareTo(BigInteger.valueOf(MOST_ITERATIONS)) > 0) {
            throw new ExceededLimitException("is encrypted with more than " + MOST_ITERATIONS + " iterations");
        }
        return number.intValueExact();
    }
}
