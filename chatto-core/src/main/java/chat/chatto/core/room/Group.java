package chat.chatto.core.room;

import java.util.List;

/**
 * Rooms that are listed together, with links of their own.
 *
 * @param name 1 to {@value Groups#NAME_BYTES} bytes of UTF-8; several may have the same
 * @param description at most {@value Groups#DESCRIPTION_BYTES} bytes of UTF-8; may be empty
 * @param rank sorts the groups, smaller first
 * @param links at most {@value Groups#LINKS}
 */
public record Group(GroupId id, String name, String description, long rank, List<Link> links) {

    public Group {
        links = List.copyOf(links);
    }

    /**
     * Leads out of the rooms.
     *
     * @param label 1 to {@value Groups#LABEL_BYTES} bytes of UTF-8
     * @param url absolute, http or https, at most {@value Groups#URL_BYTES} bytes
     */
    public record Link(String label, String url) {}
}
