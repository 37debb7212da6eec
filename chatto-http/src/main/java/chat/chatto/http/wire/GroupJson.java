package chat.chatto.http.wire;

import chat.chatto.core.room.Group;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import java.util.List;

/** Groups of rooms as JSON. */
public final class GroupJson {

    private static final Name GROUPS = Name.of("groups");
    private static final Name ID = Name.of("id");
    private static final Name NAME = Name.of("name");
    private static final Name DESCRIPTION = Name.of("description");
    private static final Name POSITION = Name.of("position");
    private static final Name LINKS = Name.of("links");
    private static final Name LABEL = Name.of("label");
    private static final Name URL = Name.of("url");

    private static final int BYTES_EACH = 200;

    private GroupJson() {}

    /** All groups, in their order. */
    public static JsonOutput list(List<Group> all) {
        JsonOutput json = new JsonOutput(64 + BYTES_EACH * all.size());
        write(json.beginObject(), all);
        return json.endObject();
    }

    /** One group and its place among all. */
    public static JsonOutput group(Group group, List<Group> all) {
        JsonOutput json = new JsonOutput(BYTES_EACH);
        write(json, group, all.indexOf(group));
        return json;
    }

    /** The member {@code groups} of an object. */
    static void write(JsonOutput json, List<Group> all) {
        json.name(GROUPS).beginArray();
        for (int position = 0; position < all.size(); position++) {
            write(json, all.get(position), position);
        }
        json.endArray();
    }

    private static void write(JsonOutput json, Group group, int position) {
        json.beginObject()
                .field(ID, group.id().value())
                .field(NAME, group.name())
                .field(DESCRIPTION, group.description())
                .field(POSITION, position)
                .name(LINKS)
                .beginArray();
        for (Group.Link link : group.links()) {
            json.beginObject().field(LABEL, link.label()).field(URL, link.url()).endObject();
        }
        json.endArray().endObject();
    }
}
