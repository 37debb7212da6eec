package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.util.List;
import java.util.Map;

/**
 * Whom a body addresses, and how it calls them.
 *
 * @param names people with their names as written, in order of appearance
 * @param unknown names as written that mean nobody
 */
record Addressees(Mentions mentions, Map<UserId, String> names, List<String> unknown) {

    /** Nobody. */
    static final Addressees NONE = new Addressees(Mentions.NONE, Map.of(), List.of());
}
