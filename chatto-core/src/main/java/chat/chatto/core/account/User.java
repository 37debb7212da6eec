package chat.chatto.core.account;

import java.time.Instant;
import java.util.Optional;

/**
 * A person's account.
 *
 * @param displayName 1 to {@value Accounts#DISPLAY_NAME_CHARACTERS} code points; the login where the person chose none
 * @param owner whether everything on this server is permitted to this person
 * @param status what the person told last, even if it has vanished since: see {@link Status#over}
 * @param avatar the id of the person's picture
 */
public record User(
        UserId id,
        Login login,
        String displayName,
        boolean owner,
        Instant createdAt,
        Optional<Status> status,
        Optional<String> avatar) {}
