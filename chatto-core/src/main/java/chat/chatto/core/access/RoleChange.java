package chat.chatto.core.access;

import java.util.Optional;

/** What is to be different about a role; what is empty stays. */
public record RoleChange(
        Optional<String> displayName,
        Optional<String> description,
        Optional<Boolean> pingable,
        Optional<Integer> position) {}
