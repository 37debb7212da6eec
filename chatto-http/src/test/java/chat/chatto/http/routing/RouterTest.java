package chat.chatto.http.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class RouterTest {

    private final Route list = route(Verb.GET, "/rooms");
    private final Route create = route(Verb.POST, "/rooms");
    private final Route get = route(Verb.GET, "/rooms/{room}");
    private final Route special = route(Verb.GET, "/rooms/special");
    private final Route message = route(Verb.PATCH, "/rooms/{room}/messages/{ordinal}");
    private final Router router = new Router(List.of(list, create, get, special, message));

    @Test
    void findsByMethodAndPath() {
        assertThat(find(Verb.POST, "/rooms")).isEqualTo(new Router.Match.Found(create, List.of()));
        assertThat(find(Verb.GET, "/rooms/R1"))
                .isEqualTo(new Router.Match.Found(get, List.of("R1")));
        assertThat(find(Verb.PATCH, "/rooms/R1/messages/7"))
                .isEqualTo(new Router.Match.Found(message, List.of("R1", "7")));
    }

    @Test
    void prefersWhatIsNamed() {
        assertThat(find(Verb.GET, "/rooms/special"))
                .isEqualTo(new Router.Match.Found(special, List.of()));
    }

    @Test
    void saysWhichMethodsThereAre() {
        assertThat(find(Verb.DELETE, "/rooms"))
                .isEqualTo(new Router.Match.WrongMethod("GET, HEAD, POST"));
        assertThat(router.find(Optional.empty(), "/rooms"))
                .isEqualTo(new Router.Match.WrongMethod("GET, HEAD, POST"));
    }

    @Test
    void knowsNothingElse() {
        for (String path :
                List.of("/", "", "/rooms/", "/rooms//messages/1", "/rooms/R1/messages", "/other")) {
            assertThat(find(Verb.GET, path)).as(path).isEqualTo(new Router.Match.Unknown());
        }
    }

    @Test
    void refusesTwoRoutesForOneCall() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Router(List.of(list, list)));
    }

    private Router.Match find(Verb verb, String path) {
        return router.find(Optional.of(verb), path);
    }

    private static Route route(Verb verb, String path) {
        return Route.of(verb, path, Access.PUBLIC, _ -> Answer.noContent());
    }
}
