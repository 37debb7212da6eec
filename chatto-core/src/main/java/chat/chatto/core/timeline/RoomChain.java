package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;
import chat.chatto.core.stored.v1.StoredHead;

import com.google.protobuf.InvalidProtocolBufferException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a verification knows of one room: its head document, and the part of its chain that is still in the log. For one thread. */
final class RoomChain {

    private static final int HEAD_FORMAT = 1;

    /** As many as this are missing only where everything is. */
    private static final int MOST_GAPS = 1_000;

    private final RoomId room;
    private RoomTip folded = RoomTip.EMPTY;
    private RoomTip tip = RoomTip.EMPTY;
    private long firstInLog;
    private RoomTip beforeLog = RoomTip.EMPTY;
    private final List<Long> gaps = new ArrayList<>();
    private Optional<Verification.Damage> damage = Optional.empty();

    RoomChain(RoomId room) {
        this.room = room;
    }

    RoomId room() {
        return room;
    }

    /** How far the room is in the pages. */
    RoomTip folded() {
        return folded;
    }

    /** The newest commit in the log, {@link RoomTip#EMPTY} when there is none. */
    RoomTip tip() {
        return tip;
    }

    /** The oldest commit in the log, 0 when there is none. */
    long firstInLog() {
        return firstInLog;
    }

    Optional<Verification.Damage> damage() {
        return damage;
    }

    /** Commits that others refer to and the log does not hold. */
    List<Long> gaps() {
        return gaps;
    }

    /** Only the first damage counts: what follows may follow from it. */
    void damaged(long sequence, String what) {
        if (damage.isEmpty() || sequence < damage.get().sequence()) {
            damage = Optional.of(new Verification.Damage(Optional.of(room), sequence, what));
        }
    }

    /** Takes in the document that says how far the room is folded. */
    void head(byte[] content, long revision) {
        try {
            StoredHead stored = StoredHead.parseFrom(content);
            if (stored.getFormat() == HEAD_FORMAT) {
                folded =
                        new RoomTip(
                                stored.getFoldedSequence(),
                                ChainHash.of(stored.getFoldedHash().toByteArray()),
                                stored.getHead());
                return;
            }
        } catch (InvalidProtocolBufferException e) {
            damaged(0, "the head document, revision " + revision + ", cannot be read: " + e);
            return;
        }
        damaged(0, "the head document, revision " + revision + ", is of an unknown format");
    }

    /** Takes in the room's next record of the log. */
    void next(long sequence, byte[] content) {
        Commit commit;
        try {
            commit = CommitCodec.decode(room, sequence, content);
        } catch (DamagedException e) {
            damaged(sequence, String.valueOf(e.getMessage()));
            return;
        }
        if (tip.sequence() == 0) {
            first(commit);
        } else {
            follow(commit);
        }
        checkFolded(commit);
        tip = RoomTip.of(commit);
    }

    private void first(Commit commit) {
        firstInLog = commit.sequence();
        beforeLog = new RoomTip(commit.previousSequence(), commit.previousHash(), -1);
        if (commit.previousSequence() > 0) {
            gap(commit.previousSequence());
        } else if (!commit.previousHash().equals(ChainHash.START)) {
            damaged(commit.sequence(), "the first commit names one before it");
        }
    }

    private void follow(Commit commit) {
        if (commit.previousSequence() > tip.sequence()) {
            gap(commit.previousSequence());
        } else if (commit.previousSequence() < tip.sequence()) {
            damaged(
                    commit.sequence(),
                    "it follows commit "
                            + commit.previousSequence()
                            + ", as commit "
                            + tip.sequence()
                            + " does or should: the history is forked");
        } else if (!commit.previousHash().equals(tip.hash())) {
            damaged(
                    commit.sequence(),
                    "it does not continue the chain of commit "
                            + tip.sequence()
                            + ": one of the two was altered, or is of another history");
        }
    }

    private void gap(long sequence) {
        if (gaps.size() < MOST_GAPS) {
            gaps.add(sequence);
        }
    }

    private void checkFolded(Commit commit) {
        if (commit.sequence() == folded.sequence() && !commit.hash().equals(folded.hash())) {
            damaged(commit.sequence(), "it is not the commit that was folded into the pages");
        } else if (folded.sequence() > 0
                && commit.previousSequence() == folded.sequence()
                && !commit.previousHash().equals(folded.hash())) {
            damaged(commit.sequence(), "it does not continue what was folded into the pages");
        }
    }

    /**
     * What the chain says the hash at a commit is, without asking storage again.
     *
     * @return empty when the commit is in the log, or long gone from it
     */
    Optional<ChainHash> hashAt(long sequence) {
        if (sequence == tip.sequence()) {
            return Optional.of(tip.hash());
        }
        if (sequence == folded.sequence()) {
            return Optional.of(folded.hash());
        }
        return sequence == beforeLog.sequence() && sequence > 0
                ? Optional.of(beforeLog.hash())
                : Optional.empty();
    }

    /**
     * Draws the conclusions when all of the log has been read.
     *
     * @param foldedThrough what was folded before reading began
     * @param purgedThrough up to where the log may have holes
     */
    void conclude(long foldedThrough, long purgedThrough) {
        for (long gap : gaps) {
            if (gap > purgedThrough) {
                damaged(gap, "the commit is missing");
            }
        }
        if (tip.sequence() < folded.sequence()) {
            damaged(
                    folded.sequence(),
                    "the commit is missing: it is in the pages, but a room's last commit stays in"
                            + " the log, too");
        }
        if (folded.sequence() == 0 && firstInLog > 0 && firstInLog <= foldedThrough) {
            damaged(firstInLog, "the room's head document is missing, though it was folded");
        }
    }
}
