package chat.chatto.kms;

/** What became of something sealed. */
public sealed interface Opened {

    /** Its content. The array is the caller's. */
    record Plain(byte[] content) implements Opened {}

    /** Nobody can read it any more: its key was destroyed, or lost. */
    record Shredded() implements Opened {}
}
