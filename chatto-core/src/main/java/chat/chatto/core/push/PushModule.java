package chat.chatto.core.push;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;

/** Binds pushing of notifications; whoever installs it also binds {@link PushGateway} and {@link PushEncoding}. */
public final class PushModule extends AbstractModule {

    private final PushConfig config;

    public PushModule(PushConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        bind(PushConfig.class).toInstance(config);
        // Registered with ServerBucket before anybody can start that.
        bind(Devices.class).asEagerSingleton();
        bind(Push.class).in(Scopes.SINGLETON);
    }
}
