package chat.chatto.core.timeline;

/** Random, so that a writer whose acknowledgement was lost recognises its own commit. */
record CommitId(long high, long low) {}
