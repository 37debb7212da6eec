package chat.chatto.core.search;

import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.TimelineId;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the index holds of a message: which words are in it and in which order, and where it stands. What it says is stored nowhere but in
 * the message itself, encrypted; yet whoever reads the index can put the words together again.
 */
final class Fields {

    static final String KEY = "key";
    static final String TEXT = "text";
    static final String ROOM = "room";
    static final String AUTHOR = "author";

    /** Who wrote what the message carries of another one. */
    static final String COPIED = "copied";

    static final String FEATURE = "feature";
    static final String PINNED = "pinned";
    static final String TIME = "time";

    /** Orders what was written in the same millisecond: the later of a line first. */
    static final String TIE = "tie";

    private static final String LINE = "line";
    private static final String ORDINAL = "ordinal";

    /** The newest first; the index is in this order, too, so that a search ends when it has found enough. */
    static final Sort ORDER =
            new Sort(
                    new SortField(TIME, SortField.Type.LONG, true),
                    new SortField(TIE, SortField.Type.LONG, true));

    private static final int ID_BITS = 20;

    private static final FieldType WORDS = words();

    private Fields() {}

    private static FieldType words() {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setOmitNorms(true);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        type.freeze();
        return type;
    }

    /** The key of a message's document. */
    static String key(MessageAddress address) {
        return address.timeline().room() + "/" + line(address) + "/" + address.ordinal();
    }

    /** 0 for the main line, else the number of the thread's root and one. */
    private static long line(MessageAddress address) {
        return address.timeline().isThread() ? address.timeline().threadRoot().getAsLong() + 1 : 0;
    }

    static Document document(Message message) {
        Document document = new Document();
        MessageAddress address = message.address();
        long time = message.createdAt().toEpochMilli();
        document.add(new StringField(KEY, key(address), Field.Store.NO));
        document.add(new KeywordField(ROOM, address.timeline().room().value(), Field.Store.NO));
        document.add(new KeywordField(AUTHOR, message.author().value(), Field.Store.NO));
        document.add(new NumericDocValuesField(TIME, time));
        document.add(new NumericDocValuesField(TIE, tie(message)));
        document.add(new NumericDocValuesField(LINE, line(address)));
        document.add(new NumericDocValuesField(ORDINAL, address.ordinal()));
        for (Feature feature : features(message)) {
            document.add(new StringField(FEATURE, feature.text(), Field.Store.NO));
        }
        if (message.pinned().isPresent()) {
            document.add(new StringField(FEATURE, PINNED, Field.Store.NO));
        }
        document.add(new Field(TEXT, Words.parted(message.body()), WORDS));
        message.forwarded()
                .filter(copy -> !copy.body().isEmpty())
                .ifPresent(
                        copy -> {
                            document.add(
                                    new StringField(COPIED, copy.author().value(), Field.Store.NO));
                            document.add(new Field(TEXT, Words.parted(copy.body()), WORDS));
                        });
        return document;
    }

    private static Set<Feature> features(Message message) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        if (!message.reactions().isEmpty()) {
            features.add(Feature.REACTION);
        }
        if (Texts.hasLink(message)) {
            features.add(Feature.LINK);
        }
        return features;
    }

    /** The number in its line, and behind that something that tells messages of different lines. Ids are random. */
    private static long tie(Message message) {
        long id = Integer.toUnsignedLong(message.id().hashCode()) >>> (Integer.SIZE - ID_BITS);
        return (message.ordinal() << ID_BITS) | id;
    }

    /** Reads where the messages of a segment stand; documents are asked for in ascending order. */
    static final class Addresses {

        private final SortedDocValues rooms;
        private final NumericDocValues lines;
        private final NumericDocValues ordinals;

        Addresses(LeafReader segment) throws IOException {
            rooms = DocValues.unwrapSingleton(DocValues.getSortedSet(segment, ROOM));
            lines = DocValues.getNumeric(segment, LINE);
            ordinals = DocValues.getNumeric(segment, ORDINAL);
        }

        MessageAddress of(int document) throws IOException {
            if (!rooms.advanceExact(document)
                    || !lines.advanceExact(document)
                    || !ordinals.advanceExact(document)) {
                throw new IOException("A document of the index does not say where it belongs");
            }
            RoomId room = new RoomId(rooms.lookupOrd(rooms.ordValue()).utf8ToString());
            long line = lines.longValue();
            return new MessageAddress(
                    line == 0 ? TimelineId.main(room) : TimelineId.thread(room, line - 1),
                    ordinals.longValue());
        }
    }
}
