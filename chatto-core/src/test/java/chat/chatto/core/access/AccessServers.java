package chat.chatto.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.NewRoom;
import chat.chatto.core.room.RoomId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.Objects;
import java.util.Optional;

/** Two servers with one store, an owner, an administrator, and Ben, who is neither; for all tests of a class. */
final class AccessServers implements BeforeAllCallback, AfterAllCallback {

    private final NatsServerExtension nats = new NatsServerExtension();
    private @Nullable People people;
    private int rooms;

    private record People(
            TestServer one, TestServer other, UserId owner, UserId admin, UserId ben) {}

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        nats.beforeAll(context);
        TestServer one = TestServer.start(nats.open());
        TestServer other = TestServer.start(nats.open());
        UserId owner = one.register("boss").id();
        one.ownerClaim.claim(owner, one.ownerClaim.pendingToken().orElseThrow());
        UserId admin = one.register("anna").id();
        one.roles.assign(owner, RoleId.ADMIN, admin);
        people = new People(one, other, owner, admin, one.register("ben").id());
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        one().close();
        other().close();
        nats.afterAll(context);
    }

    TestServer one() {
        return people().one();
    }

    TestServer other() {
        return people().other();
    }

    UserId owner() {
        return people().owner();
    }

    UserId admin() {
        return people().admin();
    }

    UserId ben() {
        return people().ben();
    }

    private People people() {
        return Objects.requireNonNull(people);
    }

    /** Makes a role. */
    RoleId role(String id) {
        return one().roles.create(owner(), new NewRole(id, id, "", false, NewRole.LAST)).id();
    }

    /** Has Ben make a room. */
    RoomId room() {
        return one().rooms.create(ben(), new NewRoom("Room " + rooms++, ""), Optional.empty()).id();
    }

    static Optional<Effect> allow() {
        return Optional.of(Effect.ALLOW);
    }

    static Subject everyone() {
        return subject(RoleId.EVERYONE);
    }

    static Subject subject(RoleId role) {
        return new Subject.OfRole(role);
    }

    static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
