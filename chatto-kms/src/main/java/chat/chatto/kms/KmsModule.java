package chat.chatto.kms;

import chat.chatto.storage.Bucket;
import chat.chatto.storage.Storage;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;

/** Provides {@link DataKeys} and the {@link RootSecret}; whoever builds the injector closes the former. */
public final class KmsModule extends AbstractModule {

    private final RootSecret secret;

    public KmsModule(RootSecret secret) {
        this.secret = secret;
    }

    @Override
    protected void configure() {
        bind(RootSecret.class).toInstance(secret);
    }

    @Provides
    @Singleton
    DataKeys dataKeys(Storage storage) {
        return DataKeys.open(storage.bucket(Bucket.ENCRYPTION_KEYS), secret);
    }
}
