package io.github.kmsjca;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures;
import io.github.kmsjca.internal.generator.KmsKeyGenerator;
import io.github.kmsjca.testing.ShapeRules;
import io.github.kmsjca.testing.TypeCycles;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathValidator;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Tests which packages, libraries and JDK classes each package uses (docs/decisions/2026-11-26-packages.md), what the
 * module exports, and the shape of the classes.
 */
class ArchitectureTest implements ShapeRules {
    private static final String ROOT = "io.github.kmsjca";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(KmsProvider.class.getProtectionDomain().getCodeSource().getLocation());

    /** The packages, lowest first, each with the packages that it may use. */
    private static final Map<String, Set<String>> LAYERS = layers();

    @Override
    public JavaClasses classesOfModule() {
        return MAIN;
    }

    private static Map<String, Set<String>> layers() {
        Map<String, Set<String>> layers = new LinkedHashMap<>();
        layers.put("internal.text", Set.of());
        layers.put("internal.algorithm", Set.of());
        layers.put("key", Set.of("internal.text"));
        layers.put("internal.config", with(layers, "key", "internal.algorithm"));
        layers.put("internal.library", with(layers, "key"));
        layers.put("internal.client.http", Set.of());
        layers.put("internal.client", with(layers, "internal.client.http", "internal.config", "internal.library"));
        layers.put("internal.handle", with(layers, "internal.client"));
        layers.put("internal.delegation", Set.of());
        layers.put("internal.session", with(layers, "internal.handle"));
        layers.put("internal.certificate", with(layers, "internal.session"));
        layers.put("internal.keystore.file", with(layers, "internal.certificate"));
        layers.put("internal.keystore", with(layers, "internal.keystore.file"));
        layers.put("internal.signature", with(layers, "internal.handle", "internal.delegation"));
        layers.put("internal.crypto", with(layers, "internal.handle", "internal.delegation"));
        layers.put("internal.generator", with(layers, "internal.session"));
        layers.put(
                "internal.provider",
                with(layers, "internal.keystore", "internal.signature", "internal.crypto", "internal.generator"));
        layers.put("", with(layers, "internal.provider"));
        return layers;
    }

    /** Returns the packages with these names, and all packages that they may use. */
    private static Set<String> with(Map<String, Set<String>> layers, String... names) {
        Set<String> all = new TreeSet<>(Set.of(names));
        for (String name : names) {
            all.addAll(layers.getOrDefault(name, Set.of()));
        }
        return all;
    }

    private static String packageName(String layer) {
        return layer.isEmpty() ? ROOT : ROOT + "." + layer;
    }

    @Test
    void packages_dependOnlyOnLowerLayers() {
        Architectures.LayeredArchitecture architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String layer : LAYERS.keySet()) {
            architecture = architecture.layer("package " + layer).definedBy(packageName(layer));
        }
        for (Map.Entry<String, Set<String>> layer : LAYERS.entrySet()) {
            String[] lower =
                    layer.getValue().stream().map(name -> "package " + name).toArray(String[]::new);
            architecture = lower.length == 0
                    ? architecture.whereLayer("package " + layer.getKey()).mayNotAccessAnyLayer()
                    : architecture.whereLayer("package " + layer.getKey()).mayOnlyAccessLayers(lower);
        }
        architecture.check(MAIN);
    }

    @Test
    void packages_areAllInTheLayers() {
        classes()
                .should()
                .resideInAnyPackage(LAYERS.keySet().stream()
                        .map(ArchitectureTest::packageName)
                        .toArray(String[]::new))
                .check(MAIN);
    }

    @Test
    void types_areFreeOfCycles() {
        assertEquals(List.of(), TypeCycles.in(MAIN));
    }

    @Test
    void module_exportsOnlyTheRootPackageAndKey() {
        ModuleDescriptor module = ModuleFinder.of(Path.of(KmsProvider.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath()))
                .findAll()
                .iterator()
                .next()
                .descriptor();
        assertEquals(
                Set.of(ROOT, ROOT + ".key"),
                module.exports().stream().map(ModuleDescriptor.Exports::source).collect(Collectors.toSet()));
    }

    @Test
    void awsSdk_isUsedOnlyByTheClientPackagesAndTheBuilder() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".internal.client", ROOT + ".internal.client.http")
                .and()
                .doNotHaveFullyQualifiedName(KmsProvider.Builder.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(MAIN);
    }

    @Test
    void kmsCalls_areMadeOnlyByHandlesSessionsAndGenerators() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".internal.client",
                        ROOT + ".internal.handle",
                        ROOT + ".internal.session",
                        ROOT + ".internal.generator")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.client\\.(KmsCalls|SecretCalls|KeyChanges)")
                .check(MAIN);
    }

    @Test
    void keyTextAndAlgorithmPackages_dependOnNoLibraryExceptJSpecify() {
        for (String name : List.of(ROOT + ".key", ROOT + ".internal.text", ROOT + ".internal.algorithm")) {
            classes()
                    .that()
                    .resideInAPackage(name)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(name, ROOT + ".internal.text", "java..", "javax.crypto..", "org.jspecify..")
                    .check(MAIN);
        }
    }

    /**
     * The one-file jar does not contain the packages of Bouncy Castle's own JCA provider. Our provider may use only
     * {@code UserKeyingMaterialSpec} from them, because programs pass objects of this class to our provider, and the
     * one-file jar uses the program's class.
     */
    @Test
    void bouncyCastleProvider_isNotUsed() {
        noClasses()
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                                "org.bouncycastle.jce..", "org.bouncycastle.jcajce..", "org.bouncycastle.pqc..")
                        .and(DescribedPredicate.not(
                                HasName.Predicates.name("org.bouncycastle.jcajce.spec.UserKeyingMaterialSpec"))))
                .check(MAIN);
    }

    /** Neither certificates nor encoded parameters may depend on the order of the JVM's list of providers. */
    @Test
    void enginesForCertificates_areCreatedOnlyByJdkEngines() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.JdkEngines(\\$.*)?")
                .should()
                .callMethodWhere(target(nameMatching("getInstance"))
                        .and(target(owner(JavaClass.Predicates.belongToAnyOf(
                                CertificateFactory.class,
                                CertPathBuilder.class,
                                CertPathValidator.class,
                                CertStore.class,
                                AlgorithmParameters.class,
                                KeyStore.class)))))
                .check(MAIN);
    }

    /**
     * Oracle's JDK refuses {@code javax.crypto} engines from unsigned jars. All other services must work without
     * {@code javax.crypto}. {@link KmsKeyGenerator} is excluded because it is a {@code javax.crypto} engine in the
     * package of the generators. {@code SecretKey} is allowed everywhere, because it is not an engine: it is the
     * interface of secret keys, which {@code KmsSecretKey} extends.
     */
    @Test
    void javaxCrypto_isUsedOnlyByItsEngines() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.crypto")
                .and()
                .doNotHaveFullyQualifiedName(KmsKeyGenerator.class.getName())
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("javax.crypto..")
                        .and(DescribedPredicate.not(HasName.Predicates.name("javax.crypto.SecretKey"))))
                .check(MAIN);
    }
}
