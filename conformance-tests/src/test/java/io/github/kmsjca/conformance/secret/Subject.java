package io.github.kmsjca.conformance.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.TargetKey;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.LoggedRequest;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The target and the provider that the suites in this package test, and Bouncy Castle to compare with. */
final class Subject {
    static final Target TARGET = Target.open();
    static final Provider OURS = TARGET.provider();
    static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private Subject() {}

    /** A service of our provider with one of its key specs. */
    record Row(Provider.Service service, String spec) {
        String algorithm() {
            return service.getAlgorithm();
        }

        TargetKey key() {
            return TARGET.key(spec, usage());
        }

        String usage() {
            return service.getAttribute("KmsKeyUsage");
        }

        @Override
        public String toString() {
            return algorithm() + " " + spec;
        }
    }

    /** Returns every service of a type with every key spec that it publishes. */
    static Stream<Row> rows(String type) {
        return OURS.getServices().stream()
                .filter(service -> service.getType().equals(type))
                .sorted(Comparator.comparing(Provider.Service::getAlgorithm))
                .flatMap(service -> Arrays.stream(
                                service.getAttribute("KmsKeySpecs").split(Pattern.quote("|")))
                        .map(spec -> new Row(service, spec)));
    }

    /** Returns the public key of a target key, parsed by a provider. */
    static PublicKey publicKey(TargetKey key, String algorithm, Provider reader) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm, reader).generatePublic(key.publicKey());
    }

    /** Returns the message of an exception. */
    static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    /** Clears the request log and the faults, if the target is the emulator in this JVM. */
    static void forgetRequests() {
        TARGET.emulator().ifPresent(emulator -> {
            emulator.faults().clear();
            emulator.requests().clear();
        });
    }

    /** Asserts the operations that were called since {@link #forgetRequests}. Without an emulator, checks nothing. */
    static void assertRequests(String... operations) {
        TARGET.emulator().ifPresent(emulator -> assertEquals(List.of(operations), operations(emulator)));
    }

    /** Asserts that no operation was called since {@link #forgetRequests}. Without an emulator, checks nothing. */
    static void assertNoRequests() {
        assertRequests();
    }

    /** Returns the emulator, with an empty log and no faults. */
    static KmsEmulator emulator() {
        return TARGET.faultFreeEmulator();
    }

    /** Returns the names of the operations in the log of an emulator, in order. */
    static List<String> operations(KmsEmulator emulator) {
        return emulator.requests().all().stream().map(LoggedRequest::operation).toList();
    }
}
