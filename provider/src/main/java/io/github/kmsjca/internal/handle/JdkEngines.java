package io.github.kmsjca.internal.handle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The engines that read certificates and encode algorithm parameters. They come from the JDK's own providers, so that
 * the result does not depend on the order of the JVM's list of providers. In a JVM without these providers, an engine
 * comes from the first other provider whose engine passes a check.
 */
public final class JdkEngines {
    private static final String CERTIFICATE_PROVIDER = "SUN";
    private static final String X509 = "X.509";

    /** The self-signed certificate with which {@link #checkedFactory} checks a factory. */
    private static final byte[] EXAMPLE = Base64.getMimeDecoder().decode("""
                    MIIBdTCCARugAwIBAgIUUSiE1DzkwRmPwmO0sevEFPEER/gwCgYIKoZIzj0EAwIwEDEOMAwGA1UE
                    AwwFY2hlY2swHhcNMjYxMTI2MjE0NjU3WhcNMjYxMTI3MjE0NjU3WjAQMQ4wDAYDVQQDDAVjaGVj
                    azBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL33fPAT0PpVK5B0qeKzerPuXn/lZp2hbOaeJec/
                    Wh6ehQtHF38YMPWmPPKI04MuehCf6YAgPcFdo+udCzdRRZujUzBRMB0GA1UdDgQWBBQnUvZGIQJK
                    psBF5LA0SNykqh87pTAfBgNVHSMEGDAWgBQnUvZGIQJKpsBF5LA0SNykqh87pTAPBgNVHRMBAf8E
                    BTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIEkXci4skf54WxnRCTqZ3vfSiDEA23Fzi+J+5Wtgo6Pe
                    AiEA3uCPq40SNNUcXX/nq1GZkDA4jpth3/9WHvniyvDve9o=
                    """);

    private JdkEngines() {}

    /** The algorithms whose parameters the provider encodes. */
    public enum Parameters {
        OAEP("OAEP", "SunJCE"),
        PSS("RSASSA-PSS", "SunRsaSign");

        private final String algorithm;
        private final String provider;

        Parameters(String algorithm, String provider) {
            this.algorithm = algorithm;
            this.provider = provider;
        }

        /**
         * Returns the parameters of a spec in an {@link AlgorithmParameters} object.
         *
         * @throws GeneralSecurityException if no provider encodes such parameters, or the spec is not valid
         */
        public AlgorithmParameters encode(AlgorithmParameterSpec spec) throws GeneralSecurityException {
            AlgorithmParameters encoded = engine(spec);
            encoded.init(spec);
            return encoded;
        }

        private AlgorithmParameters engine(AlgorithmParameterSpec spec) throws NoSuchAlgorithmException {
            try {
                return AlgorithmParameters.getInstance(algorithm, provider);
            } catch (NoSuchProviderException | NoSuchAlgorithmException otherJvm) {
                return Arrays.stream(Security.getProviders())
                        .flatMap(other -> checked(other, spec).stream())
                        .findFirst()
                        .orElseThrow(() -> new NoSuchAlgorithmException(
                                "no installed provider encodes " + algorithm + " parameters" + remedy(provider),
                                otherJvm));
            }
        }

        /**
         * Returns a new engine of a provider. Returns empty if the provider has no such engine, or cannot read the
         * parameters that it has written.
         */
        Optional<AlgorithmParameters> checked(Provider other, AlgorithmParameterSpec spec) {
            try {
                AlgorithmParameters written = AlgorithmParameters.getInstance(algorithm, other);
                written.init(spec);
                AlgorithmParameters read = AlgorithmParameters.getInstance(algorithm, other);
                read.init(written.getEncoded());
                read.getParameterSpec(spec.getClass());
                return Arrays.equals(written.getEncoded(), read.getEncoded())
                        ? Optional.of(AlgorithmParameters.getInstance(algorithm, other))
                        : Optional.empty();
            } catch (GeneralSecurityException | IOException | ProviderException unfit) {
                return Optional.empty();
            }
        }
    }

    /**
     * Returns a new factory for X.509 certificates. Use it in one thread: some factories are not thread-safe.
     *
     * @throws ProviderException if no installed provider has such a factory
     */
    public static CertificateFactory certificates() {
        try {
            return CertificateFactory.getInstance(X509, CERTIFICATE_PROVIDER);
        } catch (NoSuchProviderException | CertificateException otherJvm) {
            return firstChecked(Security.getProviders(), otherJvm);
        }
    }

    /**
     * Returns a new factory of the first provider whose factory passes {@link #checkedFactory}.
     *
     * @param otherJvm why the JDK's own factory is missing
     * @throws ProviderException if there is no such provider
     */
    static CertificateFactory firstChecked(Provider[] others, GeneralSecurityException otherJvm) {
        return Arrays.stream(others)
                .flatMap(other -> checkedFactory(other).stream())
                .findFirst()
                .orElseThrow(() -> new ProviderException(
                        "no installed provider reads X.509 certificates" + remedy(CERTIFICATE_PROVIDER), otherJvm));
    }

    /** Returns the end of an error text about engines that a provider of the JDK has. */
    public static String remedy(String missing) {
        return "; add the JDK's provider " + missing + " to the list of providers in the file java.security";
    }

    /**
     * Returns a new factory of a provider. Returns empty if the provider has no such factory, or does not read the
     * whole {@link #EXAMPLE} unchanged.
     */
    static Optional<CertificateFactory> checkedFactory(Provider other) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance(X509, other);
            ByteArrayInputStream in = new ByteArrayInputStream(EXAMPLE);
            Certificate read = factory.generateCertificate(in);
            return in.available() == 0 && Arrays.equals(read.getEncoded(), EXAMPLE)
                    ? Optional.of(factory)
                    : Optional.empty();
        } catch (CertificateException | ProviderException unfit) {
            return Optional.empty();
        }
    }
}
