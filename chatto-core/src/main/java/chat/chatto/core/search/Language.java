package chat.chatto.core.search;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.ckb.SoraniStemFilter;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fa.PersianStemFilter;
import org.apache.lucene.analysis.fi.FinnishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.hi.HindiStemFilter;
import org.apache.lucene.analysis.hu.HungarianLightStemFilter;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.no.NorwegianLightStemFilter;
import org.apache.lucene.analysis.pl.PolishAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ru.RussianLightStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.stempel.StempelFilter;
import org.apache.lucene.analysis.stempel.StempelStemmer;
import org.apache.lucene.analysis.sv.SwedishLightStemFilter;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.SerbianStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The languages whose inflected words search can tell to be the same word. */
public enum Language {
    AR(UnicodeScript.ARABIC, ArabicStemFilter::new),
    /** Chinese, Japanese and Korean do not part words: they are found by pairs of characters, without stems. */
    CJK(UnicodeScript.HAN, UnaryOperator.identity()),
    CKB(UnicodeScript.ARABIC, SoraniStemFilter::new),
    DA(UnicodeScript.LATIN, words -> new SnowballFilter(words, new DanishStemmer())),
    DE(UnicodeScript.LATIN, GermanLightStemFilter::new),
    EN(UnicodeScript.LATIN, words -> new SnowballFilter(words, new EnglishStemmer())),
    ES(UnicodeScript.LATIN, SpanishLightStemFilter::new),
    FA(UnicodeScript.ARABIC, PersianStemFilter::new),
    FI(UnicodeScript.LATIN, FinnishLightStemFilter::new),
    FR(UnicodeScript.LATIN, FrenchLightStemFilter::new),
    HI(UnicodeScript.DEVANAGARI, HindiStemFilter::new),
    /** There is no stemmer for Croatian; that for Serbian, in Latin letters, is the nearest. */
    HR(UnicodeScript.LATIN, words -> new SnowballFilter(words, new SerbianStemmer())),
    HU(UnicodeScript.LATIN, HungarianLightStemFilter::new),
    IT(UnicodeScript.LATIN, ItalianLightStemFilter::new),
    NL(UnicodeScript.LATIN, words -> new SnowballFilter(words, new DutchStemmer())),
    NO(UnicodeScript.LATIN, NorwegianLightStemFilter::new),
    PL(
            UnicodeScript.LATIN,
            words ->
                    new StempelFilter(words, new StempelStemmer(PolishAnalyzer.getDefaultTable()))),
    PT(UnicodeScript.LATIN, PortugueseLightStemFilter::new),
    RO(UnicodeScript.LATIN, words -> new SnowballFilter(words, new RomanianStemmer())),
    RU(UnicodeScript.CYRILLIC, RussianLightStemFilter::new),
    SV(UnicodeScript.LATIN, SwedishLightStemFilter::new),
    TR(UnicodeScript.LATIN, words -> new SnowballFilter(words, new TurkishStemmer()));

    private final UnicodeScript script;

    @SuppressWarnings("ImmutableEnumChecker") // It makes filters and keeps nothing.
    private final UnaryOperator<TokenStream> stems;

    Language(UnicodeScript script, UnaryOperator<TokenStream> stems) {
        this.script = script;
        this.stems = stems;
    }

    /** The one with a code as in ISO 639, or {@code cjk}. */
    public static Optional<Language> of(String code) {
        return Arrays.stream(values()).filter(language -> language.code().equals(code)).findFirst();
    }

    /** All codes, for people. */
    public static List<String> codes() {
        return Arrays.stream(values()).map(Language::code).toList();
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    UnicodeScript script() {
        return script;
    }

    /** Puts stems in the place of words. */
    TokenStream stems(TokenStream words) {
        return stems.apply(words);
    }
}
