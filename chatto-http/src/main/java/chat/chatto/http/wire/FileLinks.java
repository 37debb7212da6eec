package chat.chatto.http.wire;

import chat.chatto.core.ChattoException;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.LinkSigner;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.TimelineId;

import jakarta.inject.Inject;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Addresses of files. They say which message carries the file, are signed, and expire; during an hour they stay the same, so that browsers
 * recognise them. Who opens one must still be allowed to read the message. Safe for use by many threads.
 */
public final class FileLinks {

    /** What the address of every file begins with. */
    public static final String FILES = "/api/v1/files/";

    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final long BUCKET_SECONDS = 3_600;
    private static final int LONGEST_PLACE = 120;

    private final LinkSigner signer;
    private final InstantSource clock;

    @Inject
    public FileLinks(LinkSigner signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /**
     * The address of a file.
     *
     * @param form what stands behind the file's own address, such as {@code /thumbnail/large}; empty for the file itself
     * @param message empty for an upload of one's own that is no message's yet
     */
    String link(AssetId file, String form, Optional<MessageAddress> message) {
        String place = message.map(FileLinks::place).orElse("");
        long expires =
                (clock.instant().getEpochSecond() / BUCKET_SECONDS + 1) * BUCKET_SECONDS
                        + LIFETIME.toSeconds();
        return FILES
                + file
                + form
                + "?message="
                + place
                + "&expires="
                + expires
                + "&signature="
                + signer.sign(text(file, place, expires));
    }

    /**
     * Checks what came with an address, and tells which message it names.
     *
     * @throws ChattoException FORBIDDEN when it is not one that was given out, or it has expired
     */
    public Optional<MessageAddress> check(
            AssetId file, String place, long expires, String signature) {
        if (place.length() > LONGEST_PLACE
                || !signer.verify(text(file, place, expires), signature)) {
            throw ChattoException.forbidden(
                    "This is no link that was given out: take it from the message");
        }
        if (clock.instant().getEpochSecond() > expires) {
            throw ChattoException.forbidden("This link has expired: load the message again");
        }
        return place.isEmpty() ? Optional.empty() : Optional.of(address(place));
    }

    private static String text(AssetId file, String place, long expires) {
        return file + " " + place + " " + expires;
    }

    private static String place(MessageAddress message) {
        TimelineId timeline = message.timeline();
        OptionalLong root = timeline.threadRoot();
        return timeline.room()
                + (root.isPresent() ? "." + root.getAsLong() : "")
                + "."
                + message.ordinal();
    }

    /** Of a place that was signed, and so is one. */
    private static MessageAddress address(String place) {
        String[] parts = place.split("\\.", -1);
        RoomId room = new RoomId(parts[0]);
        long ordinal = Long.parseLong(parts[parts.length - 1]);
        TimelineId timeline =
                parts.length == 3
                        ? TimelineId.thread(room, Long.parseLong(parts[1]))
                        : TimelineId.main(room);
        return new MessageAddress(timeline, ordinal);
    }
}
