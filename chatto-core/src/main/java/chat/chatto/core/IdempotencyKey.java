package chat.chatto.core;

/**
 * Chosen by a client for one creating call, so that a retry of it finds what the first attempt made.
 *
 * @param value 1 to {@value #CHARACTERS} visible ASCII characters; a UUIDv7 is remembered for 24 hours, anything else for minutes
 */
public record IdempotencyKey(String value) {

    /** The longest key. */
    public static final int CHARACTERS = 200;

    public IdempotencyKey {
        if (!value.matches("[!-~]{1," + CHARACTERS + "}")) {
            throw ChattoException.invalid(
                    "Idempotency-Key", "must be 1 to " + CHARACTERS + " visible ASCII characters");
        }
    }
}
