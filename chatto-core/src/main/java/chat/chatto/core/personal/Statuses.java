package chat.chatto.core.personal;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Names;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.Status;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserId;
import chat.chatto.core.emoji.Emoji;

import jakarta.inject.Inject;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What people tell of themselves for a while: in a meeting, out sick. Safe for use by many threads. */
public final class Statuses {

    private static final Duration LONGEST = Duration.ofDays(400);

    private final Accounts accounts;
    private final Emoji emoji;
    private final InstantSource clock;

    @Inject
    public Statuses(Accounts accounts, Emoji emoji, InstantSource clock) {
        this.accounts = accounts;
        this.emoji = emoji;
        this.clock = clock;
    }

    /**
     * Tells it to everybody, on all servers, until it is over or another one is told.
     *
     * @throws ChattoException INVALID, NOT_FOUND, UNAVAILABLE
     */
    public User tell(UserId user, Status status) {
        String text = Names.clean("text", status.text(), 0, Status.TEXT_CHARACTERS);
        if (status.emoji().isEmpty() && text.isEmpty()) {
            throw ChattoException.invalid("text", "must not be empty without an emoji");
        }
        if (!status.emoji().isEmpty()) {
            emoji.check("emoji", status.emoji());
        }
        status.expiresAt().ifPresent(this::checkExpiry);
        return accounts.changeStatus(
                user, Optional.of(new Status(status.emoji(), text, status.expiresAt())));
    }

    /**
     * Tells nothing any more.
     *
     * @throws ChattoException NOT_FOUND, UNAVAILABLE
     */
    public User clear(UserId user) {
        return accounts.changeStatus(user, Optional.empty());
    }

    private void checkExpiry(Instant expiresAt) {
        Instant now = clock.instant();
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST))) {
            throw ChattoException.invalid(
                    "expiresAt",
                    "must lie in the future, at most " + LONGEST.toDays() + " days ahead");
        }
    }
}
