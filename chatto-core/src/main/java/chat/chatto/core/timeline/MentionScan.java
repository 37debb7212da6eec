package chat.chatto.core.timeline;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what follows an {@code @} in Markdown, outside of code and quotes. Used by one thread. */
final class MentionScan extends AbstractVisitor {

    /** How many different names of a message are looked at. */
    static final int NAMES = 50;

    private static final int LONGEST_NAME = 32;

    /** What is nested deeper is taken as plain text. */
    private static final int DEEPEST_NESTING = 100;

    /** As clients show messages: HTML is text, too. */
    private static final Set<Class<? extends Block>> BLOCKS =
            Set.of(
                    Heading.class,
                    FencedCodeBlock.class,
                    IndentedCodeBlock.class,
                    BlockQuote.class,
                    ListBlock.class);

    private static final Parser PARSER =
            Parser.builder().enabledBlockTypes(BLOCKS).maxOpenBlockParsers(DEEPEST_NESTING).build();

    /** Behind a letter, a digit or one of these marks it is part of an address. */
    private static final Pattern NAME =
            Pattern.compile("(?<![\\p{L}\\p{Nd}/@.])@([A-Za-z0-9][A-Za-z0-9._-]*)");

    private static final Pattern LAST_DOTS = Pattern.compile("\\.+$");

    private final Set<String> names = new LinkedHashSet<>();

    private MentionScan() {}

    /** The names in order of appearance, as they are written; none twice, at most {@value #NAMES}. */
    static List<String> names(String body) {
        if (body.indexOf('@') < 0) {
            return List.of();
        }
        var scan = new MentionScan();
        // The tree does not tell an escaped sign from another one.
        PARSER.parse(body.replace("\\@", "")).accept(scan);
        return new ArrayList<>(scan.names);
    }

    @Override
    public void visit(BlockQuote quote) {
        // What somebody else said addresses nobody again.
    }

    @Override
    public void visit(Text text) {
        Matcher matcher = NAME.matcher(text.getLiteral());
        while (matcher.find() && names.size() < NAMES) {
            String name = LAST_DOTS.matcher(matcher.group(1)).replaceFirst("");
            if (name.length() <= LONGEST_NAME) {
                names.add(name);
            }
        }
    }
}
