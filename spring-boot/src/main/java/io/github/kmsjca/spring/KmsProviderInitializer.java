package io.github.kmsjca.spring;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;

/**
 * Registers the provider {@code AWSKMS} when a Spring Boot application starts, with the properties {@code awskms.*} of
 * its environment. Spring Boot finds and calls this class before it creates any bean, so SSL bundles and the web server
 * find the provider.
 *
 * <p>The application contexts of a JVM share one provider. When the last of these contexts is closed, the provider is
 * closed too, after all beans. A provider that was registered before the first context stays open.
 */
public final class KmsProviderInitializer implements ApplicationContextInitializer<GenericApplicationContext>, Ordered {
    private static final String BEAN = SharedProvider.class.getName();

    /** Creates an initializer. */
    public KmsProviderInitializer() {}

    /**
     * Registers and configures the provider. Makes no KMS call.
     *
     * @param context a context that is not refreshed yet
     * @throws io.github.kmsjca.key.SettingsException if a property is unknown or wrong, or if the JVM's provider is
     *     already in use with other settings
     */
    @Override
    public void initialize(GenericApplicationContext context) {
        DefaultListableBeanFactory beans = context.getDefaultListableBeanFactory();
        if (!beans.containsSingleton(BEAN)) {
            SharedProvider provider = SharedProvider.use(new EnvironmentSettings(context.getEnvironment()).lines());
            beans.registerSingleton(BEAN, provider);
            // beans are destroyed in reverse order, so beans created later can use the provider until their end
            beans.registerDisposableBean(BEAN, provider::release);
        }
    }

    /** Returns the lowest precedence, so that initializers that change the environment run first. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
