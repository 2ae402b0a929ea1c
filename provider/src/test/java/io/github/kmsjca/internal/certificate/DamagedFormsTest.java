package io.github.kmsjca.internal.certificate;

import static io.github.kmsjca.testing.TestCertificates.ca;
import static io.github.kmsjca.testing.TestCertificates.issue;
import static io.github.kmsjca.testing.TestCertificates.pem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.TestCertificates.Party;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that reading a damaged file, or a file that exceeds a limit, fails only with a {@link FileFormatException}. An
 * unchecked exception would stop the reading of a whole folder.
 */
class DamagedFormsTest {
    private static final Party CA = Party.ec("ca");
    private static final X509Certificate CA_CERTIFICATE = ca(CA, CA);
    private static final X509Certificate LEAF_CERTIFICATE = issue(Party.ec("leaf"), CA);
    private static final ASN1ObjectIdentifier TRIPLE_DES = PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC;

    private static List<X509Certificate> read(byte[] content) throws FileFormatException {
        Contents found = new Contents("file");
        CertificateForm.read(content, found);
        return found.certificates("");
    }

    /** Returns a JKS keystore with this many certificates. */
    private static byte[] keystore(int certificates) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        for (int i = 0; i < certificates; i++) {
            store.setCertificateEntry("leaf" + i, LEAF_CERTIFICATE);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, "secret".toCharArray());
        return out.toByteArray();
    }

    private static byte[] pkcs7(List<X509Certificate> certificates) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertPath(certificates)
                .getEncoded("PKCS7");
    }

    private static List<byte[]> files() throws GeneralSecurityException, IOException {
        byte[] pkcs7 = pkcs7(List.of(LEAF_CERTIFICATE, CA_CERTIFICATE));
        return List.of(
                LEAF_CERTIFICATE.getEncoded(),
                pkcs7,
                plainPkcs12(1),
                encryptedPkcs12(1),
                keystore(2),
                pem("PKCS7", pkcs7).getBytes(StandardCharsets.US_ASCII));
    }

    @Provide
    Arbitrary<byte[]> damaged() throws GeneralSecurityException, IOException {
        return Combinators.combine(
                        Arbitraries.of(files()),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.randomValue(Random::nextLong))
                .as((file, changes, seed) -> {
                    byte[] changed = file.clone();
                    Random random = new Random(seed);
                    for (int i = 0; i < changes; i++) {
                        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                    }
                    return changed;
                });
    }

    @Property(tries = 6_000)
    void read_changedBytes_failsOnlyWithFileFormatException(@ForAll("damaged") byte[] content) {
        try {
            assertFalse(read(content).isEmpty());
        } catch (FileFormatException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isEmpty());
        }
    }

    @Test
    void read_undamagedFile_hasTheCertificate() throws Exception {
        for (byte[] file : files()) {
            assertTrue(read(file).contains(LEAF_CERTIFICATE));
        }
    }

    private static DERSequence sequence(ASN1Encodable... parts) {
        return new DERSequence(parts);
    }

    private static DERTaggedObject tagged(ASN1Encodable content) {
        return new DERTaggedObject(true, 0, content);
    }

    private static byte[] pfx(ASN1Encodable... safe) throws IOException {
        return sequence(new ASN1Integer(3), sequence(safe)).getEncoded();
    }

    /** Returns a PKCS #12 file without encryption, which contains this many certificates. */
    private static byte[] plainPkcs12(int certificates) throws GeneralSecurityException, IOException {
        return pfx(safe(plainPart(certificates)));
    }

    private static DERSequence plainPart(int certificates) throws GeneralSecurityException, IOException {
        return sequence(PKCSObjectIdentifiers.data, tagged(new DEROctetString(bags(certificates))));
    }

    private static ASN1Encodable[] safe(ASN1Encodable... parts) throws IOException {
        return new ASN1Encodable[] {PKCSObjectIdentifiers.data, tagged(new DEROctetString(sequence(parts)))};
    }

    private static DERSequence bags(int certificates) throws GeneralSecurityException {
        DERSequence certificate = sequence(
                PKCSObjectIdentifiers.x509Certificate, tagged(new DEROctetString(LEAF_CERTIFICATE.getEncoded())));
        DERSequence bag = sequence(PKCSObjectIdentifiers.certBag, tagged(certificate));
        return sequence(Collections.nCopies(certificates, bag).toArray(ASN1Encodable[]::new));
    }

    /** Returns a PKCS #12 file with one certificate, which is encrypted with an empty password. */
    private static byte[] encryptedPkcs12(int iterations) throws GeneralSecurityException, IOException {
        return pfx(safe(encryptedPart(bags(1), iterations)));
    }

    /** Returns a part of a PKCS #12 file that is encrypted with an empty password. */
    private static DERSequence encryptedPart(DERSequence content, int iterations)
            throws GeneralSecurityException, IOException {
        PKCS12ParametersGenerator keys = new PKCS12ParametersGenerator(new SHA1Digest());
        // an empty password is two zero bytes (RFC 7292 §B.1)
        keys.init(new byte[2], new byte[8], iterations);
        PaddedBufferedBlockCipher cipher =
                new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(new DESedeEngine()));
        cipher.init(true, keys.generateDerivedParameters(192, 64));
        byte[] plain = content.getEncoded();
        byte[] out = new byte[cipher.getOutputSize(plain.length)];
        int length = cipher.processBytes(plain, 0, plain.length, out, 0);
        try {
            cipher.doFinal(out, length);
        } catch (org.bouncycastle.crypto.InvalidCipherTextException impossible) {
            throw new GeneralSecurityException(impossible);
        }
        return encryptedPart(
                sequence(TRIPLE_DES, sequence(new DEROctetString(new byte[8]), new ASN1Integer(iterations))), out);
    }

    private static byte[] encrypted(ASN1Encodable algorithm, byte[] content) throws IOException {
        return pfx(safe(encryptedPart(algorithm, content)));
    }

    private static DERSequence encryptedPart(ASN1Encodable algorithm, byte[] content) {
        DERSequence info = sequence(
                PKCSObjectIdentifiers.data, algorithm, new DERTaggedObject(false, 0, new DEROctetString(content)));
        return sequence(PKCSObjectIdentifiers.encryptedData, tagged(sequence(new ASN1Integer(0), info)));
    }

    @Test
    void read_pkcs12WithoutContent_isRefused() throws Exception {
        for (byte[] content : List.of(
                pfx(PKCSObjectIdentifiers.data),
                pfx(PKCSObjectIdentifiers.data, tagged(new DEROctetString(new byte[0]))),
                pfx(safe(sequence(PKCSObjectIdentifiers.data))),
                pfx(safe(sequence(PKCSObjectIdentifiers.encryptedData))))) {
            assertThrows(FileFormatException.class, () -> read(content));
        }
    }

    @Test
    void read_pkcs12WithDamagedEncryption_isRefused() throws Exception {
        byte[] salt = new byte[8];
        BigInteger many = BigInteger.TWO.pow(40);
        for (byte[] content : List.of(
                encrypted(sequence(TRIPLE_DES), salt),
                encrypted(sequence(PKCSObjectIdentifiers.id_PBES2), salt),
                encrypted(sequence(TRIPLE_DES, sequence(new DEROctetString(salt), new ASN1Integer(many))), salt),
                encrypted(sequence(TRIPLE_DES, sequence(new DEROctetString(salt), new ASN1Integer(1))), new byte[9]))) {
            assertThrows(FileFormatException.class, () -> read(content));
        }
    }

    /** Returns a file of each form except JCEKS, each with one certificate more than the maximum. */
    private static List<byte[]> tooLargeFiles() throws GeneralSecurityException, IOException {
        int certificates = 20_001;
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        for (int i = 0; i < certificates; i++) {
            der.writeBytes(LEAF_CERTIFICATE.getEncoded());
        }
        return List.of(
                der.toByteArray(),
                pem(LEAF_CERTIFICATE).repeat(certificates).getBytes(StandardCharsets.US_ASCII),
                pkcs7(Collections.nCopies(certificates, LEAF_CERTIFICATE)),
                plainPkcs12(certificates),
                keystore(certificates));
    }

    @Test
    void read_tooManyCertificates_namesTheLimit() throws Exception {
        for (byte[] file : tooLargeFiles()) {
            assertEquals(
                    "file contains more than 20000 certificates; split the file, or remove certificates that are not"
                            + " needed",
                    assertThrows(FileFormatException.class, () -> read(file)).getMessage());
        }
    }

    @Test
    void read_pkcs12WithTooManyIterations_namesTheLimit() throws Exception {
        assertEquals(List.of(LEAF_CERTIFICATE), read(encryptedPkcs12(20_000)));
        assertEquals(
                "file is encrypted with more than 20000 iterations, so its certificates cannot be read; write the"
                        + " certificates as PEM ('openssl pkcs12 -nokeys', or 'keytool -exportcert -rfc')",
                assertThrows(FileFormatException.class, () -> read(encryptedPkcs12(20_001)))
                        .getMessage());
    }

    @Test
    void read_pkcs12WithAnEncryptedPartThatIsTooDeep_skipsOnlyThisPart() throws Exception {
        DERSequence deep = sequence();
        for (int i = 0; i < 70; i++) {
            deep = sequence(deep);
        }
        DERSequence refused = encryptedPart(deep, 1);
        assertEquals(
                "file has an encrypted part that is refused (its values are nested more than 64 levels deep), so its"
                        + " certificates cannot be read; write the certificates as PEM ('openssl pkcs12 -nokeys', or"
                        + " 'keytool -exportcert -rfc')",
                assertThrows(FileFormatException.class, () -> read(pfx(safe(refused))))
                        .getMessage());
        assertEquals(List.of(LEAF_CERTIFICATE), read(pfx(safe(refused, plainPart(1)))));
    }

    /** Such a tag exceeds no limit, so the texts do not say that the file is refused. */
    @Test
    void read_tagOfSeveralBytes_isAnUnknownFormOrDamage() {
        byte[] content = {0x30, 5, 0x1F, 1, (byte) 0x84, 4, 0};
        String reason = "it has an ASN.1 tag of more than one byte, which no key or certificate has";
        assertEquals(
                "file is damaged, or is not a certificate file in PEM, DER, PKCS #7, PKCS #12, JKS or JCEKS (" + reason
                        + "); write the certificates as PEM",
                assertThrows(FileFormatException.class, () -> read(content)).getMessage());
        byte[] text = pem("CERTIFICATE", content).getBytes(StandardCharsets.US_ASCII);
        assertEquals(
                "file, line 1: PEM block 'CERTIFICATE' cannot be read (" + reason + "); replace or remove it",
                assertThrows(FileFormatException.class, () -> read(text)).getMessage());
    }

    /** A reader that searches again from each backslash would need hours. */
    @ParameterizedTest
    @ValueSource(strings = {"", "n", "u003d", "/"})
    void read_blockOfBackslashes_isRefused(String end) {
        String text = "-----BEGIN CERTIFICATE-----\n" + "\\".repeat(1 << 20) + end + "\n-----END CERTIFICATE-----\n";
        assertThrows(FileFormatException.class, () -> read(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
