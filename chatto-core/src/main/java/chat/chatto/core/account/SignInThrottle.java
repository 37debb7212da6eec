package chat.chatto.core.account;

import chat.chatto.core.ChattoException;

import jakarta.inject.Inject;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Bounds how often passwords are guessed and accounts are made, on this server. Safe for use by many threads.
 *
 * <p>An attempt to sign in counts before its password is looked at, and is given back when it succeeds: guesses sent at the same time
 * do not slip through.
 */
public final class SignInThrottle {

    static final int FAILURES_PER_LOGIN = 10;
    static final int FAILURES_PER_ADDRESS = 100;
    static final Duration FAILURE_PERIOD = Duration.ofMinutes(5);

    /** A company or a school may stand behind one address. */
    static final int REGISTRATIONS_PER_ADDRESS = 2_000;

    static final Duration REGISTRATION_PERIOD = Duration.ofHours(1);

    private final Allowance failuresByLogin;
    private final Allowance failuresByAddress;
    private final Allowance registrations;

    @Inject
    public SignInThrottle(InstantSource clock) {
        failuresByLogin = new Allowance(FAILURES_PER_LOGIN, FAILURE_PERIOD, clock);
        failuresByAddress = new Allowance(FAILURES_PER_ADDRESS, FAILURE_PERIOD, clock);
        registrations = new Allowance(REGISTRATIONS_PER_ADDRESS, REGISTRATION_PERIOD, clock);
    }

    /** One attempt to sign in, which counts as a failure until it is told otherwise. */
    interface Attempt {
        void succeeded();
    }

    Attempt attempt(String login, String address) {
        // Of an endless login its beginning tells enough.
        String bounded = login.substring(0, Math.min(login.length(), Login.MAXIMUM + 1));
        String byLogin = bounded.toLowerCase(Locale.ROOT);
        refuse(failuresByAddress.take(address), "Too many failed attempts from your address");
        Optional<Duration> wait = failuresByLogin.take(byLogin);
        if (wait.isPresent()) {
            failuresByAddress.giveBack(address);
        }
        refuse(wait, "Too many failed attempts for this login");
        return () -> {
            failuresByLogin.giveBack(byLogin);
            failuresByAddress.giveBack(address);
        };
    }

    void register(String address) {
        refuse(registrations.take(address), "Too many registrations from your address");
    }

    private static void refuse(Optional<Duration> wait, String message) {
        wait.ifPresent(
                duration -> {
                    throw ChattoException.rateLimited(duration, message);
                });
    }
}
