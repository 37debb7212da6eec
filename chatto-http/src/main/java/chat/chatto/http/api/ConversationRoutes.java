package chat.chatto.http.api;

import static chat.chatto.http.api.Paths.API;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.Conversations;
import chat.chatto.core.room.OpenedConversation;
import chat.chatto.http.json.Fields;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.MalformedJsonException;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Answer;
import chat.chatto.http.routing.Body;
import chat.chatto.http.routing.Call;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.Verb;
import chat.chatto.http.wire.RoomJson;

import jakarta.inject.Inject;

import java.util.List;

/** Opens conversations of a few people; reading and writing them is as in any room. */
public final class ConversationRoutes implements Routes {

    private final Conversations conversations;
    private final RoomJson json;

    @Inject
    public ConversationRoutes(Conversations conversations, RoomJson json) {
        this.conversations = conversations;
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                        Verb.POST,
                        API + "/dms",
                        Access.SIGNED_IN,
                        Body.json(4 * 1024),
                        this::open));
    }

    private Answer open(Call call) throws MalformedJsonException {
        Fields fields = call.fields();
        List<UserId> others =
                fields.texts("userIds", Conversations.PARTICIPANTS).stream()
                        .map(ConversationRoutes::user)
                        .toList();
        fields.check();
        OpenedConversation opened = conversations.open(call.user(), others);
        JsonOutput room = json.room(opened.room(), call.user());
        return opened.made() ? Answer.created(room) : Answer.ok(room);
    }

    private static UserId user(String id) {
        try {
            return new UserId(id);
        } catch (IllegalArgumentException e) {
            throw ChattoException.invalid("userIds", "names somebody who has no account here");
        }
    }
}
