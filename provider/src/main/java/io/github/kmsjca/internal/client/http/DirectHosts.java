package io.github.kmsjca.internal.client.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Lists of hosts that need no proxy. */
final class DirectHosts {
    /** What Java adds to the system property {@code http.nonProxyHosts}. */
    private static final String THIS_MACHINE = "localhost|127.*|[::1]|0.0.0.0|[::0]";

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";

    /** An IPv4 address, or an IPv6 address with or without brackets. Such a host needs no name resolution. */
    private static final Pattern ADDRESS =
            Pattern.compile("(" + BYTE + "\\.){3}" + BYTE + "|\\[?[0-9a-f:.]*:[0-9a-f:.]*]?");

    private DirectHosts() {}

    /**
     * Returns whether a list such as {@code localhost|*.example.com} contains a host. As in Java, every list except the
     * empty one contains this machine.
     */
    static boolean isInProperty(String host, String list) {
        return !list.isEmpty() && contains(list + "|" + THIS_MACHINE, "\\|", pattern -> matches(host, pattern));
    }

    /** Returns whether a host matches a pattern, which can begin with a star and end with a star. */
    private static boolean matches(String host, String pattern) {
        boolean isSuffix = pattern.startsWith("*");
        boolean isPrefix = pattern.length() > 1 && pattern.endsWith("*");
        String name = pattern.substring(isSuffix ? 1 : 0, pattern.length() - (isPrefix ? 1 : 0));
        if (isSuffix && isPrefix) {
            return host.contains(name);
        }
        if (isSuffix) {
            return host.endsWith(name);
        }
        return isPrefix ? host.startsWith(name) : host.equals(name);
    }

    /**
     * Returns whether a list such as {@code localhost,.example.com,10.0.0.0/8} contains a host or one of its domains.
     * An entry can end with a port, as in {@code example.com:8443}.
     */
    static boolean isInVariable(String host, int port, String list) {
        return contains(
                list,
                "[,\\s]+",
                entry -> entry.contains("/") ? isInNetwork(host, entry) : isHostOrDomain(host, port, entry));
    }

    private static boolean contains(String list, String separator, Predicate<String> matches) {
        return Arrays.stream(list.toLowerCase(Locale.ROOT).split(separator))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(matches);
    }

    private static boolean isHostOrDomain(String host, int port, String entry) {
        // an IPv6 address without brackets has several colons, and its last number is not a port
        boolean canHavePort = entry.indexOf(':') == entry.lastIndexOf(':') || entry.contains("]:");
        boolean hasPort = canHavePort && entry.endsWith(":" + port);
        // an entry can begin with a dot or with a star and a dot; it then means the same as without them
        String name = (hasPort ? entry.substring(0, entry.lastIndexOf(':')) : entry).replaceFirst("^\\*?\\.", "");
        return name.equals("*")
                || host.equals(name)
                || host.equals("[" + name + "]")
                || (host.endsWith("." + name) && !isAddress(host));
    }

    /** Returns whether an address is in a network such as {@code 10.0.0.0/8} (RFC 4632 §3.1). */
    private static boolean isInNetwork(String host, String network) {
        String start = network.substring(0, network.indexOf('/'));
        if (!isAddress(host) || !isAddress(start)) {
            return false;
        }
        try {
            int length = Integer.parseInt(network.substring(start.length() + 1));
            byte[] left = InetAddress.getByName(host).getAddress();
            byte[] right = InetAddress.getByName(start).getAddress();
            return left.length == right.length
                    && length >= 0
                    && length <= left.length * Byte.SIZE
                    && equalBits(left, right) >= length;
        } catch (UnknownHostException | NumberFormatException e) {
            return false;
        }
    }

    /** Returns whether a host is an IP address, which needs no name resolution. */
    static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches();
    }

    /** Returns the number of equal bits at the beginning of two addresses of the same length. */
    private static int equalBits(byte[] left, byte[] right) {
        int equalBytes = Arrays.mismatch(left, right);
        if (equalBytes < 0) {
            return left.length * Byte.SIZE;
        }
        int difference = (left[equalBytes] ^ right[equalBytes]) & 0xff;
        int equalBitsOfByte = Integer.numberOfLeadingZeros(difference) - (Integer.SIZE - Byte.SIZE);
        return equalBytes * Byte.SIZE + equalBitsOfByte;
    }
}
