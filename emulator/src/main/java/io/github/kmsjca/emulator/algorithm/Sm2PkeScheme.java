package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.EmulatorBug;
import io.github.kmsjca.emulator.material.KeyMaterial;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.SortedMap;
import javax.crypto.BadPaddingException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.util.BigIntegers;

/**
 * SM2 public key encryption (GB/T 32918.4). The ciphertext is a DER sequence of the coordinates x and y of a point, the
 * SM3 hash and the encrypted bytes (GM/T 0009), as OpenSSL writes it. Bouncy Castle's engine writes the same parts
 * without DER.
 */
record Sm2PkeScheme() implements EncryptionScheme {
    // a limit of KMS, not of SM2
    private static final int MAX_PLAINTEXT_LENGTH = 1024;

    private static final int COORDINATE_LENGTH = 32;
    private static final int HASH_LENGTH = 32;
    /** The first byte of an uncompressed point (SEC 1 §2.3.3). */
    private static final byte UNCOMPRESSED = 4;

    private static final int Y_START = 1 + COORDINATE_LENGTH;
    private static final int HASH_START = Y_START + COORDINATE_LENGTH;
    private static final int ENCRYPTED_START = HASH_START + HASH_LENGTH;
    private static final int PART_COUNT = 4;

    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public boolean acceptsContext() {
        return false;
    }

    @Override
    public OptionalInt maxPlaintextLength(KeyMaterial key) {
        return OptionalInt.of(MAX_PLAINTEXT_LENGTH);
    }

    @Override
    public byte[] encrypt(KeyMaterial key, String keyId, byte[] plaintext, SortedMap<String, String> context)
            throws GeneralSecurityException {
        try {
            CipherParameters publicKey =
                    PublicKeyFactory.createKey(key.pair().publicKey().getEncoded());
            return toDer(process(true, new ParametersWithRandom(publicKey, RANDOM), plaintext));
        } catch (IOException e) {
            throw new EmulatorBug(e);
        }
    }

    @Override
    public byte[] decrypt(KeyMaterial key, String keyId, byte[] ciphertext, SortedMap<String, String> context)
            throws GeneralSecurityException {
        try {
            CipherParameters privateKey =
                    PrivateKeyFactory.createKey(key.pair().privateKey().getEncoded());
            return process(false, privateKey, fromDer(ciphertext));
        } catch (IOException e) {
            throw new EmulatorBug(e);
        }
    }

    private static byte[] process(boolean encrypts, CipherParameters key, byte[] input)
            throws GeneralSecurityException {
        SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        engine.init(encrypts, key);
        try {
            return engine.processBlock(input, 0, input.length);
        } catch (InvalidCipherTextException e) {
            throw (BadPaddingException) new BadPaddingException(e.getMessage()).initCause(e);
        }
    }

    private static byte[] toDer(byte[] raw) throws IOException {
        return new DERSequence(new ASN1Encodable[] {
                    new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 1, Y_START))),
                    new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, Y_START, HASH_START))),
                    new DEROctetString(Arrays.copyOfRange(raw, HASH_START, ENCRYPTED_START)),
                    new DEROctetString(Arrays.copyOfRange(raw, ENCRYPTED_START, raw.length))
                })
                .getEncoded(ASN1Encoding.DER);
    }

    private static byte[] fromDer(byte[] ciphertext) throws GeneralSecurityException {
        ASN1Sequence parts = ASN1Sequence.getInstance(ciphertext);
        if (parts.size() != PART_COUNT) {
            throw new BadPaddingException("the ciphertext does not have four parts");
        }
        byte[] hash = ASN1OctetString.getInstance(parts.getObjectAt(2)).getOctets();
        if (hash.length != HASH_LENGTH) {
            throw new BadPaddingException("the hash has the wrong length");
        }
        byte[] encrypted = ASN1OctetString.getInstance(parts.getObjectAt(3)).getOctets();
        byte[] raw = new byte[ENCRYPTED_START + encrypted.length];
        raw[0] = UNCOMPRESSED;
        putCoordinate(parts.getObjectAt(0), raw, 1);
        putCoordinate(parts.getObjectAt(1), raw, Y_START);
        System.arraycopy(hash, 0, raw, HASH_START, HASH_LENGTH);
        System.arraycopy(encrypted, 0, raw, ENCRYPTED_START, encrypted.length);
        return raw;
    }

    private static void putCoordinate(ASN1Encodable part, byte[] raw, int start) {
        BigInteger coordinate = ASN1Integer.getInstance(part).getPositiveValue();
        System.arraycopy(
                BigIntegers.asUnsignedByteArray(COORDINATE_LENGTH, coordinate), 0, raw, start, COORDINATE_LENGTH);
    }
}
