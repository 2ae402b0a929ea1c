package io.github.kmsjca.emulator.contract;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;

/** A secret made by ML-KEM of the JDK, whose class for that Java 17 lacks. */
// carries bytes from one place to another and is never compared
@SuppressWarnings("ArrayRecordComponent")
record JdkSecret(byte[] secret, byte[] ciphertext) {

    static JdkSecret madeFor(byte[] spki) throws ReflectiveOperationException {
        Class<?> type = Class.forName("javax.crypto.KEM");
        Object mechanism = type.getMethod("getInstance", String.class).invoke(null, "ML-KEM");
        Object encapsulator = type.getMethod("newEncapsulator", PublicKey.class).invoke(mechanism, publicKey(spki));
        Object made = Class.forName("javax.crypto.KEM$Encapsulator")
                .getMethod("encapsulate")
                .invoke(encapsulator);
        Key secret = (Key) answer(made, "key");
        return new JdkSecret(secret.getEncoded(), (byte[]) answer(made, "encapsulation"));
    }

    private static Object answer(Object made, String question) throws ReflectiveOperationException {
        return made.getClass().getMethod(question).invoke(made);
    }

    private static PublicKey publicKey(byte[] spki) {
        try {
            return KeyFactory.getInstance("ML-KEM").generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
