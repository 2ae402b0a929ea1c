package io.github.kmsjca.conformance.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A way in which programs call the methods of a {@link Signature}. */
public enum CallPattern {
    ONE_SHOT(InputStyle.WHOLE),
    BYTE_BY_BYTE(InputStyle.BYTE_BY_BYTE),
    SLICES_WITH_OFFSETS(InputStyle.SLICES_WITH_OFFSETS),
    HEAP_BUFFER(InputStyle.HEAP_BUFFER),
    DIRECT_BUFFER(InputStyle.DIRECT_BUFFER),
    READ_ONLY_BUFFER(InputStyle.READ_ONLY_BUFFER),

    /** Signs three messages with one engine. The first and the last message are the input. */
    REUSED((trial, input) -> {
        Signature engine = trial.signer();
        engine.update(input);
        byte[] first = engine.sign();
        engine.update(trial.otherMessage());
        engine.sign();
        engine.update(input);
        return List.of(first, engine.sign());
    }),
    AFTER_FAILED_SIGN((trial, input) -> {
        Signature engine = trial.signer();
        engine.update(trial.otherMessage());
        trial.failNextSign();
        assertThrows(SignatureException.class, engine::sign);
        engine.update(input);
        return List.of(engine.sign());
    }),
    /** The engine writes the signature into an array of the caller. */
    INTO_ARRAY((trial, input) -> {
        Signature engine = trial.signer();
        engine.update(input);
        byte[] array = new byte[Trial.LONGEST_SIGNATURE + 2];
        int length = engine.sign(array, 1, Trial.LONGEST_SIGNATURE);
        assertEquals(0, array[0], "the engine changed the byte before the signature");
        assertArrayEquals(
                new byte[array.length - length - 1],
                Arrays.copyOfRange(array, length + 1, array.length),
                "the engine changed bytes after the signature");
        return List.of(Arrays.copyOfRange(array, 1, 1 + length));
    }),
    /** After the caller offered too few bytes of an array for the signature. */
    AFTER_SHORT_ARRAY((trial, input) -> {
        Signature engine = trial.signer();
        engine.update(trial.otherMessage());
        assertThrows(
                SignatureException.class,
                () -> engine.sign(new byte[Trial.LONGEST_SIGNATURE], 0, Trial.TOO_SHORT_FOR_ANY_SIGNATURE));
        engine.update(input);
        return List.of(engine.sign());
    }),
    REINITIALIZED((trial, input) -> {
        Signature engine = trial.signer();
        engine.update(trial.otherMessage());
        engine.initSign(trial.key().handle());
        engine.update(input);
        return List.of(engine.sign());
    }),
    AFTER_WRONG_KEY((trial, input) -> {
        Signature engine = trial.signer();
        engine.update(trial.otherMessage());
        assertThrows(InvalidKeyException.class, () -> engine.initSign(trial.wrongKey()));
        assertThrows(SignatureException.class, () -> engine.update(trial.otherMessage()));
        engine.initSign(trial.key().handle());
        engine.update(input);
        return List.of(engine.sign());
    }),
    /** After a call of {@code update} before {@code initSign}. */
    AFTER_EARLY_UPDATE((trial, input) -> {
        Signature engine = trial.engine();
        assertThrows(SignatureException.class, () -> engine.update(trial.otherMessage()));
        engine.initSign(trial.key().handle());
        engine.update(input);
        return List.of(engine.sign());
    }),
    AFTER_VERIFICATION((trial, input) -> {
        Signature engine = trial.signer();
        engine.update(trial.otherMessage());
        byte[] signature = engine.sign();
        engine.initVerify(trial.publicKey());
        engine.update(trial.otherMessage());
        assertTrue(engine.verify(signature), "signature of the other message");
        engine.update(trial.otherMessage());
        engine.initSign(trial.key().handle());
        engine.update(input);
        return List.of(engine.sign());
    }),
    /** In the middle of a message, the engine refuses to be cloned. */
    AFTER_REFUSED_CLONE((trial, input) -> {
        Signature engine = trial.signer();
        int half = input.length / 2;
        engine.update(input, 0, half);
        assertThrows(CloneNotSupportedException.class, engine::clone);
        engine.update(input, half, input.length - half);
        return List.of(engine.sign());
    });

    private final Optional<InputStyle> inputStyle;

    // none of the lambdas captures anything mutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final Calls calls;

    CallPattern(InputStyle inputStyle) {
        this.inputStyle = Optional.of(inputStyle);
        this.calls = (trial, input) -> {
            Signature engine = trial.signer();
            inputStyle.feed(engine, input);
            return List.of(engine.sign());
        };
    }

    CallPattern(Calls calls) {
        this.inputStyle = Optional.empty();
        this.calls = calls;
    }

    @FunctionalInterface
    private interface Calls {
        List<byte[]> sign(Trial trial, byte[] input) throws GeneralSecurityException;
    }

    /** Signs an input with the calls of this pattern. Every array in the result must be a signature of the input. */
    List<byte[]> sign(Trial trial, byte[] input) throws GeneralSecurityException {
        return calls.sign(trial, input);
    }

    /** Returns whether the pattern is only a way to pass the input. Such a pattern applies to verification too. */
    boolean isInputStyle() {
        return inputStyle.isPresent();
    }

    /**
     * Passes the input to an engine of the provider, in the input style of this pattern. Returns whether the engine
     * accepts the signature.
     */
    boolean verify(Trial trial, byte[] input, byte[] signature) throws GeneralSecurityException {
        Signature engine = trial.engine();
        engine.initVerify(trial.publicKey());
        inputStyle.orElse(InputStyle.WHOLE).feed(engine, input);
        return engine.verify(signature);
    }
}
