package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.access.Permission;
import chat.chatto.core.room.Group;
import chat.chatto.core.room.GroupChange;
import chat.chatto.core.room.Groups;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.MalformedJsonException;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Body;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.GroupJson;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The groups that rooms are listed in. */
public final class GroupRoutes implements Routes {

    private static final String GROUPS = API + "/groups";
    private static final String GROUP = GROUPS + "/{group}";
    private static final Body SMALL = Body.json(64 * 1024);

    private static final Access ARRANGING = Access.needing(Permission.SERVER_MANAGE);

    private final Groups groups;

    @Inject
    public GroupRoutes(Groups groups) {
        this.groups = groups;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(Verb.GET, GROUPS, Access.SIGNED_IN, this::list),
                new Route(Verb.POST, GROUPS, ARRANGING, SMALL, this::create),
                new Route(Verb.PATCH, GROUP, ARRANGING, SMALL, this::change),
                Route.of(Verb.DELETE, GROUP, ARRANGING, this::delete));
    }

    private Answer list(Call call) {
        return Answer.ok(GroupJson.list(groups.all()));
    }

    private Answer create(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        String name = fields.requiredText("name");
        String description = fields.text("description").orElse("");
        List<Group.Link> links = links(fields);
        fields.check();
        Group created = groups.create(call.user(), name, description, links);
        return Answer.created(GroupJson.group(created, groups.all()));
    }

    private Answer change(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        OptionalLong position = fields.whole("position", 0);
        var change =
                new GroupChange(
                        fields.text("name"),
                        fields.text("description"),
                        fields.has("links") ? Optional.of(links(fields)) : Optional.empty(),
                        position.isPresent()
                                ? Optional.of((int) Math.min(Groups.GROUPS, position.getAsLong()))
                                : Optional.empty());
        fields.check();
        Group changed = groups.change(call.user(), Paths.group(call), change);
        return Answer.ok(GroupJson.group(changed, groups.all()));
    }

    private Answer delete(Call call) {
        groups.delete(call.user(), Paths.group(call));
        return Answer.noContent();
    }

    private static List<Group.Link> links(Fields fields) {
        return fields.objects("links", Groups.LINKS).stream().map(GroupRoutes::link).toList();
    }

    private static Group.Link link(Fields fields) {
        return new Group.Link(fields.requiredText("label"), fields.requiredText("url"));
    }
}
