package chat.chatto.core.access;

import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.UserId;
import chat.chatto.core.timeline.MentionDirectory;

import jakarta.inject.Inject;

import java.util.Optional;

/** Mentions mean the people of the server by their logins, and those of its roles that may be mentioned. */
public final class RoomMentions implements MentionDirectory {

    private final Accounts accounts;
    private final AccessDirectory access;

    @Inject
    public RoomMentions(Accounts accounts, AccessDirectory access) {
        this.accounts = accounts;
        this.access = access;
    }

    @Override
    public Optional<UserId> user(String login) {
        return accounts.named(login);
    }

    @Override
    public Optional<String> role(String name) {
        return RoleId.possible(name)
                ? access.role(new RoleId(name))
                        .filter(Role::pingable)
                        .map(role -> role.id().value())
                : Optional.empty();
    }
}
