package io.github.kmsjca.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.control.Fault;
import io.github.kmsjca.emulator.wire.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.Tag;

/** Tests the Java API of the emulator, a large request, answers with long lists, and many requests at once. */
class KmsEmulatorTest {

    @Test
    void start_twice_createsSeparateAccounts() {
        try (KmsEmulator first = KmsEmulator.start();
                KmsEmulator second = KmsEmulator.start();
                KmsClient kms = Clients.withoutRetries(second)) {
            first.createKey("ECC_NIST_P256");
            assertTrue(kms.listKeys().keys().isEmpty());
            assertTrue(kms.listAliases().aliases().isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({"us-east-1, aws", "cn-north-1, aws-cn", "us-gov-west-1, aws-us-gov"})
    void start_region_setsRegionAndPartitionOfArns(String region, String partition) {
        try (KmsEmulator emulator = KmsEmulator.start(EmulatorOptions.defaults().withRegion(region))) {
            assertEquals(region, emulator.region());
            String arn = emulator.createKey("ECC_NIST_P256");
            assertTrue(arn.startsWith("arn:" + partition + ":kms:" + region + ":111122223333:key/"), arn);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "useast1", "us-east-1a", "US-EAST-1"})
    void start_invalidRegionName_isRefused(String region) {
        EmulatorOptions options = EmulatorOptions.defaults().withRegion(region);
        assertThrows(IllegalArgumentException.class, () -> KmsEmulator.start(options));
    }

    @Test
    void start_portInUse_errorNamesThePort() {
        try (KmsEmulator first = KmsEmulator.start()) {
            int port = first.endpoint().getPort();
            UncheckedIOException refusal = assertThrows(
                    UncheckedIOException.class,
                    () -> KmsEmulator.start(EmulatorOptions.defaults().withPort(port)));
            String message = String.valueOf(refusal.getMessage());
            assertTrue(message.startsWith("cannot listen on 127.0.0.1 port " + port + ": "), message);
        }
    }

    /** A script can send its first request while the program still starts, and must find the keys of {@code --key}. */
    @Test
    void start_requestDuringPreparation_waitsForThePreparedKeys() {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        CompletableFuture<Boolean> sending = new CompletableFuture<>();
        KmsEmulator emulator = KmsEmulator.start(EmulatorOptions.defaults(), opened -> {
            answers.add(CompletableFuture.supplyAsync(() -> {
                sending.complete(true);
                return listAliases(opened);
            }));
            assertTrue(sending.join());
            // without waiting, the emulator would answer before the two large keys exist
            opened.createKey("RSA_4096");
            opened.createKey("RSA_4096", "SIGN_VERIFY", "alias/release");
        });
        try (emulator) {
            String aliases = answers.get(0).join();
            assertTrue(aliases.contains("alias/release"), aliases);
        }
    }

    @Test
    void start_preparationFails_freesThePort() {
        List<Integer> ports = new ArrayList<>();
        IllegalStateException failure = assertThrows(
                IllegalStateException.class,
                () -> KmsEmulator.start(EmulatorOptions.defaults(), opened -> {
                    ports.add(opened.endpoint().getPort());
                    throw new IllegalStateException("no key");
                }));
        assertEquals("no key", failure.getMessage());
        KmsEmulator.start(EmulatorOptions.defaults().withPort(ports.get(0))).close();
    }

    private static String listAliases(KmsEmulator emulator) {
        try {
            return RawRequest.of(emulator, "ListAliases", "{}").send().body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void close_runningEmulator_freesThePort() {
        KmsEmulator emulator = KmsEmulator.start();
        int port = emulator.endpoint().getPort();
        KmsClient kms = Clients.withoutRetries(emulator);
        kms.listKeys();
        emulator.close();
        assertThrows(SdkClientException.class, kms::listKeys);
        kms.close();
        KmsEmulator.start(EmulatorOptions.defaults().withPort(port)).close();
    }

    @Test
    void createKey_withAlias_canBeUsedAtOnce() {
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String arn = emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");
            assertEquals(arn, kms.sign(Clients.sign("alias/release")).keyId());
            assertTrue(emulator.hasAlias("alias/release"));
        }
    }

    @Test
    void createKey_withoutUsage_isForSigningIfTheSpecCanSign() {
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String rsa = emulator.createKey("RSA_2048");
            String symmetric = emulator.createKey("SYMMETRIC_DEFAULT");
            assertEquals(
                    "SIGN_VERIFY",
                    kms.describeKey(request -> request.keyId(rsa)).keyMetadata().keyUsageAsString());
            assertEquals(
                    "ENCRYPT_DECRYPT",
                    kms.describeKey(request -> request.keyId(symmetric))
                            .keyMetadata()
                            .keyUsageAsString());
        }
    }

    @Test
    void createKey_unknownSpecWrongUsageOrAliasInUse_isRefused() {
        try (KmsEmulator emulator = KmsEmulator.start()) {
            assertThrows(IllegalArgumentException.class, () -> emulator.createKey("RSA_1024"));
            assertThrows(ServiceException.class, () -> emulator.createKey("RSA_2048", "KEY_AGREEMENT"));
            emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/a");
            assertThrows(ServiceException.class, () -> emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/a"));
        }
    }

    @Test
    void createKey_aliasInUse_createsNoKey() {
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String key = emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/a");
            assertThrows(ServiceException.class, () -> emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/a"));
            assertEquals(
                    List.of(key),
                    kms.listKeys().keys().stream().map(KeyListEntry::keyArn).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"release", "alias/", "alias/aws/release", "alias/a:b", "alias/gr\u00fcn", "alias/a b", ""})
    void createKeyAndAliases_nameThatKmsRefuses_createNothing(String name) {
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String text = "'" + name + "' is not alias/NAME; NAME has 1 to 250 letters, digits, '/', '_' and '-',"
                    + " and does not begin with aws/";
            assertEquals(
                    text,
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", name))
                            .getMessage());
            assertEquals(0, kms.listKeys().keys().size());
            String key = emulator.createKey("ECC_NIST_P256");
            assertEquals(
                    text,
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> emulator.createAliases(List.of("alias/a", name), key))
                            .getMessage());
            assertFalse(emulator.hasAlias("alias/a"));
        }
    }

    @Test
    void encrypt_contextOfMoreThan64Kilobytes_bindsTheCiphertextToIt() {
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String key = emulator.createKey("SYMMETRIC_DEFAULT");
            Map<String, String> context = Map.of("a", "x".repeat(70_000));
            SdkBytes plaintext = SdkBytes.fromUtf8String("message");
            SdkBytes ciphertext = kms.encrypt(request ->
                            request.keyId(key).encryptionContext(context).plaintext(plaintext))
                    .ciphertextBlob();
            assertEquals(
                    plaintext,
                    kms.decrypt(request -> request.ciphertextBlob(ciphertext).encryptionContext(context))
                            .plaintext());
            Map<String, String> other = Map.of("a", "x".repeat(69_999));
            assertThrows(
                    InvalidCiphertextException.class,
                    () -> kms.decrypt(
                            request -> request.ciphertextBlob(ciphertext).encryptionContext(other)));
        }
    }

    @Test
    void createAliases_tenThousand_areListedInPagesOf100() {
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String key = emulator.createKey("ECC_NIST_P256");
            List<String> names = IntStream.range(0, 10_000)
                    .mapToObj("alias/many-%05d"::formatted)
                    .toList();
            emulator.createAliases(names, key);
            List<String> listed = kms.listAliasesPaginator(request -> request.limit(100)).aliases().stream()
                    .map(AliasListEntry::aliasName)
                    .toList();
            assertEquals(names, listed);
            assertEquals(100, emulator.requests().of("ListAliases").size());
        }
    }

    @Test
    void createAliases_oneNameInUse_createsNone() {
        try (KmsEmulator emulator = KmsEmulator.start()) {
            String key = emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/b");
            List<String> names = List.of("alias/a", "alias/b");
            assertThrows(ServiceException.class, () -> emulator.createAliases(names, key));
            assertFalse(emulator.hasAlias("alias/a"));
        }
    }

    @Test
    void listKeys_withoutLimit_hasPagesOf100() {
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsClient kms = Clients.withoutRetries(emulator)) {
            for (int i = 0; i < 101; i++) {
                emulator.createKey("SYMMETRIC_DEFAULT");
            }
            assertEquals(100, kms.listKeys().keys().size());
            assertEquals(101, kms.listKeysPaginator().keys().stream().count());
        }
    }

