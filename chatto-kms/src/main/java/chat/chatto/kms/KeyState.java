package chat.chatto.kms;

import javax.crypto.SecretKey;

/** What is known of an owner's key, and as of which revision of the bucket. */
sealed interface KeyState {

    long revision();

    /** The key is there. */
    record Usable(SecretKey key, long revision) implements KeyState {
        @Override
        public String toString() {
            return "Usable[***, " + revision + "]";
        }
    }

    /** The key was destroyed, for good. */
    record Destroyed(long revision) implements KeyState {}

    /** There never was one, or it was lost. */
    record Missing() implements KeyState {
        @Override
        public long revision() {
            return 0;
        }
    }

    /** Of two states of one key, the one that holds. */
    static KeyState newer(KeyState one, KeyState other) {
        return other.revision() > one.revision() ? other : one;
    }
}
