package chat.chatto.core;

import chat.chatto.core.access.AccessSetup;
import chat.chatto.core.account.PasswordHasher;
import chat.chatto.core.account.Sessions;
import chat.chatto.core.attachment.AttachedFiles;
import chat.chatto.core.notification.Attention;
import chat.chatto.core.presence.Presence;
import chat.chatto.core.presence.Typing;
import chat.chatto.core.readstate.PersonalBucket;
import chat.chatto.core.room.BanExpiry;
import chat.chatto.core.room.Rooms;
import chat.chatto.core.search.Search;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.timeline.Timelines;

import jakarta.inject.Inject;

import java.util.List;

/** The whole domain's beginning and end. */
public final class Core implements AutoCloseable {

    private final ServerBucket server;
    private final Sessions sessions;
    private final PersonalBucket personal;
    private final Typing typing;
    private final Presence presence;
    private final AccessSetup access;
    private final Rooms rooms;
    private final BanExpiry banExpiry;
    private final Timelines timelines;
    private final Attention attention;
    private final Search search;
    private final AttachedFiles files;
    private final PasswordHasher passwordHasher;

    @Inject
    public Core(
            ServerBucket server,
            Sessions sessions,
            PersonalBucket personal,
            Typing typing,
            Presence presence,
            AccessSetup access,
            Rooms rooms,
            BanExpiry banExpiry,
            Timelines timelines,
            Attention attention,
            Search search,
            AttachedFiles files,
            PasswordHasher passwordHasher) {
        this.server = server;
        this.sessions = sessions;
        this.personal = personal;
        this.typing = typing;
        this.presence = presence;
        this.access = access;
        this.rooms = rooms;
        this.banExpiry = banExpiry;
        this.timelines = timelines;
        this.attention = attention;
        this.search = search;
        this.files = files;
        this.passwordHasher = passwordHasher;
    }

    /**
     * Returns when this server knows everything that was stored at the call, however long that takes as long as there is progress.
     *
     * @throws ChattoException UNAVAILABLE when storage does not answer
     */
    public void start() throws InterruptedException {
        server.start();
        StorageFailures.translating(
                () -> {
                    sessions.start();
                    personal.start();
                    typing.start();
                    presence.start();
                    return true;
                });
        timelines.start();
        access.prepare();
        StorageFailures.translating(
                () -> {
                    attention.start();
                    files.start();
                    return true;
                });
        rooms.prepareFirst();
        banExpiry.start();
        StorageFailures.translating(
                () -> {
                    search.start();
                    return true;
                });
    }

    /** Whether what this server knows is, as far as it can tell, up to date: it may be asked. */
    public boolean current() {
        return server.current() && timelines.current();
    }

    /** Stops following storage, the last begun first; storage itself stays open. */
    @Override
    public void close() {
        RuntimeException failure = null;
        for (Runnable part :
                List.<Runnable>of(
                        search::close,
                        files::close,
                        banExpiry::close,
                        attention::close,
                        timelines::close,
                        presence::close,
                        typing::close,
                        personal::close,
                        sessions::close,
                        server::close,
                        passwordHasher::close)) {
            try {
                part.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
