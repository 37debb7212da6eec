package chat.chatto.core.timeline;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Slice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists who reacted to a message: emoji after emoji, each with those who were first. Stateless. */
final class Reactions {

    private static final int LONGEST_CURSOR = 9;

    private Reactions() {}

    /**
     * A part of the list, at most {@code limit} people.
     *
     * @throws ChattoException INVALID for a cursor that this list did not give
     */
    static Slice<ReactionList> slice(
            List<Reaction> reactions, Optional<String> emoji, int limit, Optional<String> cursor) {
        int skip = cursor.map(Reactions::decode).orElse(0);
        List<ReactionList> part = new ArrayList<>();
        int seen = 0;
        int taken = 0;
        for (Reaction reaction : reactions) {
            if (emoji.isPresent() && !emoji.get().equals(reaction.emoji())) {
                continue;
            }
            int size = reaction.users().size();
            int from = Math.clamp(skip - seen, 0, size);
            int to = Math.min(size, from + limit - taken);
            if (from < to) {
                part.add(
                        new ReactionList(
                                reaction.emoji(), size, reaction.users().subList(from, to)));
            }
            taken += to - from;
            seen += size;
        }
        return new Slice<>(
                part,
                skip + taken < seen
                        ? Optional.of(Integer.toString(skip + taken))
                        : Optional.empty());
    }

    private static int decode(String cursor) {
        if (cursor.isEmpty()
                || cursor.length() > LONGEST_CURSOR
                || !cursor.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw ChattoException.invalid("cursor", "is not one that this list gave");
        }
        return Integer.parseInt(cursor);
    }
}
