package chat.chatto.http.routing;

import chat.chatto.http.json.JsonOutput;

import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an endpoint answers. Headers may be added until it is handed over; not safe for use by several threads. */
public final class Answer {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final int status;
    private final String contentType;
    private final ByteBuffer body;
    private final Kind kind;
    private final Optional<Streamed> streamed;
    private final List<Header> headers = new ArrayList<>(2);

    record Header(HttpString name, String value) {}

    /** What browsers may do with it depends on this. */
    enum Kind {
        DATA,
        PASSING_PICTURE,
        LASTING_PICTURE
    }

    /** @param contentType empty when there is no body */
    public Answer(int status, String contentType, ByteBuffer body) {
        this(status, contentType, body, Kind.DATA);
    }

    private Answer(int status, String contentType, ByteBuffer body, Kind kind) {
        this(status, contentType, body, kind, Optional.empty());
    }

    private Answer(
            int status,
            String contentType,
            ByteBuffer body,
            Kind kind,
            Optional<Streamed> streamed) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.kind = kind;
        this.streamed = streamed;
    }

    /** Something that somebody uploaded, sent while it is read. Whoever keeps it asks again before it is shown. */
    public static Answer streamed(int status, String mediaType, Streamed content) {
        return new Answer(status, mediaType, NOTHING, Kind.PASSING_PICTURE, Optional.of(content));
    }

    /** Something that somebody uploaded has not changed since. */
    public static Answer notModified() {
        return new Answer(StatusCodes.NOT_MODIFIED, "", NOTHING, Kind.PASSING_PICTURE);
    }

    /**
     * A picture that somebody uploaded.
     *
     * @param lasting whether there will never be another one at this address
     */
    public static Answer picture(String mediaType, byte[] content, boolean lasting) {
        Kind kind = lasting ? Kind.LASTING_PICTURE : Kind.PASSING_PICTURE;
        return new Answer(StatusCodes.OK, mediaType, ByteBuffer.wrap(content), kind);
    }

    public static Answer ok(JsonOutput json) {
        return json(StatusCodes.OK, json);
    }

    public static Answer created(JsonOutput json) {
        return json(StatusCodes.CREATED, json);
    }

    public static Answer json(int status, JsonOutput json) {
        return new Answer(status, "application/json", json.buffer());
    }

    public static Answer noContent() {
        return new Answer(StatusCodes.NO_CONTENT, "", NOTHING);
    }

    /** Adds a header; the same name may be added several times. */
    public Answer with(HttpString name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    public int status() {
        return status;
    }

    Kind kind() {
        return kind;
    }

    String contentType() {
        return contentType;
    }

    Optional<Streamed> streamed() {
        return streamed;
    }

    ByteBuffer body() {
        return body.duplicate();
    }

    List<Header> headers() {
        return headers;
    }
}
