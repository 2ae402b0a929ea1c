package io.github.kmsjca.spring;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;

/**
 * Registers the provider {@code AWSKMS} when a Spring Boot application starts, with the properties {@code awskms.*} of
 * its environment. Spring Boot finds and calls this class before it creates any bean, so SSL bundles and the web server
 * find the provider.
 *
 * <p>The application contexts of a JVM share one provider. When the last of these contexts is closed, the provider is
 * closed too, after all beans. A provider that was registered before the first context keeps its settings and stays
 * open.
 */
public final class KmsProviderInitializer
        implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {
    private static final String BEAN = ProviderUse.class.getName();

    /** The property source that only the bootstrap contexts of Spring Cloud have while they start. */
    private static final String BOOTSTRAP = "bootstrap";

    /** Creates an initializer. */
    public KmsProviderInitializer() {}

    /**
     * Registers and configures the provider. Makes no KMS call. Does nothing for a bootstrap context of Spring Cloud,
     * which does not have the properties of the application.
     *
     * @param context a context that is not refreshed yet
     * @throws io.github.kmsjca.key.SettingsException if a property is unknown or wrong, or if the JVM's provider
     *     already has other settings
     * @throws IllegalStateException if the context is not a {@link GenericApplicationContext}, or if a provider of this
     *     name from another class loader is registered
     */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (!context.getEnvironment().getPropertySources().contains(BOOTSTRAP)) {
            register(context, beans(context));
        }
    }

    private static DefaultListableBeanFactory beans(ConfigurableApplicationContext context) {
        if (context instanceof GenericApplicationContext generic) {
            return generic.getDefaultListableBeanFactory();
        }
        throw new IllegalStateException("the starter of the provider AWSKMS needs a GenericApplicationContext, and"
                + " Spring Boot creates only such contexts, but this context is a "
                + context.getClass().getName()
                + "; remove the starter and call KmsProvider.install()");
    }

    private static void register(ConfigurableApplicationContext context, DefaultListableBeanFactory beans) {
        // a second call for the same context must not count the context twice
        if (!beans.containsSingleton(BEAN)) {
            SharedProvider provider = SharedProvider.use(new EnvironmentSettings(context.getEnvironment()).lines());
            ProviderUse use = new ProviderUse(context, provider);
            beans.registerSingleton(BEAN, use);
            // beans are destroyed in reverse order, so beans created later can use the provider until their end
            beans.registerDisposableBean(BEAN, use);
            context.addApplicationListener(use);
        }
    }

    /** Returns the lowest precedence, so that initializers that change the environment run first. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
