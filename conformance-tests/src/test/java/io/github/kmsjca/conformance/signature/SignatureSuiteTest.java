package io.github.kmsjca.conformance.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.conformance.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Runs the signature suite. */
class SignatureSuiteTest {
    @AutoClose
    private static final Target TARGET = Target.open();

    private static final SignatureSuite SUITE = new SignatureSuite(TARGET);

    @TestFactory
    Stream<DynamicNode> signatures_ofEveryRow_areAcceptedByOtherProviders() {
        return SUITE.tests();
    }

    @AfterAll
    static void requireAllRowsAndPrintCounts() {
        if (TARGET.emulator().isPresent()) {
            assertEquals(SignatureRow.of(TARGET.provider()).count(), SUITE.rows());
        }
        System.out.println("signatures: " + SUITE.counts());
    }
}
