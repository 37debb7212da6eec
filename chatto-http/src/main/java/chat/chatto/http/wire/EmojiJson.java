package chat.chatto.http.wire;

import chat.chatto.core.emoji.CustomEmoji;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import jakarta.inject.Inject;

import java.util.List;

/** Custom emoji as JSON. Safe for use by many threads. */
public final class EmojiJson {

    private static final Name EMOJI = Name.of("emoji");
    private static final Name NAME = Name.of("name");
    private static final Name URL = Name.of("url");
    private static final Name CREATED_BY = Name.of("createdBy");
    private static final Name CREATED_AT = Name.of("createdAt");

    private static final int BYTES_EACH = 256;

    private final UserJson users;

    @Inject
    public EmojiJson(UserJson users) {
        this.users = users;
    }

    public JsonOutput list(List<CustomEmoji.Item> items) {
        JsonOutput json = new JsonOutput(64 + BYTES_EACH * items.size());
        json.beginObject().name(EMOJI).beginArray();
        items.forEach(item -> write(json, item));
        return json.endArray().endObject();
    }

    public JsonOutput one(CustomEmoji.Item item) {
        JsonOutput json = new JsonOutput(BYTES_EACH);
        write(json, item);
        return json;
    }

    private void write(JsonOutput json, CustomEmoji.Item item) {
        json.beginObject()
                .field(NAME, item.name())
                .field(URL, "/api/v1/emoji/" + item.name() + "/image?v=" + item.version())
                .name(CREATED_BY);
        users.writeAuthor(json, item.createdBy());
        json.field(CREATED_AT, item.createdAt()).endObject();
    }
}
