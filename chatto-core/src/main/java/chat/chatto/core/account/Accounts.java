package chat.chatto.core.account;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.CoreConfig;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.FieldError;
import chat.chatto.core.Ids;
import chat.chatto.core.Names;
import chat.chatto.core.RegistrationPolicy;
import chat.chatto.core.StorageFailures;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredStatus;
import chat.chatto.core.stored.v1.StoredUser;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.KeyOwner;
import chat.chatto.storage.ConflictException;

import jakarta.inject.Inject;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes, finds and changes accounts. Safe for use by many threads. */
public final class Accounts {

    /** The most code points of a display name. */
    public static final int DISPLAY_NAME_CHARACTERS = 32;

    /** The fewest code points of a password. */
    public static final int PASSWORD_MINIMUM = 8;

    /** The most code points of a password. */
    public static final int PASSWORD_MAXIMUM = 128;

    private final UserDirectory users;
    private final AccountRecords records;
    private final DataKeys keys;
    private final OwnerClaim ownerClaim;
    private final Newcomers newcomers;
    private final PasswordHasher hasher;
    private final SignInThrottle throttle;
    private final Ids ids;
    private final InstantSource clock;
    private final CoreConfig config;

    @Inject
    public Accounts(
            ServerBucket server,
            UserDirectory users,
            OwnerClaim ownerClaim,
            Newcomers newcomers,
            PasswordHasher hasher,
            SignInThrottle throttle,
            Ids ids,
            InstantSource clock,
            CoreConfig config,
            DataKeys keys) {
        this.users = users;
        this.records = new AccountRecords(server);
        this.keys = keys;
        this.ownerClaim = ownerClaim;
        this.newcomers = newcomers;
        this.hasher = hasher;
        this.throttle = throttle;
        this.ids = ids;
        this.clock = clock;
        this.config = config;
    }

    /**
     * Makes an account; of several that want the same login at once, on whatever server, one gets it.
     *
     * @param address where the request came from, as text
     * @throws ChattoException INVALID with all fields that are wrong, LOGIN_TAKEN, FORBIDDEN when registration is closed, RATE_LIMITED,
     *     UNAVAILABLE
     */
    public User register(Registration registration, String address) {
        checkPolicy();
        List<FieldError> errors = new ArrayList<>();
        Optional<Login> login = collect(errors, () -> Login.chosen(registration.login()));
        collect(errors, () -> checkPassword(registration.password()));
        Optional<String> displayName =
                collect(errors, () -> cleanDisplayName(registration.displayName()));
        if (!errors.isEmpty()) {
            throw ChattoException.invalid(errors);
        }
        throttle.register(address);
        return create(login.orElseThrow(), displayName.orElseThrow(), registration.password());
    }

    /**
     * Whose login and password these are.
     *
     * @param address where the request came from, as text
     * @throws ChattoException UNAUTHENTICATED when they are nobody's, RATE_LIMITED after too many failures, UNAVAILABLE
     */
    public User logIn(String login, String password, String address) {
        SignInThrottle.Attempt attempt = throttle.attempt(login, address);
        Optional<UserId> user = named(login);
        Optional<String> hash = user.flatMap(records::passwordHash);
        if (hash.isEmpty() || codePoints(password) > PASSWORD_MAXIMUM) {
            hasher.matchNothing(codePoints(password) > PASSWORD_MAXIMUM ? "" : password);
            throw wrong();
        }
        if (!hasher.matches(password, hash.get())) {
            throw wrong();
        }
        attempt.succeeded();
        return require(user.orElseThrow());
    }

    /** An account, also a deleted one, from memory. */
    public Optional<User> find(UserId user) {
        return users.find(user);
    }

    /**
     * Who has a login, asked of storage.
     *
     * @throws ChattoException UNAVAILABLE
     */
    public Optional<UserId> named(String login) {
        return Login.possible(login) ? records.named(new Login(login)) : Optional.empty();
    }

    /**
     * An account, also one that was made through another server a moment ago.
     *
     * @throws ChattoException NOT_FOUND, or UNAVAILABLE when this server does not know it and storage is away
     */
    public User require(UserId user) {
        return users.find(user)
                .or(() -> records.catchUp(user) ? users.find(user) : Optional.empty())
                .orElseThrow(() -> AccountRecords.unknown(user));
    }

    /**
     * Changes what a person shows of themselves.
     *
     * @throws ChattoException INVALID, NOT_FOUND, UNAVAILABLE
     */
    public User changeProfile(UserId actor, ProfileChange change) {
        if (change.displayName().isEmpty()) {
            return require(actor);
        }
        String displayName = cleanDisplayName(change.displayName());
        return UserDirectory.user(
                actor,
                records.update(
                        actor, stored -> stored.toBuilder().setDisplayName(displayName).build()));
    }

