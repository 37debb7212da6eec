package chat.chatto.core.account;

import java.util.Optional;

/**
 * What a person changes about themselves.
 *
 * @param displayName unchanged where empty; a blank one stands for the login
 */
public record ProfileChange(Optional<String> displayName) {}
