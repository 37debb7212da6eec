package chat.chatto.core.timeline;

import chat.chatto.core.ChattoException;
import chat.chatto.core.room.RoomId;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last pin of a part of a list. The list may have changed since: then what was pinned before that pin follows. */
record PinCursor(MessageAddress address, long atMillis) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})\\.(\\d{1,18})");

    static PinCursor of(PinnedMessage pin) {
        return new PinCursor(pin.address(), pin.atMillis());
    }

    /** @throws ChattoException INVALID for a text that no list gave */
    static PinCursor parse(RoomId room, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw ChattoException.invalid("cursor", "is not one that this list gave");
        }
        TimelineId timeline = TimelineCodec.timeline(room, Long.parseLong(form.group(2)));
        return new PinCursor(
                new MessageAddress(timeline, Long.parseLong(form.group(3))),
                Long.parseLong(form.group(1)));
    }

    /** The index in a list, newest first, of the first pin that follows. */
    int next(List<PinnedMessage> newestFirst) {
        for (int i = 0; i < newestFirst.size(); i++) {
            if (newestFirst.get(i).address().equals(address)
                    && newestFirst.get(i).atMillis() == atMillis) {
                return i + 1;
            }
        }
        int next = 0;
        while (next < newestFirst.size() && newestFirst.get(next).atMillis() >= atMillis) {
            next++;
        }
        return next;
    }

    @Override
    public String toString() {
        return atMillis + "." + TimelineCodec.line(address.timeline()) + "." + address.ordinal();
    }
}
