package chat.chatto.core.asset;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A file as readers see it.
 *
 * @param name what its owner called it, 1 to 255 bytes of UTF-8 without control characters and path separators
 * @param mediaType by its bytes; {@code application/octet-stream} when they tell nothing
 * @param size in bytes, as it is downloaded
 * @param picture of images and videos, where it is known: how large it is shown
 * @param forms in which it can be had; {@link Form#UPLOADED} or {@link Form#CLEANED} is the file itself
 * @param previewType the media type of the other forms; empty when there are none
 */
public record Attachment(
        AssetId id,
        String name,
        AttachmentKind kind,
        String mediaType,
        long size,
        Optional<PixelSize> picture,
        Optional<Duration> duration,
        Set<Form> forms,
        String previewType) {

    public Attachment {
        forms = Set.copyOf(forms);
    }
}
