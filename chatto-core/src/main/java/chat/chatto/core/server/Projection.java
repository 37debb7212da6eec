package chat.chatto.core.server;

import chat.chatto.storage.KeyValueStore.Change;

/** One feature's part of the live copy. Called on one thread, in order of revision. */
@FunctionalInterface
public interface Projection {

    /**
     * Takes a change into the copy. An exception is logged and the change left out: one record nobody understands must not stop a
     * server.
     *
     * @param live false while the copy is filled at start, when nobody is to be told of changes
     */
    void apply(Change change, boolean live);
}
