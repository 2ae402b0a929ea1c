/** The JCA provider for AWS KMS. */
// the AWS SDK comes as automatic modules, and three of its types are in the API of the builder
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.github.kmsjca {
    // for Apache HttpClient, which as an automatic module cannot say so; the tools of the JDK start without it
    requires jdk.net;
    requires org.bouncycastle.provider;
    requires static transitive org.jspecify;
    requires transitive software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.profiles;
    requires transitive software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries.api;
    requires transitive software.amazon.awssdk.services.kms;
    requires software.amazon.awssdk.utils;

    exports io.github.kmsjca;
    exports io.github.kmsjca.key;

    provides java.security.Provider with
            io.github.kmsjca.KmsProvider;
}
