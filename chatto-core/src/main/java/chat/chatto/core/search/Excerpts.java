package chat.chatto.core.search;

import chat.chatto.core.search.SearchHit.Passage;
import chat.chatto.core.timeline.Message;

import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Cuts out of messages what was looked for, with a little around it. Safe for use by many threads. */
final class Excerpts {

    /** How long an excerpt is, roughly. */
    private static final int CHARACTERS = 240;

    /** How much of it stands before the first find. */
    private static final int BEFORE = 60;

    private static final String MORE = "…";

    /** What is nested deeper is taken as plain text. */
    private static final int DEEPEST_NESTING = 100;

    /** As clients show messages: HTML is text, too. */
    private static final Parser PARSER =
            Parser.builder()
                    .enabledBlockTypes(
                            Set.of(
                                    Heading.class,
                                    FencedCodeBlock.class,
                                    IndentedCodeBlock.class,
                                    BlockQuote.class,
                                    ListBlock.class))
                    .maxOpenBlockParsers(DEEPEST_NESTING)
                    .build();

    private static final TextContentRenderer PLAIN =
            TextContentRenderer.builder().lineBreakRendering(LineBreakRendering.STRIP).build();

    private Excerpts() {}

    /** Of the first of a message's texts in which anything is found, or else of the first. */
    static List<Passage> of(Message message, List<Clause> clauses) {
        List<String> texts = Texts.all(message).stream().map(Excerpts::plain).toList();
        for (String text : texts) {
            List<Clause.Stretch> found = found(text, clauses);
            if (!found.isEmpty()) {
                return cut(text, found);
            }
        }
        return texts.isEmpty() ? List.of() : cut(texts.getFirst(), List.of());
    }

    private static String plain(String markdown) {
        String plain = PLAIN.render(PARSER.parse(markdown)).strip();
        return plain.isEmpty() ? markdown : plain;
    }

    /** In order, without overlaps. */
    private static List<Clause.Stretch> found(String text, List<Clause> clauses) {
        List<Words.Word> words = Words.INDEXED.in(text);
        List<Clause.Stretch> all = new ArrayList<>();
        clauses.forEach(clause -> all.addAll(clause.in(words)));
        all.sort(Comparator.comparingInt(Clause.Stretch::start));
        List<Clause.Stretch> joined = new ArrayList<>();
        for (Clause.Stretch next : all) {
            if (!joined.isEmpty() && next.start() <= joined.getLast().end()) {
                Clause.Stretch last = joined.removeLast();
                joined.add(new Clause.Stretch(last.start(), Math.max(last.end(), next.end())));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }

    private static List<Passage> cut(String text, List<Clause.Stretch> found) {
        int start = found.isEmpty() ? 0 : wordBegin(text, found.getFirst().start() - BEFORE, found);
        int end = wordEnd(text, Math.max(start + CHARACTERS, firstEnd(found)));
        List<Passage> passages = new ArrayList<>();
        StringBuilder open = new StringBuilder(start > 0 ? MORE : "");
        int at = start;
        for (Clause.Stretch stretch : found) {
            if (stretch.end() > end) {
                break;
            }
            open.append(text, at, stretch.start());
            close(open, passages);
            passages.add(new Passage(text.substring(stretch.start(), stretch.end()), true));
            at = stretch.end();
        }
        open.append(text, at, end).append(end < text.length() ? MORE : "");
        close(open, passages);
        return passages;
    }

    private static int firstEnd(List<Clause.Stretch> found) {
        return found.isEmpty() ? 0 : found.getFirst().end();
    }

    private static void close(StringBuilder open, List<Passage> passages) {
        if (!open.isEmpty()) {
            passages.add(new Passage(open.toString(), false));
            open.setLength(0);
        }
    }

    /** The next beginning of a word from here on, if there is one before what was found. */
    private static int wordBegin(String text, int from, List<Clause.Stretch> found) {
        if (from <= 0) {
            return 0;
        }
        int space = text.indexOf(' ', from);
        int first = found.getFirst().start();
        if (space >= 0 && space < first) {
            return space + 1;
        }
        return whole(text, from);
    }

    private static int wordEnd(String text, int to) {
        if (to >= text.length()) {
            return text.length();
        }
        int space = text.lastIndexOf(' ', to);
        return space > to - BEFORE ? space : whole(text, to);
    }

    /** Not between the two halves of a character. */
    private static int whole(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
