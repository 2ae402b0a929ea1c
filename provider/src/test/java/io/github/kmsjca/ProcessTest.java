package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.ChildJvm;
import io.github.kmsjca.testing.KeystoreReader;
import io.github.kmsjca.testing.StreamSigner;
import io.github.kmsjca.testing.TestKms;
import io.github.kmsjca.testing.UnusedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that need a separate JVM: which classes are loaded, and how much heap a signature needs. */
class ProcessTest {
    private static final String P256 = "ECC_NIST_P256";

    @TempDir
    private Path folder;

    @Test
    void keystoreReader_awsSdk_isNotLoadedBeforeTheSignature() throws IOException, InterruptedException {
        Path file = folder.resolve("release.awskms");
        Files.writeString(
                file,
                TestKms.fileText(
                        TestKms.entry("release", TestKms.arn(P256), TestKms.certificate(TestKms.publicKey(P256)))));
        List<String> output = ChildJvm.run(KeystoreReader.class, List.of("-verbose:class"), file.toString());
        assertTrue(output.contains("ready with KMS key " + TestKms.arn(P256) + " (ECC_NIST_P256)"));
        assertEquals(List.of(), classesOfTheSdk(output));
    }

    @Test
    void close_unusedProvider_doesNotLoadTheAwsSdk() throws IOException, InterruptedException {
        List<String> output = ChildJvm.run(UnusedProvider.class, List.of("-verbose:class"));
        assertTrue(output.stream().anyMatch(line -> line.contains(" io.github.kmsjca.KmsProvider ")));
        assertEquals(List.of(), classesOfTheSdk(output));
    }

    private static List<String> classesOfTheSdk(List<String> output) {
        return output.stream()
                .filter(line -> line.contains(" software.amazon.awssdk."))
                .toList();
    }

    @Test
    void sign_oneGibibyte_fitsInASmallHeap() throws IOException, InterruptedException {
        List<String> output = ChildJvm.run(
                StreamSigner.class,
                List.of("-Xmx64m"),
                TestKms.settings(),
                TestKms.arn(P256),
                Long.toString(1024L * 1024 * 1024));
        assertEquals(List.of("valid: true"), output);
    }
}
