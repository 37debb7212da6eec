package chat.chatto.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Slice;
import chat.chatto.core.TestServer;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.Optional;

class PeopleIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static TestServer server;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(nats.open());
        for (String login : List.of("Zoe", "adam", "Bert", "anna")) {
            server.register(login);
        }
        UserId bert = found("bert").items().getFirst().id();
        server.accounts.changeProfile(
                bert, new ProfileChange(Optional.of("Norbert van der Anner")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void findsPeopleByTheBeginningOfALoginOrOfAWordOfTheName() {
        assertThat(logins(found("AN"))).containsExactly("anna", "Bert");
        assertThat(logins(found("van"))).containsExactly("Bert");
        assertThat(logins(found("orb"))).isEmpty();
        assertThat(logins(found(" "))).containsExactly("adam", "anna", "Bert", "Zoe");
    }

    @Test
    void listsThemInParts() {
        Slice<User> first = server.people.find("", 3, Optional.empty());
        Slice<User> second = server.people.find("", 3, first.nextCursor());

        assertThat(logins(first)).containsExactly("adam", "anna", "Bert");
        assertThat(logins(second)).containsExactly("Zoe");
        assertThat(second.nextCursor()).isEmpty();
        assertThatThrownBy(() -> server.people.find("", 101, Optional.empty()))
                .isInstanceOf(ChattoException.class);
        assertThatThrownBy(() -> server.people.find("", 3, Optional.of("%")))
                .isInstanceOf(ChattoException.class);
    }

    @Test
    void forgetsDeletedAccounts() {
        int before = server.users.activeCount();
        UserId gone = server.register("gone").id();
        assertThat(server.users.activeCount()).isEqualTo(before + 1);

        server.accounts.shred(gone);

        assertThat(found("gone").items()).isEmpty();
        assertThat(found("deleted").items()).isEmpty();
        assertThat(server.users.activeCount()).isEqualTo(before);
    }

    private static Slice<User> found(String beginning) {
        return server.people.find(beginning, 100, Optional.empty());
    }

    private static List<String> logins(Slice<User> people) {
        return people.items().stream().map(user -> user.login().value()).toList();
    }
}
