package chat.chatto.core.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

class VapidKeyTest {

    private static final URI ENDPOINT = URI.create("https://push.example:8443/send/abc?d=1");
    private static final URI SUBJECT = URI.create("mailto:operator@chat.example");

    @Test
    void signsForThePushServiceAlone() throws GeneralSecurityException {
        VapidKey key = VapidKey.generate();

        String header = key.authorization(ENDPOINT, SUBJECT, Instant.parse("2026-11-25T00:00:00Z"));

        assertThat(header).startsWith("vapid t=").endsWith(", k=" + key.publicText());
        String token = header.substring("vapid t=".length(), header.indexOf(','));
        String[] parts = token.split("\\.", -1);
        assertThat(decoded(parts[0])).isEqualTo("{\"typ\":\"JWT\",\"alg\":\"ES256\"}");
        assertThat(decoded(parts[1]))
                .isEqualTo(
                        "{\"aud\":\"https://push.example:8443\",\"exp\":1795608000,"
                                + "\"sub\":\"mailto:operator@chat.example\"}");
        Signature verification = Signature.getInstance("SHA256withECDSAinP1363Format");
        verification.initVerify(P256.publicKey(key.publicPoint()));
        verification.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(verification.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    @Test
    void takesAPairThatToolsMadeAndNothingElse() {
        VapidKey one = VapidKey.generate();
        VapidKey other = VapidKey.generate();
        String scalar = Base64.getUrlEncoder().withoutPadding().encodeToString(one.privateScalar());

        assertThat(VapidKey.parse(one.publicText(), scalar).publicText())
                .isEqualTo(one.publicText());
        assertThatThrownBy(() -> VapidKey.parse(other.publicText(), scalar))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the private key does not belong to the public key");
        assertThatThrownBy(() -> VapidKey.parse(one.publicText(), "c2hvcnQ"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the private key must be 32 bytes in base64url");
    }
}
