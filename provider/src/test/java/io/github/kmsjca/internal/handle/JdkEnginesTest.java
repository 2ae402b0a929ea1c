package io.github.kmsjca.internal.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.testing.InstalledProvider;
import io.github.kmsjca.testing.TestCertificates;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Collection;
import java.util.List;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JdkEnginesTest {
    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    @Test
    void engines_bouncyCastleFirst_comeFromTheJdk() throws Exception {
        InstalledProvider first = InstalledProvider.first(new BouncyCastleProvider());
        try {
            assertEquals(
                    "BC", CertificateFactory.getInstance("X.509").getProvider().getName());
            assertEquals("SUN", JdkEngines.certificates().getProvider().getName());
            assertEquals(
                    "SunRsaSign",
                    JdkEngines.Parameters.PSS.encode(PSS).getProvider().getName());
            assertEquals(
                    "SunJCE",
                    JdkEngines.Parameters.OAEP.encode(OAEP).getProvider().getName());
        } finally {
            first.close();
        }
    }

    @Test
    void checked_workingProvider_isPresent() {
        Provider other = new BouncyCastleProvider();
        assertTrue(JdkEngines.checkedFactory(other).isPresent());
        assertTrue(JdkEngines.Parameters.PSS.checked(other, PSS).isPresent());
        assertTrue(JdkEngines.Parameters.OAEP.checked(other, OAEP).isPresent());
    }

    @Test
    void checked_providerWithoutEngineOrWithAWrongOne_isEmpty() {
        Provider wrong = new WrongProvider();
        assertFalse(JdkEngines.checkedFactory(wrong).isPresent());
        assertFalse(JdkEngines.Parameters.PSS.checked(wrong, PSS).isPresent());
    }

    @Test
    void certificates_noProviderWithAWorkingFactory_saysWhichProviderToAdd() {
        Provider[] installed = {new WrongProvider()};
        NoSuchProviderException missing = new NoSuchProviderException("no such provider: SUN");
        ProviderException failure =
                assertThrows(ProviderException.class, () -> JdkEngines.firstChecked(installed, missing));
        assertEquals(
                "no installed provider reads X.509 certificates; add the JDK's provider SUN to the list of providers in"
                        + " the file java.security",
                failure.getMessage());
        assertSame(missing, failure.getCause());
    }

    /** A provider whose CertificateFactory returns another certificate than it reads. It has no PSS parameters. */
    private static final class WrongProvider extends Provider {
        private static final long serialVersionUID = 1L;

        WrongProvider() {
            super("Wrong", "1", "");
            put("CertificateFactory.X.509", WrongFactory.class.getName());
        }
    }

    /** Public, because the JDK creates it by its name. */
    public static final class WrongFactory extends CertificateFactorySpi {
        @Override
        public @Nullable Certificate engineGenerateCertificate(InputStream in) throws CertificateException {
            byte[] other = TestCertificates.selfSigned("other").getEncoded();
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(other));
        }

        @Override
        public Collection<? extends Certificate> engineGenerateCertificates(InputStream in) {
            return List.of();
        }

        @Override
        public @Nullable CRL engineGenerateCRL(InputStream in) {
            return null;
        }

        @Override
        public Collection<? extends CRL> engineGenerateCRLs(InputStream in) {
            return List.of();
        }
    }
}
