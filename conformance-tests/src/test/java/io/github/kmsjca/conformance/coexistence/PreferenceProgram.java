package io.github.kmsjca.conformance.coexistence;

import io.github.kmsjca.conformance.Target;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Security;
import java.security.Signature;
import java.util.HexFormat;

/**
 * A program that {@link PreferredProviderTest} runs with or without our provider in the {@code java.security} file.
 * Without arguments, the program prints the results of {@link ForeignOperations}. Otherwise, the arguments are pairs of
 * an algorithm and a key ARN. For each pair, the program prints the provider that the JCA chooses without a key, the
 * provider that signs with our key, and the signature.
 */
final class PreferenceProgram {
    /** The message that the program signs. */
    static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    private PreferenceProgram() {}

    public static void main(String[] arguments) throws GeneralSecurityException {
        if (arguments.length == 0) {
            new ForeignOperations(SoftwareKeys.generate()).results().forEach(System.out::println);
        }
        for (int index = 0; index < arguments.length; index += 2) {
            PrivateKey key = Target.handle(Security.getProvider("AWSKMS"), arguments[index + 1]);
            Signature engine = Signature.getInstance(arguments[index]);
            engine.initSign(key);
            engine.update(MESSAGE);
            String withoutKey =
                    Signature.getInstance(arguments[index]).getProvider().getName();
            String withOurKey = engine.getProvider().getName();
            System.out.println(
                    withoutKey + " " + withOurKey + " " + HexFormat.of().formatHex(engine.sign()));
        }
    }
}
