package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.util.Optional;

/** Who is addressed by a name behind an {@code @}. Safe for use by many threads. */
public interface MentionDirectory {

    /** Where nobody can be mentioned. */
    MentionDirectory EMPTY =
            new MentionDirectory() {
                @Override
                public Optional<UserId> user(String login) {
                    return Optional.empty();
                }

                @Override
                public Optional<String> role(String name) {
                    return Optional.empty();
                }
            };

    /**
     * The person with a login, whatever its case.
     *
     * @throws chat.chatto.core.ChattoException UNAVAILABLE when storage must be asked and is away
     */
    Optional<UserId> user(String login);

    /** The id of a role with a name, whatever its case; only of one that may be mentioned. */
    Optional<String> role(String name);
}
