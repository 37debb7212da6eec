package chat.chatto.core.timeline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what follows an {@code @} in Markdown, outside of code and quotes, in one pass. Code is fenced or indented, or between equally many
 * backticks within a paragraph.
 */
final class MentionScan {

    /** How many different names of a message are looked at. */
    static final int NAMES = 50;

    private static final int LONGEST_NAME = 32;
    private static final int CODE_INDENT = 4;
    private static final int FENCE = 3;

    private final String body;
    private final Set<String> names = new LinkedHashSet<>();
    private final BitSet unclosed = new BitSet();
    private int paragraphEnd;

    private MentionScan(String body) {
        this.body = body;
    }

    /** The names in order of appearance, as they are written; none twice, at most {@value #NAMES}. */
    static List<String> names(String body) {
        if (body.indexOf('@') < 0) {
            return List.of();
        }
        var scan = new MentionScan(body);
        scan.lines();
        return new ArrayList<>(scan.names);
    }

    private void lines() {
        boolean afterBlank = true;
        boolean inList = false;
        int line = 0;
        while (line < body.length()) {
            int end = lineEnd(line);
            int text = firstText(line, end);
            int indent = indent(line, text);
            if (text == end) {
                afterBlank = true;
                line = end + 1;
            } else if (indent >= CODE_INDENT && afterBlank && !inList) {
                line = end + 1; // still after a blank line: the code goes on
            } else if (body.charAt(text) == '>') {
                afterBlank = false;
                line = end + 1;
            } else if (fence(text, end) > 0) {
                line = afterFence(text, end);
                afterBlank = true;
            } else {
                inList = listItem(text, end) || (inList && (indent > 0 || !afterBlank));
                line = paragraph(line);
                afterBlank = false;
            }
        }
    }

    /** Scans lines that belong together; returns where the next ones begin. */
    private int paragraph(int from) {
        paragraphEnd = from;
        while (paragraphEnd < body.length()) {
            int end = lineEnd(paragraphEnd);
            int text = firstText(paragraphEnd, end);
            boolean begins = paragraphEnd == from;
            if (!begins && (text == end || body.charAt(text) == '>' || fence(text, end) > 0)) {
                break;
            }
            paragraphEnd = Math.min(end + 1, body.length());
        }
        unclosed.clear();
        int at = from;
        while (at < paragraphEnd) {
            at =
                    switch (body.charAt(at)) {
                        case '\\' -> at + 2;
                        case '`' -> afterCode(at);
                        case '@' -> afterName(at);
                        default -> at + 1;
                    };
        }
        return paragraphEnd;
    }

    private int afterCode(int from) {
        int length = run(from, '`');
        int at = from + length;
        if (unclosed.get(length)) {
            return at;
        }
        while (at < paragraphEnd) {
            if (body.charAt(at) == '`') {
                int other = run(at, '`');
                if (other == length) {
                    return at + length;
                }
                at += other;
            } else {
                at++;
            }
        }
        unclosed.set(length); // nor is any later one of this length
        return from + length;
    }

    private int afterName(int sign) {
        int end = sign + 1;
        while (end < paragraphEnd && nameCharacter(body.charAt(end))) {
            end++;
        }
        int last = end;
        while (last > sign + 1 && body.charAt(last - 1) == '.') {
            last--;
        }
        boolean own = sign == 0 || !joins(body.charAt(sign - 1));
        int length = last - sign - 1;
        if (own
                && length > 0
                && length <= LONGEST_NAME
                && Character.isLetterOrDigit(body.charAt(sign + 1))
                && names.size() < NAMES) {
            names.add(body.substring(sign + 1, last));
        }
        return end;
    }

    /** Whether an {@code @} behind this character is part of an address rather than a mention. */
    private static boolean joins(char before) {
        return Character.isLetterOrDigit(before) || before == '/' || before == '@' || before == '.';
    }

    private static boolean nameCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }

    /** The length of the fence that a line begins with, 0 when it does not. */
    private int fence(int text, int end) {
        char c = body.charAt(text);
        if (c != '`' && c != '~') {
            return 0;
        }
        int length = run(text, c);
        boolean closedInLine = c == '`' && body.substring(text + length, end).indexOf('`') >= 0;
        return length < FENCE || closedInLine ? 0 : length;
    }

    private int afterFence(int text, int end) {
        char c = body.charAt(text);
        int length = run(text, c);
        int line = end + 1;
        while (line < body.length()) {
            int lineEnd = lineEnd(line);
            int first = firstText(line, lineEnd);
            int closing = first < lineEnd && body.charAt(first) == c ? run(first, c) : 0;
            line = lineEnd + 1;
            if (closing >= length && firstText(first + closing, lineEnd) == lineEnd) {
                break;
            }
        }
        return line;
    }

    private boolean listItem(int text, int end) {
        int marker = text;
        while (marker < end && Character.isDigit(body.charAt(marker))) {
            marker++;
        }
        boolean numbered = marker > text;
        if (marker >= end) {
            return false;
        }
        char c = body.charAt(marker);
        boolean mark = numbered ? c == '.' || c == ')' : c == '-' || c == '*' || c == '+';
        return mark && (marker + 1 == end || body.charAt(marker + 1) == ' ');
    }

    private int run(int from, char c) {
        int at = from;
        while (at < body.length() && body.charAt(at) == c) {
            at++;
        }
        return at - from;
    }

    private int lineEnd(int from) {
        int end = body.indexOf('\n', from);
        return end < 0 ? body.length() : end;
    }

    private int firstText(int from, int end) {
        int at = from;
        while (at < end && Character.isWhitespace(body.charAt(at))) {
            at++;
        }
        return at;
    }

    private int indent(int line, int text) {
        int indent = 0;
        for (int at = line; at < text; at++) {
            indent += body.charAt(at) == '\t' ? CODE_INDENT : 1;
        }
        return indent;
    }
}
