package chat.chatto.http.realtime;

import chat.chatto.core.timeline.Cursor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a client stands in everything that happens: in the timelines of each shard, and among the changes of rooms and memberships. As
 * text it is {@code v1.<shard>.<incarnation>.<sequence>.<index>…<revision>}, which clients hand back and do not read.
 *
 * @param places one for each shard
 * @param revision the newest change of rooms and memberships
 */
record StreamCursor(List<Place> places, long revision) {

    private static final String VERSION = "v1";
    private static final int PARTS_PER_PLACE = 4;
    private static final int LONGEST = 4096;
    private static final int HISTORY_BYTES = 6;
    private static final Pattern INCARNATION = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    StreamCursor {
        places = List.copyOf(places);
    }

    /**
     * A place in one shard.
     *
     * @param incarnation identifies the history that the place belongs to
     */
    record Place(String incarnation, Cursor cursor) {
        Place {
            if (!INCARNATION.matcher(incarnation).matches()) {
                throw new IllegalArgumentException("Not an incarnation: " + incarnation);
            }
        }

        /** @param history whatever storage calls the history: only whether two are equal matters */
        static Place of(String history, Cursor cursor) {
            try {
                byte[] hash =
                        MessageDigest.getInstance("SHA-256")
                                .digest(history.getBytes(StandardCharsets.UTF_8));
                return new Place(HexFormat.of().formatHex(hash, 0, HISTORY_BYTES), cursor);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java runtime has SHA-256", e);
            }
        }
    }

    /** Empty for what is no cursor of this version: the client has to reload what it shows. */
    static Optional<StreamCursor> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String[] parts = text.split("\\.", -1);
        if (!parts[0].equals(VERSION) || (parts.length - 2) % PARTS_PER_PLACE != 0) {
            return Optional.empty();
        }
        try {
            List<Place> places = new ArrayList<>();
            for (int i = 1; i + PARTS_PER_PLACE < parts.length; i += PARTS_PER_PLACE) {
                places.add(new Place(parts[i + 1], cursor(parts, i)));
            }
            return Optional.of(new StreamCursor(places, Long.parseLong(parts[parts.length - 1])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Cursor cursor(String[] parts, int start) {
        int shard = Integer.parseInt(parts[start]);
        long sequence = Long.parseUnsignedLong(parts[start + 2]);
        int index = Integer.parseUnsignedInt(parts[start + 3]);
        if (sequence < 0 || index < 0) {
            throw new IllegalArgumentException("Not a place");
        }
        return new Cursor(shard, sequence, index);
    }

    /** The place in one shard; empty when the cursor is from before that shard existed. */
    Optional<Place> place(int shard) {
        return places.stream().filter(place -> place.cursor().shard() == shard).findFirst();
    }

    /** This, further on in one shard. */
    StreamCursor with(Cursor cursor) {
        List<Place> moved = new ArrayList<>(places.size());
        for (Place place : places) {
            moved.add(
                    place.cursor().shard() == cursor.shard()
                            ? new Place(place.incarnation(), cursor)
                            : place);
        }
        return new StreamCursor(moved, revision);
    }

    /** This, further on among the changes of rooms and memberships. */
    StreamCursor with(long newRevision) {
        return new StreamCursor(places, newRevision);
    }

    /** Whether whoever stands here has seen the change at a place. */
    boolean covers(Cursor cursor) {
        return place(cursor.shard())
                .map(Place::cursor)
                .filter(
                        here ->
                                here.sequence() > cursor.sequence()
                                        || (here.sequence() == cursor.sequence()
                                                && here.index() >= cursor.index()))
                .isPresent();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(VERSION);
        for (Place place : places) {
            text.append('.')
                    .append(place.cursor().shard())
                    .append('.')
                    .append(place.incarnation())
                    .append('.')
                    .append(place.cursor().sequence())
                    .append('.')
                    .append(place.cursor().index());
        }
        return text.append('.').append(revision).toString();
    }
}
