package io.github.kmsjca.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.kmsjca.testing.ShapeRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The dependencies of the commands on the provider and on libraries, and the shape of their classes. */
class ArchitectureTest implements ShapeRules {
    private static final String ROOT = "io.github.kmsjca";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());

    /** Types that the commands use although the provider does not export them. */
    private static final Set<String> HIDDEN = Set.of(
            "algorithm.Hashing",
            "algorithm.KeySpec",
            "algorithm.KeyUsage",
            "algorithm.ProviderBug",
            "algorithm.SignatureAlgorithm",
            "algorithm.SignatureScheme",
            "certificate.CertificatePool",
            "certificate.CertificateUsage",
            "certificate.KeyCertificates",
            "certificate.Purpose",
            "client.Connection",
            "client.KeyDescription",
            "client.KmsErrors",
            "client.KmsProbe",
            "client.ToolProcess",
            "config.Configuration",
            "config.KeyId",
            "config.KmsSettings",
            "crypto.Trial",
            "handle.KmsHandle",
            "handle.MacHandle",
            "handle.PairHandle",
            "handle.PublicKeys",
            "keystore.file.AtomicFile",
            "keystore.file.FileEntry",
            "keystore.file.KeystoreFile",
            "session.AliasList",
            "session.KeyCache",
            "session.KmsSession",
            "session.KmsSessions",
            "session.Lookup",
            "text.ForeignText",
            "text.NearestName");

    @Override
    public JavaClasses classesOfModule() {
        return MAIN;
    }

    @Test
    void classes_areInThePackageOfTheCommands() {
        classes().should().resideInAPackage(ROOT + ".cli..").check(MAIN);
    }

    /**
     * The commands do not use {@code javax.crypto}. Of Jackson, they use only the AWS SDK's copy, and of Bouncy Castle,
     * only ASN.1 and utilities. The exception is {@link LoadedByName}, which keeps SDK classes in the one-file jar.
     */
    @Test
    void commands_dependOnlyOnExportedPackagesAndListedTypes() {
        classes()
                .that()
                .doNotHaveSimpleName("LoadedByName")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(ROOT, ROOT + ".cli..", ROOT + ".key")
                        .or(listed())
                        .or(resideInAnyPackage(
                                "java..",
                                "javax.net.ssl..",
                                "javax.security.auth..",
                                "jdk.security.jarsigner..",
                                "com.sun.net.httpserver..",
                                "software.amazon.awssdk.thirdparty.jackson.core..",
                                "org.jspecify..",
                                "picocli.."))
                        .or(resideInAnyPackage("org.bouncycastle.asn1..", "org.bouncycastle.util..")))
                .check(MAIN);
    }

    private static DescribedPredicate<JavaClass> listed() {
        return DescribedPredicate.describe(
                "are listed here",
                type -> HIDDEN.stream().anyMatch(name -> isOrIsIn(type, ROOT + ".internal." + name)));
    }

    private static boolean isOrIsIn(JavaClass type, String name) {
        return type.getName().equals(name) || type.getName().startsWith(name + "$");
    }
}
