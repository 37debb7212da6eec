package chat.chatto.launcher;

import chat.chatto.http.health.Health;
import chat.chatto.storage.Storage;

import jakarta.inject.Inject;

/** Tells the HTTP side how storage is. */
final class StorageHealth implements Health {

    private final Storage storage;

    @Inject
    StorageHealth(Storage storage) {
        this.storage = storage;
    }

    @Override
    public boolean connected() {
        return storage.status().connected();
    }

    @Override
    public boolean stale() {
        return !storage.status().writable();
    }

    @Override
    public String detail() {
        return storage.status().detail();
    }

    @Override
    public void onChange(Runnable listener) {
        storage.onStatusChange(_ -> listener.run());
    }
}
