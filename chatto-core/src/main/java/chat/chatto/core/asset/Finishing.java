package chat.chatto.core.asset;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Makes of an upload that has arrived what messages carry: finds out what it is, and stores of a picture only the picture, with smaller
 * ones beside it. Doing it again, also on another server at the same time, comes to the same end. Safe for use by many threads.
 */
final class Finishing {

    private static final Logger LOG = LoggerFactory.getLogger(Finishing.class);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final FileParts parts;
    private final Descriptions descriptions;

    /** Decoding takes memory: one after the other. */
    private final Semaphore decoding = new Semaphore(1, true);

    Finishing(FileParts parts, Descriptions descriptions) {
        this.parts = parts;
        this.descriptions = descriptions;
    }

    /**
     * @param size of what has arrived
     * @throws ChattoException UNAVAILABLE, also when too many pictures are waiting
     */
    SealedFile finish(UserId owner, AssetId id, String name, long size) {
        var uploaded = new Content(Form.UPLOADED, size);
        MediaType type = MediaType.of(parts.read(owner, id, uploaded, 0));
        if (type.kind() == AttachmentKind.IMAGE) {
            Optional<SealedFile> image = image(owner, id, name, type, uploaded);
            if (image.isPresent()) {
                return image.get();
            }
            type = new MediaType(type.name(), AttachmentKind.FILE);
        }
        return sealed(owner, id, name, type, Optional.empty(), List.of(uploaded), "");
    }

    /** Empty when it is no picture that can be shown. */
    private Optional<SealedFile> image(
            UserId owner, AssetId id, String name, MediaType type, Content uploaded) {
        try {
            if (!decoding.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooMany();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooMany();
        }
        try {
            return Optional.of(storedImage(owner, id, name, type, uploaded));
        } catch (UnfitImageException e) {
            LOG.debug("{} is kept as a file: {}", id, e.getMessage());
            parts.remove(id, Form.CLEANED, mostCleanedParts(uploaded.size()));
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("Parts fail in other ways", e);
        } finally {
            decoding.release();
        }
    }

    private SealedFile storedImage(
            UserId owner, AssetId id, String name, MediaType type, Content uploaded)
            throws IOException {
        CleanImage image;
        Content cleaned;
        try (var out = new PartOutput(parts, owner, id, Form.CLEANED)) {
            image = ImageCleaner.clean(type, () -> new PartInput(parts, owner, id, uploaded), out);
            cleaned = out.content();
        }
        Previews.Made made = Previews.make(type, image, new PartInput(parts, owner, id, cleaned));
        List<Content> contents = new ArrayList<>(List.of(cleaned));
        for (Previews.Preview preview : made.previews()) {
            try (var out = new PartOutput(parts, owner, id, preview.form())) {
                out.write(preview.content(), 0, preview.content().length);
                contents.add(out.content());
            }
        }
        return sealed(
                owner, id, name, type, Optional.of(image.shown()), contents, made.mediaType());
    }

    private SealedFile sealed(
            UserId owner,
            AssetId id,
            String name,
            MediaType type,
            Optional<PixelSize> picture,
            List<Content> contents,
            String previewType) {
        var attachment =
                new Attachment(
                        id,
                        name,
                        type.kind(),
                        type.name(),
                        contents.getFirst().size(),
                        picture,
                        Optional.empty(),
                        Set.of(),
                        previewType);
        return new SealedFile(id, contents, descriptions.seal(owner, attachment));
    }

    /** Removes whatever an upload of this size can have left, also by a server that died. */
    void erase(AssetId id, long size) {
        parts.remove(id, Form.UPLOADED, Content.parts(size));
        parts.remove(id, Form.CLEANED, mostCleanedParts(size));
        for (Form preview : List.of(Form.TIMELINE, Form.LARGE, Form.POSTER)) {
            parts.remove(id, preview, Content.parts(Previews.BYTES));
        }
    }

    /** Cleaning adds the orientation at most. */
    private static long mostCleanedParts(long size) {
        return Content.parts(size) + 1;
    }

    private static ChattoException tooMany() {
        return ChattoException.unavailable(
                Duration.ofSeconds(5), "Many pictures are being looked at: retry soon", null);
    }
}
