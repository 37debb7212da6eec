package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.ChattoException;
import chat.chatto.core.push.DeviceKeys;
import chat.chatto.core.push.Devices;
import chat.chatto.core.push.Push;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.MalformedJsonException;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Body;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.PushJson;

import jakarta.inject.Inject;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The caller's devices that notifications are pushed to. */
public final class PushRoutes implements Routes {

    private static final String DEVICES = API + "/me/devices";
    private static final String DEVICE = DEVICES + "/{device}";
    private static final Body SMALL = Body.json(8 * 1024);

    private final Push push;
    private final Devices devices;

    @Inject
    public PushRoutes(Push push, Devices devices) {
        this.push = push;
        this.devices = devices;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.GET, API + "/push/key", Access.SIGNED_IN, this::key),
                Route.of(Verb.GET, DEVICES, Access.SIGNED_IN, this::list),
                new Route(Verb.POST, DEVICES, Access.SIGNED_IN, SMALL, this::register),
                new Route(Verb.PATCH, DEVICE, Access.SIGNED_IN, SMALL, this::change),
                Route.of(Verb.DELETE, DEVICE, Access.SIGNED_IN, this::remove),
                Route.of(Verb.POST, DEVICE + "/test", Access.SIGNED_IN, this::test));
    }

    private Answer key(Call call) {
        return Answer.ok(PushJson.key(push.publicKey()));
    }

    private Answer list(Call call) {
        return Answer.ok(PushJson.devices(devices.of(call.user())));
    }

    private Answer register(Call call) throws MalformedJsonException {
        push.publicKey(); // Refuses where nothing is pushed.
        Fields fields = call.fields();
        String name = fields.requiredText("name");
        String endpoint = fields.requiredText("endpoint");
        String p256dh = fields.requiredText("p256dh");
        String auth = fields.requiredText("auth");
        boolean preview = fields.flag("preview").orElse(true);
        fields.check();
        return Answer.created(
                PushJson.device(
                        devices.register(
                                call.user(),
                                name,
                                address(endpoint),
                                DeviceKeys.of(p256dh, auth),
                                preview)));
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw ChattoException.invalid(
                    "endpoint", "must be an https address as the browser gives it");
        }
    }

    private Answer change(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        Optional<String> name = fields.text("name");
        Optional<Boolean> preview = fields.flag("preview");
        fields.check();
        return Answer.ok(
                PushJson.device(devices.change(call.user(), call.parameter(0), name, preview)));
    }

    private Answer remove(Call call) {
        devices.remove(call.user(), call.parameter(0));
        return Answer.noContent();
    }

    private Answer test(Call call) {
        return Answer.ok(PushJson.outcome(push.test(call.user(), call.parameter(0))));
    }
}
