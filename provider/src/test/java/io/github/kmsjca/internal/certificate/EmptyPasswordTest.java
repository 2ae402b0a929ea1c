package io.github.kmsjca.internal.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.testing.ChildJvm;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.CryptoServicesRegistrar.Property;
import org.junit.jupiter.api.Test;

/**
 * Tests that the first use of Bouncy Castle leaves none of its default parameters in the thread. In an application
 * server, they would keep the class loader of a stopped application in memory.
 */
class EmptyPasswordTest {
    @Test
    void decrypt_firstUseOfBouncyCastle_leavesNoParametersInTheThread() throws Exception {
        assertEquals(List.of("false"), ChildJvm.run(Program.class, List.of()));
    }

    /** Decrypts in a JVM that has not used Bouncy Castle. Prints whether the thread then has default parameters. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws ExceededLimitException {
            AlgorithmIdentifier algorithm = new AlgorithmIdentifier(
                    PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC, new PKCS12PBEParams(new byte[8], 1));
            EncryptedData content =
                    new EncryptedData(PKCSObjectIdentifiers.data, algorithm, new DEROctetString(new byte[8]));
            if (EmptyPassword.decrypt(content).isPresent()) {
                throw new AssertionError("zeros are not an encrypted sequence");
            }
            Stream<Property> defaults = Stream.of(Property.DSA_DEFAULT_PARAMS, Property.DH_DEFAULT_PARAMS);
            System.out.println(defaults.anyMatch(each -> CryptoServicesRegistrar.clearThreadProperty(each) != null));
        }
    }
}
