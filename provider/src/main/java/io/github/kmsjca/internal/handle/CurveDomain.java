package io.github.kmsjca.internal.handle;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.ProviderBug;
import java.math.BigInteger;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ECParametersHolder;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/**
 * The domain parameters of the elliptic curves of the key families EC and SM2. They come from Bouncy Castle, because
 * the JDK does not know some of these curves. For a key spec without such a curve, {@link #requireOnCurve} does
 * nothing, and all other methods throw {@link ProviderBug}.
 */
// "exports" warns about Bouncy Castle's types in public methods, but this package is not exported
@SuppressWarnings("exports")
public final class CurveDomain {
    /** The first byte of a compressed point whose y coordinate is even (SEC 1 §2.3.3). */
    private static final byte COMPRESSED_EVEN_Y = 2;

    /**
     * The curves by key spec. They are looked up only once, because every ECDSA signature needs a curve. Bouncy Castle
     * builds a curve on first use.
     */
    private static final Map<KeySpec, X9ECParametersHolder> CURVES = Arrays.stream(KeySpec.values())
            .filter(spec -> spec.curve().isPresent())
            .collect(Collectors.toUnmodifiableMap(spec -> spec, CurveDomain::find));

    private CurveDomain() {}

    /** Returns the order of the curve of a key spec. The numbers r and s of a signature are smaller than the order. */
    public static BigInteger order(KeySpec spec) {
        return parameters(spec).getN();
    }

    /**
     * Returns a public key in the form that Bouncy Castle accepts.
     *
     * @throws IllegalArgumentException if the point is not on the curve
     */
    public static ECPublicKeyParameters key(KeySpec spec, PublicKey key) {
        X9ECParameters curve = parameters(spec);
        byte[] point = PublicKeys.raw(key);
        if (point.length == 0) {
            // decodePoint would throw an IndexOutOfBoundsException
            throw new IllegalArgumentException("the public key has no point");
        }
        return new ECPublicKeyParameters(curve.getCurve().decodePoint(point), new ECDomainParameters(curve));
    }

    /**
     * Checks that the point of a public key is on the curve of its key spec, if the spec has one.
     *
     * @throws IllegalArgumentException if the point is not on the curve
     */
    public static void requireOnCurve(KeySpec spec, PublicKey key) {
        if (spec.curve().isPresent()) {
            key(spec, key);
        }
    }

    /** Returns whether {@code x} is the x coordinate of a point on the curve of a key spec. */
    static boolean isXCoordinate(KeySpec spec, byte[] x) {
        byte[] compressed = new byte[x.length + 1];
        // the first byte for an odd y would give the same result
        compressed[0] = COMPRESSED_EVEN_Y;
        System.arraycopy(x, 0, compressed, 1, x.length);
        try {
            return !parameters(spec).getCurve().decodePoint(compressed).isInfinity();
        } catch (IllegalArgumentException notOnCurve) {
            return false;
        }
    }

    private static X9ECParameters parameters(KeySpec spec) {
        X9ECParametersHolder curve = CURVES.get(spec);
        if (curve == null) {
            throw new ProviderBug(spec + " has no curve");
        }
        return curve.getParameters();
    }

    private static X9ECParametersHolder find(KeySpec spec) {
        // the arithmetic of Bouncy Castle's custom curves is ten times as fast as its arithmetic for all curves
        return CustomNamedCurves.getByOIDLazy(
                new ASN1ObjectIdentifier(spec.curve().orElseThrow().oid()));
    }
}
