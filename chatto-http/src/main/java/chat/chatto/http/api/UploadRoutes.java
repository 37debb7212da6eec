package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.ChattoException;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.Content;
import chat.chatto.core.asset.NewUpload;
import chat.chatto.core.asset.Upload;
import chat.chatto.core.asset.Uploads;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.MalformedJsonException;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Body;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.AttachmentJson;

import io.undertow.util.HttpString;

import jakarta.inject.Inject;

import java.util.List;

/** Sending files, part by part. */
public final class UploadRoutes implements Routes {

    private static final HttpString OFFSET = HttpString.tryFromString("Upload-Offset");

    private static final String ALL = API + "/uploads";
    private static final String ONE = ALL + "/{upload}";

    private final Uploads uploads;
    private final AttachmentJson json;

    @Inject
    public UploadRoutes(Uploads uploads, AttachmentJson json) {
        this.uploads = uploads;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(Verb.POST, ALL, Access.SIGNED_IN, Body.json(8 * 1024), this::create),
                new Route(
                        Verb.PUT,
                        ONE,
                        Access.SIGNED_IN,
                        Body.large(Content.PART_BYTES),
                        this::append),
                Route.of(Verb.GET, ONE, Access.SIGNED_IN, this::upload),
                Route.of(Verb.DELETE, ONE, Access.SIGNED_IN, this::cancel));
    }

    private Answer create(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        String name = fields.requiredText("name");
        long size = fields.requiredWhole("size", 1);
        String room = fields.requiredText("roomId");
        fields.check();
        Upload upload = uploads.create(call.user(), new NewUpload(name, size, Paths.room(room)));
        return Answer.created(json.upload(upload));
    }

    private Answer append(Call call) {
        return Answer.ok(
                json.upload(uploads.append(call.user(), id(call), offset(call), call.bytes())));
    }

    private static long offset(Call call) {
        return call.header(OFFSET)
                .filter(text -> text.matches("\\d{1,15}"))
                .map(Long::parseLong)
                .orElseThrow(
                        () ->
                                ChattoException.invalid(
                                        OFFSET.toString(),
                                        "must say where the part belongs, in bytes"));
    }

    private Answer upload(Call call) {
        return Answer.ok(json.upload(uploads.find(call.user(), id(call))));
    }

    private Answer cancel(Call call) {
        uploads.cancel(call.user(), id(call));
        return Answer.noContent();
    }

    private static AssetId id(Call call) {
        return Paths.file(call.parameter(0));
    }
}
