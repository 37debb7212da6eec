package chat.chatto.core.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.ckb.SoraniNormalizationFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.fa.PersianNormalizationFilter;
import org.apache.lucene.analysis.hi.HindiNormalizationFilter;
import org.apache.lucene.analysis.in.IndicNormalizationFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.ConditionalTokenFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts text into words and folds what does not tell words apart: case, accents, the width of characters, the several forms of Arabic and
 * Indic letters. It does so in the same way for all languages, so that the index does not depend on them.
 *
 * <p>Chinese, Japanese and Korean become pairs of characters; in the index also single ones. Safe for use by many threads.
 */
final class Words extends Analyzer {

    /** For what is put into the index. */
    static final Words INDEXED = new Words(true);

    /** For what is looked for. */
    static final Words SOUGHT = new Words(false);

    /** What stands inside words and yet parts them: a name of a file, an address, {@code l'avion}. */
    private static final String PARTING = "._:'’·";

    /** No phrase reaches from one text into the next. */
    private static final int GAP = 100;

    private static final int CJK =
            CJKBigramFilter.HAN
                    | CJKBigramFilter.HIRAGANA
                    | CJKBigramFilter.KATAKANA
                    | CJKBigramFilter.HANGUL;

    private final boolean singles;

    private Words(boolean singles) {
        this.singles = singles;
    }

    /**
     * A word of a text.
     *
     * @param position its place; several may be at one
     * @param start where it begins in the text
     * @param end behind its last character
     */
    record Word(String term, int position, int start, int end) {}

    /** The words of a text, in order. */
    List<Word> in(String text) {
        List<Word> words = new ArrayList<>();
        try (TokenStream stream = tokenStream("", parted(text))) {
            var term = stream.addAttribute(CharTermAttribute.class);
            var offset = stream.addAttribute(OffsetAttribute.class);
            var increment = stream.addAttribute(PositionIncrementAttribute.class);
            int position = -1;
            stream.reset();
            while (stream.incrementToken()) {
                position += increment.getPositionIncrement();
                words.add(
                        new Word(
                                term.toString(),
                                position,
                                offset.startOffset(),
                                offset.endOffset()));
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    /** The text with every character that parts words as a space, so that places in it stay the same. */
    static String parted(String text) {
        char[] characters = text.toCharArray();
        for (int at = 0; at < characters.length; at++) {
            if (PARTING.indexOf(characters[at]) >= 0) {
                characters[at] = ' ';
            }
        }
        return new String(characters);
    }

    @Override
    public int getPositionIncrementGap(String fieldName) {
        return GAP;
    }

    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
        StandardTokenizer tokenizer = new StandardTokenizer();
        TokenStream folded = new Foreign(new LowerCaseFilter(tokenizer));
        return new TokenStreamComponents(tokenizer, new CJKBigramFilter(folded, CJK, singles));
    }

    /** Folds only what is not ASCII, which most words are. */
    private static final class Foreign extends ConditionalTokenFilter {

        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

        Foreign(TokenStream words) {
            super(words, Foreign::folding);
        }

        private static TokenStream folding(TokenStream words) {
            TokenStream arabic =
                    new SoraniNormalizationFilter(
                            new PersianNormalizationFilter(new ArabicNormalizationFilter(words)));
            TokenStream indic = new HindiNormalizationFilter(new IndicNormalizationFilter(arabic));
            return new DecimalDigitFilter(new ASCIIFoldingFilter(new CJKWidthFilter(indic)));
        }

        @Override
        protected boolean shouldFilter() {
            char[] characters = term.buffer();
            for (int at = 0; at < term.length(); at++) {
                if (characters[at] >= 0x80) {
                    return true;
                }
            }
            return false;
        }
    }
}
