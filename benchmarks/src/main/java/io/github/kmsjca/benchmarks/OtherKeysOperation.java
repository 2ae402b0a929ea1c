package io.github.kmsjca.benchmarks;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/** An operation with a key in memory, or without a key, that does not name a provider. */
enum OtherKeysOperation {
    RSA_SIGN("SHA256withRSA", "RSA") {
        @Override
        Body prepare() throws GeneralSecurityException {
            KeyPair keys = keys();
            return () -> sign(keys, null);
        }
    },
    RSA_VERIFY("SHA256withRSA", "RSA") {
        @Override
        Body prepare() throws GeneralSecurityException {
            return verification(null);
        }
    },
    EC_SIGN("SHA256withECDSA", "EC") {
        @Override
        Body prepare() throws GeneralSecurityException {
            KeyPair keys = keys();
            return () -> sign(keys, null);
        }
    },
    EC_VERIFY("SHA256withECDSA", "EC") {
        @Override
        Body prepare() throws GeneralSecurityException {
            return verification(null);
        }
    },
    /** The parameters come before the key, so the JCA chooses our engine, which delegates to another provider. */
    PSS_SIGN("RSASSA-PSS", "RSA") {
        @Override
        Body prepare() throws GeneralSecurityException {
            KeyPair keys = keys();
            return () -> sign(keys, PSS);
        }
    },
    PSS_VERIFY("RSASSA-PSS", "RSA") {
        @Override
        Body prepare() throws GeneralSecurityException {
            return verification(PSS);
        }
    },
    RSA_DECRYPT("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", "RSA") {
        @Override
        Body prepare() throws GeneralSecurityException {
            KeyPair keys = keys();
            Cipher encryption = Cipher.getInstance(algorithm);
            encryption.init(Cipher.ENCRYPT_MODE, keys.getPublic());
            byte[] ciphertext = encryption.doFinal(new byte[32]);
            return () -> {
                Cipher cipher = Cipher.getInstance(algorithm);
                cipher.init(Cipher.DECRYPT_MODE, keys.getPrivate());
                cipher.doFinal(ciphertext);
            };
        }
    },
    EC_GENERATE("EC", "EC") {
        @Override
        Body prepare() {
            return () -> keys();
        }
    },
    DIGEST("SHA-256", "") {
        @Override
        Body prepare() {
            return () -> MessageDigest.getInstance(algorithm).digest(MESSAGE);
        }
    };

    private static final byte[] MESSAGE = new byte[1024];
    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    /** The algorithm of the engine. */
    final String algorithm;

    /** Empty if the operation needs no key. */
    private final String keyAlgorithm;

    OtherKeysOperation(String algorithm, String keyAlgorithm) {
        this.algorithm = algorithm;
        this.keyAlgorithm = keyAlgorithm;
    }

    /** One call of the operation. */
    @FunctionalInterface
    interface Body {
        void run() throws GeneralSecurityException;
    }

    /** Makes what the operation needs, such as keys, and returns the part that is measured. */
    abstract Body prepare() throws GeneralSecurityException;

    KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm);
        if (keyAlgorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    byte[] sign(KeyPair keys, @Nullable PSSParameterSpec parameters) throws GeneralSecurityException {
        Signature engine = engine(parameters);
        engine.initSign(keys.getPrivate());
        engine.update(MESSAGE);
        return engine.sign();
    }

    Body verification(@Nullable PSSParameterSpec parameters) throws GeneralSecurityException {
        KeyPair keys = keys();
        byte[] signature = sign(keys, parameters);
        return () -> {
            Signature engine = engine(parameters);
            engine.initVerify(keys.getPublic());
            engine.update(MESSAGE);
            if (!engine.verify(signature)) {
                throw new GeneralSecurityException("a valid signature was refused");
            }
        };
    }

    private Signature engine(@Nullable PSSParameterSpec parameters) throws GeneralSecurityException {
        Signature engine = Signature.getInstance(algorithm);
        if (parameters != null) {
            engine.setParameter(parameters);
        }
        return engine;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