    @Test
    void delay_64RequestsAtOnce_delaysThemInParallel() throws Exception {
        int threads = 64;
        Duration delay = Duration.ofMillis(300);
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsClient kms = Clients.withoutRetries(emulator)) {
            emulator.faults().add(Fault.onAny().times(threads).delay(delay));
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            Callable<Integer> task = () -> kms.listKeys().keys().size();
            long start = System.nanoTime();
            for (Future<Integer> result : pool.invokeAll(Collections.nCopies(threads, task))) {
                assertEquals(0, result.get());
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            pool.shutdown();
            // one after the other, the requests would take 64 times the delay
            assertTrue(taken.compareTo(delay.multipliedBy(threads / 2)) < 0, taken::toString);
        }
    }

    @Test
    void createKey_clockInTheOptions_isCreatedAtTheTimeOfTheClock() {
        Instant now = Instant.parse("2026-11-21T10:15:30.125Z");
        EmulatorOptions options = EmulatorOptions.defaults().withClock(Clock.fixed(now, ZoneOffset.UTC));
        try (KmsEmulator emulator = KmsEmulator.start(options);
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String key = emulator.createKey("ECC_NIST_P256");
            KeyMetadata metadata =
                    kms.describeKey(request -> request.keyId(key)).keyMetadata();
            assertEquals(now, metadata.creationDate());
        }
    }

