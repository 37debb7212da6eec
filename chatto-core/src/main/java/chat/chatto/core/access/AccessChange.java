package chat.chatto.core.access;

import chat.chatto.core.account.UserId;

/**
 * Something changed that decides who may do what. Every server sees all of them, in the same order.
 *
 * @param scope where it may have become different
 * @param revision of SERVER
 */
public record AccessChange(Affected affected, Scope scope, long revision) {

    /** For whom something may have become different. */
    public sealed interface Affected {

        record Everybody() implements Affected {}

        record Person(UserId user) implements Affected {}

        record Holders(RoleId role) implements Affected {}
    }
}
