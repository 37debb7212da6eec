package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.util.Map;

/** Checks answers against the schemas of an OpenAPI document; stricter than the document, in that nothing undescribed may occur. */
final class Schemas {

    private final JsonObject schemas;

    Schemas(JsonObject document) {
        schemas = document.getAsJsonObject("components").getAsJsonObject("schemas");
    }

    void check(String schema, JsonElement value) {
        check(schemas.getAsJsonObject(schema), value, schema);
    }

    private void check(JsonObject schema, JsonElement value, String path) {
        if (schema.has("$ref")) {
            String reference = schema.get("$ref").getAsString();
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            check(schemas.getAsJsonObject(name), value, path);
            return;
        }
        String type = schema.get("type").getAsString();
        assertThat(matches(type, value)).as("%s is %s: %s", path, type, value).isTrue();
        if (schema.has("enum")) {
            assertThat(schema.getAsJsonArray("enum").contains(value)).as(path).isTrue();
        }
        if (schema.has("properties")) {
            checkMembers(schema, value.getAsJsonObject(), path);
        }
        if (schema.has("items")) {
            for (JsonElement item : value.getAsJsonArray()) {
                check(schema.getAsJsonObject("items"), item, path + "[]");
            }
        }
    }

    private void checkMembers(JsonObject schema, JsonObject value, String path) {
        JsonObject properties = schema.getAsJsonObject("properties");
        for (JsonElement required : schema.getAsJsonArray("required")) {
            assertThat(value.has(required.getAsString())).as("%s has %s", path, required).isTrue();
        }
        for (Map.Entry<String, JsonElement> member : value.entrySet()) {
            String name = path + "." + member.getKey();
            assertThat(properties.has(member.getKey())).as("%s is described", name).isTrue();
            check(properties.getAsJsonObject(member.getKey()), member.getValue(), name);
        }
    }

    private static boolean matches(String type, JsonElement value) {
        return switch (type) {
            case "object" -> value.isJsonObject();
            case "array" -> value.isJsonArray();
            case "string" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
            case "boolean" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
            case "integer" ->
                    value.isJsonPrimitive()
                            && value.getAsJsonPrimitive().isNumber()
                            && value.getAsString().matches("-?\\d+");
            default -> throw new IllegalArgumentException("Unknown type " + type);
        };
    }
}
