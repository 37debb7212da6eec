package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.Attachment;
import chat.chatto.core.asset.AttachmentKind;
import chat.chatto.core.asset.FileContent;
import chat.chatto.core.asset.Form;
import chat.chatto.core.asset.OwnedFile;
import chat.chatto.core.asset.StoredFiles;
import chat.chatto.core.asset.Uploads;
import chat.chatto.core.attachment.RoomFiles;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Problem;
import chat.chatto.http.routing.Query;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Streamed;
import chat.chatto.http.routing.Turns;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.AttachmentJson;
import chat.chatto.http.wire.FileLinks;

import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

import jakarta.inject.Inject;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Files of messages. What browsers can show safely is sent as what it is by its bytes; everything else only to be saved. A signed address
 * alone is not enough: the caller must be allowed to read the message that carries the file, now.
 */
public final class FileRoutes implements Routes {

    private static final String ONE = FileLinks.FILES + "{file}";
    private static final Access LINK =
            Access.needing(new Access.Need.Knowing("a link that was given out"));

    private static final String ANYTHING = "application/octet-stream";
    private static final int LONGEST = 200;
    private static final int DEFAULT_LIMIT = 50;

    /** Each has a part in memory. */
    private static final int AT_ONCE = 64;

    private static final int AT_ONCE_OF_ONE = 12;

    private final Timelines timelines;
    private final Uploads uploads;
    private final StoredFiles files;
    private final RoomFiles roomFiles;
    private final FileLinks links;
    private final AttachmentJson json;
    private final Turns turns = new Turns(AT_ONCE, AT_ONCE_OF_ONE);

    @Inject
    public FileRoutes(
            Timelines timelines,
            Uploads uploads,
            StoredFiles files,
            RoomFiles roomFiles,
            FileLinks links,
            AttachmentJson json) {
        this.timelines = timelines;
        this.uploads = uploads;
        this.files = files;
        this.roomFiles = roomFiles;
        this.links = links;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.GET, ONE, LINK, this::file),
                Route.of(
                        Verb.GET,
                        ONE + AttachmentJson.TIMELINE,
                        LINK,
                        call -> preview(call, Form.TIMELINE)),
                Route.of(
                        Verb.GET,
                        ONE + AttachmentJson.LARGE,
                        LINK,
                        call -> preview(call, Form.LARGE)),
                Route.of(
                        Verb.GET,
                        ONE + AttachmentJson.POSTER,
                        LINK,
                        call -> preview(call, Form.POSTER)),
                Route.of(Verb.GET, API + "/rooms/{room}/files", Access.MEMBER, this::filesOfRoom));
    }

    private Answer filesOfRoom(Call call) {
        Query query = call.query();
        int limit = (int) query.whole("limit", 1, RoomFiles.LIMIT).orElse(DEFAULT_LIMIT);
        Optional<String> cursor = query.text("cursor", LONGEST);
        Optional<String> kind = query.text("kind", LONGEST);
        query.check();
        return Answer.ok(
                json.files(
                        roomFiles.list(
                                call.user(),
                                Paths.room(call),
                                limit,
                                cursor,
                                kind.map(FileRoutes::kind))));
    }

    private static AttachmentKind kind(String text) {
        return switch (text) {
            case "image" -> AttachmentKind.IMAGE;
            case "video" -> AttachmentKind.VIDEO;
            case "audio" -> AttachmentKind.AUDIO;
            case "file" -> AttachmentKind.FILE;
            default -> throw ChattoException.invalid("kind", "must be image, video, audio or file");
        };
    }

    private Answer file(Call call) {
        OwnedFile file = find(call);
        Attachment shown = file.attachment();
        boolean safe = shown.kind() != AttachmentKind.FILE;
        return answer(
                        call,
                        files.content(file),
                        shown.id() + "-file",
                        safe ? shown.mediaType() : ANYTHING)
                .with(
                        Headers.CONTENT_DISPOSITION,
                        (safe ? "inline" : "attachment")
                                + "; filename*=UTF-8''"
                                + encoded(shown.name()));
    }

    private Answer preview(Call call, Form form) {
        OwnedFile file = find(call);
        FileContent content =
                files.content(file, form)
                        .orElseThrow(
                                () -> ChattoException.notFound("There is no such picture of it"));
        return answer(
                call,
                content,
                file.attachment().id() + "-" + form,
                file.attachment().previewType());
    }

    private OwnedFile find(Call call) {
        AssetId id = Paths.file(call.parameter(0));
        Query query = call.query();
        String place = query.text("message", LONGEST).orElse("");
        OptionalLong expires = query.whole("expires", 0, Long.MAX_VALUE);
        String signature = query.text("signature", LONGEST).orElse("");
        query.check();
        Optional<MessageAddress> message = links.check(id, place, expires.orElse(0), signature);
        return message.isPresent()
                ? timelines.attachment(call.user(), message.get(), id)
                : uploads.file(call.user(), id);
    }

    private Answer answer(Call call, FileContent content, String tag, String mediaType) {
        String quoted = '"' + tag + '"';
        if (call.header(Headers.IF_NONE_MATCH).filter(sent -> sent.contains(quoted)).isPresent()) {
            return Answer.notModified().with(Headers.ETAG, quoted);
        }
        boolean changed =
                call.header(Headers.IF_RANGE).filter(sent -> !sent.equals(quoted)).isPresent();
        Optional<String> range = changed ? Optional.empty() : call.header(Headers.RANGE);
        return switch (ByteRange.parse(range, content.size())) {
            case ByteRange.Wish.Unsatisfiable() -> unsatisfiable(content.size());
            case ByteRange.Wish.Whole() ->
                    sent(
                            call.user(),
                            StatusCodes.OK,
                            mediaType,
                            content,
                            new ByteRange(0, content.size() - 1),
                            quoted);
            case ByteRange.Wish.Part(ByteRange part) ->
                    sent(call.user(), StatusCodes.PARTIAL_CONTENT, mediaType, content, part, quoted)
                            .with(
                                    Headers.CONTENT_RANGE,
                                    "bytes %d-%d/%d"
                                            .formatted(part.first(), part.last(), content.size()));
        };
    }

    private Answer sent(
            UserId user,
            int status,
            String mediaType,
            FileContent content,
            ByteRange range,
            String tag) {
        if (!turns.enter(user)) {
            throw ChattoException.unavailable(
                    Duration.ofSeconds(5), "Too many files are being sent: try again", null);
        }
        return Answer.streamed(status, mediaType, new Range(turns, user, content, range))
                .with(Headers.ETAG, tag)
                .with(Headers.ACCEPT_RANGES, "bytes");
    }

    private record Range(Turns turns, UserId user, FileContent content, ByteRange range)
            implements Streamed {

        @Override
        public long length() {
            return range.length();
        }

        @Override
        public ByteBuffer read(long offset) {
            return content.read(range.first() + offset);
        }

        @Override
        public void close() {
            turns.leave(user);
        }
    }

    private static Answer unsatisfiable(long size) {
        return Problem.of(
                        StatusCodes.REQUEST_RANGE_NOT_SATISFIABLE,
                        "range-not-satisfiable",
                        "Range not satisfiable",
                        "The file has " + size + " bytes.")
                .toAnswer()
                .with(Headers.CONTENT_RANGE, "bytes */" + size);
    }

    /** As RFC 5987 wants it. */
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
