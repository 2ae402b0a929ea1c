package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.CryptoProvider;
import io.github.kmsjca.emulator.material.KeyMaterial;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM. The ciphertext contains the key id, so that {@code Decrypt} needs no key id.
 *
 * <p>KMS does not publish the format of its ciphertexts, so this format is the emulator's own: a byte with the version,
 * a byte with the length of the key id, the key id, the nonce, and the output of AES-GCM.
 */
record GcmScheme() implements EncryptionScheme {
    private static final byte VERSION = 1;
    /** The number of bytes before the key id: one with the version and one with the length of the key id. */
    private static final int HEADER_LENGTH = 2;

    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public boolean acceptsContext() {
        return true;
    }

    @Override
    public OptionalInt maxPlaintextLength(KeyMaterial key) {
        return OptionalInt.empty();
    }

    @Override
    public byte[] encrypt(KeyMaterial key, String keyId, byte[] plaintext, SortedMap<String, String> context)
            throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_LENGTH];
        RANDOM.nextBytes(nonce);
        byte[] id = keyId.getBytes(StandardCharsets.US_ASCII);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(plaintext);
        return ByteBuffer.allocate(HEADER_LENGTH + id.length + nonce.length + sealed.length)
                .put(VERSION)
                .put((byte) id.length)
                .put(id)
                .put(nonce)
                .put(sealed)
                .array();
    }

    @Override
    public byte[] decrypt(KeyMaterial key, String keyId, byte[] ciphertext, SortedMap<String, String> context)
            throws GeneralSecurityException {
        if (keyId(ciphertext).filter(keyId::equals).isEmpty()) {
            throw new InvalidKeyException("this key did not create the ciphertext");
        }
        int nonceStart = HEADER_LENGTH + ciphertext[1];
        if (ciphertext.length < nonceStart + NONCE_LENGTH) {
            throw new AEADBadTagException("the ciphertext is too short");
        }
        byte[] nonce = Arrays.copyOfRange(ciphertext, nonceStart, nonceStart + NONCE_LENGTH);
        int sealedStart = nonceStart + NONCE_LENGTH;
        return cipher(Cipher.DECRYPT_MODE, key, nonce, context)
                .doFinal(ciphertext, sealedStart, ciphertext.length - sealedStart);
    }

    /** Returns the key id in a ciphertext, or empty if the bytes do not begin like a ciphertext of this scheme. */
    static Optional<String> keyId(byte[] ciphertext) {
        boolean hasKeyId = ciphertext.length > HEADER_LENGTH
                && ciphertext[0] == VERSION
                && ciphertext[1] > 0
                && ciphertext.length > HEADER_LENGTH + ciphertext[1];
        return hasKeyId
                ? Optional.of(new String(ciphertext, HEADER_LENGTH, ciphertext[1], StandardCharsets.US_ASCII))
                : Optional.empty();
    }

    private static Cipher cipher(int mode, KeyMaterial key, byte[] nonce, SortedMap<String, String> context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", CryptoProvider.JDK_JCE.provider());
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(authenticatedData(context));
        return cipher;
    }

    private static byte[] authenticatedData(SortedMap<String, String> context) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Map.Entry<String, String> pair : context.entrySet()) {
                writeText(out, pair.getKey());
                writeText(out, pair.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the length before the text, so that different contexts never have the same bytes. */
    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(encoded.length);
        out.write(encoded);
    }
}
