package io.github.kmsjca.conformance.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

/** Where the certificate chain of a key can be, and which KMS calls a signature needs with each location. */
enum CertificateLocation {
    FILE("Sign") {
        @Override
        Workplace prepare(Workplace place, SigningKey key, List<X509Certificate> chain) {
            // the keystore file of the workplace already contains the chain
            return place;
        }

        @Override
        String options() {
            return "-keystore release.awskms -storetype AWSKMS -protected";
        }

        @Override
        String alias(SigningKey key) {
            return Workbench.ENTRY;
        }
    },
    /**
     * The option {@code -certchain} of jarsigner, which keytool does not have. The chain in the file that the option
     * names must begin with the leaf.
     */
    OPTION("GetPublicKey", "Sign") {
        @Override
        Workplace prepare(Workplace place, SigningKey key, List<X509Certificate> chain) throws IOException {
            writePem(place, List.of(chain.get(1), chain.get(0)));
            return place.withSettings("keys=" + key.alias());
        }

        @Override
        String jarsignerOptions() {
            return options() + " -certchain chain.pem";
        }
    },
    PEM("GetPublicKey", "Sign") {
        @Override
        Workplace prepare(Workplace place, SigningKey key, List<X509Certificate> chain) throws IOException {
            writePem(place, chain);
            return place.withSettings("certificates=chain.pem;keys=" + key.alias());
        }
    },
    PKCS12("GetPublicKey", "Sign") {
        @Override
        Workplace prepare(Workplace place, SigningKey key, List<X509Certificate> chain)
                throws IOException, GeneralSecurityException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int index = 0; index < chain.size(); index++) {
                store.setCertificateEntry("certificate " + index, chain.get(index));
            }
            // without encryption and MAC, the file needs no password
            List.of(CERTIFICATE_PROTECTION, MAC_ALGORITHM).forEach(property -> System.setProperty(property, "NONE"));
            try (OutputStream out = Files.newOutputStream(place.path("chain.p12"))) {
                store.store(out, new char[0]);
            } finally {
                List.of(CERTIFICATE_PROTECTION, MAC_ALGORITHM).forEach(System::clearProperty);
            }
            return place.withSettings("certificates=chain.p12;keys=" + key.alias());
        }
    },
    TAGS("GetPublicKey", "ListResourceTags", "Sign") {
        @Override
        Workplace prepare(Workplace place, SigningKey key, List<X509Certificate> chain) throws IOException {
            writePem(place, chain);
            place.java("-jar " + Workplace.allJar() + " import --tags " + key.alias() + " chain.pem")
                    .requireSuccess();
            Files.delete(place.path("chain.pem"));
            return place.withSettings("certificate-tags=read;keys=" + key.alias());
        }
    };

    private static final String CERTIFICATE_PROTECTION = "keystore.pkcs12.certProtectionAlgorithm";
    private static final String MAC_ALGORITHM = "keystore.pkcs12.macAlgorithm";

    // the list from List.of is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> requests;

    CertificateLocation(String... requests) {
        this.requests = List.of(requests);
    }

    /**
     * Stores a chain at this location, and returns the workplace with the settings that name the location.
     *
     * @param place a workplace whose keystore file contains the key and the chain
     * @param chain the chain, from the CA to the leaf
     */
    abstract Workplace prepare(Workplace place, SigningKey key, List<X509Certificate> chain)
            throws IOException, GeneralSecurityException;

    void writePem(Workplace place, List<X509Certificate> chain) throws IOException {
        Path file = place.path("chain.pem");
        Files.writeString(file, String.join("", chain.stream().map(TestCa::pem).toList()));
    }

    /** Returns the options of keytool and jarsigner that name the KeyStore. */
    String options() {
        return "-keystore NONE -storetype AWSKMS -protected";
    }

    /** Returns {@link #options}, and further options that only jarsigner has. */
    String jarsignerOptions() {
        return options();
    }

    /** Returns the alias that the KeyStore gives to the key. */
    String alias(SigningKey key) {
        return key.alias();
    }

    /** Returns the KMS operations of one signature, sorted. */
    List<String> requests() {
        return requests;
    }

    /** Returns whether the KeyStore itself has the chain, so that keytool lists it. */
    boolean hasChain() {
        return this != OPTION;
    }

    /**
     * Returns the KMS operations of listing one entry, sorted: the same operations as for a signature, except
     * {@code Sign}. For a key without an entry in a file, they include {@code GetPublicKey}, because only KMS knows
     * whether this key exists, and whether it is a secret key.
     */
    List<String> requestsOfList() {
        return requests.stream().filter(operation -> !operation.equals("Sign")).toList();
    }
}
