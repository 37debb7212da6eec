package chat.chatto.core.asset;

import chat.chatto.core.account.UserId;
import chat.chatto.core.stored.v1.StoredFileDescription;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.KeyOwner;
import chat.chatto.kms.Opened;

import com.google.protobuf.InvalidProtocolBufferException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What files are called and what they are, encrypted with their owner's data key. Safe for use by many threads. */
public final class Descriptions {

    private static final List<AttachmentKind> KINDS =
            List.of(
                    AttachmentKind.IMAGE,
                    AttachmentKind.VIDEO,
                    AttachmentKind.AUDIO,
                    AttachmentKind.FILE);

    private final DataKeys keys;

    public Descriptions(DataKeys keys) {
        this.keys = keys;
    }

    byte[] seal(UserId owner, Attachment file) {
        var description =
                StoredFileDescription.newBuilder()
                        .setName(file.name())
                        .setKind(KINDS.indexOf(file.kind()) + 1)
                        .setMediaType(file.mediaType())
                        .setPreviewType(file.previewType());
        file.picture()
                .ifPresent(
                        picture ->
                                description.setWidth(picture.width()).setHeight(picture.height()));
        file.duration().ifPresent(length -> description.setDurationMillis(length.toMillis()));
        return keys.seal(owner(owner), description.build().toByteArray(), place(file.id()));
    }

    byte[] sealName(UserId owner, AssetId id, String name) {
        return keys.seal(owner(owner), name.getBytes(StandardCharsets.UTF_8), placeOfName(id));
    }

    /** Empty when the owner's key was destroyed. */
    Optional<String> openName(UserId owner, AssetId id, byte[] sealed) {
        return switch (keys.open(owner(owner), sealed, placeOfName(id))) {
            case Opened.Plain plain ->
                    Optional.of(new String(plain.content(), StandardCharsets.UTF_8));
            case Opened.Shredded _ -> Optional.empty();
        };
    }

    /** Those files that can be shown: none of an owner whose key was destroyed. */
    public List<Attachment> open(UserId owner, List<SealedFile> files) {
        return files.isEmpty()
                ? List.of()
                : files.stream().flatMap(file -> open(owner, file).stream()).toList();
    }

    /** Empty when the owner's key was destroyed, or the file was removed. */
    public Optional<Attachment> open(UserId owner, SealedFile file) {
        if (file.sealedDescription().length == 0 || file.contents().isEmpty()) {
            return Optional.empty();
        }
        return switch (keys.open(owner(owner), file.sealedDescription(), place(file.id()))) {
            case Opened.Plain plain -> Optional.of(attachment(file, plain.content()));
            case Opened.Shredded _ -> Optional.empty();
        };
    }

    private static Attachment attachment(SealedFile file, byte[] description) {
        StoredFileDescription stored;
        try {
            stored = StoredFileDescription.parseFrom(description);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("What was sealed for a file is no description", e);
        }
        int kind = stored.getKind();
        return new Attachment(
                file.id(),
                stored.getName(),
                kind >= 1 && kind <= KINDS.size() ? KINDS.get(kind - 1) : AttachmentKind.FILE,
                stored.getMediaType(),
                file.original().size(),
                stored.getWidth() > 0
                        ? Optional.of(new PixelSize(stored.getWidth(), stored.getHeight()))
                        : Optional.empty(),
                stored.getDurationMillis() > 0
                        ? Optional.of(Duration.ofMillis(stored.getDurationMillis()))
                        : Optional.empty(),
                file.contents().stream().map(Content::form).collect(Collectors.toSet()),
                stored.getPreviewType());
    }

    static KeyOwner owner(UserId user) {
        return new KeyOwner(user.value());
    }

    private static byte[] placeOfName(AssetId id) {
        return ("file-name/" + id).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] place(AssetId id) {
        return ("file/" + id).getBytes(StandardCharsets.UTF_8);
    }
}
