package chat.chatto.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    @ParameterizedTest
    @ValueSource(strings = {"al", "Alice", "a.b-c_d", "7of9", "bot", "x_bots", "adminx"})
    void acceptsWhatTheRulesPermit(String login) {
        assertThat(Login.chosen(login)).hasToString(login);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "aaaaaaaaaabbbbbbbbbbccccccccccddd",
                ".alice",
                "_alice",
                "-alice",
                "alice.",
                "al ice",
                "älice",
                "alice\n",
                "\u212Aelvin", // the Kelvin sign, whose lower case is k
                "helper_bot",
                "Helper_BOT",
                "root",
                "Admin",
                "SuperUser",
                "op",
                "operator",
                "support",
                "deleted-U123"
            })
    void refusesAllElseNamingTheField(String login) {
        assertThatThrownBy(() -> Login.chosen(login))
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
                            assertThat(refusal.fieldErrors())
                                    .singleElement()
                                    .satisfies(e -> assertThat(e.field()).isEqualTo("login"));
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "ALICE", "aLiCe"})
    void comparesWithoutCase(String login) {
        assertThat(new Login(login)).isEqualTo(new Login("Alice")).hasSameHashCodeAs("alice");
    }
}
