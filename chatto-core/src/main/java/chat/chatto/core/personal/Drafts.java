package chat.chatto.core.personal;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Listeners;
import chat.chatto.core.StorageFailures;
import chat.chatto.core.account.UserId;
import chat.chatto.core.readstate.PersonalBucket;
import chat.chatto.core.stored.v1.StoredDraft;
import chat.chatto.core.stored.v1.StoredDrafts;
import chat.chatto.core.stored.v1.StoredLine;
import chat.chatto.core.timeline.NewMessage;
import chat.chatto.core.timeline.TimelineAccess;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.KeyOwner;
import chat.chatto.kms.Opened;

import com.google.protobuf.ByteString;

import jakarta.inject.Inject;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What people have begun to write, one draft for each room and thread, on all their devices. Of two devices that write into the same line,
 * the one that wrote last counts, whichever of them is heard first. Texts are encrypted with the person's key. Safe for use by many threads.
 */
public final class Drafts {

    /** The most drafts that a person can have. */
    public static final int MOST = 100;

    /** The most bytes of all of a person's drafts together, encrypted; they share one record. */
    public static final int BYTES = 480 * 1024;

    /** How long it is remembered that there is no draft any more, so that one on its way from elsewhere stays away. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Document<StoredDrafts> documents;
    private final DataKeys keys;
    private final TimelineAccess access;
    private final InstantSource clock;
    private final Listeners<DraftChange> listeners = new Listeners<>();

    @Inject
    public Drafts(
            PersonalBucket bucket, DataKeys keys, TimelineAccess access, InstantSource clock) {
        this.documents =
                new Document<>(
                        bucket, "drafts", StoredDrafts.parser(), StoredDrafts.getDefaultInstance());
        this.keys = keys;
        this.access = access;
        this.clock = clock;
        documents.follow(this::changed);
    }

    /**
     * All drafts of a person, the latest first.
     *
     * @throws ChattoException UNAVAILABLE
     */
    public List<Draft> all(UserId user) {
        return documents.read(user).getDraftsList().stream()
                .filter(Drafts::present)
                .sorted(Comparator.comparingLong(StoredDraft::getUpdatedAtMillis).reversed())
                .flatMap(stored -> open(user, stored).stream())
                .toList();
    }

    /**
     * Keeps a draft unless a later one is there; one of nothing but white space removes what is there.
     *
     * @return what is kept then
     * @throws ChattoException INVALID, TOO_LARGE when there are too many or too long ones, NOT_FOUND and FORBIDDEN for a room that the
     *     person may not read, UNAVAILABLE
     */
    public Optional<Draft> keep(UserId user, Draft draft) {
        if (draft.body().isBlank()) {
            return remove(user, draft.timeline(), draft.updatedAt());
        }
        access.checkRead(user, draft.timeline().room());
        String body = draft.body();
        if (body.codePointCount(0, body.length()) > NewMessage.BODY_CHARACTERS) {
            throw ChattoException.invalid(
                    "body", "must have at most " + NewMessage.BODY_CHARACTERS + " characters");
        }
        StoredDraft.Builder stored =
                at(draft.timeline(), draft.updatedAt())
                        .setSealedBody(ByteString.copyFrom(seal(user, draft.timeline(), body)));
        draft.replyTo().ifPresent(stored::setReplyTo);
        return put(user, stored.build());
    }

    /**
     * Removes a draft unless it was written later.
     *
     * @return what is kept then
     * @throws ChattoException UNAVAILABLE
     */
    public Optional<Draft> remove(UserId user, TimelineId timeline, Instant at) {
        return put(user, at(timeline, at).build());
    }

    /**
     * Registers for changes on all servers, on one thread that must not be kept for long.
     *
     * @return ends the registration
     */
    public Runnable onChange(Consumer<DraftChange> listener) {
        return listeners.add(listener);
    }

    /** A clock that is ahead must not make a draft that nothing can replace. */
    private StoredDraft.Builder at(TimelineId timeline, Instant at) {
        return StoredDraft.newBuilder()
                .setLine(Lines.stored(timeline))
                .setUpdatedAtMillis(Math.min(at.toEpochMilli(), clock.millis()));
    }

