package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class MentionScanTest {

    @Test
    void findsNamesInOrderAndOnlyOnce() {
        assertThat(MentionScan.names("@ann and @Ben-2, (@c.d_e) *@eve* @ann. _@x_"))
                .containsExactly("ann", "Ben-2", "c.d_e", "eve", "x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "mail@example.org",
                "https://example.org/@ann",
                "`@ann`",
                "``a ` @ann``",
                "two lines `of\n@ann code`",
                "```\n@ann\n```",
                "text\n~~~java\n@ann\n\n@ben\n~~~",
                "```\n@ann, and it never ends",
                "> @ann said",
                "   > > @ann said",
                "    @ann()",
                "\t@ann()\n\n    @ben()",
                "\\@ann",
                "@",
                "@ ann",
                "@@ann",
                "@-ann",
                "@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void nobodyIsMentionedInCodeOrQuotesOrAddresses(String body) {
        assertThat(MentionScan.names(body)).isEmpty();
    }

    @Test
    void goesOnAfterCodeAndQuotes() {
        assertThat(MentionScan.names("`code` @a\n```\n@no\n```\n@b\n> @no\n\n@c")).hasSize(3);
        assertThat(MentionScan.names("one ` tick @a\n\nnext ` @b")).containsExactly("a", "b");
        assertThat(MentionScan.names("- item\n\n    @a in the item")).containsExactly("a");
        assertThat(MentionScan.names("text\n    @a goes on")).containsExactly("a");
        assertThat(MentionScan.names("```not a fence``` @a")).containsExactly("a");
        assertThat(MentionScan.names("- `x\n- y` @a")).containsExactly("a");
    }

    @Test
    void looksAtABoundedNumberOfNames() {
        String many =
                IntStream.range(0, 200).mapToObj(i -> "@user" + i).collect(Collectors.joining(" "));

        assertThat(MentionScan.names(many)).hasSize(MentionScan.NAMES);
    }

    @Test
    void takesTimeInProportionToTheLengthWhateverIsWritten() {
        String backticks =
                IntStream.range(1, 140).mapToObj("`"::repeat).collect(Collectors.joining(" "));
        String signs = "@a ".repeat(3_000);
        String fences = "~~~~\n```\n".repeat(1_000);
        String quotes = "> ".repeat(5_000);
        String emphasis = "*a **b ".repeat(1_400);
        String brackets = "[".repeat(9_000);

        assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> {
                    for (int i = 0; i < 20; i++) {
                        MentionScan.names(backticks + "@a");
                        MentionScan.names(signs);
                        MentionScan.names(fences + "@a");
                        MentionScan.names(quotes + "@a");
                        MentionScan.names(emphasis + "@a");
                        MentionScan.names(brackets + "@a");
                    }
                });
    }
}
