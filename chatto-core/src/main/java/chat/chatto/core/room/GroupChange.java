package chat.chatto.core.room;

import java.util.List;
import java.util.Optional;

/**
 * What is to be different about a group; what is empty stays.
 *
 * @param position its place among the groups, 0 for the first
 */
public record GroupChange(
        Optional<String> name,
        Optional<String> description,
        Optional<List<Group.Link>> links,
        Optional<Integer> position) {

    /** To another place among the groups. */
    public static GroupChange place(int position) {
        return new GroupChange(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(position));
    }
}
