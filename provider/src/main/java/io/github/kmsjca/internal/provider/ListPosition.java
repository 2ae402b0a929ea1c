package io.github.kmsjca.internal.provider;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.List;

/**
 * The place in the JVM's list of providers where libraries can use our keys: in front of the first other provider that
 * the JCA can choose before it knows the key.
 */
public final class ListPosition {
    private static final String SIGNATURE = "Signature";

    private ListPosition() {}

    /**
     * Returns the index of the first other provider that the JCA can choose before it knows the key; the length of the
     * list if there is none.
     *
     * @param ours the name of our provider, which the list may contain
     */
    public static int of(String ours, List<Provider> list) {
        for (int i = 0; i < list.size(); i++) {
            Provider provider = list.get(i);
            if (!provider.getName().equals(ours) && canBeChosenBeforeKey(provider)) {
                return i;
            }
        }
        return list.size();
    }

    private static boolean canBeChosenBeforeKey(Provider provider) {
        // libraries set the parameters of RSASSA-PSS before the key, and the JCA then takes the first provider
        return provider.getService(SIGNATURE, "RSASSA-PSS") != null || isMlDsaEngineKept(provider);
    }

    /**
     * Returns whether the JCA keeps the ML-DSA engine of a provider, and tries no other provider. It does so if the
     * engine is a subclass of Signature, as in Bouncy Castle LTS and in older versions of Bouncy Castle. The engines of
     * newer versions (such as 1.83) and of the JDK (Java 24 and later) are no subclasses.
     */
    private static boolean isMlDsaEngineKept(Provider provider) {
        Provider.Service service = provider.getService(SIGNATURE, "ML-DSA");
        try {
            return service != null && service.newInstance(null) instanceof Signature;
        } catch (NoSuchAlgorithmException unusable) {
            return false;
        }
    }
}
