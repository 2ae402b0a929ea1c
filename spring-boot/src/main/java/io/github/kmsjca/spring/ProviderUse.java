package io.github.kmsjca.spring;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The use of the provider by one application context. The use ends after the beans of the context are destroyed, or
 * when the start fails so early that Spring destroys no beans. Thread-safe.
 */
final class ProviderUse implements DisposableBean, ApplicationListener<ApplicationFailedEvent> {
    private final ConfigurableApplicationContext context;
    private final SharedProvider provider;
    private final AtomicBoolean isEnded = new AtomicBoolean();

    ProviderUse(ConfigurableApplicationContext context, SharedProvider provider) {
        this.context = context;
        this.provider = provider;
    }

    @Override
    public void onApplicationEvent(ApplicationFailedEvent event) {
        // Spring closes an active context after this event, and its beans still need the provider
        if (!context.isActive()) {
            destroy();
        }
    }

    @Override
    public void destroy() {
        if (isEnded.compareAndSet(false, true)) {
            provider.release();
        }
    }
}
