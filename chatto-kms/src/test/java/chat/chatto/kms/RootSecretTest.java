package chat.chatto.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;

class RootSecretTest {

    private static final RootSecret SECRET = RootSecret.of("0123456789abcdef0123456789abcdef");

    @Test
    void derivesTheSameForTheSamePurpose() {
        assertThat(SECRET.derive("one")).hasSize(32).isEqualTo(SECRET.derive("one"));
        assertThat(SECRET.derive("one")).isNotEqualTo(SECRET.derive("two"));
        assertThat(SECRET.derive("one"))
                .isNotEqualTo(RootSecret.of("0123456789abcdef0123456789abcdeX").derive("one"));
    }

    /** What was derived once must stay, or nothing that was stored can be read. */
    @Test
    void derivesWhatItAlwaysDid() {
        assertThat(HexFormat.of().formatHex(SECRET.derive("data-key-wrapping-1")))
                .isEqualTo("9eb8785127527f65af7829b7835b84d8b7cf16785a297cc935157eb112cd1549");
    }

    @Test
    void refusesAShortSecret() {
        assertThatThrownBy(() -> RootSecret.of("0123456789abcdef0123456789abcde"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32");
    }

    @Test
    void doesNotPrintItself() {
        assertThat(SECRET).hasToString("RootSecret[***]");
    }
}
