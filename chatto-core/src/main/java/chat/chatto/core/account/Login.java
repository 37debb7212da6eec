package chat.chatto.core.account;

import chat.chatto.core.ChattoException;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name a person signs in with and is mentioned by. Two logins that differ only in case are equal.
 *
 * @param value as the person typed it: {@value #MINIMUM} to {@value #MAXIMUM} ASCII letters, digits, dots, underscores and hyphens,
 *     starting with a letter or digit and not ending with a dot
 */
public record Login(String value) {

    /** The fewest characters. */
    public static final int MINIMUM = 2;

    /** The most characters. */
    public static final int MAXIMUM = 32;

    /** Begins the logins that deleted accounts show. */
    static final String DELETED_PREFIX = "deleted-";

    private static final String BOT_SUFFIX = "_bot";
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** Could be taken for somebody in charge, for a role, or for a mention of many. */
    private static final Set<String> BLOCKED =
            Set.of(
                    "root",
                    "admin",
                    "superuser",
                    "op",
                    "operator",
                    "support",
                    "system",
                    "owner",
                    "moderator",
                    "everyone",
                    "here",
                    "all");

    /**
     * A login that somebody wants to have.
     *
     * @throws ChattoException INVALID when it is malformed or nobody may have it
     */
    public static Login chosen(String value) {
        if (value.length() < MINIMUM || value.length() > MAXIMUM) {
            throw invalid("must have " + MINIMUM + " to " + MAXIMUM + " characters");
        }
        if (!ALLOWED.matcher(value).matches()) {
            throw invalid(
                    "may contain letters, digits, '.', '_' and '-', and starts with a letter or"
                            + " digit");
        }
        if (value.endsWith(".")) {
            throw invalid("must not end with a dot");
        }
        Login login = new Login(value);
        if (login.folded().endsWith(BOT_SUFFIX)) {
            throw invalid("must not end with " + BOT_SUFFIX + ", which is kept for bots");
        }
        if (BLOCKED.contains(login.folded()) || login.folded().startsWith(DELETED_PREFIX)) {
            throw invalid("is not available: choose another one");
        }
        return login;
    }

    /** Whether somebody could have this login: anything else need not be looked for. */
    static boolean possible(String value) {
        return value.length() <= MAXIMUM && ALLOWED.matcher(value).matches();
    }

    /** The form that is compared. */
    public String folded() {
        return value.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Login login && folded().equals(login.folded());
    }

    @Override
    public int hashCode() {
        return folded().hashCode();
    }

    @Override
    public String toString() {
        return value;
    }

    private static ChattoException invalid(String message) {
        return ChattoException.invalid("login", message);
    }
}
