package io.github.kmsjca.emulator.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kmsjca.emulator.EmulatorOptions;
import io.github.kmsjca.emulator.KmsEmulator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;

/**
 * The service that the contract tests run against. It is an emulator, unless the system property
 * {@code kms.contract.endpoint} names another endpoint. The tests then call that endpoint with the SDK's default
 * credentials, in the Region {@code kms.contract.region}. In other Regions, they call the public endpoint of AWS KMS.
 * At the end, they delete their aliases and schedule their keys for deletion.
 */
final class ServiceUnderTest implements AutoCloseable {
    // the last Region is in another partition, so it cannot have replicas of keys in the other Regions
    private static final List<String> REGIONS = List.of("eu-west-1", "eu-central-1", "us-gov-west-1");

    private final Optional<KmsEmulator> emulator;
    private final KmsClient client;
    private final String region;
    private final Map<String, KmsClient> clientsByRegion = new ConcurrentHashMap<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final List<String> aliases = new CopyOnWriteArrayList<>();

    private ServiceUnderTest(Optional<KmsEmulator> emulator, KmsClient client, String region) {
        this.emulator = emulator;
        this.client = client;
        this.region = region;
    }

    static ServiceUnderTest open() {
        String endpoint = System.getProperty("kms.contract.endpoint");
        if (endpoint != null) {
            String region = System.getProperty("kms.contract.region", "us-east-1");
            return new ServiceUnderTest(
                    Optional.empty(), clientBuilder(endpoint, region).build(), region);
        }
        KmsEmulator emulator = KmsEmulator.start(EmulatorOptions.defaults().withRegions(REGIONS));
        return new ServiceUnderTest(Optional.of(emulator), client(emulator, emulator.region()), emulator.region());
    }

    private static KmsClient client(KmsEmulator emulator, String region) {
        return clientBuilder(emulator.endpoint().toString(), region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
    }

    private static KmsClientBuilder clientBuilder(String endpoint, String region) {
        return KmsClient.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.of(region))
                .overrideConfiguration(configuration -> configuration.retryStrategy(RetryMode.STANDARD));
    }

    /** Returns a client for {@link #region()}. */
    KmsClient client() {
        return client;
    }

    /** Returns the Region in which {@link #createKey} and {@link #createAlias} create keys and aliases. */
    String region() {
        return region;
    }

    /** Returns another Region, for replicas. It is in the partition aws, even if {@link #region()} is not. */
    String otherRegion() {
        return region.equals(REGIONS.get(1)) ? REGIONS.get(0) : REGIONS.get(1);
    }

    /** Returns a client for a Region. */
    KmsClient client(String regionName) {
        if (regionName.equals(region)) {
            return client;
        }
        return clientsByRegion.computeIfAbsent(
                regionName,
                name -> emulator.map(present -> client(present, name))
                        .orElseGet(() -> clientBuilder("https://kms." + name + ".amazonaws.com", name)
                                .build()));
    }

    /** Skips the current test unless the service has the key spec SM2. */
    void assumeSm2() {
        assumeTrue(emulator.isPresent() || region.startsWith("cn-"), "KMS has SM2 in the China Regions only");
    }

    /** Creates a key and returns its ARN. {@link #close} schedules the key for deletion. */
    String createKey(String spec, String usage) {
        KeyMetadata key = client.createKey(request -> request.keySpec(spec).keyUsage(usage))
                .keyMetadata();
        keys.add(key.arn());
        return key.arn();
    }

    /**
     * Lets {@link #close} schedule a key for deletion, and returns the key ARN. Tests call this method for keys that
     * they create without {@link #createKey}.
     */
    String removeAtEnd(KeyMetadata key) {
        keys.add(key.arn());
        return key.arn();
    }

    /** Creates an alias with a new name and returns the name. {@link #close} deletes the alias. */
    String createAlias(String keyId) {
        String name = newAliasName();
        client.createAlias(request -> request.aliasName(name).targetKeyId(keyId));
        return name;
    }

    /** Returns a new alias name. {@link #close} deletes the alias with this name, if there is one. */
    String newAliasName() {
        String name = "alias/kms-jca-contract-" + UUID.randomUUID();
        aliases.add(name);
        return name;
    }

    /** Returns the ARN of an alias in the account and Region of a key. */
    static String aliasArn(String keyArn, String aliasName) {
        return keyArn.substring(0, keyArn.lastIndexOf(':') + 1) + aliasName;
    }

    /** Returns the account in the ARN of a key. */
    static String account(String keyArn) {
        return keyArn.split(":", 6)[4];
    }

    /** Returns the key id in the ARN of a key. */
    static String keyId(String keyArn) {
        return keyArn.substring(keyArn.lastIndexOf('/') + 1);
    }

    /**
     * Deletes the aliases of the tests and schedules their keys for deletion, unless the service is an emulator. Then
     * closes the clients and the emulator.
     */
    @Override
    public void close() {
        if (emulator.isEmpty()) {
            removeAll();
        }
        client.close();
        clientsByRegion.values().forEach(KmsClient::close);
        emulator.ifPresent(KmsEmulator::close);
    }

    private void removeAll() {
        List<String> existing = client.listAliasesPaginator().aliases().stream()
                .map(alias -> alias.aliasName())
                .toList();
        aliases.stream().filter(existing::contains).forEach(name -> client.deleteAlias(alias -> alias.aliasName(name)));
        for (String key : keys) {
            KmsClient regionalClient = client(key.split(":", 6)[3]);
            KeyState state = regionalClient
                    .describeKey(request -> request.keyId(key))
                    .keyMetadata()
                    .keyState();
            if (state != KeyState.PENDING_DELETION && state != KeyState.PENDING_REPLICA_DELETION) {
                regionalClient.scheduleKeyDeletion(request -> request.keyId(key).pendingWindowInDays(7));
            }
        }
    }
}
