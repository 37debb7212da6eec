package chat.chatto.http.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Puts the OpenAPI document together from one part a capability: the parts' members are joined, object by object. */
final class OpenApiDocument {

    private static final List<String> PARTS =
            List.of(
                    "document",
                    "problems",
                    "health",
                    "server",
                    "accounts",
                    "people",
                    "rooms",
                    "groups",
                    "conversations",
                    "moderation",
                    "messages",
                    "threads",
                    "pins",
                    "presence",
                    "personal",
                    "push",
                    "emoji",
                    "files",
                    "pictures",
                    "access",
                    "notifications",
                    "search",
                    "realtime");

    private OpenApiDocument() {}

    static String assemble() {
        JsonObject document = new JsonObject();
        PARTS.forEach(part -> join(document, read(part)));
        return document.toString();
    }

    private static void join(JsonObject into, JsonObject part) {
        for (Map.Entry<String, JsonElement> member : part.entrySet()) {
            JsonElement present = into.get(member.getKey());
            if (present == null) {
                into.add(member.getKey(), member.getValue());
            } else if (present.isJsonObject() && member.getValue().isJsonObject()) {
                join(present.getAsJsonObject(), member.getValue().getAsJsonObject());
            } else {
                throw new IllegalStateException("Described twice: " + member.getKey());
            }
        }
    }

    private static JsonObject read(String part) {
        String resource = "/openapi/" + part + ".json";
        try (InputStream in = OpenApiDocument.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("A part of the description is missing: " + part);
            }
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
