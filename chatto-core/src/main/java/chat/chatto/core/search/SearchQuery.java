package chat.chatto.core.search;

import chat.chatto.core.ChattoException;

import java.util.List;

/**
 * What somebody looks for: a message must fulfil all of it, except that it need only be from one of several people and in one of several
 * rooms.
 *
 * @param conditions 1 to {@value #PARTS}
 */
public record SearchQuery(List<Condition> conditions) {

    /** The longest text that is read. */
    public static final int CHARACTERS = 1_000;

    /** The most conditions. */
    public static final int PARTS = 32;

    /** The longest condition in UTF-8. */
    public static final int PART_BYTES = 256;

    public SearchQuery {
        conditions = List.copyOf(conditions);
    }

    /**
     * Reads what somebody typed.
     *
     * @throws ChattoException INVALID when there is nothing in it, too much, or an operator has nothing that it knows behind it
     */
    public static SearchQuery parse(String text) {
        return new SearchQuery(new QueryParser(text).parse());
    }
}
