package chat.chatto.http.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

import java.io.CharArrayReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one JSON object, strictly: no comments, no trailing text, no name twice in one object, valid UTF-8, and nothing nested deeper than
 * {@value #DEPTH} levels.
 */
public final class JsonInput {

    /** How deeply objects and arrays may be nested. */
    static final int DEPTH = 32;

    private static final Pattern PLACE =
            Pattern.compile("at line (\\d+) column (\\d+) path (\\S+)");

    private JsonInput() {}

    /**
     * The members of the object that the text is.
     *
     * @throws MalformedJsonException when it is not JSON as above
     * @throws chat.chatto.core.ChattoException INVALID when it is JSON, but no object
     */
    public static Fields read(ByteBuffer text) throws MalformedJsonException {
        if (!text.hasRemaining()) {
            throw new MalformedJsonException("The body is empty; a JSON object is expected.");
        }
        CharBuffer chars = decode(text);
        try (JsonReader reader =
                new JsonReader(
                        new CharArrayReader(
                                chars.array(),
                                chars.arrayOffset() + chars.position(),
                                chars.remaining()))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(DEPTH);
            Object value = value(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new MalformedJsonException("There is text after the JSON value.");
            }
            return Fields.of(value);
        } catch (IOException | IllegalStateException e) {
            throw new MalformedJsonException(describe(e), e);
        }
    }

    private static CharBuffer decode(ByteBuffer text) throws MalformedJsonException {
        int start = text.position();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(text);
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException(
                    "The body is not valid UTF-8 near byte " + (text.position() - start) + ".", e);
        }
    }

    /** Text, {@link JsonNumber}, Boolean, Map, List, or {@link JsonNull}. */
    private static Object value(JsonReader reader) throws IOException, MalformedJsonException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            case STRING -> reader.nextString();
            case NUMBER -> new JsonNumber(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> {
                reader.nextNull();
                yield JsonNull.NULL;
            }
            case NAME, END_ARRAY, END_OBJECT, END_DOCUMENT ->
                    throw new IllegalStateException("Not the start of a value: " + reader.peek());
        };
    }

    private static Map<String, Object> object(JsonReader reader)
            throws IOException, MalformedJsonException {
        Map<String, Object> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (members.containsKey(name)) {
                throw new MalformedJsonException(
                        "The name appears twice in one object, at path " + reader.getPath() + ".");
            }
            members.put(name, value(reader));
        }
        reader.endObject();
        return members;
    }

    private static List<Object> array(JsonReader reader)
            throws IOException, MalformedJsonException {
        List<Object> values = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            values.add(value(reader));
        }
        reader.endArray();
        return values;
    }

    /** Says where, in our words: the parser's own message goes on with advice for programmers. */
    private static String describe(Exception e) {
        String message = String.valueOf(e.getMessage());
        Matcher place = PLACE.matcher(message);
        if (!place.find()) {
            return "The body ends within the JSON value.";
        }
        String problem =
                message.startsWith("Nesting limit")
                        ? "The JSON is nested deeper than " + DEPTH + " levels"
                        : "The body is not valid JSON";
        return "%s: line %s, column %s, path %s."
                .formatted(problem, place.group(1), place.group(2), place.group(3));
    }
}
