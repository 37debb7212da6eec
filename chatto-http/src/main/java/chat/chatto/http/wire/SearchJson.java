package chat.chatto.http.wire;

import chat.chatto.core.account.UserId;
import chat.chatto.core.search.SearchHit;
import chat.chatto.core.search.SearchResult;
import chat.chatto.core.search.SearchState;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import jakarta.inject.Inject;

import java.util.Locale;

/** What was found, as JSON. Safe for use by many threads. */
public final class SearchJson {

    private static final Name RESULTS = Name.of("results");
    private static final Name MESSAGE = Name.of("message");
    private static final Name ROOM_ID = Name.of("roomId");
    private static final Name EXCERPT = Name.of("excerpt");
    private static final Name TEXT = Name.of("text");
    private static final Name HIGHLIGHTED = Name.of("highlighted");
    private static final Name FILE_NAME = Name.of("fileName");
    private static final Name NEXT_CURSOR = Name.of("nextCursor");
    private static final Name INDEXING = Name.of("indexing");
    private static final Name STATE = Name.of("state");
    private static final Name DONE = Name.of("done");
    private static final Name TOTAL = Name.of("total");
    private static final Name PROBLEM = Name.of("problem");

    private static final int BYTES_BESIDE_BODY = 800;

    private final MessageJson messages;

    @Inject
    public SearchJson(MessageJson messages) {
        this.messages = messages;
    }

    /** A part of what was found, as one reader sees it. */
    public JsonOutput results(SearchResult result, UserId reader) {
        JsonOutput json = new JsonOutput(64 + BYTES_BESIDE_BODY * result.hits().size());
        json.beginObject().name(RESULTS).beginArray();
        result.hits().forEach(hit -> write(json, hit, reader));
        json.endArray().optional(NEXT_CURSOR, result.nextCursor());
        if (result.state().phase() == SearchState.Phase.INDEXING) {
            json.name(INDEXING)
                    .beginObject()
                    .field(DONE, result.state().done())
                    .field(TOTAL, result.state().total())
                    .endObject();
        }
        return json.endObject();
    }

    private void write(JsonOutput json, SearchHit hit, UserId reader) {
        json.beginObject().name(MESSAGE);
        messages.seenBy(json, hit.message(), reader);
        json.field(ROOM_ID, hit.message().address().timeline().room().value())
                .name(EXCERPT)
                .beginArray();
        for (SearchHit.Passage passage : hit.excerpt()) {
            json.beginObject()
                    .field(TEXT, passage.text())
                    .field(HIGHLIGHTED, passage.highlighted())
                    .endObject();
        }
        json.endArray().optional(FILE_NAME, hit.fileName()).endObject();
    }

    /** How the index is. */
    public static void state(JsonOutput json, SearchState state) {
        json.beginObject().field(STATE, state.phase().name().toLowerCase(Locale.ROOT));
        if (state.phase() == SearchState.Phase.INDEXING) {
            json.field(DONE, state.done()).field(TOTAL, state.total());
        }
        if (!state.problem().isEmpty()) {
            json.field(PROBLEM, state.problem());
        }
        json.endObject();
    }
}
