package chat.chatto.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Race;
import chat.chatto.core.TestServer;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.stream.IntStream;

class OwnerClaimIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    @Test
    void makesOneOwnerOfSeveralWhoClaimAtOnce() throws Exception {
        try (TestServer one = TestServer.start(nats.open());
                TestServer other = TestServer.start(nats.open())) {
            String token = one.ownerClaim.pendingToken().orElseThrow();
            assertThat(other.ownerClaim.pendingToken()).hasValue(token);
            List<UserId> people =
                    IntStream.range(0, 4).mapToObj(n -> one.register("person" + n).id()).toList();
            assertThatThrownBy(() -> one.ownerClaim.claim(people.getFirst(), token + "x"))
                    .isInstanceOfSatisfying(
                            ChattoException.class,
                            refusal ->
                                    assertThat(refusal.code()).isEqualTo(ErrorCode.CLAIM_REFUSED));

            List<ErrorCode> refusals =
                    Race.refusals(
                            4,
                            n -> (n % 2 == 0 ? one : other).ownerClaim.claim(people.get(n), token));

            assertThat(refusals).hasSize(3).containsOnly(ErrorCode.CLAIM_REFUSED);
            other.bucket.awaitApplied(one.bucket.revision());
            assertThat(people).filteredOn(other.users::owner).hasSize(1);
            assertThat(other.ownerClaim.pendingToken()).isEmpty();
        }
        try (TestServer restarted = TestServer.start(nats.open())) {
            assertThat(restarted.ownerClaim.pendingToken()).isEmpty();
        }
    }
}