    /**
     * Changes what a person tells of themselves; the caller has seen to it that the status may be told.
     *
     * @param status nothing is told any more where empty
     * @throws ChattoException NOT_FOUND, UNAVAILABLE
     */
    public User changeStatus(UserId actor, Optional<Status> status) {
        return UserDirectory.user(
                actor,
                records.update(
                        actor,
                        stored ->
                                status.map(told -> stored.toBuilder().setStatus(stored(told)))
                                        .orElseGet(() -> stored.toBuilder().clearStatus())
                                        .build()));
    }

    /**
     * Changes a person's picture; the caller has stored the new one.
     *
     * @param former the one that it replaces; empty for none
     * @param avatar empty for none
     * @throws ChattoException CONFLICT when there is another one than the former, NOT_FOUND, UNAVAILABLE
     */
    public User changeAvatar(UserId actor, String former, String avatar) {
        return UserDirectory.user(
                actor,
                records.update(
                        actor,
                        stored -> {
                            if (!stored.getAvatar().equals(former)) {
                                throw ChattoException.of(
                                        ErrorCode.CONFLICT,
                                        "The picture is being changed on another device: retry");
                            }
                            return stored.toBuilder().setAvatar(avatar).build();
                        }));
    }

    /** Registers for changes of accounts that were there before, as {@link UserDirectory#onChange}. */
    public Runnable onChange(Consumer<User> listener) {
        return users.onChange(listener);
    }

    /**
     * Deletes an account: it can no longer be signed in to, its login is free, nothing shows who it was, and all that the person wrote
     * becomes unreadable because its key is destroyed. After a failure, repeating completes it.
     *
     * @throws ChattoException NOT_FOUND, CONFLICT for the owner of the server, UNAVAILABLE
     */
    public void shred(UserId user) {
        if (users.owner(user)) {
            throw ChattoException.of(
                    ErrorCode.CONFLICT, "The owner of the server cannot be deleted");
        }
        records.delete(user);
        StorageFailures.translating(
                () -> {
                    keys.shred(new KeyOwner(user.value()));
                    return true;
                });
    }

    private User create(Login login, String displayName, String password) {
        if (records.named(login).isPresent()) {
            throw taken(login);
        }
        UserId id = new UserId(ids.user());
        StoredUser user =
                StoredUser.newBuilder()
                        .setFormat(FORMAT)
                        .setLogin(login.value())
                        .setDisplayName(displayName)
                        .setCreatedAtMillis(clock.millis())
                        .build();
        newcomers.welcome(id);
        try {
            records.create(id, login, user, hasher.hash(password));
        } catch (ConflictException _) {
            throw taken(login);
        }
        return UserDirectory.user(id, user);
    }

    private static StoredStatus stored(Status status) {
        return StoredStatus.newBuilder()
                .setEmoji(status.emoji())
                .setText(status.text())
                .setExpiresAtMillis(status.expiresAt().map(Instant::toEpochMilli).orElse(0L))
                .build();
    }

    /** Somebody has to become the owner: until there is one, everybody may register. */
    private void checkPolicy() {
        if (config.registration() == RegistrationPolicy.OPEN
                || ownerClaim.pendingToken().isPresent()) {
            return;
        }
        throw ChattoException.forbidden(
                config.registration() == RegistrationPolicy.CLOSED
                        ? "Registration is closed on this server"
                        : "Registration on this server needs an invitation");
    }

    private static String cleanDisplayName(Optional<String> displayName) {
        return Names.clean("displayName", displayName.orElse(""), 0, DISPLAY_NAME_CHARACTERS);
    }

    private static String checkPassword(String password) {
        int length = codePoints(password);
        if (length < PASSWORD_MINIMUM || length > PASSWORD_MAXIMUM) {
            throw ChattoException.invalid(
                    "password",
                    "must have " + PASSWORD_MINIMUM + " to " + PASSWORD_MAXIMUM + " characters");
        }
        return password;
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static <T> Optional<T> collect(List<FieldError> errors, Supplier<T> input) {
        try {
            return Optional.of(input.get());
        } catch (ChattoException e) {
            errors.addAll(e.fieldErrors());
            return Optional.empty();
        }
    }

    private static ChattoException wrong() {
        return ChattoException.of(ErrorCode.UNAUTHENTICATED, "Login or password is wrong");
    }

    private static ChattoException taken(Login login) {
        return ChattoException.of(
                ErrorCode.LOGIN_TAKEN, "The login " + login + " is taken: choose another one");
    }
}
