package chat.chatto.core.asset;

import chat.chatto.core.ChattoException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Files that an attempt to post a message has for itself.
 *
 * @param attempt tells it from all others; a retry has the same
 * @param atMillis when it was made
 * @param fresh those that no earlier try of the same attempt had claimed: what may be given back
 * @param refusal why the files cannot be posted. It counts only if they were not posted by the same attempt already
 */
public record Claim(
        List<SealedFile> files,
        String attempt,
        long atMillis,
        List<AssetId> fresh,
        Optional<ChattoException> refusal) {

    /** Long before anybody would think that the attempt came to nothing. */
    private static final Duration VALIDITY = Duration.ofHours(1);

    /** For a message without files. */
    public static final Claim NONE = new Claim(List.of(), "", 0, List.of(), Optional.empty());

    public Claim {
        files = List.copyOf(files);
        fresh = List.copyOf(fresh);
    }

    static Claim refused(ChattoException refusal) {
        return new Claim(List.of(), "", 0, List.of(), Optional.of(refusal));
    }

    /**
     * Asked when the message is about to be stored.
     *
     * @throws ChattoException INVALID or CONFLICT when the files cannot be posted; UNAVAILABLE when the attempt took so long that somebody
     *     may have given it up
     */
    public void check(long nowMillis) {
        refusal.ifPresent(
                reason -> {
                    throw reason;
                });
        if (!files.isEmpty() && nowMillis - atMillis > VALIDITY.toMillis()) {
            throw ChattoException.unavailable(
                    Duration.ofSeconds(1), "Posting took too long: retry", null);
        }
    }
}