    @Test
    void sign_128ThreadsAtOnce_areAllServed() throws Exception {
        int threads = 128;
        int requestsPerThread = 5;
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String key = emulator.createKey("ECC_NIST_P256");
            CyclicBarrier allReady = new CyclicBarrier(threads);
            Callable<Integer> task = () -> {
                allReady.await();
                for (int i = 0; i < requestsPerThread; i++) {
                    assertEquals(key, kms.sign(Clients.sign(key)).keyId());
                }
                return requestsPerThread;
            };
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            for (Future<Integer> result : pool.invokeAll(Collections.nCopies(threads, task))) {
                assertEquals(requestsPerThread, result.get());
            }
            pool.shutdown();
            assertEquals(
                    threads * requestsPerThread, emulator.requests().of("Sign").size());
        }
    }

    @Test
    void createAliasAndTagResource_manyThreads_keepEveryChange() throws Exception {
        int threads = 16;
        int changes = 48;
        try (KmsEmulator emulator = KmsEmulator.start();
                KmsClient kms = Clients.withoutRetries(emulator)) {
            String key = emulator.createKey("ECC_NIST_P256");
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Callable<String>> tasks = IntStream.range(0, changes)
                    .<Callable<String>>mapToObj(i -> () -> {
                        kms.createAlias(
                                request -> request.aliasName("alias/a" + i).targetKeyId(key));
                        kms.tagResource(request -> request.keyId(key)
                                .tags(Tag.builder()
                                        .tagKey("t" + i)
                                        .tagValue("v")
                                        .build()));
                        return "done";
                    })
                    .toList();
            for (Future<String> result : pool.invokeAll(tasks)) {
                assertEquals("done", result.get());
            }
            pool.shutdown();
            assertEquals(
                    changes,
                    kms.listAliases(request -> request.limit(100)).aliases().size());
            assertEquals(
                    changes,
                    kms.listResourceTags(request -> request.keyId(key)).tags().size());
        }
    }
}
