package chat.chatto.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MediansTest {

    @Test
    void takesTheMiddle() {
        assertThat(Medians.of(9, 1, 5)).isEqualTo(5);
        assertThat(Medians.of(4, 1, 2, 9)).isEqualTo(3);
        assertThatIllegalArgumentException().isThrownBy(Medians::of);
    }
}
