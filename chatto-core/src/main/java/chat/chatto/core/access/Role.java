package chat.chatto.core.access;

/**
 * A set of people to whom the same is allowed and denied.
 *
 * @param displayName 1 to {@value Roles#DISPLAY_NAME_BYTES} bytes of UTF-8
 * @param description at most {@value Roles#DESCRIPTION_BYTES} bytes of UTF-8; may be empty
 * @param pingable whether a mention of the role tells everybody who has it
 * @param position where it stands among the roles, for show only: what counts is what a role allows and denies
 */
public record Role(
        RoleId id, String displayName, String description, boolean pingable, int position) {}
