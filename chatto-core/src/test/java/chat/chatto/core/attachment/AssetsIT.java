package chat.chatto.core.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.IdempotencyKey;
import chat.chatto.core.Race;
import chat.chatto.core.TestCore;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.Attachment;
import chat.chatto.core.asset.AttachmentKind;
import chat.chatto.core.asset.Content;
import chat.chatto.core.asset.FileContent;
import chat.chatto.core.asset.NewUpload;
import chat.chatto.core.asset.OwnedFile;
import chat.chatto.core.asset.StoredFiles;
import chat.chatto.core.asset.Upload;
import chat.chatto.core.asset.Uploads;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.Rooms;
import chat.chatto.core.stored.v1.StoredReaderProgress;
import chat.chatto.core.stored.v1.StoredUpload;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.NewMessage;
import chat.chatto.core.timeline.Posted;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.KeyOwner;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.Storage;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.protobuf.InvalidProtocolBufferException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Two servers on one storage. */
class AssetsIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final int PART = Content.PART_BYTES;

    private static TestCore one;
    private static TestCore other;
    private static UserId ann;
    private static UserId ben;
    private static RoomId room;

    @BeforeAll
    static void start() throws InterruptedException {
        one = TestCore.start(nats.url());
        other = TestCore.start(nats.url());
        ann = one.register("ann");
        room = one.room(ann, "files").id();
        ben = one.register("ben");
        one.get(Rooms.class).join(ben, room);
        await().ignoreExceptions().until(() -> listed(other, ben).isEmpty());
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @Test
    void anUploadIsResumedThroughAnotherServerAndReadFromAnyPlace() {
        byte[] content = content(2 * PART + 5);
        Upload begun =
                one.get(Uploads.class)
                        .create(ann, new NewUpload("C:\\x\\ä.bin", content.length, room));
        one.get(Uploads.class).append(ann, begun.id(), 0, Arrays.copyOf(content, PART));

        Upload found = other.get(Uploads.class).find(ann, begun.id());
        assertThat(found.offset()).isEqualTo(PART);
        other.get(Uploads.class)
                .append(ann, begun.id(), PART, Arrays.copyOfRange(content, PART, 2 * PART));
        Upload complete =
                one.get(Uploads.class)
                        .append(
                                ann,
                                begun.id(),
                                2 * PART,
                                Arrays.copyOfRange(content, 2 * PART, content.length));

        assertThat(complete.attachment().orElseThrow())
                .returns("ä.bin", Attachment::name)
                .returns(AttachmentKind.FILE, Attachment::kind)
                .returns((long) content.length, Attachment::size);
        Message message = post(one, ann, "look", begun.id());
        assertThat(message.attachments()).extracting(Attachment::id).containsExactly(begun.id());
        Message seen = messageAt(other, ben, message.address());
        assertThat(seen.attachments()).isEqualTo(message.attachments());
        OwnedFile file = attachment(other, ben, message, begun.id());
        FileContent stored = other.get(StoredFiles.class).content(file);
        for (int offset : List.of(0, 1, PART - 1, PART, 2 * PART, content.length - 1)) {
            ByteBuffer read = stored.read(offset);
            byte[] bytes = new byte[read.remaining()];
            read.get(bytes);
            assertThat(bytes).isEqualTo(Arrays.copyOfRange(content, offset, offset + bytes.length));
        }
    }

    @Test
    void namesTheRightOffset() {
        Upload begun = one.get(Uploads.class).create(ann, new NewUpload("a.bin", PART + 1, room));
        one.get(Uploads.class).append(ann, begun.id(), 0, content(PART));

        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(
                        () -> other.get(Uploads.class).append(ann, begun.id(), 0, content(PART)))
                .withMessageContaining("Upload-Offset: " + PART)
                .returns(ErrorCode.CONFLICT, ChattoException::code);
        refused(
                ErrorCode.INVALID,
                () -> one.get(Uploads.class).append(ann, begun.id(), PART, content(2)));
        refused(ErrorCode.NOT_FOUND, () -> one.get(Uploads.class).find(ben, begun.id()));
        one.get(Uploads.class).cancel(ann, begun.id());
        refused(
                ErrorCode.NOT_FOUND,
                () -> one.get(Uploads.class).append(ann, begun.id(), PART, content(1)));
    }

    @Test
    void onlyFilmsMayBeLargerThanOtherFiles() {
        long size = 30L << 20;
        refused(
                ErrorCode.TOO_LARGE,
                () -> one.get(Uploads.class).create(ann, new NewUpload("x", 200L << 20, room)));
        Upload file = one.get(Uploads.class).create(ann, new NewUpload("film.mp4", size, room));
        refused(
                ErrorCode.TOO_LARGE,
                () -> one.get(Uploads.class).append(ann, file.id(), 0, content(PART)));
        refused(ErrorCode.NOT_FOUND, () -> one.get(Uploads.class).find(ann, file.id()));
        byte[] head = content(PART);
        System.arraycopy("....ftypisom".getBytes(StandardCharsets.US_ASCII), 0, head, 0, 12);

        Upload film = one.get(Uploads.class).create(ann, new NewUpload("film.mp4", size, room));

        assertThat(one.get(Uploads.class).append(ann, film.id(), 0, head).offset()).isEqualTo(PART);
    }

    @Test
    void aFileGoesIntoOneMessage() throws Exception {
        AssetId file = upload(ann, content(10));

        List<ErrorCode> refusals =
                Race.refusals(6, n -> post(n % 2 == 0 ? one : other, ann, "mine " + n, file));

        assertThat(refusals).hasSize(5).isSubsetOf(ErrorCode.CONFLICT, ErrorCode.INVALID);
        refused(ErrorCode.INVALID, () -> post(one, ben, "stolen", upload(ann, content(3))));
    }

    @Test
    void aRetryFindsTheMessageThatHasTheFile() {
        AssetId file = upload(ann, content(10));
        Optional<IdempotencyKey> key =
                Optional.of(new IdempotencyKey(UUID.randomUUID().toString()));
        NewMessage message = NewMessage.carrying("", List.of(file));
        Posted first = one.get(Timelines.class).post(ann, room, message, key);
        await().until(() -> record(file).isEmpty());

        Posted again = other.get(Timelines.class).post(ann, room, message, key);

        assertThat(again.repeated()).isTrue();
        assertThat(again.message().id()).isEqualTo(first.message().id());
        assertThat(again.message().attachments()).hasSize(1);
    }

    @Test
    void filesGoWithTheirMessage() {
        AssetId kept = upload(ann, content(PART + 1));
        AssetId removed = upload(ann, content(10));
        Message message = post(one, ann, "two", kept, removed);
        assertThat(stored(kept, 1) && stored(removed, 0)).isTrue();

        refused(
                ErrorCode.FORBIDDEN,
                () -> other.get(Timelines.class).detach(ben, message.address(), removed));
        one.get(Timelines.class).detach(ann, message.address(), removed);

        assertThat(messageAt(one, ann, message.address()).attachments())
                .extracting(Attachment::id)
                .containsExactly(kept);
        refused(ErrorCode.NOT_FOUND, () -> attachment(one, ann, message, removed));
        await().until(() -> !stored(removed, 0));
        assertThat(stored(kept, 0)).isTrue();
        assertThat(listed(one, ann)).contains(kept).doesNotContain(removed);

        one.get(Timelines.class).delete(ann, message.address());

        await().until(() -> !stored(kept, 0) && !stored(kept, 1));
        assertThat(listed(one, ann)).doesNotContain(kept);
    }

    @Test
    void aDestroyedKeyTakesTheFilesAlong() {
        UserId eve = one.register("eve");
        one.get(Rooms.class).join(eve, room);
        AssetId file = upload(eve, content(10));
        Message message = post(one, eve, "", file);
        OwnedFile before = attachment(one, ann, message, file);

        one.get(DataKeys.class).shred(new KeyOwner(eve.value()));

        assertThat(messageAt(one, ann, message.address()).attachments()).isEmpty();
        refused(ErrorCode.NOT_FOUND, () -> attachment(one, ann, message, file));
        refused(ErrorCode.NOT_FOUND, () -> one.get(StoredFiles.class).content(before).read(0));
    }

    /** What a server leaves that is killed while files arrive. */
    @Test
    void whatWasNeverPostedIsCleanedUp() throws Exception {
        Upload half = one.get(Uploads.class).create(ann, new NewUpload("half", 2 * PART, room));
        one.get(Uploads.class).append(ann, half.id(), 0, content(PART));
        AssetId whole = upload(ann, content(10));

        try (TestCore later = afterAll(Duration.ofMinutes(16))) {
            assertThat(later.get(Uploads.class)).isNotNull();
            await().until(() -> !stored(half.id(), 0));
            refused(ErrorCode.NOT_FOUND, () -> one.get(Uploads.class).find(ann, half.id()));
            assertThat(stored(whole, 0)).isTrue();
        }
        try (TestCore later = afterAll(Duration.ofHours(25))) {
            assertThat(later.get(Uploads.class)).isNotNull();
            await().until(() -> !stored(whole, 0));
        }
        refused(ErrorCode.INVALID, () -> post(one, ann, "too late", whole));
        try (TestCore later = afterAll(Duration.ofHours(26))) {
            assertThat(later.get(Uploads.class)).isNotNull();
            await().until(() -> record(half.id()).isEmpty() && record(whole).isEmpty());
        }
    }

    /** A server was killed between the message's commit and the end of its upload, and nobody noticed for a day. */
    @Test
    void timeAloneNeverTakesTheFileOfAMessage() throws Exception {
        AssetId file = upload(ann, content(10));
        StoredUpload before = record(file).orElseThrow();
        Message message = post(one, ann, "kept", file);
        await().until(() -> record(file).isEmpty());
        stopAll();
        try (Storage storage = nats.open()) {
            storage.bucket(Bucket.FILES).put("upload." + file, before.toByteArray());
            storage.pages(1)
                    .put(
                            "reader.files",
                            StoredReaderProgress.newBuilder()
                                    .setFormat(1)
                                    .setThrough(0)
                                    .build()
                                    .toByteArray());
        }

        try (TestCore later = TestCore.start(nats.url(), in(Duration.ofHours(25)))) {
            await().until(() -> record(later, file).isEmpty());

            OwnedFile found = attachment(later, ben, message, file);
            assertThat(later.get(StoredFiles.class).content(found).read(0).remaining())
                    .isEqualTo(10);
            assertThat(listed(later, ann)).containsOnlyOnce(file);
        }
        one = TestCore.start(nats.url());
        other = TestCore.start(nats.url());
    }

    /** The lease is with whoever is left. */
    private static TestCore afterAll(Duration time) throws InterruptedException {
        stopAll();
        TestCore later = TestCore.start(nats.url(), in(time));
        one = TestCore.start(nats.url());
        other = one;
        return later;
    }

    private static Clock in(Duration time) {
        return Clock.offset(Clock.systemUTC(), time);
    }

    private static void stopAll() {
        one.close();
        if (other != one) {
            other.close();
        }
    }

    private static AssetId upload(UserId user, byte[] content) {
        Uploads uploads = one.get(Uploads.class);
        Upload upload = uploads.create(user, new NewUpload("file.bin", content.length, room));
        for (int offset = 0; offset < content.length; offset += PART) {
            uploads.append(
                    user,
                    upload.id(),
                    offset,
                    Arrays.copyOfRange(content, offset, Math.min(content.length, offset + PART)));
        }
        return upload.id();
    }

    private static Message post(TestCore core, UserId user, String body, AssetId... files) {
        return core.get(Timelines.class)
                .post(user, room, NewMessage.carrying(body, List.of(files)), Optional.empty())
                .message();
    }

    private static Message messageAt(TestCore core, UserId user, MessageAddress address) {
        return core.get(Timelines.class).message(user, address);
    }

    private static OwnedFile attachment(TestCore core, UserId user, Message message, AssetId file) {
        return core.get(Timelines.class).attachment(user, message.address(), file);
    }

    private static List<AssetId> listed(TestCore core, UserId user) {
        return core
                .get(RoomFiles.class)
                .list(user, room, 100, Optional.empty(), Optional.empty())
                .items()
                .stream()
                .map(file -> file.attachment().id())
                .toList();
    }

    private static boolean stored(AssetId file, int part) {
        return one.get(Storage.class).assets().info("files/" + file + "/1/" + part).isPresent();
    }

    private static Optional<StoredUpload> record(AssetId file) {
        return record(one, file);
    }

    private static Optional<StoredUpload> record(TestCore core, AssetId file) {
        return core.get(Storage.class)
                .bucket(Bucket.FILES)
                .get("upload." + file)
                .map(KeyValueStore.Entry::value)
                .map(
                        value -> {
                            try {
                                return StoredUpload.parseFrom(value);
                            } catch (InvalidProtocolBufferException e) {
                                throw new AssertionError(e);
                            }
                        });
    }

    private static void refused(ErrorCode code, Runnable call) {
        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(call::run)
                .returns(code, ChattoException::code);
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }
}
