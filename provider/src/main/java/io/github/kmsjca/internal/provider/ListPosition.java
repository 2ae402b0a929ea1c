package io.github.kmsjca.internal.provider;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.List;

/**
 * The place in the JVM's list of providers where libraries reach our keys: before the first other provider that the JCA
 * uses without asking for the key.
 */
public final class ListPosition {
    private static final String SIGNATURE = "Signature";

    private ListPosition() {}

    /**
     * Returns the index of the first other provider that the JCA uses without asking for the key; the length of the
     * list if there is none.
     *
     * @param ours the name of our provider
     */
    public static int of(String ours, List<Provider> list) {
        int index = 0;
        while (index < list.size()
                && (list.get(index).getName().equals(ours) || !isChosenWithoutKey(list.get(index)))) {
            index++;
        }
        return index;
    }

    private static boolean isChosenWithoutKey(Provider provider) {
        // libraries set the parameters of RSASSA-PSS before the key, and the JCA then takes the first provider
        return provider.getService(SIGNATURE, "RSASSA-PSS") != null || keepsMlDsa(provider);
    }

    /**
     * Returns whether the ML-DSA engine is a subclass of Signature, as Bouncy Castle's is. The JCA keeps such an engine
     * and tries no other provider. The engine of the JDK (Java 24) is an ordinary one.
     */
    private static boolean keepsMlDsa(Provider provider) {
        Provider.Service service = provider.getService(SIGNATURE, "ML-DSA");
        try {
            return service != null && service.newInstance(null) instanceof Signature;
        } catch (NoSuchAlgorithmException unusable) {
            return false;
        }
    }
}
