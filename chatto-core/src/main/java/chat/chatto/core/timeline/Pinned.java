package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.time.Instant;

/** That a message is pinned in its room. */
public record Pinned(Instant at, UserId by) {}
