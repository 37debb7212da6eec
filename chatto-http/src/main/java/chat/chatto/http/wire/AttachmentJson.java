package chat.chatto.http.wire;

import chat.chatto.core.Slice;
import chat.chatto.core.asset.Attachment;
import chat.chatto.core.asset.AttachmentKind;
import chat.chatto.core.asset.Content;
import chat.chatto.core.asset.Form;
import chat.chatto.core.asset.Upload;
import chat.chatto.core.attachment.RoomFile;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import jakarta.inject.Inject;

import java.util.Optional;

/** Files as JSON. Safe for use by many threads. */
public final class AttachmentJson {

    /** What the address of a form has behind the file's own. */
    public static final String TIMELINE = "/thumbnail/timeline";

    public static final String LARGE = "/thumbnail/large";
    public static final String POSTER = "/poster";

    private static final Name ID = Name.of("id");
    private static final Name NAME = Name.of("name");
    private static final Name SIZE = Name.of("size");
    private static final Name OFFSET = Name.of("offset");
    private static final Name PART_SIZE = Name.of("partSize");
    private static final Name EXPIRES_AT = Name.of("expiresAt");
    private static final Name COMPLETE = Name.of("complete");
    private static final Name ATTACHMENT = Name.of("attachment");
    private static final Name CONTENT_TYPE = Name.of("contentType");
    private static final Name KIND = Name.of("kind");
    private static final Name WIDTH = Name.of("width");
    private static final Name HEIGHT = Name.of("height");
    private static final Name DURATION_SECONDS = Name.of("durationSeconds");
    private static final Name URL = Name.of("url");
    private static final Name THUMBNAIL_URL = Name.of("thumbnailUrl");
    private static final Name LARGE_URL = Name.of("largeUrl");
    private static final Name POSTER_URL = Name.of("posterUrl");
    private static final Name FILES = Name.of("files");
    private static final Name NEXT_CURSOR = Name.of("nextCursor");
    private static final Name ORDINAL = Name.of("ordinal");
    private static final Name THREAD_ROOT = Name.of("threadRoot");
    private static final Name AUTHOR = Name.of("author");
    private static final Name CREATED_AT = Name.of("createdAt");

    private final FileLinks links;
    private final UserJson users;

    @Inject
    public AttachmentJson(FileLinks links, UserJson users) {
        this.links = links;
        this.users = users;
    }

    /** An upload as its owner sees it. */
    public JsonOutput upload(Upload upload) {
        JsonOutput json = new JsonOutput();
        json.beginObject()
                .field(ID, upload.id().value())
                .field(NAME, upload.name())
                .field(SIZE, upload.size())
                .field(OFFSET, upload.offset())
                .field(PART_SIZE, Content.PART_BYTES)
                .field(EXPIRES_AT, upload.expiresAt())
                .field(COMPLETE, upload.attachment().isPresent());
        upload.attachment().ifPresent(file -> write(json.name(ATTACHMENT), file, Optional.empty()));
        return json.endObject();
    }

    /** Some files of a room. */
    public JsonOutput files(Slice<RoomFile> part) {
        JsonOutput json = new JsonOutput();
        json.beginObject().name(FILES).beginArray();
        for (RoomFile file : part.items()) {
            MessageAddress address = file.message().address();
            json.beginObject();
            members(json, file.attachment(), Optional.of(address));
            json.field(ORDINAL, address.ordinal())
                    .optional(THREAD_ROOT, address.timeline().threadRoot())
                    .name(AUTHOR);
            users.writeAuthor(json, file.message().author());
            json.field(CREATED_AT, file.message().createdAt()).endObject();
        }
        return json.endArray().optional(NEXT_CURSOR, part.nextCursor()).endObject();
    }

    void write(JsonOutput json, Attachment file, Optional<MessageAddress> message) {
        json.beginObject();
        members(json, file, message);
        json.endObject();
    }

    private void members(JsonOutput json, Attachment file, Optional<MessageAddress> message) {
        json.field(ID, file.id().value())
                .field(NAME, file.name())
                .field(SIZE, file.size())
                .field(CONTENT_TYPE, file.mediaType())
                .field(KIND, kind(file.kind()));
        file.picture()
                .ifPresent(
                        picture ->
                                json.field(WIDTH, picture.width()).field(HEIGHT, picture.height()));
        file.duration().ifPresent(length -> json.field(DURATION_SECONDS, length.toSeconds()));
        json.field(URL, links.link(file.id(), "", message));
        form(json, THUMBNAIL_URL, Form.TIMELINE, TIMELINE, file, message);
        form(json, LARGE_URL, Form.LARGE, LARGE, file, message);
        form(json, POSTER_URL, Form.POSTER, POSTER, file, message);
    }

    private void form(
            JsonOutput json,
            Name name,
            Form form,
            String path,
            Attachment file,
            Optional<MessageAddress> message) {
        if (file.forms().contains(form)) {
            json.field(name, links.link(file.id(), path, message));
        }
    }

    private static String kind(AttachmentKind kind) {
        return switch (kind) {
            case IMAGE -> "image";
            case VIDEO -> "video";
            case AUDIO -> "audio";
            case FILE -> "file";
        };
    }
}
