/** The JCA provider for AWS KMS. */
// the AWS SDK jars are automatic modules, and the methods of the builder use types from four of them
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.github.kmsjca {
    // Apache HttpClient needs jdk.net but, as an automatic module, cannot require it
    requires jdk.net;
    // for the Java Flight Recorder event; static, because small runtime images lack this module
    requires static jdk.jfr;
    // all HTTP clients and their parts are static too, because a program can use another HTTP client
    requires static org.apache.httpcomponents.client5.httpclient5;
    requires static org.apache.httpcomponents.core5.httpcore5;
    requires org.bouncycastle.provider;
    requires static transitive org.jspecify;
    requires transitive software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires static software.amazon.awssdk.http.apache5;
    requires static software.amazon.awssdk.http.urlconnection;
    requires transitive software.amazon.awssdk.metrics;
    requires software.amazon.awssdk.profiles;
    requires transitive software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries;
    requires software.amazon.awssdk.retries.api;
    requires transitive software.amazon.awssdk.services.kms;
    requires software.amazon.awssdk.utils;

    uses software.amazon.awssdk.http.SdkHttpService;

    exports io.github.kmsjca;
    exports io.github.kmsjca.key;

    provides java.security.Provider with
            io.github.kmsjca.KmsProvider;
}
