package io.github.kmsjca.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The kinds of alternative names that {@code --san} accepts, with the names that keytool uses (RFC 5280 §4.2.1.6). */
// the predicates are stateless
@SuppressWarnings("ImmutableEnumChecker")
enum AlternativeName {
    DNS(GeneralName.dNSName, "dns:host.example", matches("[A-Za-z0-9_*-]+(\\.[A-Za-z0-9_-]+)*")),
    IP(GeneralName.iPAddress, "ip:192.0.2.1", IPAddress::isValid),
    EMAIL(GeneralName.rfc822Name, "email:name@host.example", matches("[^@\\s]+@[^@\\s]+")),
    URI(GeneralName.uniformResourceIdentifier, "uri:https://host.example", matches("[A-Za-z][A-Za-z0-9+.-]*:\\S+"));

    private static final String ONLY_ASCII = ", with ASCII characters only; write internationalized domain names in the"
            + " xn-- form (A-labels, RFC 5890)";

    private final int tag;
    private final String example;
    private final Predicate<String> form;

    AlternativeName(int tag, String example, Predicate<String> form) {
        this.tag = tag;
        this.example = example;
        this.form = form;
    }

    private static Predicate<String> matches(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    /** Parses a value of {@code --san}. */
    static final class Converter implements ITypeConverter<GeneralName> {
        @Override
        public GeneralName convert(String text) {
            int colon = text.indexOf(':');
            String prefix = text.substring(0, Math.max(colon, 0)).toUpperCase(Locale.ROOT);
            String name = text.substring(colon + 1);
            AlternativeName found = Arrays.stream(values())
                    .filter(kind -> kind.name().equals(prefix))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text
                            + "' is not a valid name; write it like one of "
                            + Arrays.stream(values()).map(kind -> kind.example).collect(Collectors.joining(", "))));
            // all names but IP addresses have the ASN.1 type IA5String, which allows only ASCII; Bouncy Castle does not
            // check this
            boolean isAscii = StandardCharsets.US_ASCII.newEncoder().canEncode(name);
            if (!isAscii || !found.form.test(name)) {
                throw new TypeConversionException("'" + text + "' is not a valid name; write it like " + found.example
                        + (isAscii ? "" : ONLY_ASCII));
            }
            return new GeneralName(found.tag, name);
        }
    }
}
