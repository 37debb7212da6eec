package chat.chatto.core.account;

import java.time.Instant;

/**
 * A person's account.
 *
 * @param displayName 1 to {@value Accounts#DISPLAY_NAME_CHARACTERS} code points; the login where the person chose none
 * @param owner whether everything on this server is permitted to this person
 */
public record User(UserId id, Login login, String displayName, boolean owner, Instant createdAt) {}
