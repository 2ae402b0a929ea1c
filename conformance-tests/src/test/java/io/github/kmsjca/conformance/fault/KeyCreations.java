package io.github.kmsjca.conformance.fault;

import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.fault.FaultedOperation.Answer;
import io.github.kmsjca.conformance.fault.FaultedOperation.Trait;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsKeyGenParameterSpec;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The operations of a KeyPairGenerator: each creates a KMS key, and some then create an alias or delete the key. */
final class KeyCreations {
    private static final AtomicInteger ALIAS_NUMBERS = new AtomicInteger();
    private static final Set<Trait> NEW_KEY = Set.of(Trait.VERIFIED, Trait.FIXED_LENGTH, Trait.NEW_KEY);
    private static final Set<Trait> NEW_KEY_NO_OUTPUT =
            Set.of(Trait.VERIFIED, Trait.FIXED_LENGTH, Trait.NEW_KEY, Trait.NO_OUTPUT);

    private KeyCreations() {}

    static Stream<FaultedOperation> all(Target target) {
        return Stream.of(createKey(), createAlias(), deleteKey(target));
    }

    private static FaultedOperation createKey() {
        return new FaultedOperation(
                "create a key", Answer.withoutResult("CreateKey"), NEW_KEY, List.of(KmsException.class), providers -> {
                    Provider provider = providers.with("");
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
                    generator.initialize(KmsKeyGenParameterSpec.of("ECC_NIST_P256"));
                    return () -> generator.generateKeyPair().getPublic() != null;
                });
    }

    private static FaultedOperation createAlias() {
        return new FaultedOperation(
                "create an alias",
                Answer.withoutResult("CreateAlias"),
                NEW_KEY_NO_OUTPUT,
                List.of(KmsException.class),
                providers -> {
                    Provider provider = providers.with("");
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
                    return () -> {
                        String alias = "alias/fault-" + ALIAS_NUMBERS.incrementAndGet();
                        generator.initialize(
                                KmsKeyGenParameterSpec.of("ECC_NIST_P256").withAlias(alias));
                        PrivateKey created = generator.generateKeyPair().getPrivate();
                        return created.equals(
                                KeyStoreOperations.discovery(provider).getKey(alias, null));
                    };
                });
    }

    /**
     * Returns an operation that deletes the key that it has just created, because the alias for the key exists already
     * and a deletion window is set. The right result is an exception that says that KMS deletes the key.
     */
    private static FaultedOperation deleteKey(Target target) {
        return new FaultedOperation(
                "delete a key",
                Answer.withoutResult("ScheduleKeyDeletion"),
                NEW_KEY,
                List.of(KmsException.class),
                providers -> {
                    Provider provider = providers.with("");
                    target.key("ECC_NIST_P256", "SIGN_VERIFY");
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
                    generator.initialize(KmsKeyGenParameterSpec.of("ECC_NIST_P256")
                            .withAlias(Target.ALIAS_PREFIX + "ECC_NIST_P256")
                            .withDeletionWindow(7));
                    return () -> {
                        try {
                            generator.generateKeyPair();
                            return false;
                        } catch (KmsException e) {
                            String text = String.valueOf(e.getMessage());
                            if (text.contains("the key could not be deleted either")) {
                                throw e;
                            }
                            return text.contains("KMS deletes the key in 7 days");
                        }
                    };
                });
    }
}
