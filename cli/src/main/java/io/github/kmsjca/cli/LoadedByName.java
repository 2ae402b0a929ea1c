package io.github.kmsjca.cli;

import java.util.List;
import software.amazon.awssdk.http.urlconnection.UrlConnectionSdkHttpService;
import software.amazon.awssdk.services.signin.auth.LoginProfileCredentialsProviderFactory;
import software.amazon.awssdk.services.sso.auth.SsoProfileCredentialsProviderFactory;
import software.amazon.awssdk.services.ssooidc.SsoOidcProfileTokenProviderFactory;
import software.amazon.awssdk.services.sts.internal.StsProfileCredentialsProviderFactory;
import software.amazon.awssdk.services.sts.internal.StsWebIdentityCredentialsProviderFactory;

/**
 * The classes that the AWS SDK loads by name. The build of the one-file jar leaves out all classes that no code refers
 * to, so this class refers to them. This class itself is never loaded.
 */
final class LoadedByName {
    /** The HTTP client of the tools, and the sources of credentials of an AWS profile. */
    static final List<Class<?>> CLASSES = List.of(
            UrlConnectionSdkHttpService.class,
            LoginProfileCredentialsProviderFactory.class,
            SsoProfileCredentialsProviderFactory.class,
            SsoOidcProfileTokenProviderFactory.class,
            StsProfileCredentialsProviderFactory.class,
            StsWebIdentityCredentialsProviderFactory.class);

    private LoadedByName() {}
}
