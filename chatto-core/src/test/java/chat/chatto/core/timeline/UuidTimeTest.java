package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.UUID;

class UuidTimeTest {

    @Test
    void readsTheExampleOfTheStandard() {
        // RFC 9562, appendix A.6: 22 February 2022 19:22:22 UTC.
        assertThat(UuidTime.millis("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"))
                .hasValue(1_645_557_742_000L);
    }

    @Test
    void findsNoTimeInOtherKeys() {
        assertThat(UuidTime.millis(UUID.randomUUID().toString())).isEmpty();
        assertThat(UuidTime.millis("retry-1")).isEmpty();
    }
}