    private Optional<Draft> put(UserId user, StoredDraft draft) {
        StoredDrafts stored = documents.change(user, former -> with(former, draft));
        return find(stored, draft.getLine())
                .filter(Drafts::present)
                .flatMap(kept -> open(user, kept));
    }

    private StoredDrafts with(StoredDrafts former, StoredDraft draft) {
        Optional<StoredDraft> there = find(former, draft.getLine());
        boolean later =
                there.map(other -> other.getUpdatedAtMillis() > draft.getUpdatedAtMillis())
                        .orElse(false);
        if (later || (there.filter(Drafts::present).isEmpty() && !present(draft))) {
            return former;
        }
        List<StoredDraft> drafts = new ArrayList<>();
        drafts.add(draft);
        for (StoredDraft other : former.getDraftsList()) {
            if (!other.getLine().equals(draft.getLine()) && worthKeeping(other)) {
                drafts.add(other);
            }
        }
        forget(drafts);
        StoredDrafts changed =
                StoredDrafts.newBuilder()
                        .setFormat(FORMAT)
                        .addAllDrafts(drafts)
                        .setChanged(draft.getLine())
                        .build();
        if (present(draft)) {
            checkBounds(changed);
        }
        return changed;
    }

    private boolean worthKeeping(StoredDraft draft) {
        return present(draft)
                || draft.getUpdatedAtMillis() > clock.millis() - REMEMBERED.toMillis();
    }

    /** Of the removals, only so many are remembered that a document stays small; the latest are. */
    private static void forget(List<StoredDraft> drafts) {
        List<StoredDraft> removals =
                drafts.stream()
                        .filter(draft -> !present(draft))
                        .sorted(
                                Comparator.comparingLong(StoredDraft::getUpdatedAtMillis)
                                        .reversed())
                        .skip(MOST)
                        .toList();
        drafts.removeAll(removals);
    }

    private static void checkBounds(StoredDrafts drafts) {
        long present = drafts.getDraftsList().stream().filter(Drafts::present).count();
        if (present > MOST || drafts.getSerializedSize() > BYTES) {
            throw ChattoException.of(
                    ErrorCode.TOO_LARGE,
                    "At most "
                            + MOST
                            + " drafts of "
                            + BYTES / 1024
                            + " KiB in all are kept: send or discard some first");
        }
    }

    private void changed(UserId user, StoredDrafts drafts) {
        find(drafts, drafts.getChanged())
                .ifPresent(
                        draft ->
                                listeners.tell(
                                        new DraftChange(
                                                user,
                                                Lines.timeline(draft.getLine()),
                                                present(draft),
                                                Instant.ofEpochMilli(draft.getUpdatedAtMillis()))));
    }

    private byte[] seal(UserId user, TimelineId timeline, String body) {
        return StorageFailures.translating(
                () ->
                        keys.seal(
                                new KeyOwner(user.value()),
                                body.getBytes(StandardCharsets.UTF_8),
                                place(user, Lines.stored(timeline))));
    }

    private Optional<Draft> open(UserId user, StoredDraft stored) {
        Opened opened =
                StorageFailures.translating(
                        () ->
                                keys.open(
                                        new KeyOwner(user.value()),
                                        stored.getSealedBody().toByteArray(),
                                        place(user, stored.getLine())));
        return switch (opened) {
            case Opened.Plain plain ->
                    Optional.of(
                            new Draft(
                                    Lines.timeline(stored.getLine()),
                                    new String(plain.content(), StandardCharsets.UTF_8),
                                    stored.hasReplyTo()
                                            ? OptionalLong.of(stored.getReplyTo())
                                            : OptionalLong.empty(),
                                    Instant.ofEpochMilli(stored.getUpdatedAtMillis())));
            case Opened.Shredded _ -> Optional.empty();
        };
    }

    private static Optional<StoredDraft> find(StoredDrafts drafts, StoredLine line) {
        return drafts.getDraftsList().stream()
                .filter(draft -> draft.getLine().equals(line))
                .findFirst();
    }

    private static boolean present(StoredDraft draft) {
        return !draft.getSealedBody().isEmpty();
    }

    private static byte[] place(UserId user, StoredLine line) {
        String thread = line.hasThreadRoot() ? "/" + line.getThreadRoot() : "";
        return ("draft/" + user + "/" + line.getRoom() + thread).getBytes(StandardCharsets.UTF_8);
    }
}
