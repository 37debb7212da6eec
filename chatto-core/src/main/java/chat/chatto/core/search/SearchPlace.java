package chat.chatto.core.search;

import chat.chatto.core.ChattoException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a message stands among all that are found, the newest first; the same on all servers.
 *
 * @param millis when it was posted
 * @param tie tells what was posted at once
 */
record SearchPlace(long millis, long tie) {

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{1,15})-([0-9a-f]{1,16})");

    static SearchPlace parse(String cursor) {
        Matcher form = FORM.matcher(cursor);
        if (!form.matches()) {
            throw ChattoException.invalid("cursor", "is not one that this search gave");
        }
        return new SearchPlace(
                Long.parseLong(form.group(1), 16), Long.parseUnsignedLong(form.group(2), 16));
    }

    @Override
    public String toString() {
        return Long.toHexString(millis) + "-" + Long.toHexString(tie);
    }
}
