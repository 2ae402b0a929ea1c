package io.github.kmsjca.samples;

import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The signature algorithms of the program, and the OpenSSL options that verify their signatures. */
enum FileAlgorithm {
    SHA256_RSA("SHA256withRSA", "-sha256"),
    SHA384_RSA("SHA384withRSA", "-sha384"),
    SHA512_RSA("SHA512withRSA", "-sha512"),
    SHA256_PSS("SHA256withRSA/PSS", "-sha256" + Options.PSS),
    SHA384_PSS("SHA384withRSA/PSS", "-sha384" + Options.PSS),
    SHA512_PSS("SHA512withRSA/PSS", "-sha512" + Options.PSS),
    SHA256_ECDSA("SHA256withECDSA", "-sha256"),
    SHA384_ECDSA("SHA384withECDSA", "-sha384"),
    SHA512_ECDSA("SHA512withECDSA", "-sha512");

    private static final int BITS_FOR_SHA384 = 384;
    private static final int BITS_FOR_SHA512 = 512;

    private final String jcaName;
    private final String openssl;

    FileAlgorithm(String jcaName, String openssl) {
        this.jcaName = jcaName;
        this.openssl = openssl;
    }

    private interface Options {
        String PSS = " -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest";
    }

    /**
     * Returns the usual algorithm for a key.
     *
     * @throws InvalidKeyException if the program has no algorithm for this kind of key
     */
    static FileAlgorithm usual(PublicKey key) throws InvalidKeyException {
        if (key instanceof RSAKey) {
            return SHA256_RSA;
        }
        if (!(key instanceof ECKey ec)) {
            throw new InvalidKeyException(
                    "this program signs only with RSA and EC keys, because 'openssl dgst' verifies no others;"
                            + " this is a key for " + key.getAlgorithm());
        }
        int bits = ec.getParams().getOrder().bitLength();
        if (bits >= BITS_FOR_SHA512) {
            return SHA512_ECDSA;
        }
        return bits >= BITS_FOR_SHA384 ? SHA384_ECDSA : SHA256_ECDSA;
    }

    String jcaName() {
        return jcaName;
    }

    /** Returns the OpenSSL command that verifies the signature of a file. */
    String opensslCommand(Path file, Path publicKey) {
        return "openssl dgst " + openssl + " -verify " + quoted(publicKey) + " -signature "
                + quoted(FileSignature.pathFor(file)) + " " + quoted(file);
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w./+:@%-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Converts the option. */
    static final class Converter implements ITypeConverter<FileAlgorithm> {
        @Override
        public FileAlgorithm convert(String name) {
            return Arrays.stream(values())
                    .filter(row -> row.jcaName.equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("there is no algorithm '" + name + "'; choose from "
                            + Arrays.stream(values())
                                    .map(FileAlgorithm::jcaName)
                                    .collect(Collectors.joining(", "))));
        }
    }

    /** Lists the names for the help text. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(values()).map(FileAlgorithm::jcaName).iterator();
        }
    }
}
