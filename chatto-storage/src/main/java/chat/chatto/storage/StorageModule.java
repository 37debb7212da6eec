package chat.chatto.storage;

import chat.chatto.storage.jetstream.JetStreamConfig;
import chat.chatto.storage.jetstream.JetStreamStorage;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;

/** Provides {@link Storage}; whoever builds the injector closes it. */
public final class StorageModule extends AbstractModule {

    private final JetStreamConfig config;

    public StorageModule(JetStreamConfig config) {
        this.config = config;
    }

    @Provides
    @Singleton
    Storage storage() {
        return JetStreamStorage.open(config);
    }
}
