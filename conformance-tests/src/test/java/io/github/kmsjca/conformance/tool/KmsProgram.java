package io.github.kmsjca.conformance.tool;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HexFormat;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * The kinds of programs that send {@code Sign} requests. They run in a
 * {@link Workbench#workplace(java.nio.file.Path, SigningKey)} for ECC_NIST_P256.
 */
enum KmsProgram {
    /** A Java program with the library. */
    LIBRARY {
        @Override
        ToolResult run(Workplace place) {
            return sign(place, Library.path());
        }

        @Override
        boolean hasSigned(ToolResult result, Workplace place, PublicKey key) {
            return isSignature(result, key);
        }
    },
    /** A Java program with the one-file jar. */
    ONE_FILE_JAR {
        @Override
        ToolResult run(Workplace place) {
            return sign(place, Workplace.allJar().toString());
        }

        @Override
        boolean hasSigned(ToolResult result, Workplace place, PublicKey key) {
            return isSignature(result, key);
        }
    },
    KEYTOOL {
        @Override
        ToolResult run(Workplace place) {
            return place.keytool("-certreq -alias " + Workbench.ENTRY + " -keystore release.awskms -storepass ''");
        }

        @Override
        boolean hasSigned(ToolResult result, Workplace place, PublicKey key) {
            String request = result.output().substring(result.output().indexOf("-----BEGIN"));
            try (PEMParser pem = new PEMParser(new StringReader(request))) {
                return ((PKCS10CertificationRequest) pem.readObject())
                        .isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
            } catch (IOException | OperatorCreationException | PKCSException e) {
                throw new AssertionError(result.output(), e);
            }
        }
    },
    JARSIGNER {
        @Override
        ToolResult run(Workplace place) {
            return place.jarsigner(Workbench.SIGN);
        }

        @Override
        boolean hasSigned(ToolResult result, Workplace place, PublicKey key) {
            return SignedJar.read(place.path("in.jar")).isSignedBy(key);
        }
    },
    /** The command {@code check} of the one-file jar. It gets no signature, because its request is a dry run. */
    CHECK {
        @Override
        ToolResult run(Workplace place) {
            return place.java("-jar " + Workplace.allJar() + " check --keystore release.awskms");
        }

        @Override
        boolean hasSigned(ToolResult result, Workplace place, PublicKey key) {
            return result.output().contains("kms:Sign: allowed")
                    && !result.output().contains("problem");
        }
    };

    /** Runs the program, which sends one {@code Sign} request. */
    abstract ToolResult run(Workplace place);

    /** Returns whether a run has signed with the key; for {@link #CHECK}, whether KMS has allowed it to sign. */
    abstract boolean hasSigned(ToolResult result, Workplace place, PublicKey key);

    /** Returns whether the program is keytool or jarsigner. In these, the provider uses the JDK's HTTP client. */
    boolean isTool() {
        return this == KEYTOOL || this == JARSIGNER;
    }

    private static ToolResult sign(Workplace place, String classPath) {
        // this class path replaces that of the workplace, because Java uses the last one on the command line
        return place.withVmOptions("-cp", classPath + File.pathSeparator + Library.tests())
                .java(KeyProgram.class.getName() + " sign " + SigningKey.ECC_NIST_P256.alias());
    }

    private static boolean isSignature(ToolResult result, PublicKey key) {
        String output = result.output().strip();
        String lastLine = output.substring(output.lastIndexOf('\n') + 1);
        try {
            Signature engine = Signature.getInstance("SHA256withECDSA");
            engine.initVerify(key);
            engine.update(KeyProgram.MESSAGE);
            return engine.verify(HexFormat.of().parseHex(lastLine));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(result.output(), e);
        }
    }
}
