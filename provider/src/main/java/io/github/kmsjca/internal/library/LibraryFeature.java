package io.github.kmsjca.internal.library;

import java.security.InvalidKeyException;

/** What only later versions of a library can do, one row each with the class that they have. */
public enum LibraryFeature {
    /** The KMS operation for the holder of an ML-KEM key. */
    DECAPSULATE(
            Library.AWS_SDK,
            MinimumVersions.AWS_SDK_KEM,
            "the KMS operation Decapsulate",
            "software.amazon.awssdk.services.kms.model.DecapsulateRequest"),
    /** The KMS operation for the other party. */
    ENCAPSULATE(
            Library.AWS_SDK,
            MinimumVersions.AWS_SDK_KEM,
            "the KMS operation Encapsulate",
            "software.amazon.awssdk.services.kms.model.EncapsulateRequest"),
    /** Signatures of FIPS 204. */
    ML_DSA(
            Library.BOUNCY_CASTLE,
            MinimumVersions.BOUNCY_CASTLE_PQC,
            "ML-DSA",
            "org.bouncycastle.crypto.signers.MLDSASigner"),
    /** Key encapsulation of FIPS 203. */
    ML_KEM(
            Library.BOUNCY_CASTLE,
            MinimumVersions.BOUNCY_CASTLE_PQC,
            "ML-KEM",
            "org.bouncycastle.crypto.kems.MLKEMGenerator");

    private final Library library;
    private final String minimum;
    private final String text;
    private final boolean isPresent;

    LibraryFeature(Library library, String minimum, String text, String className) {
        this.library = library;
        this.minimum = minimum;
        this.text = text;
        this.isPresent = LoadedJar.of(className).isPresent();
    }

    /**
     * Checks that the library has the feature.
     *
     * @throws InvalidKeyException if not; its text names the version found and the minimum
     */
    public void require() throws InvalidKeyException {
        if (!isPresent) {
            throw new InvalidKeyException(library.found() + " does not know " + text + "; " + library.remedy(minimum));
        }
    }
}
