package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallTest {
    @AfterEach
    void remove() {
        Security.removeProvider(KmsProvider.NAME);
    }

    private static List<String> names() {
        return Arrays.stream(Security.getProviders()).map(Provider::getName).toList();
    }

    @Test
    void install_twice_putsOneProviderBeforeTheFirstWithPss() {
        List<String> before = names();
        KmsProvider installed = KmsProvider.install();
        assertSame(installed, Security.getProvider(KmsProvider.NAME));
        List<String> after = names();
        int ours = after.indexOf(KmsProvider.NAME);
        assertTrue(ours < after.indexOf("SunRsaSign"), after::toString);
        assertEquals(before.subList(0, ours), after.subList(0, ours));
        assertTrue(
                after.subList(0, ours).stream()
                        .noneMatch(name -> Security.getProvider(name).getService("Signature", "RSASSA-PSS") != null),
                after::toString);
        assertSame(installed, KmsProvider.install());
        assertEquals(after, names());
    }

    @Test
    void install_registeredAfterSunRsaSign_isMovedInFrontOfIt() {
        KmsProvider registered = new KmsProvider();
        Security.addProvider(registered);
        assertSame(registered, KmsProvider.install());
        assertTrue(names().indexOf(KmsProvider.NAME) < names().indexOf("SunRsaSign"));
    }

    @Test
    void install_registeredFirst_keepsItsPosition() {
        KmsProvider registered = new KmsProvider();
        Security.insertProviderAt(registered, 1);
        assertSame(registered, KmsProvider.install());
        assertEquals(0, names().indexOf(KmsProvider.NAME));
    }

    @Test
    void install_otherClassRegisteredUnderOurName_isRefusedAndNamed() {
        Security.addProvider(new Provider(KmsProvider.NAME, "1", "another") {
            private static final long serialVersionUID = 1L;
        });
        String text = String.valueOf(
                assertThrows(IllegalStateException.class, KmsProvider::install).getMessage());
        assertTrue(text.contains(InstallTest.class.getName() + "$1"), text);
        assertTrue(text.endsWith("; remove that provider"), text);
    }

    @Test
    void install_providersOfTheJdk_isDirectlyBeforeSunRsaSign() {
        KmsProvider.install();
        assertEquals(names().indexOf("SunRsaSign") - 1, names().indexOf(KmsProvider.NAME), () -> names().toString());
    }

    /** Bouncy Castle also offers RSASSA-PSS, so our provider must come before it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void install_bouncyCastleInTheList_isBeforeBouncyCastleAndSunRsaSign(int position) {
        Security.insertProviderAt(new BouncyCastleProvider(), Math.min(position, names().size() + 1));
        try {
            KmsProvider.install();
            int ours = names().indexOf(KmsProvider.NAME);
            assertEquals(Math.min(names().indexOf("BC"), names().indexOf("SunRsaSign")) - 1, ours);
        } finally {
            Security.removeProvider("BC");
        }
    }

    @Test
    void install_bouncyCastleAddedInFrontLater_isMovedToTheFront() {
        KmsProvider.install();
        Security.insertProviderAt(new BouncyCastleProvider(), 1);
        try {
            KmsProvider.install();
            assertEquals(0, names().indexOf(KmsProvider.NAME));
        } finally {
            Security.removeProvider("BC");
        }
    }

    @Test
    void close_again_doesNotRemoveANewerProvider() {
        KmsProvider installed = KmsProvider.install();
        installed.close();
        assertEquals(-1, names().indexOf(KmsProvider.NAME));
        KmsProvider other = KmsProvider.install();
        installed.close();
        assertSame(other, Security.getProvider(KmsProvider.NAME));
    }
}
