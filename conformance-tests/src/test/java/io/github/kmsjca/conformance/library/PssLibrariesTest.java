package io.github.kmsjca.conformance.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.TargetKey;
import io.github.kmsjca.conformance.signature.SignatureRow;
import io.github.kmsjca.conformance.tool.TestCa;
import io.github.kmsjca.conformance.tool.Workplace;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

/**
 * Checks that libraries can sign with RSASSA-PSS and our keys. Most of these libraries set the parameters before the
 * key, so the JCA chooses the provider before it knows the key. In the JVM of {@link LibraryProgram}, our provider gets
 * into the list of providers with {@code install()} or with a file that the command {@code java-security} wrote. The
 * JDK and Bouncy Castle verify the signed documents, in a JVM without our provider in the list.
 */
class PssLibrariesTest {
    @TempDir
    private static Path folder;

    @AutoClose
    private static final Target TARGET = Target.open();

    private static final TargetKey KEY = TARGET.key("RSA_2048").orElseThrow();

    /** The number of libraries: those of the two enums, and iText. */
    private static final int LIBRARIES = JwtLibrary.values().length + XmlLibrary.values().length + 1;

    /** How our provider gets into the list of providers. */
    enum Registration {
        INSTALL,
        FILE
    }

    @BeforeAll
    static void writeFiles() throws Exception {
        Files.writeString(
                folder.resolve("release.awskms"),
                "# AWSKMS keystore 1\n\nalias: " + LibraryProgram.ALIAS + "\nkey: " + KEY.arn() + "\n"
                        + TestCa.pem(TestCa.named("Library CA").issue("release", publicKey())));
        run(List.of("-jar", Workplace.allJar().toString(), "java-security", "--out", "kms.security"));
    }

    /** Runs Java in the folder, and returns the lines that it prints. */
    private static List<String> run(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Workplace.SHORT_RUN);
        TARGET.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(arguments);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue());
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void everyLibrary_pss_otherProvidersVerifyTheSignature(Registration registration) throws Exception {
        List<String> arguments = new ArrayList<>();
        if (registration == Registration.FILE) {
            arguments.add("-Djava.security.properties=kms.security");
        }
        arguments.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), LibraryProgram.class.getName(), "release.awskms"));
        if (registration == Registration.INSTALL) {
            arguments.add("install");
        }
        TARGET.emulator().ifPresent(emulator -> emulator.requests().clear());
        Map<String, byte[]> results = new LinkedHashMap<>();
        for (String line : run(arguments)) {
            Matcher result = Pattern.compile("([A-Z0-9_]+) ([A-Za-z0-9+/=]+)").matcher(line);
            if (result.matches()) {
                results.put(result.group(1), Base64.getDecoder().decode(result.group(2)));
            }
        }
        assertEquals(LIBRARIES, results.size(), results.keySet()::toString);
        for (JwtLibrary library : JwtLibrary.values()) {
            assertTrue(isValidToken(result(results, library.name())), library::name);
        }
        for (XmlLibrary library : XmlLibrary.values()) {
            assertTrue(isValidXml(result(results, library.name())), library::name);
        }
        assertTrue(isValidPdf(result(results, LibraryProgram.ITEXT)), LibraryProgram.ITEXT);
        TARGET.emulator()
                .ifPresent(emulator ->
                        assertEquals(LIBRARIES, emulator.requests().of("Sign").size()));
    }

    private static byte[] result(Map<String, byte[]> results, String library) {
        return Objects.requireNonNull(results.get(library), library);
    }

    private static PublicKey publicKey() {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(KEY.publicKey());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isValidToken(byte[] token) throws Exception {
        String[] parts = new String(token, StandardCharsets.US_ASCII).split(Pattern.quote("."), -1);
        assertEquals(3, parts.length);
        assertTrue(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8).contains("PS256"));
        Signature engine = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
        engine.initVerify(publicKey());
        engine.setParameter(SignatureRow.pss("SHA-256", 32));
        engine.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return engine.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    private static boolean isValidXml(byte[] text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(text));
        DOMValidateContext context = new DOMValidateContext(
                publicKey(),
                document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0));
        XMLSignature signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
        assertEquals(
                XmlLibrary.PSS, signature.getSignedInfo().getSignatureMethod().getAlgorithm());
        return signature.getSignatureValue().validate(context);
    }

    /**
     * Returns whether the signature of a PDF document is valid. All bytes are signed except the signature itself, which
     * is in hexadecimal (ISO 32000-2 §12.8.1).
     */
    private static boolean isValidPdf(byte[] pdf) throws Exception {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        Matcher range =
                Pattern.compile("/ByteRange ?\\[ ?(\\d+) (\\d+) (\\d+) (\\d+)").matcher(text);
        assertTrue(range.find());
        int end = Integer.parseInt(range.group(2));
        int next = Integer.parseInt(range.group(3));
        String hex = text.substring(end + 1, next - 1);
        String signed = text.substring(0, end) + text.substring(next, next + Integer.parseInt(range.group(4)));
        byte[] cms = HexFormat.of().parseHex(hex);
        CMSSignedData data = new CMSSignedData(
                new CMSProcessableByteArray(signed.getBytes(StandardCharsets.ISO_8859_1)),
                new ByteArrayInputStream(cms));
        SignerInformation signer = data.getSignerInfos().iterator().next();
        assertEquals("1.2.840.113549.1.1.10", signer.getEncryptionAlgOID());
        return signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                .setProvider(new BouncyCastleProvider())
                .build(publicKey()));
    }
}
