package chat.chatto.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

class OpenApiTest {

    private static final JsonObject DOCUMENT =
            JsonParser.parseString(OpenApiDocument.assemble()).getAsJsonObject();

    @Test
    void resolvesEveryReference() {
        List<String> references = new ArrayList<>();
        collect(DOCUMENT, references);

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(find(reference)).isTrue());
    }

    @Test
    void usesEverySchema() {
        List<String> references = new ArrayList<>();
        collect(DOCUMENT, references);
        Set<String> defined = new HashSet<>();
        DOCUMENT.getAsJsonObject("components")
                .getAsJsonObject("schemas")
                .keySet()
                .forEach(name -> defined.add("#/components/schemas/" + name));

        defined.remove("#/components/schemas/Frame");
        assertThat(references).containsAll(defined);
    }

    @Test
    void namesEveryOperationOnce() {
        List<String> ids = new ArrayList<>();
        for (Map.Entry<String, JsonElement> path : DOCUMENT.getAsJsonObject("paths").entrySet()) {
            for (Map.Entry<String, JsonElement> member :
                    path.getValue().getAsJsonObject().entrySet()) {
                if (!member.getKey().equals("parameters")) {
                    ids.add(member.getValue().getAsJsonObject().get("operationId").getAsString());
                }
            }
        }

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    }

    private static boolean find(String reference) {
        JsonObject at = DOCUMENT;
        for (String step : reference.substring(2).split("/", -1)) {
            if (!at.has(step)) {
                return false;
            }
            at = at.getAsJsonObject(step);
        }
        return true;
    }

    private static void collect(JsonElement element, List<String> references) {
        if (element.isJsonObject()) {
            for (Map.Entry<String, JsonElement> member : element.getAsJsonObject().entrySet()) {
                if (member.getKey().equals("$ref")) {
                    references.add(member.getValue().getAsString());
                } else {
                    collect(member.getValue(), references);
                }
            }
        } else if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> collect(each, references));
        }
    }
}
