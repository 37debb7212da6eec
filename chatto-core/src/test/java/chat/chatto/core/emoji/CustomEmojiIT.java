package chat.chatto.core.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Race;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredEmojiCount;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class CustomEmojiIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final byte[] PICTURE =
            HexFormat.of().parseHex("89504e470d0a1a0a0000000d494844520000008000000040");

    private static TestServer one;
    private static TestServer other;
    private static UserId owner;

    @BeforeAll
    static void start() throws InterruptedException {
        one = TestServer.start(nats.open());
        other = TestServer.start(nats.open());
        owner = one.register("olga").id();
        one.ownerClaim.claim(owner, one.ownerClaim.pendingToken().orElseThrow());
        await().until(() -> other.users.owner(owner));
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @Test
    void isThereOnAllServersAsSoonAsItWasAdded() {
        List<String> heard = new CopyOnWriteArrayList<>();
        Runnable end = other.emoji.onChange(heard::add);

        CustomEmoji.Item added = one.emoji.add(owner, "party-parrot", PICTURE);

        assertThat(other.emoji.exists("party-parrot")).isTrue();
        assertThat(other.emoji.all()).contains(added);
        assertThat(added.createdBy()).isEqualTo(owner);
        CustomEmoji.Picture picture = other.emoji.picture("party-parrot");
        assertThat(picture.content()).isEqualTo(PICTURE);
        assertThat(picture.mediaType()).isEqualTo("image/png");
        await().until(() -> heard.contains("party-parrot"));
        assertThatCode(() -> new Emoji(other.emoji).check("emoji", ":party-parrot:"))
                .doesNotThrowAnyException();
        end.run();
    }

    @Test
    void movesToAnotherNameWithItsPictureAndIsGoneWhenRemoved() {
        one.emoji.add(owner, "befor", PICTURE);

        CustomEmoji.Item renamed = other.emoji.rename(owner, "befor", "before");
        assertThat(one.emoji.picture("before").version()).isEqualTo(renamed.version());
        assertThat(other.emoji.exists("befor")).isFalse();

        one.emoji.remove(owner, "before");
        await().until(() -> !other.emoji.exists("before"));
        refused(ErrorCode.NOT_FOUND, () -> one.emoji.picture("before"));
        refused(ErrorCode.NOT_FOUND, () -> one.emoji.remove(owner, "before"));
        refused(ErrorCode.NOT_FOUND, () -> one.emoji.rename(owner, "before", "after"));
    }

    @Test
    void goesToOneOfManyWhoWantTheSameName() throws Exception {
        List<ErrorCode> refusals =
                Race.refusals(
                        8, n -> (n % 2 == 0 ? one : other).emoji.add(owner, "wanted", PICTURE));

        assertThat(refusals).isEqualTo(Collections.nCopies(7, ErrorCode.NAME_TAKEN));
        assertThat(one.emoji.picture("wanted").content()).isEqualTo(PICTURE);
    }

    @Test
    void areNeverMoreThanAllowed() throws InterruptedException {
        one.emoji.add(owner, "counted", PICTURE);
        byte[] former = one.bucket.read("emojicount").orElseThrow().value();
        count(one.bucket, CustomEmoji.MOST);

        refused(ErrorCode.CONFLICT, () -> other.emoji.add(owner, "one-too-many", PICTURE));
        assertThat(other.emoji.exists("one-too-many")).isFalse();

        other.emoji.remove(owner, "counted");
        assertThatCode(() -> one.emoji.add(owner, "the-last", PICTURE)).doesNotThrowAnyException();
        one.bucket.transact(List.of(new Write.Put("emojicount", former)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "Smile", "sp ace", "a.b", "ä-ä", "tada", "smile", "x:y"})
    void haveNamesThatCanBeTypedAndAreNoUnicodeEmojis(String name) {
        refused(ErrorCode.INVALID, () -> one.emoji.add(owner, name, PICTURE));
    }

    @Test
    void areChangedByThoseOnlyWhoManageTheServer() {
        UserId ada = one.register("ada").id();
        one.emoji.add(owner, "guarded", PICTURE);

        refused(ErrorCode.FORBIDDEN, () -> one.emoji.add(ada, "mine", PICTURE));
        refused(ErrorCode.FORBIDDEN, () -> one.emoji.rename(ada, "guarded", "mine"));
        refused(ErrorCode.FORBIDDEN, () -> one.emoji.remove(ada, "guarded"));
    }

    @Test
    void areKnownAfterAStart() throws InterruptedException {
        one.emoji.add(owner, "lasting", PICTURE);

        try (TestServer late = TestServer.start(nats.open())) {
            assertThat(late.emoji.all()).extracting(CustomEmoji.Item::name).contains("lasting");
        }
    }

    private static void count(ServerBucket bucket, int emoji) {
        byte[] count =
                StoredEmojiCount.newBuilder().setFormat(1).setEmoji(emoji).build().toByteArray();
        bucket.transact(List.of(new Write.Put("emojicount", count)));
    }

    private static void refused(ErrorCode code, Runnable call) {
        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(call::run)
                .extracting(ChattoException::code)
                .isEqualTo(code);
    }
}
