package chat.chatto.core.timeline;

/** Names a page: {@value #SIZE} consecutive ordinals of one timeline. */
record PageKey(TimelineId timeline, long number) {

    /** How many messages a page holds. A document of that many stays well below NATS's default payload limit of 1 MB. */
    static final int SIZE = 64;

    static PageKey of(MessageAddress address) {
        return new PageKey(address.timeline(), address.ordinal() / SIZE);
    }

    static int slot(long ordinal) {
        return (int) (ordinal % SIZE);
    }

    /** The ordinal of the page's first message. */
    long firstOrdinal() {
        return number * SIZE;
    }

    /** The key of its document: {@code <room>.m.<number>}, or {@code <room>.t<root>.<number>} in a thread. */
    String documentKey() {
        String line = timeline.isThread() ? "t" + timeline.threadRoot().getAsLong() : "m";
        return timeline.room() + "." + line + "." + number;
    }

    /** The key of the document that holds one entry too large for the page's own. */
    String spillKey(long ordinal, long sequence) {
        return documentKey() + ".e" + ordinal + "." + sequence;
    }
}
